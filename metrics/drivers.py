"""Drivers: what a scenario may move. Each is a YAML entry that replaces relations by SELECTs over the same columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from metrics import fields, yamlfile
from metrics.assumptions import assumptions
from metrics.definitions import NO_WORDS
from metrics.moving import BUILT_IN, Replacement, Rows, Value, named, tables_in
from metrics.refusing import BadEntry, unknown
from metrics.relations import columns_of, shipped
from schemas.text import Text

SHIPPED = Path(__file__).parent / "scenarios"
RATIOS = frozenset({"share", "change"})  # typed in percent
WHOLE = frozenset({"months", "days", "year"})
NUMERIC = RATIOS | WHOLE | {"eur", "number"}
FINANCED = "SELECT partner_id FROM financings"
# What a choice may be, with its words: the data's own, never typed freely.
CHOICES: Mapping[str, str] = {
    "project": "SELECT project_id, title FROM projects WHERE closed_on IS NULL OR project_id IN (SELECT project_id FROM financings) ORDER BY 1",
    "partner": f"SELECT partner_id, name FROM partners WHERE partner_id IN ({FINANCED}) ORDER BY 2",
    "partner_kind": f"SELECT DISTINCT kind, kind FROM partners WHERE partner_id IN ({FINANCED}) ORDER BY 1",
    "programme": "SELECT DISTINCT programme, programme FROM financings WHERE programme IS NOT NULL ORDER BY 1",
    "directorate": "SELECT DISTINCT directorate, directorate FROM staff ORDER BY 1",
    "year": "SELECT DISTINCT CAST(year AS INTEGER), CAST(year AS INTEGER) FROM budgets ORDER BY 1",
}
KINDS: tuple[str, ...] = (*sorted(NUMERIC), "date", "text", "choice", *(k for k in CHOICES if k != "year"))


@dataclass(frozen=True)
class Asked:
    """One parameter of a driver.

    ``usual`` is where a form starts; a word names a scorecard's parameter, or ``as_of``. ``now`` is what the data say today,
    where a slider stands before it moves: a number, or SQL for one value (see metrics.present). ``options`` are those of a choice.
    """

    name: str
    kind: str
    label: Text
    least: float | None = None
    most: float | None = None
    usual: Value | None = None
    optional: bool = False
    now: float | str | None = None
    options: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Driver:
    """One what-if input. Of ``needs_one``, at least one parameter must be given; ``theme`` groups them on a screen.

    ``assumes`` are the assumptions (metrics.assumptions) whose centre a parameter moves: where futures are drawn, these are drawn
    anew instead of replacing relations. ``is_law_alone``: it asks what the law admits, whatever the plans cost.
    """

    id: str
    label: Text
    note: Text = NO_WORDS
    parameters: tuple[Asked, ...] = ()
    replaces: tuple[Replacement, ...] = ()
    needs_one: tuple[str, ...] = ()
    assumes: tuple[tuple[str, str], ...] = ()
    theme: str = "money"
    is_law_alone: bool = False

    @property
    def relations(self) -> tuple[str, ...]:
        """The relations it replaces."""
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
            found[id] = driver(id, raw, path.stem)
    return found


def driver(id: str, raw: Mapping[str, Any], theme: str = "money") -> Driver:
    """Return one entry as a Driver. Raises BadEntry."""
    keys = ("label", "note", "parameters", "replaces", "needs_one", "assumes", "is_law_alone")
    fields.known_keys(raw, keys, f"{id}.")
    asked = tuple(_asked(str(name), one) for name, one in fields.mapping(raw, "parameters").items())
    replaces = tuple(_replacement(str(name), one) for name, one in fields.mapping(raw, "replaces").items())
    assumes = tuple((str(id), str(name)) for id, name in fields.mapping(raw, "assumes").items())
    if not replaces and not assumes:
        raise fields.missing("replaces")
    names = {one.name for one in asked}
    for id_, name in assumes:
        if id_ not in assumptions({}):
            raise unknown(Text("Supposition", "assumption"), id_, assumptions({}))
        _known(name, names)
    for sql in (sql for one in replaces for sql in one.texts):
        _read_only_tables(sql)
        for name in named(sql):
            _known(name, names | BUILT_IN)
    for one in asked:
        for name in named(one.now) if isinstance(one.now, str) else ():
            _known(name, names | BUILT_IN | {"as_of"})
    needs = tuple(map(str, fields.sequence(raw, "needs_one")))
    label, note = fields.words(raw, "label"), fields.words(raw, "note", NO_WORDS)
    return Driver(
        id, label, note, asked, replaces, needs, assumes, theme, is_law_alone=bool(raw.get("is_law_alone"))
    )


def _known(name: str, names: set[str] | frozenset[str]) -> None:
    if name not in names:
        raise unknown(Text("Paramètre", "parameter"), name, names)


def _read_only_tables(sql: str) -> None:
    """Refuse SQL that reads a view: a driver stands under all views, and reads stored tables as they were before it."""
    for name in tables_in(sql):
        try:
            columns_of(name, {})
        except KeyError as error:
            raise unknown(Text("Table", "table"), name, ()) from error


def _asked(name: str, raw: Mapping[str, Any]) -> Asked:
    keys = ("kind", "label", "least", "most", "usual", "optional", "now", "choices")
    fields.known_keys(raw, keys, f"{name}.")
    kind = fields.string(raw, "kind")
    if kind not in KINDS:
        raise unknown(Text("Genre", "kind"), kind, KINDS)
    options = fields.mapping(raw, "choices")
    if (kind == "choice") != bool(options):
        raise fields.missing("choices")
    return Asked(
        name,
        kind,
        fields.words(raw, "label"),
        fields.number(raw, "least"),
        fields.number(raw, "most"),
        raw.get("usual"),
        bool(raw.get("optional")),
        raw.get("now"),
        tuple((str(id), fields.words(options, id)) for id in options),
    )


def _replacement(relation: str, raw: Mapping[str, Any]) -> Replacement:
    fields.known_keys(raw, ("when", "columns", "rows"), f"{relation}.")
    known = _columns(relation, shipped())
    rows = tuple(_rows(one, known) for one in fields.sequence(raw, "rows"))
    columns = _changed(raw, known)
    when = fields.string(raw, "when", "FALSE" if rows and not columns else None)
    if when is None:
        raise fields.missing("when")
    return Replacement(relation, str(when), tuple(columns.items()), rows)


def _rows(raw: Mapping[str, Any], known: list[str]) -> Rows:
    fields.known_keys(raw, ("from", "where", "columns"), "rows.")
    source = fields.string(raw, "from", "")
    if source:
        _columns(source, {})
    return Rows(str(source), str(fields.string(raw, "where", "TRUE")), tuple(_changed(raw, known).items()))


def _columns(relation: str, views: Mapping[str, str]) -> list[str]:
    try:
        return columns_of(relation, views)
    except KeyError as error:
        raise unknown(Text("Relation", "relation"), relation, ()) from error


def _changed(raw: Mapping[str, Any], known: list[str]) -> dict[str, str]:
    columns = {str(name): str(sql) for name, sql in fields.mapping(raw, "columns").items()}
    for name in columns:
        if name not in known:
            raise unknown(Text("Colonne", "column"), name, known)
    return columns


def usual(asked: Asked, as_of: date, parameters: Mapping[str, Any]) -> Value | None:
    """Return where a parameter starts: its usual value, the date asked about (its year), or what the scorecard says."""
    if isinstance(asked.usual, str) and asked.kind in ("date", "year"):
        found = as_of if asked.usual == "as_of" else parameters.get(asked.usual)
        if not isinstance(found, date):
            return None
        return found if asked.kind == "date" else found.year
    if isinstance(asked.usual, str) and asked.kind in CHOICES:
        return parameters.get(asked.usual)
    return asked.usual
