"""Drivers: what a scenario may move. Each is a YAML entry that replaces stored relations by SELECTs over the same columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import sqlglot
from sqlglot import exp

from metrics import fields, yamlfile
from metrics.assumptions import assumptions
from metrics.definitions import NO_WORDS
from metrics.expressions import DIALECT
from metrics.refusing import BadEntry, unknown
from metrics.relations import columns_of
from schemas.text import Text

SHIPPED = Path(__file__).parent / "scenarios"
Kind = Literal["share", "change", "months", "date", "project", "partner", "partner_kind"]
KINDS: tuple[str, ...] = ("share", "change", "months", "date", "project", "partner", "partner_kind")
NUMERIC = frozenset({"share", "change", "months"})
Value = float | int | str | date
# What a choice may be, with its words: the data's own, never typed freely.
CHOICES: Mapping[str, str] = {
    "project": "SELECT project_id, title FROM projects WHERE closed_on IS NULL OR project_id IN (SELECT project_id FROM financings) ORDER BY 1",
    "partner": "SELECT partner_id, name FROM partners WHERE partner_id IN (SELECT partner_id FROM financings) ORDER BY 2",
    "partner_kind": "SELECT DISTINCT kind, kind FROM partners WHERE partner_id IN (SELECT partner_id FROM financings) ORDER BY 1",
}


@dataclass(frozen=True)
class Asked:
    """One parameter of a driver. ``usual`` is where a form starts; a word names a scorecard's parameter, or ``as_of``."""

    name: str
    kind: Kind
    label: Text
    least: float | None = None
    most: float | None = None
    usual: Value | None = None
    optional: bool = False


@dataclass(frozen=True)
class Replacement:
    """One stored relation: on the rows where ``when`` holds, ``columns`` (name -> SQL) take another value. SQL names parameters ``:name``."""

    relation: str
    when: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Driver:
    """One what-if input. Of ``needs_one``, at least one parameter must be given.

    ``assumes`` are the assumptions (metrics.assumptions) whose centre a parameter moves: where futures are drawn, these are drawn
    anew instead of replacing relations.
    """

    id: str
    label: Text
    note: Text = NO_WORDS
    parameters: tuple[Asked, ...] = ()
    replaces: tuple[Replacement, ...] = ()
    needs_one: tuple[str, ...] = ()
    assumes: tuple[tuple[str, str], ...] = ()

    @property
    def relations(self) -> tuple[str, ...]:
        """The stored relations it replaces."""
        return tuple(one.relation for one in self.replaces)

    def asked(self, name: str) -> Asked | None:
        """Return a parameter by its name."""
        return next((one for one in self.parameters if one.name == name), None)


@lru_cache(maxsize=8)
def drivers(folder: Path = SHIPPED) -> Mapping[str, Driver]:
    """Return the drivers of a folder of YAML files, in their files' order. Raises BadEntry for a bad one."""
    found: dict[str, Driver] = {}
    for path in sorted(folder.glob("*.yml")):
        for id, raw in yamlfile.entries(path.read_text("utf-8")):
            if isinstance(raw, BadEntry):
                raise raw
            found[id] = driver(id, raw)
    return found


def driver(id: str, raw: Mapping[str, Any]) -> Driver:
    """Return one entry as a Driver. Raises BadEntry."""
    fields.known_keys(raw, ("label", "note", "parameters", "replaces", "needs_one", "assumes"), f"{id}.")
    asked = tuple(_asked(str(name), one) for name, one in fields.mapping(raw, "parameters").items())
    replaces = tuple(_replacement(str(name), one) for name, one in fields.mapping(raw, "replaces").items())
    assumes = tuple((str(id), str(name)) for id, name in fields.mapping(raw, "assumes").items())
    if not replaces and not assumes:
        raise fields.missing("replaces")
    names = {one.name for one in asked}
    for id, name in assumes:
        if id not in assumptions({}):
            raise unknown(Text("Hypothèse", "assumption"), id, assumptions({}))
        if name not in names:
            raise unknown(Text("Paramètre", "parameter"), name, names)
    for name in (name for one in replaces for name in _named(one)):
        if name not in names:
            raise unknown(Text("Paramètre", "parameter"), name, names)
    needs = tuple(map(str, fields.sequence(raw, "needs_one")))
    return Driver(
        id, fields.words(raw, "label"), fields.words(raw, "note", NO_WORDS), asked, replaces, needs, assumes
    )


def _asked(name: str, raw: Mapping[str, Any]) -> Asked:
    fields.known_keys(raw, ("kind", "label", "least", "most", "usual", "optional"), f"{name}.")
    kind = fields.string(raw, "kind")
    if kind not in KINDS:
        raise unknown(Text("Genre", "kind"), kind, KINDS)
    least, most = fields.number(raw, "least"), fields.number(raw, "most")
    return Asked(
        name, kind, fields.words(raw, "label"), least, most, raw.get("usual"), bool(raw.get("optional"))
    )


def _replacement(relation: str, raw: Mapping[str, Any]) -> Replacement:
    fields.known_keys(raw, ("when", "columns"), f"{relation}.")
    try:
        known = columns_of(relation, {})
    except KeyError as error:
        raise unknown(Text("Relation", "relation"), relation, ()) from error
    columns = {str(name): str(sql) for name, sql in fields.mapping(raw, "columns").items()}
    for name in columns:
        if name not in known:
            raise unknown(Text("Colonne", "column"), name, known)
    return Replacement(relation, fields.string(raw, "when"), columns)


def _named(one: Replacement) -> list[str]:
    """Return the parameters that a replacement's SQL names."""
    trees = [parsed(sql) for sql in (one.when, *one.columns.values())]
    return [str(found.this) for tree in trees for found in tree.find_all(exp.Placeholder)]


@lru_cache(maxsize=512)
def parsed(sql: str) -> exp.Expr:
    """Return an expression's tree, shared: copy it before any change."""
    return sqlglot.parse_one(sql, read=DIALECT)


def select(one: Replacement, source: str, values: Mapping[str, Value]) -> str:
    """Return the SELECT that stands for a relation: the same columns of ``source``, some of them changed where ``when`` holds."""
    when = bound(one.when, values)
    cells = []
    for name in columns_of(one.relation, {}):
        changed = one.columns.get(name)
        cells.append(
            f"CASE WHEN {when} THEN {bound(changed, values)} ELSE {name} END AS {name}" if changed else name
        )
    return f"SELECT {', '.join(cells)} FROM {source}"


def bound(sql: str, values: Mapping[str, Value]) -> str:
    """Return an expression with its parameters written as literals: a value is never read as SQL."""

    def literal(node: exp.Expr) -> exp.Expr:
        return _literal(values.get(str(node.this))) if isinstance(node, exp.Placeholder) else node

    return str(parsed(sql).copy().transform(literal).sql(DIALECT))


def _literal(value: Value | None) -> exp.Expr:
    if value is None:
        return exp.Null()
    if isinstance(value, date):
        return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        literal = exp.Literal.number(repr(abs(value)))
        return exp.paren(exp.Neg(this=literal)) if value < 0 else literal
    return exp.Literal.string(str(value))


def usual(asked: Asked, as_of: date, parameters: Mapping[str, Any]) -> Value | None:
    """Return where a parameter starts: its usual value, the date asked about, or what the scorecard says."""
    if isinstance(asked.usual, str) and asked.kind == "date":
        found = as_of if asked.usual == "as_of" else parameters.get(asked.usual)
        return found if isinstance(found, date) else None
    return asked.usual
