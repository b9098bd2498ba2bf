"""From KPIs to measures: the aggregates of their formulas, grouped by the rows they read, and what is left to compute.

A *group* is a set of rows (a view in a period) that is read once; its *measures* are the aggregates over it. A *formula*
is the rest of the KPI: arithmetic over measures, written with columns ``g1.m2``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlglot import exp

from metrics import expressions
from metrics.definitions import Kpi, Period, Source

PerKey = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Group:
    """Rows read once: a view in a period, at each date or (``at``) at one fixed date.

    ``per``: reduced first to one row per key. ``survival``: (start, end, out of sight) columns. ``additive``: all its
    measures are sums and counts, so that months add up.
    """

    view: str
    period: Period
    frequency: str = ""
    at: date | None = None
    per: PerKey | None = None
    survival: tuple[str, ...] | None = None
    additive: bool = True


@dataclass
class Measure:
    """One aggregate of a group. ``when`` is its FILTER; the SQL texts have bare column names."""

    name: str
    node: exp.Expr
    when: exp.Expr | None = None


@dataclass(frozen=True)
class Formula:
    """What a KPI makes of its measures. None: the KPI has no such part."""

    kpi: Kpi
    value: exp.Expr
    n: exp.Expr
    numerator: exp.Expr | None = None
    denominator: exp.Expr | None = None
    coverage: exp.Expr | None = None
    needs: exp.Expr | None = None
    low: exp.Expr | None = None
    high: exp.Expr | None = None
    is_quantile: bool = False

    @property
    def is_amount(self) -> bool:
        """Say whether the value grows with the scope (a sum, a count): a target for the town is none for a directorate."""
        tree = expressions.parse(self.kpi.sql or "")
        found = [node.this if isinstance(node, exp.Filter) else node for node in expressions.aggregates(tree)]
        sums = bool(found) and all(isinstance(node, expressions.ADDITIVE) for node in found)
        return sums and self.denominator is None and tree.find(exp.Div) is None


@dataclass
class Plan:
    """The groups and formulas of some KPIs. ``empty`` names the views with an empty table behind: unknown, not zero."""

    kpis: Mapping[str, Kpi]
    empty: frozenset[str] = frozenset()
    by: str | None = None
    groups: dict[Group, dict[str, Measure]] = field(default_factory=dict)
    formulas: dict[str, Formula] = field(default_factory=dict)

    def add(self, id: str) -> Formula:
        """Plan a KPI (once) and those its formula names."""
        if id not in self.formulas:
            self.formulas[id] = _Planner(self, self.kpis[id]).formula()
        return self.formulas[id]

    def alias(self, group: Group) -> str:
        """Return the name of a group's relation: g1, g2…"""
        return f"g{list(self.groups).index(group) + 1}"

    def measure(self, group: Group, node: exp.Expr) -> exp.Expr:
        """Note an aggregate of a group and return the expression of its value, 0 for a sum over no row."""
        measures = self.groups.setdefault(group, {})
        text = node.sql(expressions.DIALECT)
        when = node.expression.this.copy() if isinstance(node, exp.Filter) else None
        bare = node.this if isinstance(node, exp.Filter) else node
        found = measures.setdefault(text, Measure(f"m{len(measures) + 1}", bare.copy(), when))
        return exp.Null() if group.view in self.empty else _value(self.alias(group), found, group)

    def rows(self, group: Group) -> exp.Expr:
        """Return the expression of a group's number of rows."""
        self.groups.setdefault(group, {})
        return exp.column("r", self.alias(group))


def _value(alias: str, measure: Measure, group: Group) -> exp.Expr:
    """Return the expression of a measure: a sum over no row is 0, one over rows of unknown value is unknown."""
    column = exp.column(measure.name, alias)
    if group.survival or group.per or not isinstance(measure.node, exp.Sum):
        return column
    rows = exp.column(f"c{measure.name}" if measure.when is not None else "r", alias)
    zero = exp.Literal.number(0)
    none = exp.EQ(this=rows, expression=zero)
    return exp.Case(ifs=[exp.If(this=none, true=zero.copy())], default=column)


