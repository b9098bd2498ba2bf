"""Which KPIs a scenario can move: those that read a column that it changes, through whatever views stand between.

By names, on the safe side: a changed column that decides which rows there are (a condition, a join, a grouping) may change
everything behind it; one that is only shown changes what is made of it.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlglot import exp

from metrics import compute
from metrics.checks import reached
from metrics.definitions import COMPUTED, Catalogue, Kpi
from metrics.moving import Replacement
from metrics.relations import needed, outputs, parsed, reads
from metrics.statement import WORDS

ALL = frozenset({"*"})  # every column, and which rows there are
Columns = frozenset[str]
MOST = 1000  # definitions whose words are kept, by fingerprint
_known: dict[str, Columns] = {}


def can_move(catalogue: Catalogue, kpi: str, views: Mapping[str, str], made: Iterable[Replacement]) -> bool:
    """Say whether a KPI reads anything that replacements change."""
    changed = _changed(made)
    within = [catalogue.every[id] for id in reached([kpi], catalogue.every)]
    behind = compute.views_of(catalogue, within)
    found = _through(views, tuple(sorted(behind)), tuple(sorted(changed.items())))
    words = frozenset().union(*(_words(one) for one in within))
    return any(columns == ALL or columns & words for columns in found)


def _changed(made: Iterable[Replacement]) -> dict[str, Columns]:
    found: dict[str, Columns] = {}
    for one in made:
        own = ALL if one.rows else frozenset(name for name, _ in one.columns)
        found[one.relation] = _both(found.get(one.relation, frozenset()), own)
    return found


def _both(left: Columns, right: Columns) -> Columns:
    return ALL if ALL in (left, right) else left | right


def _through(
    views: Mapping[str, str], names: tuple[str, ...], changed: tuple[tuple[str, Columns], ...]
) -> list[Columns]:
    """Return what changes in each of ``names``: views, or stored tables."""
    known = dict(changed)
    for view in needed(names, views):
        before = tuple(sorted((name, known[name]) for name in reads(view, views) if known.get(name)))
        known[view] = _both(
            known.get(view, frozenset()), _view(views[view], before) if before else frozenset()
        )
    return [known.get(name, frozenset()) for name in names]


@lru_cache(maxsize=1024)
def _view(sql: str, changed: tuple[tuple[str, Columns], ...]) -> Columns:
    """Return the columns of a view that change when those of the relations it reads do."""
    names = set().union(*(columns for _, columns in changed))
    if "*" in names:
        return ALL
    tree, size = parsed(sql), -1
    while len(names) > size:
        size = len(names)
        for column in tree.find_all(exp.Column):
            shown = _shown(column) if column.name in names else None
            if shown == "*":
                return ALL
            names |= {shown} if shown else set()
    return frozenset(names) & outputs(sql)


def _shown(node: exp.Expr) -> str:
    """Return the name under which a column is shown, "*" where it decides on rows."""
    while True:
        below, above = node, node.parent
        while above is not None and not isinstance(above, exp.Select):
            below, above = above, above.parent
        if above is None or below.arg_key != "expressions" or above.args.get("distinct"):
            return "*"
        holder, place, name = above.parent, _place(below, above.expressions), str(below.alias_or_name)
        while isinstance(holder, (exp.SetOperation, exp.Subquery)):
            if isinstance(holder, exp.SetOperation) and holder.args.get("distinct"):
                return "*"
            above, holder = holder, holder.parent
            name = str(above.named_selects[place])  # branches go by place, under the names of the first
        if holder is None or isinstance(holder, (exp.CTE, exp.From, exp.Join)):
            return name
        node = above  # a query within an expression: what shows the expression shows the column


def _place(node: exp.Expr, among: list[exp.Expr]) -> int:
    """Return where a node itself stands: equal ones do not count."""
    return next(place for place, one in enumerate(among) if one is node)


def _words(kpi: Kpi) -> Columns:
    """Return every word of what a definition computes: column names among them."""
    found = _known.get(kpi.fingerprint)
    if found is None:
        if len(_known) >= MOST:
            _known.clear()
        told = " ".join(repr(value) for name, value in vars(kpi).items() if name in COMPUTED)
        found = _known[kpi.fingerprint] = frozenset(WORDS.findall(told))
    return found
