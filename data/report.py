"""What the store answers: frozen records, each with the JSON object that docs/formats.md fixes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from schemas.fault import Fault
from schemas.text import Text

Counts = Mapping[str, int | None]


@dataclass(frozen=True)
class Report:
    """What an import or an undo did (or, dry, would do). ``import_id`` is None when nothing was stored.

    ``stored`` counts the rows written (added + changed) per table; for an undo, the rows taken back, those of
    survey answers rounded to 5 and None under 11.
    """

    import_id: int | None
    stored: Counts = field(default_factory=dict)
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    warnings: list[Fault] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    dry_run: bool = False
    undone: int | None = None

    @property
    def ok(self) -> bool:
        """True when there is no error: stored, or storable for a dry run."""
        return not self.errors

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the JSON object of ``data import`` and ``data undo``."""
        counts = {name: getattr(self, name) for name in ("stored", "added", "changed", "unchanged")}
        faults = {
            name: [fault.as_json(lang) for fault in getattr(self, name)] for name in ("warnings", "errors")
        }
        return {"import": self.import_id} | counts | faults | {"dry_run": self.dry_run, "undone": self.undone}


@dataclass(frozen=True)
class ImportRecord:
    """One event of the store's history: an import, or an undo (``kind``) with a number of its own.

    Counts by table; those of survey answers are rounded to 5, None under 11.
    """

    import_id: int
    kind: str
    at: datetime
    actor: str
    reader: str | None
    files: tuple[str, ...]
    added: Counts
    changed: Counts
    unchanged: Counts
    taken_back: Counts
    warnings: int
    undone_by: int | None
    undoes: int | None

    @property
    def written(self) -> int | None:
        """How many rows it added or changed; those of survey answers rounded, None where they are all there is and few."""
        counts = [*self.added.values(), *self.changed.values()]
        return sum(filter(None, counts)) or (None if None in counts else 0)

    @property
    def withdrawn(self) -> int:
        """How many rows it took out by their id, where it is no undo."""
        return 0 if self.undoes else sum(filter(None, self.taken_back.values()))

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object of one line of ``data history``."""
        plain = {
            name: getattr(self, name)
            for name in ("kind", "actor", "reader", "added", "changed", "unchanged", "taken_back")
        }
        ends = {"warnings": self.warnings, "undone_by": self.undone_by, "undoes": self.undoes}
        return {"import": self.import_id, "at": self.at.isoformat(), "files": list(self.files)} | plain | ends


@dataclass(frozen=True)
class Verification:
    """Whether the tables hold what the ledger says, the content's fingerprint, and what is wrong if anything is."""

    ok: bool
    content_sha256: str | None
    problems: list[Text]

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the JSON object of ``data verify``."""
        words = [problem.get(lang) for problem in self.problems]
        return {"ok": self.ok, "content_sha256": self.content_sha256, "problems": words}


@dataclass(frozen=True)
class Origin:
    """Where one stored row came from. Rows count from 1 as a spreadsheet shows them."""

    id: int
    table: str
    key: str
    import_id: int
    imported_at: datetime
    file: str | None
    sheet: str | None
    row: int | None


@dataclass(frozen=True)
class Freshness:
    """How recent one table is: its rows, its last event, and the last import that changed it.

    The rows of survey answers are rounded to 5, None under 11; those of their optional scales are not told.
    """

    table: str
    rows: int | None
    last_event: date | None
    last_import: int | None
    imported_at: datetime | None
