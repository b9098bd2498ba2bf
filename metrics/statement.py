"""The text of a statement: relations named once and in order, kept in memory when several others read them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics.dates import literal
from metrics.definitions import Parameter
from metrics.relations import names_in, needed, outputs, pruned, reads

WORDS = re.compile(r"\w+")
SOURCES = re.compile(r"(?:FROM|JOIN)\s+(\w+)")
SMALL = frozenset({"parameters", "calendar"})  # constants: as cheap again as kept
TOWN = ""  # the scope of the whole town; others are "=" and the dimension's value, "?" where it is unknown


def _is_small(name: str) -> bool:
    """Say whether a relation is one row or few: the values of a scenario, too."""
    return name in SMALL or name.startswith("moved_")


def encoded(column: str) -> str:
    """Return the SQL of a scope's key, from the SQL of its dimension."""
    return f"CASE WHEN {column} IS NULL THEN '?' ELSE CONCAT('=', CAST({column} AS VARCHAR)) END"


def decoded(scope: str) -> str | None:
    """Return the dimension's value of a scope's key, None when it is unknown."""
    return None if scope == "?" else scope[1:]


def parameters(values: Mapping[str, Parameter]) -> str:
    """Return the SELECT of the one-row relation ``parameters``."""
    if not values:
        return "SELECT 1 AS none"
    return "SELECT " + ", ".join(f"{_literal(value)} AS {name}" for name, value in values.items())


def _literal(value: Parameter) -> str:
    if isinstance(value, date):
        return literal(value)
    return repr(value) if isinstance(value, (int, float)) else "'" + value.replace("'", "''") + "'"


def bare(sql: str) -> str:
    """Return a view's SQL without its comments and indentation: an engine's parser takes its time."""
    lines = (re.sub(r"--[^'\n]*$", "", line).strip() for line in sql.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass
class Statement:
    """A WITH clause under construction: relation name -> SELECT, in order, views first."""

    relations: Mapping[str, str]
    values: Mapping[str, Parameter]
    views: list[str] = field(default_factory=list)
    ctes: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, select: str) -> None:
        """Add a relation after those it reads."""
        self.ctes[name] = select

    def text(self, select: str, views: Iterable[str]) -> str:
        """Return the whole statement over ``views`` and what they read; what is read several times is computed once."""
        views = {*views, *self._named(select)}
        given = {"calendar": self.ctes["calendar"]} if "calendar" in self.ctes else {}  # views may read it
        bodies = {"parameters": parameters(self.values), **given, **self._views(select, views), **self.ctes}
        uses = Counter(name for body in (*bodies.values(), select) for name in SOURCES.findall(body))
        kept = {name: "MATERIALIZED " if uses[name] > 1 and not _is_small(name) else "" for name in bodies}
        return (
            "WITH "
            + ",\n".join(f"{name} AS {kept[name]}(\n{body}\n)" for name, body in bodies.items())
            + f"\n{select}"
        )

    def _named(self, select: str) -> set[str]:
        """Return the relations that the statement's own parts name: a stored table among them that a scenario replaces."""
        found = SOURCES.findall(" ".join([select, *self.ctes.values()]))
        return {name for name in found if name in self.relations and name not in self.ctes}

    def _views(self, select: str, names: Iterable[str]) -> dict[str, str]:
        """Return the views in order, each with the columns that something after it mentions."""
        order = needed(names, self.relations)
        asked = frozenset(WORDS.findall(" ".join([select, *self.ctes.values()])))
        found: dict[str, str] = {}
        for name in reversed(order):
            readers = [
                found[other] for other in order if other in found and name in reads(other, self.relations)
            ]
            wanted = frozenset().union(*(names_in(reader) for reader in readers)) | asked
            body = self.relations[name]
            whole = _is_small(name) or "*" in wanted - asked
            found[name] = body if whole else pruned(body, wanted & outputs(body))
        return {name: bare(found[name]) for name in order}
