"""An import: read, validate all, stage, match by key, check the rules; then all is stored, or nothing."""

from collections.abc import Mapping
from typing import Any

import duckdb

from data import books, bound, checks, surveys_gate
from data.commit import commit, roll_back
from data.gather import Gathered, gather
from data.order import Order, Outcome, listed, told
from data.places import Places
from data.readers.batch import BoundCatalogue, Parsed
from data.report import Report
from data.session import After, Session, Settings, bring_up_to_date, session
from data.upsert import stage, upsert
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text


def store_rows(
    places: Places,
    order: Order,
    parsed: Parsed,
    after: After | None,
    settings: Settings | None,
) -> Report:
    """Store what a reader parsed, alone and in one transaction; on any error nothing. Raises StoreProblem."""
    with session(places) as turn:
        return store_in(turn, order, parsed, after, settings)


def store_in(
    turn: Session, order: Order, parsed: Parsed, after: After | None, settings: Settings | None
) -> Report:
    """Store what a reader parsed, in a writer's turn under way."""
    gathered = gather(parsed.batches, parsed.faults)
    outcome = _in_transaction(turn, order, gathered, parsed.catalogue, turn.told_by(settings))
    if outcome.errors or order.dry_run:
        if outcome.errors and not order.dry_run:
            turn.note("refused", actor=order.actor, files=listed(order), errors=len(outcome.errors))
        bring_up_to_date(turn, after)
        return outcome.report(order.dry_run)
    # Another catalogue means other KPIs: all of them are computed again.
    touched = set(TABLES) if parsed.catalogue else set(outcome.counts)
    outcome.warnings += turn.settle(after, touched)
    return outcome.report()


def _in_transaction(
    turn: Session,
    order: Order,
    gathered: Gathered,
    catalogue: BoundCatalogue | None,
    settings: Mapping[str, Any],
) -> Outcome:
    """Write everything; COMMIT if there is no error and it is meant, else ROLLBACK."""
    connection = turn.connection
    connection.execute("BEGIN")
    try:
        outcome = _write(connection, order, gathered, catalogue, settings)
        if not outcome.errors and not order.dry_run:
            facts = {"actor": order.actor, "files": listed(order), "tables": told(outcome.counts)}
            commit(turn, "import", outcome.number, facts)
            return outcome
    except BaseException:
        roll_back(connection)
        raise
    connection.execute("ROLLBACK")
    return outcome


def _write(
    connection: duckdb.DuckDBPyConnection,
    order: Order,
    gathered: Gathered,
    catalogue: BoundCatalogue | None,
    settings: Mapping[str, Any],
) -> Outcome:
    outcome = Outcome(books.next_number(connection), errors=books.already(connection, order))
    if outcome.errors:
        return outcome
    told = [*gathered.faults, *surveys_gate.faults(connection, gathered, settings, order.reader)]
    outcome.errors = [fault for fault in told if fault.severity == "error"]
    outcome.warnings = [fault for fault in told if fault.severity == "warning"]
    if not (gathered.rows or catalogue or outcome.errors):
        outcome.errors.append(NOTHING)
    before = _warned(connection, list(gathered.frames), settings)
    sources = books.note_sources(connection, order, gathered, outcome.number)
    for table, frame in gathered.frames.items():
        stage(connection, table, frame.assign(_source=frame["_place"].map(sources)))
        outcome.errors += _new(checks.duplicates(connection, table, gathered.places), outcome.errors)
        outcome.counts[table] = upsert(connection, table, outcome.number)
    bound.keep(connection, outcome.number, catalogue)
    books.note_import(connection, order, outcome)
    _check(connection, outcome, before, settings, whole=_is_whole(gathered))
    return outcome


def _check(
    connection: duckdb.DuckDBPyConnection,
    outcome: Outcome,
    before: set[tuple[Any, ...]],
    settings: Mapping[str, Any],
    *,
    whole: bool,
) -> None:
    """Run the rules over the rows as they would be; of the warnings keep those that this import brings."""
    touched = list(outcome.counts)
    checks.set_up(connection, settings)
    broken = checks.violations(connection, touched, "error", whole=whole)
    outcome.errors += _new(checks.faults(connection, broken), outcome.errors)
    warned = [each for each in checks.violations(connection, touched, "warning") if each.mark not in before]
    outcome.warnings += checks.faults(connection, warned)
    books.keep_warnings(connection, outcome)


def _is_whole(gathered: Gathered) -> bool:
    """Tell whether every sheet could be read: the errors found so far are all in sheets that gave rows."""
    given = {(place.file, place.sheet) for place in gathered.places}
    return all((f.file, f.sheet) in given for f in gathered.faults if f.severity == "error")


def _warned(
    connection: duckdb.DuckDBPyConnection, touched: list[str], settings: Mapping[str, Any]
) -> set[tuple[Any, ...]]:
    """Return the warnings that the rows already deserve, so as not to repeat them with every import."""
    checks.set_up(connection, settings)
    return {each.mark for each in checks.violations(connection, touched, "warning")}


def _new(faults: list[Fault], told: list[Fault]) -> list[Fault]:
    """Leave out what was already said of the same cell."""
    known = {(fault.file, fault.sheet, fault.row, fault.column) for fault in told if fault.row is not None}
    return [fault for fault in faults if (fault.file, fault.sheet, fault.row, fault.column) not in known]


NOTHING = Fault(
    None, None, None, None, None, "empty", "error",
    Text("Aucune ligne de données n'a été trouvée.", "No row of data was found."),
    Text("Vérifiez que le fichier a un en-tête et au moins une ligne.", "Check that the file has a header and a row."),
)  # fmt: skip
