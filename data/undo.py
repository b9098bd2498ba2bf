"""Taking an import back: its rows go, the versions it had replaced hold again, the history says so."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import duckdb

from data import bound, checks
from data.books import next_number
from data.commit import commit, roll_back
from data.connection import quoted
from data.layout import UNTRACED
from data.places import Places
from data.problems import NotUndoable
from data.report import Report
from data.rounding import ANSWERS, by_table
from data.session import After, Session, Settings, session
from schemas.fault import Fault
from schemas.survey_waves import FINAL
from schemas.tables import TABLES
from schemas.text import Text


def undo(places: Places, actor: str, number: int, after: After | None, settings: Settings | None) -> Report:
    """Undo import ``number``, alone and in one transaction. Raises NotUndoable, StoreProblem."""
    with session(places) as turn:
        return undo_in(turn, actor, number, after, settings)


def undo_in(turn: Session, actor: str, number: int, after: After | None, settings: Settings | None) -> Report:
    """Undo an import in a writer's turn under way."""
    connection = turn.connection
    _may_be_undone(connection, number)
    brought = _brought(connection, number)
    rules = turn.told_by(settings)
    connection.execute("BEGIN")
    try:
        taken = {table: count for table in TABLES if (count := _take_back(connection, table, number))}
        other_catalogue = bound.drop(connection, number)
        own = _note_undo(connection, actor, number, taken)
        _still_obeys(connection, taken, rules)
        told = {table: {"taken_back": count} for table, count in by_table(taken).items()}
        facts = {"actor": actor, "undoes": number, "tables": told}
        commit(turn, "undo", own, facts | ({"leaves_answers": True} if UNTRACED & set(taken) else {}))
    except BaseException:
        roll_back(connection)
        raise
    warnings = turn.settle(after, set(TABLES) if other_catalogue else set(taken))
    if brought > taken.get(ANSWERS, 0):
        warnings.append(GONE)
    return Report(own, stored=by_table(taken), warnings=warnings, undone=number)


