"""What can be checked again about a value, now, on the very rows that are served: rules, sums, the value itself, known facts.

Nothing here is remembered from an import: each answer is computed when it is asked for.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from metrics import compute
from metrics.dates import literal
from metrics.definitions import Catalogue, Kpi
from metrics.perengine import per_engine
from metrics.reading import Reading
from metrics.relations import CLOSED
from metrics.results import Engine
from metrics.rows import total
from metrics.sides import Side
from schemas.rules import RULES
from schemas.rules.rule import Rule

Outcome = Literal["passed", "warned", "failed", "not_run"]
SLACK = 1e-9  # relative: sums of doubles
EXACT = 2  # decimals of a claim written without any: 5.00 and 5 are one number once read


@dataclass(frozen=True)
class Checked:
    """The rules of one number that read some tables, run again: how many rows break those that refuse a file (``errors``) and those
    that only warn (``warnings``); None where none could be run."""

    number: int
    tables: tuple[str, ...]
    tests: int
    errors: int | None
    warnings: int | None

    @property
    def outcome(self) -> Outcome:
        """Failed or warned by the worst row; not run where the rows are closed."""
        if self.errors is None or self.warnings is None:
            return "not_run"
        return "failed" if self.errors else "warned" if self.warnings else "passed"


def rules(engine: Engine, catalogue: Catalogue, tables: Collection[str]) -> list[Checked]:
    """Return the cross-table rules that read one of ``tables``, run again on all current rows, by number.

    A rule over survey answers is not run: answers are in no copy that anybody reads; their file was checked when it came.
    """
    known = dict(_broken(engine, _settings(engine, catalogue)))
    found: dict[int, list[tuple[Rule, int | None]]] = {}
    for place, rule in enumerate(RULES):
        if set(tables) & set(rule.tables):
            found.setdefault(rule.number, []).append((rule, known.get(place)))
    return [_together(number, pairs) for number, pairs in sorted(found.items())]


def _together(number: int, pairs: list[tuple[Rule, int | None]]) -> Checked:
    ran = [(rule.severity, count) for rule, count in pairs if count is not None]
    read = dict.fromkeys(name for rule, _ in pairs for name in rule.tables)
    errors, warnings = (
        sum(count for severity, count in ran if severity == kind) if ran else None
        for kind in ("error", "warning")
    )
    return Checked(number, tuple(read), len(ran), errors, warnings)


Groups = tuple[tuple[str, str], ...]


def _settings(engine: Engine, catalogue: Catalogue) -> tuple[date | None, date | None, Groups]:
    """Return what rules read besides the tables: data date, change of method, directorates of each group."""
    rebase = catalogue.parameters.get("rebase_on")
    groups = catalogue.scorecard.directorate_groups
    pairs = tuple((group, name) for group, members in groups.items() for name in members)
    as_of: date | None = getattr(engine, "as_of", None)
    return as_of, rebase if isinstance(rebase, date) else None, pairs


@per_engine
def _broken(engine: Engine, settings: tuple[date | None, date | None, Groups]) -> tuple[tuple[int, int], ...]:
    """Return, for each rule that may be run here (its place in RULES), how many rows break it: one statement."""
    as_of, rebase_on, pairs = settings
    days = ("CAST(NULL AS DATE)" if day is None else literal(day) for day in (as_of, rebase_on))
    given = "SELECT {} AS as_of, {} AS rebase_on".format(*days)
    rows = ", ".join(f"({_text(group)}, {_text(name)})" for group, name in pairs) or "('', '')"
    groups = f"SELECT * FROM (VALUES {rows}) AS pairs(directorate_group, directorate)"
    counts = [
        f"SELECT {place} AS place, COUNT(*) AS broken FROM ({rule.sql}) AS rows_{place}"
        for place, rule in enumerate(RULES)
        if not set(rule.tables) & CLOSED
    ]
    sql = f"WITH settings AS ({given}), directorate_groups AS ({groups}) {' UNION ALL '.join(counts)}"
    return tuple((int(place), int(count)) for place, count in engine.rows(sql))


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


@dataclass(frozen=True)
class Same:
    """Two numbers that must be one: what is shown, and what was computed again."""

    shown: float | None
    again: float | None

    @property
    def outcome(self) -> Outcome:
        """Passed when both are the same number, or both unknown."""
        if self.shown is None or self.again is None:
            return "passed" if self.shown is self.again else "failed"
        size = max(1.0, abs(self.shown), abs(self.again))
        return "passed" if abs(self.shown - self.again) <= SLACK * size else "failed"


def recomputed(engine: Engine, catalogue: Catalogue, kpi: Kpi, reading: Reading, scope: str = "") -> Same:
    """Return the value that is shown beside the one computed now from the rows."""
    by = compute.DIMENSION if scope else None
    made = compute.readings(engine, catalogue, [kpi.id], [reading.as_of], by=by, ceased=True)
    again = next((one.value for one in made if one.scope.get(compute.DIMENSION, "") == scope), None)
    return Same(reading.value, again)


def added_up(
    engine: Engine,
    catalogue: Catalogue,
    side: Side,
    as_of: date,
    shown: float | None,
    scope: Mapping[str, str | None],
) -> Same | None:
    """Return a side's amount as it is shown beside the sum of its rows; None where rows do not simply add up."""
    if side.adds is None or shown is None:
        return None
    return Same(shown, total(engine, catalogue, side.kpi, side.at or as_of, side.adds, scope))


@dataclass(frozen=True)
class Fact:
    """One value that the catalogue claims of the demo town, and what these data give at that date (None: unknown)."""

    period: str
    on: date
    claimed: float
    found: float | None

    @property
    def holds(self) -> bool:
        """Say whether these data give the claimed value, to the decimals that it is claimed with."""
        if self.found is None:
            return False
        written = len(repr(self.claimed).partition(".")[2]) if self.claimed % 1 else EXACT
        return abs(self.found - self.claimed) <= 0.5 * 10.0**-written * (1 + SLACK)


def facts(engine: Engine, catalogue: Catalogue, kpi: Kpi, last: date) -> list[Fact]:
    """Return the values that the entry claims (``on_demo``) up to the data's date, each computed anew on these data."""
    days = {period: min(last_day(period), last) for period in kpi.on_demo if first_day(period) <= last}
    made = compute.readings(engine, catalogue, [kpi.id], list(days.values())) if days else []
    values = {reading.as_of: reading.value for reading in made}
    return [Fact(period, day, kpi.on_demo[period], values.get(day)) for period, day in days.items()]


def first_day(period: str) -> date:
    """Return the first day of a year, quarter or month: 2015, 2015-Q2 or 2015-06."""
    year, _, rest = period.partition("-")
    month = 1 if not rest else 3 * int(rest[1]) - 2 if rest.startswith("Q") else int(rest)
    return date(int(year), month, 1)


def last_day(period: str) -> date:
    """Return the last day of a year, quarter or month."""
    year, _, rest = period.partition("-")
    month = 12 if not rest else 3 * int(rest[1]) if rest.startswith("Q") else int(rest)
    return date(int(year), month, monthrange(int(year), month)[1])


def facts_hold(found: Collection[Any]) -> Outcome:
    """Passed when all the facts hold; "not_run" when none does: these data are another town's."""
    held = [fact.holds for fact in found]
    if not any(held):
        return "not_run"
    return "passed" if all(held) else "failed"
