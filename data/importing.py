"""An import: read, validate all, stage, match by key, check the rules; then all is stored, or nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from data import bound, checks
from data.commit import commit, roll_back
from data.gather import Gathered, gather
from data.places import Places
from data.report import Report
from data.session import After, Session, Settings, bring_up_to_date, session
from data.summary import data_date
from data.upsert import Counts, stage, upsert
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text

if TYPE_CHECKING:
    from data.readers.batch import BoundCatalogue


@dataclass(frozen=True)
class Order:
    """What is asked: who imports which files (name -> content's sha256), read how."""

    actor: str
    files: Mapping[str, str]
    reader: str
    table: str | None
    dry_run: bool = False


@dataclass
class Outcome:
    """What the transaction under way did."""

    number: int
    counts: dict[str, Counts] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)

    def report(self, dry_run: bool = False) -> Report:
        """Return what the caller is told: an import number only when rows were stored."""
        if self.errors:
            return Report(None, warnings=self.warnings, errors=_sorted(self.errors), dry_run=dry_run)
        number, kinds = None if dry_run else self.number, by_kind(self.counts)
        return Report(
            number,
            kinds["stored"],
            kinds["added"],
            kinds["changed"],
            kinds["unchanged"],
            _sorted(self.warnings),
            dry_run=dry_run,
        )