class _Planner:
    """Plans one KPI."""

    def __init__(self, plan: Plan, kpi: Kpi) -> None:
        self.plan = plan
        self.kpi = kpi
        self.view = kpi.by_from.get(plan.by or "", kpi.source or "")

    def formula(self) -> Formula:
        kpi = self.kpi
        tree = expressions.parse(kpi.sql or "")
        over, under = self._parts(tree)
        needs = self._over(kpi.needs, self._main()) if kpi.needs and kpi.period else None
        coverage = self._second(kpi.coverage) if kpi.coverage else None
        value = _divided(over, under) if under is not None else over
        return Formula(
            kpi=kpi,
            value=_when(needs, value),
            n=self._n(tree, under),
            numerator=_when(needs, over) if under is not None or _adds_up(tree) else None,
            denominator=under,
            coverage=coverage,
            needs=needs,
            **self._bounds(tree),
            is_quantile=_is_survival(tree),
        )

    def _parts(self, tree: exp.Expr) -> tuple[exp.Expr, exp.Expr | None]:
        """Return numerator and denominator; the whole and None where nothing is divided."""
        if self.kpi.denominator:
            return self._expression(tree), self._second(self.kpi.denominator)
        if self.kpi.base:
            return self._expression(tree), self._expression(tree, self.kpi.base)
        top = tree.unnest()
        if isinstance(top, exp.Div):
            under = top.expression.unnest()
            under = under.this if isinstance(under, exp.Nullif) else under
            return self._expression(top.this), self._expression(under)
        return self._expression(tree), None

    def _main(self, at: date | None = None, **more: object) -> Group:
        kpi = self.kpi
        assert kpi.period is not None
        return _group(self.view, kpi.period, kpi.frequency, at, **more)

    def _expression(self, tree: exp.Expr, at: date | None = None) -> exp.Expr:
        """Return the tree with its aggregates and references replaced by their values."""

        def replaced(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Anonymous) and node.name.upper() == expressions.REFERENCE:
                return exp.paren(self.plan.add(node.expressions[0].name).value.copy())
            return self._aggregate(node, at) if expressions.is_aggregate(node) else node

        return expressions.guarded(tree.transform(replaced))

    def _aggregate(self, node: exp.Expr, at: date | None, low_high: str = "") -> exp.Expr:
        kpi = self.kpi
        if isinstance(node, exp.Anonymous):
            survival = tuple(argument.name for argument in node.expressions[1:])
            value = self.plan.measure(self._main(at, survival=survival, additive=False), node)
            return (
                exp.column(low_high + value.name, value.table)
                if low_high and isinstance(value, exp.Column)
                else value
            )
        if kpi.per:
            per = (kpi.per.key, tuple(kpi.per.measures.items()))
            adds = all(_adds_up(expressions.parse(sql)) for sql in kpi.per.measures.values())
            return self.plan.measure(self._main(at, per=per, additive=adds), node)
        return _measured(self.plan, node, lambda additive: self._main(at, additive=additive))

    def _over(self, sql: str, group: Group) -> exp.Expr:
        """Return an expression over the rows of ``group`` (and of its non-additive twin)."""

        def replaced(node: exp.Expr) -> exp.Expr:
            if not expressions.is_aggregate(node):
                return node
            return _measured(
                self.plan,
                node,
                lambda additive: _group(group.view, group.period, group.frequency, additive=additive),
            )

        return expressions.guarded(expressions.parse(sql).transform(replaced))

    def _second(self, source: Source) -> exp.Expr:
        same = source.view == self.kpi.source
        view = self.view if same else source.by_from.get(self.plan.by or "", source.view)
        group = _group(view, source.period, self.kpi.frequency)
        value = self._over(source.sql, group)
        return _when(self._over(source.needs, group) if source.needs else None, value)

    def _n(self, tree: exp.Expr, under: exp.Expr | None) -> exp.Expr:
        kpi = self.kpi
        if kpi.source is None:
            return self.plan.add(expressions.references(tree)[0]).n.copy()
        if under is not None and kpi.n is None and kpi.interval and kpi.interval.kind == "clopper_pearson":
            return under.copy()  # a share of counts rests on all that it is a share of
        own = self._over(kpi.n, self._main()) if kpi.n else self.plan.rows(self._any_group())
        others = [self.plan.add(id).n.copy() for id in expressions.references(tree)]
        return exp.Least(this=own, expressions=others) if others else own  # it rests on its smallest part

    def _any_group(self) -> Group:
        """Return a group already planned over the KPI's rows, to count them: any will do."""
        main = self._main()
        same = (replace(g, per=None, survival=None, additive=True) == main for g in self.plan.groups)
        return next((g for g, fits in zip(self.plan.groups, same, strict=True) if fits), main)

    def _bounds(self, tree: exp.Expr) -> dict[str, exp.Expr]:
        """Return the formula with Kaplan-Meier's bounds in place of its survival functions, the lower first."""
        if self.kpi.interval is None or self.kpi.interval.kind != "km":
            return {}
        ends = []
        for side in ("l", "h"):
            ends.append(
                expressions.guarded(
                    tree.transform(
                        lambda node, side=side: (
                            self._aggregate(node, None, side) if expressions.is_aggregate(node) else node
                        )
                    )
                )
            )
        return {"low": ends[0], "high": ends[1]}


