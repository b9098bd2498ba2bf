"""What kind of value each part of an expression is, as far as its columns tell: text and dates do not add up.

A kind is "text", "date", "number" or "boolean"; None where nothing is known, which is always accepted.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlglot import exp

from metrics import expressions, relations
from metrics.refusing import BadEntry, shortened
from schemas.text import Text

KINDS = {"text": "text", "period": "text", "date": "date", "boolean": "boolean"}  # the others are numbers
COUNTS = (exp.Count, exp.DateDiff, exp.Extract, exp.Year, exp.Month, exp.Anonymous)
ADDED = (exp.Sum, exp.Avg, exp.Median)
SIGNED = (exp.Mul, exp.Div, exp.Neg, exp.Abs, exp.Round, exp.Pow, exp.Sqrt, exp.Ln, exp.Exp)
COMPARED = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
TRUTHS = (*COMPARED, exp.And, exp.Or, exp.Not, exp.Is, exp.In, exp.Between, exp.Like, exp.Boolean)
ALIKE = (exp.Paren, exp.Filter, exp.Min, exp.Max, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least)


def columns(view: str, views: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds of a relation's columns, of those that bear a table's name and are of one kind in all its tables."""
    return _columns(frozenset(relations.tables_of(view, views)), tuple(relations.columns_of(view, views)))


@lru_cache(maxsize=256)
def _columns(tables: frozenset[str], names: tuple[str, ...]) -> dict[str, str]:
    from schemas.tables import TABLES  # here: it brings pandera along

    found: dict[str, set[str]] = {}
    for column in (column for name in tables & set(TABLES) for column in TABLES[name].columns):
        found.setdefault(column.name, set()).add(KINDS.get(column.kind, "number"))
    return {name: next(iter(found[name])) for name in names if len(found.get(name, ())) == 1}


def check(sql: str, known: Mapping[str, str], *, is_condition: bool = False) -> None:
    """Raise BadEntry for text or a date that is added up, cast to a number, compared with a number, or the value itself."""
    kind = _kind(expressions.parse(sql), known)
    if kind in ("text", "date") and not is_condition:
        raise _no_number(expressions.parse(sql), kind)


def _kind(node: exp.Expr, known: Mapping[str, str]) -> str | None:
    parts = [_kind(part, known) for part in node.iter_expressions() if not isinstance(part, exp.DataType)]
    if isinstance(node, exp.Column):
        return known.get(node.name)
    if isinstance(node, exp.Literal):
        return "number" if node.is_number else None  # a quoted word may be a date, too
    if isinstance(node, exp.Cast):
        return _cast(node, parts[0])
    if isinstance(node, COUNTS):
        return "number"
    if isinstance(node, TRUTHS):
        _check_compared(node, parts)
        return "boolean"
    if isinstance(node, (*ADDED, *SIGNED)):
        _refuse(node, parts, ("text", "date"))
        return "number"
    if isinstance(node, (exp.Add, exp.Sub)):
        return _moved(node, parts)
    return _same(node, parts, known)


def _same(node: exp.Expr, parts: list[str | None], known: Mapping[str, str]) -> str | None:
    """Return the kind of what only picks one of its parts."""
    if isinstance(node, exp.Filter):
        return parts[0]
    if isinstance(node, exp.Case):
        default = node.args.get("default")
        values = [branch.args["true"] for branch in node.args["ifs"]] + ([default] if default else [])
        parts = [_kind(value, known) for value in values]
    elif not isinstance(node, ALIKE):
        return None
    told = {part for part in parts if part}
    return told.pop() if len(told) == 1 else None


def _cast(node: exp.Cast, part: str | None) -> str:
    is_date = node.to.is_type("DATE")
    _refuse(node, [part], ("text",) if is_date else ("text", "date"))
    return "date" if is_date else "number"


def _moved(node: exp.Expr, parts: list[str | None]) -> str | None:
    """A date less a date is days; a date and days a date; two dates or a text have no sum."""
    _refuse(node, parts, ("text",))
    if parts.count("date") == 2:
        if isinstance(node, exp.Add):
            raise _no_number(node, "date")
        return "number"
    return "date" if "date" in parts else "number" if parts.count("number") == 2 else None


def _check_compared(node: exp.Expr, parts: Iterable[str | None]) -> None:
    if isinstance(node, (*COMPARED, exp.Between, exp.In)):
        told = set(parts) - {None, "boolean"}
        if len(told) > 1:
            raise _no_number(node, "text" if "text" in told else "date")


def _refuse(node: exp.Expr, parts: Iterable[str | None], kinds: tuple[str, ...]) -> None:
    for part in parts:
        if part in kinds:
            raise _no_number(node, part)


def _no_number(node: exp.Expr, kind: str) -> BadEntry:
    shown = shortened(node.sql(expressions.DIALECT))
    words = {"text": Text("un texte", "a text"), "date": Text("une date", "a date")}[kind]
    return BadEntry(
        Text(
            f"« {shown} » : {words.fr} n'est pas un nombre.",
            f"“{shown}”: {words.en} is not a number.",
        ),
        Text(
            "Prenez une colonne de nombres, ou comptez les lignes avec COUNT(…).",
            "Take a column of numbers, or count the rows with COUNT(…).",
        )
        if kind == "text"
        else Text(
            "Comptez les jours entre deux dates avec DATE_DIFF('day', …, …).",
            "Count the days between two dates with DATE_DIFF('day', …, …).",
        ),
    )
