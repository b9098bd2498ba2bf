"""From KPIs to one statement: groups of rows read once each, then every KPI's arithmetic on top, one row a date and scope."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlglot import exp

from metrics import bymonths, byrows, survival
from metrics.dates import calendar, is_month_end, literal, month_number
from metrics.definitions import Kpi, Parameter
from metrics.expressions import DIALECT
from metrics.grouping import Scopes
from metrics.plan import Formula, Group, Measure, Plan
from metrics.relations import columns_of, tables_of
from metrics.statement import TOWN, Statement

PARTS = ("value", "numerator", "denominator", "n", "coverage", "low", "high")
UNBOUNDED = tuple(part for part in PARTS if part not in ("low", "high"))


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
    def months(self) -> tuple[int, int]:
        """The first and last month of the calendar, as numbers."""
        return month_number(min(self.dates)), month_number(max(self.dates))

    def fits_monthly(self) -> bool:
        """Say whether the dates are every month end from the first to the last."""
        first, last = self.months
        return all(map(is_month_end, self.dates)) and len(set(self.dates)) == last - first + 1


@dataclass(frozen=True)
class Compiled:
    """A statement, and the columns that hold each KPI's parts: KPI id -> part -> column name."""

    sql: str
    columns: Mapping[str, Mapping[str, str]]
    formulas: Mapping[str, Formula] = field(default_factory=dict)


def empty_views(relations: Mapping[str, str], names: Iterable[str], empty_tables: Collection[str]) -> frozenset[str]:
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
    """Return the statement that computes ``ids``: columns as_of, scope, and one per KPI and part.

    ``kpis`` must hold those that the formulas name, too. ``empty`` names the views whose tables hold nothing.
    Raises ValueError when a monthly question skips a month.
    """
    if question.monthly and not question.fits_monthly():
        raise ValueError("a monthly question needs every month end between its first and its last")
    plan = Plan(kpis, empty, by=question.by)
    for id in ids:
        plan.add(id)
    statement = Statement()
    statement.put_views((group.view for group in plan.groups), relations, parameters)
    statement.put("calendar", calendar(question.dates, is_monthly=question.fits_monthly()))
    _Groups(statement, plan, question, relations).put()
    items, columns = _outputs(plan, ids, PARTS if question.bounds else UNBOUNDED)
    outside = "" if question.town or question.by is None else f" WHERE scope <> '{TOWN}'"
    sql = statement.text(f"SELECT {', '.join(items)}\nFROM wide AS grid{outside}", relations)
    return Compiled(sql, columns, plan.formulas)


