"""From KPIs to one statement: groups of rows read once each, then every KPI's arithmetic on top, one row a date and scope."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlglot import exp

from metrics import bymonths, byrows, survival
from metrics.dates import calendar, is_month_end, literal, month_number
from metrics.definitions import Kpi, Parameter
from metrics.expressions import DIALECT
from metrics.grouping import Scopes
from metrics.plan import Formula, Group, Measure, Plan
from metrics.relations import tables_of
from metrics.statement import TOWN, Statement

PARTS = ("value", "numerator", "denominator", "n", "coverage", "low", "high")


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
    """
    plan = Plan(kpis, empty, by=question.by)
    for id in ids:
        plan.add(id)
    statement = Statement()
    statement.put_views((group.view for group in plan.groups), relations, parameters)
    statement.put("calendar", calendar(question.dates))
    for group, measures in plan.groups.items():
        _put_group(statement, plan, group, list(measures.values()), question, relations)
    _put_grid(statement, plan, question)
    items, columns = _outputs(plan, ids)
    sql = statement.text(f"SELECT {', '.join(items)}\nFROM {_joined(plan)}", relations)
    return Compiled(sql, columns, plan.formulas)


def _put_group(
    statement: Statement,
    plan: Plan,
    group: Group,
    measures: list[Measure],
    question: Question,
    relations: Mapping[str, str],
) -> None:
    from metrics.relations import columns_of

    alias = plan.alias(group)
    by = question.by if question.by in columns_of(group.view, relations) else None
    scopes = Scopes(by, question.town or by is None)
    if group.at and question.monthly and group.at in question.dates and _moving(group) in plan.groups:
        statement.put(alias, f"SELECT * FROM {plan.alias(_moving(group))} WHERE as_of = {literal(group.at)}")
    elif group.survival:
        survival.put(statement, alias, group, measures, scopes, question.bounds)
    elif question.monthly and group.additive and group.at is None and group.period.date:
        bymonths.put(statement, alias, group, measures, scopes, question.months)
    else:
        byrows.put(statement, alias, group, measures, scopes)


def _moving(group: Group) -> Group:
    """Return the same group at each date."""
    from dataclasses import replace

    return replace(group, at=None)


def _put_grid(statement: Statement, plan: Plan, question: Question) -> None:
    """Add ``grid``: every date with every scope that any group knows."""
    scopes = [f"SELECT scope FROM {plan.alias(group)}" for group in plan.groups]
    if question.town or question.by is None:
        scopes.append(f"SELECT '{TOWN}' AS scope")
    statement.put("scopes", " UNION ".join(scopes))
    outside = "" if question.town or question.by is None else f" WHERE s.scope <> '{TOWN}'"
    statement.put("grid", f"SELECT c.as_of, s.scope FROM calendar AS c CROSS JOIN scopes AS s{outside}")


def _joined(plan: Plan) -> str:
    joins = ["grid"]
    for group in plan.groups:
        alias = plan.alias(group)
        dated = "" if group.at else f"{alias}.as_of = grid.as_of AND "
        joins.append(f"LEFT JOIN {alias} ON {dated}{alias}.scope = grid.scope")
    return "\n".join(joins)


def _outputs(plan: Plan, ids: Sequence[str]) -> tuple[list[str], dict[str, dict[str, str]]]:
    """Return the SELECT items and, by KPI and part, the name of the column."""
    items = ["grid.as_of", "grid.scope"]
    columns: dict[str, dict[str, str]] = {}
    for place, id in enumerate(ids):
        formula = plan.formulas[id]
        columns[id] = {}
        for part in PARTS:
            tree: exp.Expression | None = getattr(formula, part)
            if tree is not None:
                columns[id][part] = f"{part}_{place}"
                items.append(f"CAST({tree.sql(DIALECT, comments=False)} AS DOUBLE) AS {part}_{place}")
    return items, columns
