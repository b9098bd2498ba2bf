"""What SQL an entry may hold: an expression over columns, by an allow-list of nodes and functions, nothing else."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from metrics.refusing import BadEntry, shortened, unknown
from schemas.text import Text

DIALECT = "duckdb"
SURVIVAL = {"KM_QUANTILE": (3, 4), "KM_SURVIVAL": (3, 4)}
REFERENCE = "KPI_VALUE"
ADDITIVE = (exp.Sum, exp.Count)
AGGREGATES = (exp.Sum, exp.Count, exp.Avg, exp.Min, exp.Max, exp.Median)
TYPES = ("DATE", "DOUBLE", "INT", "BIGINT", "DECIMAL")
LONGEST = 2000  # characters; beyond these three, an expression is refused before it can cost anything
MOST_NODES = 300
DEEPEST = 40

NODES: frozenset[type] = frozenset(
    {
        *(exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Null, exp.Star, exp.Paren, exp.Neg),
        *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE),
        *(exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Like, exp.Case, exp.If),
        *(
            exp.Coalesce,
            exp.Nullif,
            exp.Greatest,
            exp.Least,
            exp.Abs,
            exp.Round,
            exp.Pow,
            exp.Sqrt,
            exp.Ln,
            exp.Exp,
        ),
        *(*AGGREGATES, exp.Distinct, exp.Filter, exp.Where, exp.Cast, exp.DataType, exp.DataTypeParam),
        *(exp.DateDiff, exp.Extract, exp.Year, exp.Month, exp.Var, exp.Anonymous),
    }
)
FUNCTIONS = sorted(
    {
        "SUM",
        "COUNT",
        "AVG",
        "MIN",
        "MAX",
        "MEDIAN",
        "COALESCE",
        "NULLIF",
        "GREATEST",
        "LEAST",
        "ABS",
        "ROUND",
        "POWER",
    }
    | {"SQRT", "LN", "EXP", "CASE", "CAST", "DATE_DIFF", "EXTRACT", "YEAR", "MONTH", *SURVIVAL}
)


def _not_allowed(what: str) -> BadEntry:
    return BadEntry(
        Text(f"SQL non admis : {what}.", f"SQL not allowed: {what}."),
        Text(
            f"Écrivez une expression sur les colonnes de la vue, avec {', '.join(FUNCTIONS)}.",
            f"Write an expression over the view's columns, with {', '.join(FUNCTIONS)}.",
        ),
    )


def _too_big(fr: str, en: str) -> BadEntry:
    return BadEntry(
        Text(f"L'expression SQL est trop grande : {fr}.", f"The SQL expression is too big: {en}."),
        Text(
            "Raccourcissez-la, ou partagez-la en plusieurs indicateurs.",
            "Shorten it, or split it into several KPIs.",
        ),
    )


@lru_cache(maxsize=4096)
def parse(sql: str) -> exp.Expr:
    """Return the expression tree of ``sql``, shared: transform or copy it, never change it. Raises BadEntry."""
    if len(sql) > LONGEST:
        raise _too_big(f"{len(sql)} caractères", f"{len(sql)} characters")
    if _brackets(sql) > DEEPEST:
        raise _too_big(f"plus de {DEEPEST} niveaux", f"more than {DEEPEST} levels")
    text = re.sub(r"\{([^{}]+)\}", lambda found: f"{REFERENCE}('{found[1].strip()}')", sql)
    try:
        trees = sqlglot.parse(text, read=DIALECT)
    except RecursionError as error:
        raise _too_big(f"plus de {DEEPEST} niveaux", f"more than {DEEPEST} levels") from error
    except SqlglotError as error:
        raise BadEntry(
            Text("L'expression SQL ne se lit pas.", "The SQL expression cannot be read."),
            Text(
                f"Vérifiez les parenthèses et les virgules : {shortened(sql)}",
                f"Check brackets and commas: {shortened(sql)}",
            ),
        ) from error
    if len(trees) != 1 or trees[0] is None:
        raise _not_allowed("plus d'une instruction" if len(trees) > 1 else "rien")
    _check_nodes(trees[0])
    return trees[0]


def _brackets(sql: str) -> int:
    """Return how deep brackets nest: a parser pays dearly for each level."""
    deepest = level = 0
    for character in sql:
        level += (character in "([") - (character in ")]")
        deepest = max(deepest, level)
    return deepest


def _check_nodes(tree: exp.Expr) -> None:
    """Refuse too many nodes or levels, and any node that is not allowed: one walk."""
    count, left = 0, [(tree, 1)]
    while left:
        node, level = left.pop()
        count += 1
        if level > DEEPEST:
            raise _too_big(f"plus de {DEEPEST} niveaux", f"more than {DEEPEST} levels")
        if count > MOST_NODES:
            raise _too_big(f"plus de {MOST_NODES} termes", f"more than {MOST_NODES} terms")
        if type(node) not in NODES:
            raise _not_allowed(type(node).__name__.upper())
        _check_node(node)
        left += [(child, level + 1) for child in node.iter_expressions(reverse=True)]


def _check_node(node: exp.Expr) -> None:
    """Refuse what a node of an allowed kind may still hide: a qualified column, a bare star, a query, an odd function."""
    if isinstance(node, exp.Anonymous) and node.name.upper() not in {*SURVIVAL, REFERENCE}:
        raise unknown(Text("Fonction", "function"), node.name, FUNCTIONS)
    if isinstance(node, exp.Column) and len(node.parts) != 1:
        raise _not_allowed(f"{shortened(node.sql(DIALECT))} (une colonne, sans table devant)")
    if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Count):
        raise _not_allowed("*")
    if isinstance(node, exp.In) and (node.args.get("query") or node.args.get("unnest")):
        raise _not_allowed("IN (SELECT …)")
    if isinstance(node, exp.Cast) and not node.to.is_type(*TYPES):
        raise _not_allowed(shortened(node.sql(DIALECT)))


def is_aggregate(node: exp.Expr) -> bool:
    """Say whether a node turns rows into one value: an aggregate, one with a FILTER, or a survival function."""
    if isinstance(node, exp.Filter):
        return True
    if isinstance(node, AGGREGATES):
        return not isinstance(node.parent, exp.Filter)
    return isinstance(node, exp.Anonymous) and node.name.upper() in SURVIVAL


def aggregates(tree: exp.Expr) -> Iterator[exp.Expr]:
    """Yield the outermost aggregates of an expression, in order."""
    return (node for node in tree.find_all(exp.Func, exp.Filter, bfs=False) if is_aggregate(node))


def references(tree: exp.Expr) -> list[str]:
    """Return the ids of the KPIs that the expression names in braces."""
    found = tree.find_all(exp.Anonymous)
    return [node.expressions[0].name for node in found if node.name.upper() == REFERENCE]


def columns(tree: exp.Expr) -> set[str]:
    """Return the names of the columns an expression reads."""
    return {node.name for node in tree.find_all(exp.Column)}


def check_value(sql: str, known: Collection[str]) -> None:
    """Raise BadEntry unless ``sql`` is one value per group of rows with the ``known`` columns.

    Columns must be known and stand inside an aggregate; aggregates do not nest; other KPIs stand outside of them.
    """
    tree = parse(sql)
    for name in columns(tree) - set(known):
        raise unknown(Text("Colonne", "column"), name, known)
    if not list(aggregates(tree)) and not references(tree):
        raise BadEntry(
            Text("L'expression n'agrège rien.", "The expression aggregates nothing."),
            Text(
                "Écrivez par exemple SUM(colonne) ou COUNT(*).",
                "Write SUM(column) or COUNT(*), for instance.",
            ),
        )
    _check_places(tree)
    _check_survival(tree)


def _check_places(tree: exp.Expr) -> None:
    """Check every node, told whether it stands inside an aggregate: one walk."""
    left = [(tree, False)]
    while left:
        node, inside = left.pop()
        _check_place(node, inside)
        inside = inside or is_aggregate(node)
        left += [(child, inside) for child in node.iter_expressions(reverse=True)]


def _check_place(node: exp.Expr, inside: bool) -> None:
    if isinstance(node, exp.Column) and not inside:
        raise BadEntry(
            Text(f"Colonne hors agrégat : « {node.name} ».", f"Column outside any aggregate: “{node.name}”."),
            Text(
                f"Écrivez SUM({node.name}) ou MAX({node.name}).",
                f"Write SUM({node.name}) or MAX({node.name}).",
            ),
        )
    nested = is_aggregate(node) or (isinstance(node, exp.Anonymous) and node.name.upper() == REFERENCE)
    if nested and inside:
        raise _not_allowed(f"{shortened(node.sql(DIALECT))} dans un agrégat")


def check_rows(sql: str, known: Collection[str]) -> None:
    """Raise BadEntry unless ``sql`` is an aggregate (or several) over the ``known`` columns, without other KPIs."""
    check_value(sql, known)
    for name in references(parse(sql)):
        raise _not_allowed("{" + name + "}")


def _check_survival(tree: exp.Expr) -> None:
    for node in tree.find_all(exp.Anonymous):
        name = node.name.upper()
        if name in SURVIVAL and not SURVIVAL[name][0] <= len(node.expressions) <= SURVIVAL[name][1]:
            raise BadEntry(
                Text(f"{name} attend 3 ou 4 arguments.", f"{name} takes 3 or 4 arguments."),
                Text(
                    f"{name}(nombre, début, fin[, perdu de vue])",
                    f"{name}(number, start, end[, out of sight])",
                ),
            )
        if name in SURVIVAL and not node.expressions[0].is_number:
            raise BadEntry(
                Text(
                    f"{name} : le premier argument est un nombre.", f"{name}: the first argument is a number."
                ),
                Text("Par exemple KM_QUANTILE(0.5, …).", "For instance KM_QUANTILE(0.5, …)."),
            )


def guarded(tree: exp.Expr) -> exp.Expr:
    """Return the tree, changed in place, with every division unknown, not infinite, where its denominator is 0."""

    def guard(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Div) and not _never_zero(node.expression):
            node.set(
                "expression",
                exp.Nullif(this=exp.paren(node.expression.copy()), expression=exp.Literal.number(0)),
            )
        return node

    return tree.transform(guard, copy=False)


def _never_zero(node: exp.Expr) -> bool:
    bare = node.unnest()
    return isinstance(bare, exp.Nullif) or (bare.is_number and float(bare.name) != 0)