class _Groups:
    """Puts every group into the statement, one under the other in relation ``long``, then side by side in ``wide``."""

    def __init__(self, statement: Statement, plan: Plan, question: Question, relations: Mapping[str, str]) -> None:
        self.statement = statement
        self.plan = plan
        self.question = question
        self.relations = relations
        self.names: dict[Group, list[str]] = {}
        self.selects: list[str] = []

    def put(self) -> None:
        months = {g: m for g, m in self.plan.groups.items() if self._is_monthly(g)}
        self._put_months(months)
        for group, measures in self.plan.groups.items():
            if group not in months:
                self._put_rows(group, list(measures.values()))
        self._put_wide()

    def _is_monthly(self, group: Group) -> bool:
        return bool(self.question.monthly and group.additive and group.at is None and group.period.date)

    def _scopes(self, group: Group) -> Scopes:
        by = self.question.by if self.question.by in columns_of(group.view, self.relations) else None
        return Scopes(by, self.question.town or by is None)

    def _number(self, group: Group) -> int:
        return list(self.plan.groups).index(group) + 1

    def _put_months(self, groups: Mapping[Group, Mapping[str, Measure]]) -> None:
        """Add all additive groups at once, then each one's own line in ``long``."""
        found = {self._number(g): (g, bymonths.parts(g, list(m.values()))) for g, m in groups.items()}
        scopes = {number: self._scopes(group) for number, (group, _) in found.items()}
        bymonths.put(self.statement, found, scopes, self.question.months, self.question.by)
        for number, (group, parts) in found.items():
            if group.per:
                self._put_keys(number, group, parts)
            else:
                shown = [part for part in parts if not part.name.startswith("k")]
                self._line(group, f"totals WHERE g = {number}", {part.name: bymonths.item(part) for part in shown})

    def _put_keys(self, number: int, group: Group, parts: Sequence[bymonths.Part]) -> None:
        """Compute the outer measures over the keys that have rows at each date."""
        alias, measures = self.plan.alias(group), list(self.plan.groups[group].values())
        shown = [part for part in parts if part.name in dict(group.per[1] if group.per else ())]
        values = "".join(f", CAST({bymonths.item(part)} AS DOUBLE) AS {part.name}" for part in shown)
        self.statement.put(f"{alias}_keys", f"SELECT as_of, scope, r{values} FROM totals WHERE g = {number} AND r > 0")
        over = byrows.over_keys(measures)
        self.statement.put(alias, f"SELECT as_of, scope, SUM(r) AS r{over} FROM {alias}_keys AS v GROUP BY as_of, scope")
        self._line(group, alias, {measure.name: measure.name for measure in measures})

    def _put_rows(self, group: Group, measures: list[Measure]) -> None:
        alias, question = self.plan.alias(group), self.question
        names = {measure.name: measure.name for measure in measures}
        names |= {f"c{measure.name}": f"c{measure.name}" for measure in measures if measure.when is not None and not group.per}
        if group.survival:
            survival.put(self.statement, alias, group, measures, self._scopes(group), question.bounds)
            names |= {side + name: side + name for name in list(names) for side in "lh" if question.bounds}
        elif group.at and question.monthly and group.at in question.dates and replace(group, at=None) in self.names:
            self._repeat(group, names)
            return
        else:
            byrows.put(self.statement, alias, group, measures, self._scopes(group))
        self._line(group, alias, names)

    def _repeat(self, group: Group, names: Mapping[str, str]) -> None:
        """Take a fixed date's values from the group that has them at every date."""
        moving = replace(group, at=None)
        parts = bymonths.parts(moving, list(self.plan.groups[moving].values()))
        by_text = {text: measure.name for text, measure in self.plan.groups[moving].items()}
        own = {measure.name: by_text[text] for text, measure in self.plan.groups[group].items()}
        items = {part.name: bymonths.item(part) for part in parts}
        found = f"totals WHERE g = {self._number(moving)} AND as_of = {literal(group.at)}"  # type: ignore[arg-type]
        self._line(group, found, {name: items[own.get(name, name)] for name in names})

    def _line(self, group: Group, source: str, items: Mapping[str, str]) -> None:
        """Note a group's rows for ``long``; one at a fixed date holds at every date."""
        self.names[group] = list(items)
        values = "".join(f", CAST({sql} AS DOUBLE) AS v{place + 1}" for place, sql in enumerate(items.values()))
        select = f"SELECT {self._number(group)} AS g, as_of, scope, CAST(r AS DOUBLE) AS r{values}%s FROM {source}"
        if group.at:
            cells = "".join(f", o.v{place + 1}" for place in range(len(items)))
            select = f"SELECT o.g, c.as_of, o.scope, o.r{cells}%s FROM ({select % ''}) AS o CROSS JOIN calendar AS c"
        self.selects.append(select)

    def _put_wide(self) -> None:
        """Add ``long`` and ``wide``: every date with every scope that any group knows."""
        width = max((len(names) for names in self.names.values()), default=0)
        padded = [
            select % "".join(f", CAST(NULL AS DOUBLE) AS v{place + 1}" for place in range(len(names), width))
            for select, names in zip(self.selects, self.names.values(), strict=True)
        ]
        nothing = "".join(f", CAST(NULL AS DOUBLE) AS v{place + 1}" for place in range(width))
        town = f"SELECT 0 AS g, as_of, '{TOWN}' AS scope, CAST(NULL AS DOUBLE) AS r{nothing} FROM calendar"
        self.statement.put("long", "\nUNION ALL ".join([town, *padded]))
        self.statement.put("scopes", "SELECT DISTINCT scope FROM long")
        dense = f"SELECT 0 AS g, c.as_of, s.scope, CAST(NULL AS DOUBLE) AS r{nothing} FROM calendar AS c CROSS JOIN scopes AS s"
        self.statement.put("dense", f"SELECT * FROM long UNION ALL {dense}")
        self.statement.put("wide", f"SELECT as_of, scope{''.join(self._pivots())} FROM dense GROUP BY as_of, scope")

    def _pivots(self) -> Iterable[str]:
        for group, names in self.names.items():
            alias, number = self.plan.alias(group), self._number(group)
            for column, name in [("r", "r"), *((f"v{place + 1}", name) for place, name in enumerate(names))]:
                yield f", MAX(CASE WHEN g = {number} THEN {column} END) AS {alias}_{name}"


def _flat(tree: exp.Expression) -> str:
    """Return a formula's SQL over ``wide``: g1.m2 is its column g1_m2."""

    def flat(node: exp.Expression) -> exp.Expression:
        if isinstance(node, exp.Column) and node.table not in ("", "grid"):
            return exp.column(f"{node.table}_{node.name}", "grid")
        return node

    return tree.transform(flat).sql(DIALECT, comments=False)


def _outputs(plan: Plan, ids: Sequence[str], parts: Sequence[str]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Return the SELECT items and, by KPI and part, the name of the column."""
    items = ["grid.as_of", "grid.scope"]
    columns: dict[str, dict[str, str]] = {}
    for place, id in enumerate(ids):
        formula = plan.formulas[id]
        columns[id] = {}
        for part in parts:
            tree: exp.Expression | None = getattr(formula, part)
            if tree is not None:
                columns[id][part] = f"{part}_{place}"
                items.append(f"CAST({_flat(tree)} AS DOUBLE) AS {part}_{place}")
    return items, columns