def _may_be_undone(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Raise NotUndoable for an unknown number, an undo, an import already undone or one that later ones rest on."""
    sql = "SELECT kind, undone_by FROM main.imports WHERE import = ?"
    found = connection.execute(sql, [number]).fetchall()
    if not found:
        raise NotUndoable(UNKNOWN.format(number=number))
    kind, undone_by = found[0]
    if kind != "import":
        raise NotUndoable(IS_AN_UNDO.format(number=number))
    if undone_by:
        raise NotUndoable(UNDONE.format(number=number, by=undone_by))
    if week := _sealed(connection, number):
        raise NotUndoable(SEALED.format(number=number, week=week))
    if _froze(connection, number):
        raise NotUndoable(FROZEN.format(number=number))
    later = _resting_on(connection, number)
    if later:
        raise NotUndoable(RESTS.format(number=number, later=", ".join(map(str, later))))


def _froze(connection: duckdb.DuckDBPyConnection, number: int) -> bool:
    """Tell whether the import published or purged a survey's wave: that is not taken back."""
    sql = "SELECT 1 FROM kept.survey_waves WHERE _import = ? AND list_contains(?, state) LIMIT 1"
    return bool(connection.execute(sql, [number, sorted(FINAL)]).fetchall())


def _sealed(connection: duckdb.DuckDBPyConnection, number: int) -> str | None:
    """Return the week that the import sealed, None where it sealed none."""
    found = connection.execute("SELECT week FROM kept.seals WHERE _import = ?", [number]).fetchall()
    return found[0][0] if found else None


def _brought(connection: duckdb.DuckDBPyConnection, number: int) -> int:
    """Return how many survey answers the import had brought, as its books say."""
    (counts,) = connection.execute("SELECT counts FROM main.imports WHERE import = ?", [number]).fetchall()[0]
    return int(json.loads(counts).get("stored", {}).get(ANSWERS, 0)) if counts else 0


def _resting_on(connection: duckdb.DuckDBPyConnection, number: int) -> list[int]:
    """Return the imports in force that replaced rows of this one, or found them unchanged in their own files."""
    ids = " UNION ALL ".join(f"SELECT _id, _import, _until FROM kept.{quoted(name)}" for name in TABLES)
    sql = f"""WITH own AS (SELECT _id, _until FROM ({ids}) WHERE _import = ?)
              SELECT _until FROM own WHERE _until IS NOT NULL
              UNION SELECT s.import FROM main.seen s JOIN own USING (_id)
              ORDER BY 1"""
    return [row[0] for row in connection.execute(sql, [number]).fetchall()]


def _take_back(connection: duckdb.DuckDBPyConnection, table: str, number: int) -> int:
    """Remove the import's rows, reopen what it had closed; return how many rows went, or came back where none went."""
    kept = f"kept.{quoted(table)}"
    gone = connection.execute(f"DELETE FROM {kept} WHERE _import = ?", [number]).fetchall()[0][0]
    back = connection.execute(f"UPDATE {kept} SET _until = NULL WHERE _until = ?", [number]).fetchall()[0][0]
    return gone or back


def _note_undo(connection: duckdb.DuckDBPyConnection, actor: str, number: int, taken: dict[str, int]) -> int:
    """Mark the import and write the undo's own line; return its number."""
    own = next_number(connection)
    connection.execute("DELETE FROM main.seen WHERE import = ?", [number])
    connection.execute("UPDATE main.imports SET undone_by = ? WHERE import = ?", [own, number])
    at = datetime.now(UTC).replace(tzinfo=None)
    row = [own, "undo", at, actor, None, None, json.dumps({"taken_back": taken}), None, number]
    connection.execute("INSERT INTO main.imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    return own


def _still_obeys(
    connection: duckdb.DuckDBPyConnection, taken: dict[str, int], settings: Mapping[str, Any]
) -> None:
    """Raise NotUndoable when rows that stay would break an Error rule without the import's rows."""
    checks.set_up(connection, settings)
    broken = checks.violations(connection, list(taken), "error")
    if broken:
        first = checks.faults(connection, broken[:1])[0]
        raise NotUndoable(Text(_broken(len(broken), first, "fr"), _broken(len(broken), first, "en")))


def _broken(count: int, first: Fault, lang: str) -> str:
    word = "row" if lang == "en" else "ligne"
    place = f"{first.file}, {word} {first.row}" if first.file else "?"
    return BREAKS.get(lang).format(n=count, at=place, why=first.message.get(lang))


GONE = Fault(
    None, None, None, None, None, "purged", "warning",
    Text("Les réponses d'enquête de cet import avaient été purgées : ses autres lignes sont retirées.",
         "The survey answers of this import had been purged: its other rows are taken back."),
    Text("Rien : des réponses purgées ne reviennent pas.", "Nothing: purged answers do not come back."),
)  # fmt: skip
FROZEN = Text(
    "L'événement n° {number} a publié ou purgé une vague d'enquête : il ne s'annule pas.",
    "Event no. {number} published or purged a survey wave: it is not undone.",
)
SEALED = Text(
    "L'événement n° {number} a scellé la semaine {week} : il ne s'annule pas. Que faire : corrigez les données, le sceau "
    "garde ce qui était connu.",
    "Event no. {number} sealed week {week}: it is not undone. What to do: correct the data, the seal keeps what was known.",
)
UNKNOWN = Text(
    "Il n'y a pas d'import n° {number}. Que faire : consultez « python -m data history ».",
    "There is no import no. {number}. What to do: see “python -m data history”.",
)
IS_AN_UNDO = Text(
    "L'événement n° {number} est une annulation. Que faire : réimportez les fichiers pour les reprendre.",
    "Event no. {number} is an undo. What to do: import the files again to take them back in.",
)
UNDONE = Text(
    "L'import n° {number} a déjà été annulé (événement n° {by}). Il n'y a rien à faire.",
    "Import no. {number} has already been undone (event no. {by}). There is nothing to do.",
)
RESTS = Text(
    "L'import n° {number} ne peut pas être annulé : des imports postérieurs reprennent ou remplacent ses lignes "
    "(n° {later}). Que faire : annulez d'abord ceux-là, le dernier en premier.",
    "Import no. {number} cannot be undone: later imports repeat or replace its rows (no. {later}). "
    "What to do: undo those first, the last one first.",
)
BREAKS = Text(
    "L'import ne peut pas être annulé : sans ses lignes, {n} autres ne respecteraient plus une règle ({at} : {why}). "
    "Que faire : annulez d'abord l'import de ces lignes.",
    "The import cannot be undone: without its rows, {n} others would break a rule ({at}: {why}). "
    "What to do: undo the import of those rows first.",
)
