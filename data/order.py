"""What an import is asked to do, and what it did."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.report import Report
from data.rounding import by_table
from data.upsert import Counts
from schemas.fault import Fault

KINDS = ("added", "changed", "unchanged")


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
            return Report(None, warnings=self.warnings, errors=in_order(self.errors), dry_run=dry_run)
        number, kinds = None if dry_run else self.number, by_kind(self.counts)
        return Report(
            number,
            kinds["stored"],
            kinds["added"],
            kinds["changed"],
            kinds["unchanged"],
            in_order(self.warnings),
            dry_run=dry_run,
        )


def by_kind(counts: Mapping[str, Counts]) -> dict[str, dict[str, int]]:
    """Return added, changed, unchanged and stored (added + changed) rows, each by table."""
    kinds = {kind: {name: getattr(c, kind) for name, c in counts.items()} for kind in KINDS}
    return {"stored": {name: c.added + c.changed for name, c in counts.items()}} | kinds


def fingerprints(files: Sequence[tuple[str, bytes]]) -> dict[str, str]:
    """Return the sha256 of each file's bytes by name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files}


def in_order(faults: list[Fault]) -> list[Fault]:
    """In the order of the files, top to bottom; what concerns no row first."""
    return sorted(faults, key=lambda fault: (fault.file or "", fault.sheet or "", fault.row or 0))


def listed(order: Order) -> list[dict[str, str]]:
    """Return the files as the ledger lists them."""
    return [{"name": name, "sha256": sha} for name, sha in order.files.items()]


def told(counts: Mapping[str, Counts]) -> dict[str, dict[str, int | None]]:
    """Return the counts as the ledger tells them: those of survey answers rounded."""
    kinds = {
        kind: by_table({table: getattr(count, kind) for table, count in counts.items()}) for kind in KINDS
    }
    return {table: {kind: kinds[kind].get(table) for kind in KINDS} for table in counts}
