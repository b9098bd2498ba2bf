"""Whether a KPI's months add up: one sum or count alone, without a denominator."""

from functools import lru_cache

from metrics.definitions import Kpi


def is_sum(kpi: Kpi) -> bool:
    """Say whether the KPI is a plain sum or count of rows, so that what each month adds can be told."""
    return _nature(kpi) == "sum"


def is_count(kpi: Kpi) -> bool:
    """Say whether the months add whole things up, events to which a counting law applies: not euros, hours or shares."""
    return is_sum(kpi) and kpi.unit == "n"


def is_distinct(kpi: Kpi) -> bool:
    """Say whether the KPI counts distinct things: they add up until there is no other left."""
    return _nature(kpi) == "distinct"


def _nature(kpi: Kpi) -> str:
    if kpi.sql is None or kpi.denominator or kpi.per or kpi.base:
        return "other"
    return _of(kpi.sql)


@lru_cache(maxsize=512)
def _of(sql: str) -> str:
    from sqlglot import exp

    from metrics import expressions

    node = expressions.parse(sql)
    while isinstance(node, exp.Paren | exp.Filter | exp.Coalesce):
        node = node.this
    if not isinstance(node, exp.Sum | exp.Count):
        return "other"
    return "distinct" if node.find(exp.Distinct) else "sum"
