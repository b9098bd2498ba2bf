"""Whether the store can be believed: ledger against tables, the tables among themselves, the copy readers see."""

from collections.abc import Iterator

import duckdb

from data import digest, publish, sealcheck
from data.connection import quoted
from data.layout import get_meta
from data.places import Places
from data.problems import StoreProblem
from data.report import Verification
from data.seals import seals
from data.session import After, Session, bring_up_to_date, session
from schemas.tables import TABLES
from schemas.text import Text


def verify(places: Places, after: After | None) -> Verification:
    """Check everything; what a stopped process left is completed first. A damaged store is a problem, not an error."""
    try:
        with session(places) as turn:
            problems = list(_inconsistencies(turn.connection))
            bring_up_to_date(turn, after)
            problems += _waiting(turn)
            found = seals(lambda sql: turn.connection.execute(sql).fetchall())
            problems += sealcheck.problems(places, found)
            content = digest.content(turn.connection)
        problems += _published(places)
    except StoreProblem as problem:
        return Verification(False, None, [problem.text, *sealcheck.of_damaged(places)])
    return Verification(not problems, content, problems)


def _inconsistencies(connection: duckdb.DuckDBPyConnection) -> Iterator[Text]:
    """Yield what cannot be in a store that only this program wrote."""
    ids = " UNION ALL ".join(
        f"SELECT _id, _key, _import, _until, '{t}' AS t FROM kept.{quoted(t)}" for t in TABLES
    )
    counted = f"SELECT count(*) - count(DISTINCT _id), coalesce(max(_id), 0) FROM ({ids})"
    repeated, last = connection.execute(counted).fetchall()[0]
    if repeated or last > int(get_meta(connection, "last_id") or 0):
        yield NUMBERS
    keys = f"SELECT 1 FROM ({ids}) WHERE _until IS NULL GROUP BY t, _key HAVING count(*) > 1 LIMIT 1"
    if connection.execute(keys).fetchall():
        yield KEYS
    orphans = f"""SELECT 1 FROM ({ids}) WHERE _import NOT IN
                  (SELECT import FROM main.imports WHERE kind = 'import' AND undone_by IS NULL) LIMIT 1"""
    if connection.execute(orphans).fetchall():
        yield ORPHANS


def _waiting(turn: Session) -> list[Text]:
    """Say when readers still see an earlier publication, because nobody could recompute the readings."""
    return [] if turn.wants_publication or turn.is_published() else [STALE]


def _published(places: Places) -> list[Text]:
    pointer = publish.current(places)
    return [] if pointer and publish.intact(places, pointer) else [COPY]


NUMBERS = Text("Des lignes portent le même numéro interne.", "Some rows have the same internal number.")
KEYS = Text("Un même identifiant a plusieurs lignes en vigueur.", "One identifier has several rows in force.")
ORPHANS = Text(
    "Des lignes viennent d'un import inconnu ou annulé.", "Some rows come from an unknown or undone import."
)
STALE = Text(
    "Les indicateurs restent à recalculer. Que faire : lancez « python -m metrics refresh ».",
    "The indicators remain to be recomputed. What to do: run “python -m metrics refresh”.",
)
COPY = Text(
    "La copie de lecture est illisible. Que faire : relancez cette commande.",
    "The reading copy cannot be read. What to do: run this command again.",
)