def _is_survival(tree: exp.Expr) -> bool:
    return any(node.name.upper() in expressions.SURVIVAL for node in tree.find_all(exp.Anonymous))


def _group(view: str, period: Period, frequency: str = "", at: date | None = None, **more: object) -> Group:
    """Return the group; the frequency only tells groups apart where the span is the KPI's own period."""
    return Group(view, period, frequency if period.span == "in_period" else "", at, **more)  # type: ignore[arg-type]


def _measured(plan: Plan, node: exp.Expr, group: object) -> exp.Expr:
    """Return the value of one ordinary aggregate; a mean is a sum over a count, and only sums and counts add up."""
    bare = node.this if isinstance(node, exp.Filter) else node
    if isinstance(bare, exp.Avg):
        total, count = exp.Sum(this=bare.this.copy()), exp.Count(this=bare.this.copy())
        parts = [_filtered(part, node) for part in (total, count)]
        values = [plan.measure(group(True), part) for part in parts]  # type: ignore[operator]
        return exp.paren(_divided(*values))
    return plan.measure(group(_is_additive(bare)), node)  # type: ignore[operator]


def _filtered(aggregate: exp.Expr, like: exp.Expr) -> exp.Expr:
    if not isinstance(like, exp.Filter):
        return aggregate
    return exp.Filter(this=aggregate, expression=like.expression.copy())


def _is_additive(node: exp.Expr) -> bool:
    return isinstance(node, expressions.ADDITIVE) and not isinstance(node.this, exp.Distinct)


def _adds_up(tree: exp.Expr) -> bool:
    """Say whether a formula's value is itself a sum: nothing but sums and counts, added."""
    found = [node.this if isinstance(node, exp.Filter) else node for node in expressions.aggregates(tree)]
    return (
        bool(found) and all(map(_is_additive, found)) and not tree.find(exp.Div, exp.Mul, exp.Pow, exp.Case)
    )


def _divided(over: exp.Expr, under: exp.Expr) -> exp.Expr:
    safe = exp.Nullif(this=exp.paren(under.copy()), expression=exp.Literal.number(0))
    return exp.Div(this=exp.paren(over.copy()), expression=safe)


def _when(condition: exp.Expr | None, value: exp.Expr) -> exp.Expr:
    if condition is None:
        return value
    return exp.Case(ifs=[exp.If(this=condition.copy(), true=value.copy())])
