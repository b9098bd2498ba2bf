"""From KPIs to one SELECT: each group of rows read once, its measures one under the other. The formulas come after, in ``results``."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from metrics import bymonths, byrows, survival
from metrics.dates import calendar, is_month_end, month_number
from metrics.definitions import Kpi, Parameter
from metrics.grouping import Scopes
from metrics.plan import Group, Measure, Plan
from metrics.relations import columns_of, tables_of
from metrics.statement import Statement


@dataclass(frozen=True)
class Question:
    """What to compute: dates, scopes, and whether Kaplan-Meier's bounds come along.

    ``monthly``: read each view once and add months up. Every date must then be a month end, one of each month between
    the first and the last.
    """

    dates: Sequence[date]
    by: str | None = None
    town: bool = True
    monthly: bool = False
    bounds: bool = True

    @property
    def days(self) -> list[date]:
        """The dates in order, each once."""
        return sorted(set(self.dates))

    def fits_monthly(self) -> bool:
        """Say whether the dates are every month end from the first to the last."""
        days = self.days
        return (
            all(map(is_month_end, days)) and len(days) == month_number(days[-1]) - month_number(days[0]) + 1
        )


@dataclass(frozen=True)
class Layout:
    """Where a group stands in the answer: the rows with its number ``g``; ``names`` are its columns v1, v2…

    ``way``: "months" = moves in and out by month, "rows" = values by date and scope, "same" = the values that another group
    (``twin``) has at one fixed date. ``has_scopes``: the view knows the dimension asked for.
    """

    number: int
    way: Literal["months", "rows", "same"]
    names: tuple[str, ...] = ()
    parts: tuple[bymonths.Part, ...] = ()
    twin: Group | None = None
    has_scopes: bool = False


@dataclass(frozen=True)
class Compiled:
    """A statement and how to read its answer: columns g, i, s, scope, key, r, v1…"""

    sql: str
    plan: Plan
    question: Question
    layouts: Mapping[Group, Layout]


def empty_views(
    relations: Mapping[str, str], names: Iterable[str], empty_tables: Collection[str]
) -> frozenset[str]:
    """Return the views that can have no row because a table they need has none."""
    return frozenset(name for name in names if tables_of(name, relations, optional=False) & set(empty_tables))


def compile_kpis(
    kpis: Mapping[str, Kpi],
    ids: Sequence[str],
    relations: Mapping[str, str],
    parameters: Mapping[str, Parameter],
    question: Question,
    empty: frozenset[str] = frozenset(),
) -> Compiled:
    """Return the statement that computes what ``ids`` need.

    ``kpis`` must hold those that the formulas name, too. ``empty`` names the views whose tables hold nothing.
    Raises ValueError when a monthly question skips a month.
    """
    if question.monthly and not question.fits_monthly():
        raise ValueError("a monthly question needs every month end between its first and its last")
    plan = Plan(kpis, empty, by=question.by)
    for id in ids:
        plan.add(id)
    statement = Statement(relations, parameters)
    statement.put("calendar", calendar(question.days, is_monthly=question.fits_monthly()))
    maker = _Maker(statement, question, relations, plan)
    layouts = {group: maker.layout(group, list(measures.values())) for group, measures in plan.groups.items()}
    sql = statement.text(maker.select(layouts), [group.view for group in plan.groups])
    return Compiled(sql, plan, question, layouts)


@dataclass
class _Maker:
    """Writes each group's part of the statement."""

    statement: Statement
    question: Question
    relations: Mapping[str, str]
    plan: Plan

    def _by(self, group: Group) -> str | None:
        return self.question.by if self.question.by in columns_of(group.view, self.relations) else None

    def _adds_up(self, group: Group, measures: Sequence[Measure]) -> bool:
        return self.question.monthly and bymonths.fits(group, measures)

    def layout(self, group: Group, measures: list[Measure]) -> Layout:
        number = list(self.plan.groups).index(group) + 1
        has_scopes = self._by(group) is not None
        if self._adds_up(group, measures):
            parts = tuple(bymonths.parts(group, measures))
            return Layout(number, "months", tuple(part.name for part in parts), parts, has_scopes=has_scopes)
        twin = self._twin(group)
        if twin:
            return Layout(number, "same", twin=twin, has_scopes=has_scopes)
        return Layout(number, "rows", self._names(group, measures), has_scopes=has_scopes)

    def _twin(self, group: Group) -> Group | None:
        """Return the group that has, among its months, the fixed date of this one."""
        moving = replace(group, at=None)
        measures = list(self.plan.groups.get(moving, {}).values())
        return (
            moving
            if group.at in self.question.days and measures and self._adds_up(moving, measures)
            else None
        )

    def _names(self, group: Group, measures: list[Measure]) -> tuple[str, ...]:
        names = [measure.name for measure in measures]
        names += [
            f"c{measure.name}" for measure in measures if measure.when is not None and group.per is None
        ]
        if group.survival and self.question.bounds:
            names += [side + name for name in names for side in "lh"]
        return tuple(names)

    def select(self, layouts: Mapping[Group, Layout]) -> str:
        """Return the SELECT over all groups, after adding to the statement what they read."""
        width = max((len(layout.names) for layout in layouts.values()), default=0)
        survived = self._put_survival(layouts)
        nulls = "".join(f", CAST(NULL AS DOUBLE) AS v{place + 1}" for place in range(width))
        head = f"SELECT 0 AS g, 0 AS i, 0 AS s, '' AS scope, '' AS key, 0 AS r{nulls} WHERE FALSE"
        found = [
            self._select(group, layout, width, survived)
            for group, layout in layouts.items()
            if layout.way != "same"
        ]
        return "\nUNION ALL ".join([head, *found])

    def _put_survival(self, layouts: Mapping[Group, Layout]) -> Mapping[str, str]:
        """Add one chain for all survival groups; return the column of each survival function, by its text."""
        groups = {
            layout.number: (group, self._by(group)) for group, layout in layouts.items() if group.survival
        }
        nodes = {text: m.node for group, _ in groups.values() for text, m in self.plan.groups[group].items()}
        names = {text: f"q{place + 1}" for place, text in enumerate(nodes)}
        if groups:
            by = self.question.by if any(by for _, by in groups.values()) else None
            scopes = Scopes(by, self.question.town or by is None)
            measures = {names[text]: node for text, node in nodes.items()}
            survival.put(self.statement, groups, measures, scopes, self.question.bounds)
        return names

    def _select(self, group: Group, layout: Layout, width: int, survived: Mapping[str, str]) -> str:
        measures = list(self.plan.groups[group].values())
        if layout.way == "months":
            return bymonths.cells(layout.number, group, layout.parts, self._by(group), width)
        rows = (
            (self._survived(group, layout, survived), "km_read")
            if group.survival
            else self._by_rows(group, layout, measures)
        )
        values = "".join(f", {name}" for name in rows[0]) + ", NULL" * (width - len(layout.names))
        only = f" WHERE g = {layout.number}" if group.survival else ""
        return f"SELECT {layout.number}, i, 0, scope, NULL, r{values} FROM {rows[1]}{only}"

    def _survived(self, group: Group, layout: Layout, survived: Mapping[str, str]) -> list[str]:
        own = {measure.name: survived[text] for text, measure in self.plan.groups[group].items()}
        return [own.get(name) or name[0] + own[name[1:]] for name in layout.names]

    def _by_rows(self, group: Group, layout: Layout, measures: list[Measure]) -> tuple[list[str], str]:
        alias, by = self.plan.alias(group), self._by(group)
        byrows.put(self.statement, alias, group, measures, Scopes(by, self.question.town or by is None))
        return list(layout.names), alias