def by_kind(counts: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    """Return added, changed, unchanged and stored (added + changed) rows, each by table."""
    kinds = {
        kind: {name: getattr(c, kind) for name, c in counts.items()}
        for kind in ("added", "changed", "unchanged")
    }
    return {"stored": {name: c.added + c.changed for name, c in counts.items()}} | kinds


def fingerprints(files: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """Return the sha256 of each file's bytes by name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files}


def store_rows(
    places: Places,
    order: Order,
    parsed: Any,
    after: After | None,
    settings: Settings | None,
) -> Report:
    """Store what a reader parsed, alone and in one transaction; on any error nothing. Raises StoreProblem."""
    gathered = gather(parsed.batches, parsed.faults)
    with session(places) as turn:
        outcome = _in_transaction(turn, order, gathered, parsed.catalogue, turn.told_by(settings))
        if outcome.errors or order.dry_run:
            if outcome.errors and not order.dry_run:
                turn.note("refused", actor=order.actor, files=_listed(order), errors=len(outcome.errors))
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
    catalogue: "BoundCatalogue | None",
    settings: Mapping[str, Any],
) -> Outcome:
    """Write everything; COMMIT if there is no error and it is meant, else ROLLBACK."""
    connection = turn.connection
    connection.execute("BEGIN")
    try:
        outcome = _write(connection, order, gathered, catalogue, settings)
        if not outcome.errors and not order.dry_run:
            facts = {"actor": order.actor, "files": _listed(order), "tables": _told(outcome.counts)}
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
    catalogue: "BoundCatalogue | None",
    settings: Mapping[str, Any],
) -> Outcome:
    outcome = Outcome(next_number(connection), errors=_already(connection, order))
    if outcome.errors:
        return outcome
    outcome.errors = [fault for fault in gathered.faults if fault.severity == "error"]
    outcome.warnings = [fault for fault in gathered.faults if fault.severity == "warning"]
    if not (gathered.rows or catalogue or outcome.errors):
        outcome.errors.append(NOTHING)
    before = _warned(connection, list(gathered.frames), settings)
    sources = _note_sources(connection, order, gathered, outcome.number)
    for table, frame in gathered.frames.items():
        stage(connection, table, frame.assign(_source=frame["_place"].map(sources)))
        outcome.errors += _new(checks.duplicates(connection, table, gathered.places), outcome.errors)
        outcome.counts[table] = upsert(connection, table, outcome.number)
    bound.keep(connection, outcome.number, catalogue)
    _note_import(connection, order, outcome)
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
    rules_set_up(connection, settings)
    broken = checks.violations(connection, touched, "error", whole=whole)
    outcome.errors += _new(checks.faults(connection, broken), outcome.errors)
    warned = [each for each in checks.violations(connection, touched, "warning") if each.mark not in before]
    outcome.warnings += checks.faults(connection, warned)
    _keep_warnings(connection, outcome)


def _is_whole(gathered: Gathered) -> bool:
    """Tell whether every sheet could be read: the errors found so far are all in sheets that gave rows."""
    given = {(place.file, place.sheet) for place in gathered.places}
    return all((f.file, f.sheet) in given for f in gathered.faults if f.severity == "error")


def _warned(
    connection: duckdb.DuckDBPyConnection, touched: list[str], settings: Mapping[str, Any]
) -> set[tuple[Any, ...]]:
    """Return the warnings that the rows already deserve, so as not to repeat them with every import."""
    rules_set_up(connection, settings)
    return {each.mark for each in checks.violations(connection, touched, "warning")}


def rules_set_up(connection: duckdb.DuckDBPyConnection, settings: Mapping[str, Any]) -> None:
    """Give the rules the data date of the rows that are current now, and the settings."""

    def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return connection.execute(sql, list(params)).fetchall()

    checks.set_up(connection, data_date(rows), settings)


def _already(connection: duckdb.DuckDBPyConnection, order: Order) -> list[Fault]:
    """Return a fault for each file that an import still in force has brought, read the same way."""
    sql = """SELECT DISTINCT s.sha256, i.import, i.at FROM main.sources s JOIN main.imports i USING (import)
             WHERE i.undone_by IS NULL AND i.reader = ? AND i.forced_table IS NOT DISTINCT FROM ?"""
    known = {
        sha: (number, at)
        for sha, number, at in connection.execute(sql, [order.reader, order.table]).fetchall()
    }
    found: list[Fault] = []
    met: dict[str, str] = {}
    for name, sha in order.files.items():
        if sha in known:
            number, at = known[sha]
            found.append(_whole_file(name, ALREADY.format(number=number, at=f"{at:%d/%m/%Y}"), MEND_ALREADY))
        elif sha in met:
            found.append(_whole_file(name, TWICE.format(other=met[sha]), MEND_TWICE))
        met.setdefault(sha, name)
    return found


def _whole_file(name: str, message: Text, mend: Text) -> Fault:
    return Fault(name, None, None, None, None, "already_imported", "error", message, mend)


def next_number(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the next event of the history."""
    return connection.execute("SELECT coalesce(max(import), 0) + 1 FROM main.imports").fetchall()[0][0]


def _note_sources(
    connection: duckdb.DuckDBPyConnection, order: Order, gathered: Gathered, number: int
) -> dict[int, int]:
    """Write a line per file and sheet; return the source's number by place. A file without rows is noted too."""
    last = connection.execute("SELECT coalesce(max(source), 0) FROM main.sources").fetchall()[0][0]
    spots = [(place.file, place.sheet) for place in gathered.places]
    spots += [(name, None) for name in order.files if name not in {file for file, _ in spots}]
    rows = [
        [last + at, number, file, sheet, order.files.get(file)] for at, (file, sheet) in enumerate(spots, 1)
    ]
    if rows:
        connection.executemany("INSERT INTO main.sources VALUES (?, ?, ?, ?, ?)", rows)
    return {at: last + at + 1 for at in range(len(gathered.places))}


def _note_import(connection: duckdb.DuckDBPyConnection, order: Order, outcome: Outcome) -> None:
    at = datetime.now(UTC).replace(tzinfo=None)
    told = json.dumps(by_kind(outcome.counts))
    row = [outcome.number, "import", at, order.actor, order.reader, order.table, told, None, None]
    connection.execute("INSERT INTO main.imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


def _keep_warnings(connection: duckdb.DuckDBPyConnection, outcome: Outcome) -> None:
    names = ("file", "sheet", "row", "column", "value", "rule")
    rows = [
        [outcome.number, at, *(getattr(w, name) for name in names), *w.message, *w.mend]
        for at, w in enumerate(_sorted(outcome.warnings))
    ]
    if rows and not outcome.errors:
        # By a frame: there may be tens of thousands, and row by row takes a second for each thousand.
        connection.register("given_warnings", pd.DataFrame(rows, dtype="object"))
        connection.execute("INSERT INTO main.warnings SELECT * FROM given_warnings")
        connection.unregister("given_warnings")


def _new(faults: list[Fault], told: list[Fault]) -> list[Fault]:
    """Leave out what was already said of the same cell."""
    known = {(fault.file, fault.sheet, fault.row, fault.column) for fault in told if fault.row is not None}
    return [fault for fault in faults if (fault.file, fault.sheet, fault.row, fault.column) not in known]


def _sorted(faults: list[Fault]) -> list[Fault]:
    """In the order of the files, top to bottom; what concerns no row first."""
    return sorted(faults, key=lambda fault: (fault.file or "", fault.sheet or "", fault.row or 0))


def _listed(order: Order) -> list[dict[str, str]]:
    return [{"name": name, "sha256": sha} for name, sha in order.files.items()]


def _told(counts: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    return {table: asdict(count) for table, count in counts.items()}


NOTHING = Fault(
    None, None, None, None, None, "empty", "error",
    Text("Aucune ligne de données n'a été trouvée.", "No row of data was found."),
    Text("Vérifiez que le fichier a un en-tête et au moins une ligne.", "Check that the file has a header and a row."),
)  # fmt: skip
ALREADY = Text(
    "ce fichier a déjà été importé : import n° {number} du {at}",
    "this file has already been imported: import no. {number} of {at}",
)
MEND_ALREADY = Text(
    "Rien à faire ; pour le reprendre, annulez d'abord cet import.",
    "Nothing to do; to take it again, undo that import first.",
)
TWICE = Text("ce fichier est identique à « {other} »", "this file is identical to “{other}”")
MEND_TWICE = Text("Ne donnez ce fichier qu'une fois.", "Give this file only once.")
