"""The text of a statement: relations named once and in order, kept in memory when several others read them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from metrics.dates import literal
from metrics.definitions import Parameter
from metrics.relations import needed, reads

SMALL = frozenset({"parameters", "calendar"})  # constants: as cheap again as kept
TOWN = ""  # the scope of the whole town; others are "=" and the dimension's value, "?" where it is unknown


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
    """A WITH clause under construction: relation name -> SELECT, in order."""

    ctes: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, select: str) -> None:
        """Add a relation after those it reads."""
        self.ctes[name] = select

    def put_views(self, names: Iterable[str], relations: Mapping[str, str], values: Mapping[str, Parameter]) -> None:
        """Add the views that ``names`` need, and the parameters they may read."""
        self.put("parameters", parameters(values))
        for name in needed(names, relations):
            self.put(name, bare(relations[name]))

    def text(self, select: str, relations: Mapping[str, str]) -> str:
        """Return the whole statement; what several relations read is computed once."""
        uses = self._uses(select, relations)
        kept = {name: "MATERIALIZED " if uses[name] > 1 and name not in SMALL else "" for name in self.ctes}
        heads = (f"{name} AS {kept[name]}(\n{body}\n)" for name, body in self.ctes.items())
        return "WITH " + ",\n".join(heads) + f"\n{select}"

    def _uses(self, select: str, relations: Mapping[str, str]) -> Counter[str]:
        uses: Counter[str] = Counter()
        for name, body in self.ctes.items():
            uses.update(_view_uses(name, relations) if name in relations else re.findall(r"(?:FROM|JOIN) (\w+)", body))
        uses.update(re.findall(r"(?:FROM|JOIN) (\w+)", select))
        return uses


def _view_uses(name: str, relations: Mapping[str, str]) -> list[str]:
    words = re.findall(r"(?:FROM|JOIN)\s+(\w+)", relations[name])
    return [word for word in words if word in reads(name, relations)]
