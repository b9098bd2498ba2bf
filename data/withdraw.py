"""Rows typed by mistake taken out of their table: an event of the history that adds nothing and can be undone."""

from collections.abc import Mapping, Sequence
from typing import Any

from data import books, checks
from data.commit import commit, roll_back
from data.connection import quoted
from data.gather import Gathered
from data.order import Order, Outcome, listed
from data.places import Places
from data.problems import BadRequest
from data.record import TYPED, fingerprint_of, typed_table
from data.report import Report
from data.session import After, Session, Settings, session
from data.upsert import Counts
from schemas.text import Text


def withdraw(
    places: Places,
    actor: str,
    table: str,
    keys: Sequence[str],
    after: After | None,
    settings: Settings | None,
) -> Report:
    """Close the rows of a typed table that have these ids, alone and in one transaction; ``Report.stored`` counts them.

    Nothing is closed where what stays would break a rule. Raises BadRequest, StoreProblem.
    """
    name = typed_table(table).name
    order = Order(actor, fingerprint_of("\n".join(keys)), TYPED, name)
    with session(places) as turn:
        rules = turn.told_by(settings)
        turn.connection.execute("BEGIN")
        try:
            outcome = _write(turn, order, name, keys, rules)
        except BaseException:
            roll_back(turn.connection)
            raise
        if outcome.errors:
            roll_back(turn.connection)
            return outcome.report()
        warnings = turn.settle(after, {name})
        return Report(outcome.number, stored={name: len(keys)}, warnings=warnings)


def _write(turn: Session, order: Order, table: str, keys: Sequence[str], rules: Mapping[str, Any]) -> Outcome:
    """Close the rows, note it and COMMIT, unless a rule is broken."""
    connection = turn.connection
    outcome = Outcome(books.next_number(connection), {table: Counts(0, 0, 0)})
    sql = f"UPDATE kept.{quoted(table)} SET _until = ? WHERE _until IS NULL AND list_contains(?, _key)"
    closed = connection.execute(sql, [outcome.number, list(keys)]).fetchall()[0][0]
    if not keys or closed != len(keys):
        raise BadRequest(NOT_THERE)
    books.note_sources(connection, order, Gathered({}, [], []), outcome.number)
    books.note_import(connection, order, outcome, withdrawn={table: closed})
    checks.set_up(connection, rules)
    outcome.errors = checks.faults(connection, checks.violations(connection, [table], "error"))
    if not outcome.errors:
        told = {table: {"withdrawn": closed}}
        commit(turn, "import", outcome.number, {"actor": order.actor, "files": listed(order), "tables": told})
    return outcome


NOT_THERE = Text(
    "La ligne n'est plus là : elle a déjà été retirée ou remplacée. Que faire : rechargez la page.",
    "The row is no longer there: it was already withdrawn or replaced. What to do: reload the page.",
)
