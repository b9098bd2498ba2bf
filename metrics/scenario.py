"""A scenario: drivers with their values, as an address and a YAML file bear them. It is read, held to its bounds, never stored in the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any
from urllib.parse import quote, unquote

from metrics.definitions import NO_WORDS
from metrics.drivers import CHOICES, NUMERIC, WHOLE, Asked, Driver, drivers, usual
from metrics.moving import Value, select, values
from metrics.perengine import per_engine
from metrics.refusing import BadEntry, shortened, unknown
from metrics.relations import shipped
from metrics.results import Engine
from schemas.text import Text

LONGEST = 120  # of a text


@dataclass(frozen=True)
class Use:
    """One driver with its values, as (name, value) in the driver's order; what is left out is not there."""

    driver: str
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def given(self) -> dict[str, Value]:
        """The values by name."""
        return dict(self.values)


@dataclass(frozen=True)
class Scenario:
    """What is moved, in order. ``label`` is its name, if it has one."""

    uses: tuple[Use, ...] = ()
    label: Text = NO_WORDS

    def as_text(self) -> str:
        """Return the scenario as an address bears it: ``awards_cut,share=0.2,partner_kind=region;project_dropped,…``."""
        return ";".join(
            ",".join(
                [use.driver, *(f"{name}={quote(_written(value), safe='')}" for name, value in use.values)]
            )
            for use in self.uses
        )

    def as_data(self) -> dict[str, Any]:
        """Return the scenario as its YAML has it."""
        uses = [{"driver": use.driver, **use.given} for use in self.uses]
        return ({"label": {"fr": self.label.fr, "en": self.label.en}} if self.label.fr else {}) | {
            "drivers": uses
        }


def _written(value: Value) -> str:
    return (
        value.isoformat()
        if isinstance(value, date)
        else f"{value:.12g}"
        if isinstance(value, float)
        else str(value)
    )


def from_text(text: str, as_of: date, parameters: Mapping[str, Any]) -> Scenario:
    """Return the scenario that an address bears. Raises BadEntry."""
    uses = []
    for part in filter(None, text.split(";")):
        id, *pairs = part.split(",")
        cells = {name: unquote(value) for name, _, value in (pair.partition("=") for pair in pairs)}
        uses.append(used(id, cells, as_of, parameters))
    return Scenario(tuple(uses))


def from_data(raw: Mapping[str, Any], as_of: date, parameters: Mapping[str, Any]) -> Scenario:
    """Return the scenario of a YAML document: ``{label: {fr, en}, drivers: [{driver: id, parameter: value}]}``. Raises BadEntry."""
    from metrics import fields

    fields.known_keys(raw, ("label", "note", "as_of", "drivers"))
    uses = []
    for item in fields.sequence(raw, "drivers"):
        if not isinstance(item, Mapping):
            raise fields.wrong("drivers", item, Text("driver et ses valeurs", "driver and its values"))
        cells = {str(name): value for name, value in item.items() if name != "driver"}
        uses.append(used(fields.string(item, "driver"), cells, as_of, parameters))
    return Scenario(tuple(uses), fields.words(raw, "label", NO_WORDS))


def used(id: str, cells: Mapping[str, Any], as_of: date, parameters: Mapping[str, Any]) -> Use:
    """Return a driver with its values read and held to their bounds; what is not given starts as usual. Raises BadEntry."""
    known = drivers()
    if id not in known:
        raise unknown(Text("Hypothèse", "driver"), id, known)
    driver = known[id]
    for name in cells:
        if driver.asked(name) is None:
            raise unknown(Text("Paramètre", "parameter"), name, [one.name for one in driver.parameters])
    values = {one.name: _value(one, cells.get(one.name), as_of, parameters) for one in driver.parameters}
    found = tuple((name, value) for name, value in values.items() if value is not None)
    if driver.needs_one and not any(name in dict(found) for name in driver.needs_one):
        raise BadEntry(
            Text(f"« {driver.label.fr} » : rien n'est choisi.", f"“{driver.label.en}”: nothing is chosen."),
            Text(f"Donnez {' ou '.join(driver.needs_one)}.", f"Give {' or '.join(driver.needs_one)}."),
        )
    return Use(id, found)


def _value(asked: Asked, cell: Any, as_of: date, parameters: Mapping[str, Any]) -> Value | None:
    """Return one value of its kind, within its bounds. Raises BadEntry."""
    if cell is None or cell == "":
        found = None if asked.optional else usual(asked, as_of, parameters)
        if found is None and not asked.optional:
            raise BadEntry(
                Text(f"Il manque « {asked.name} ».", f"“{asked.name}” is missing."),
                Text(f"Donnez : {asked.label.fr}.", f"Give: {asked.label.en}."),
            )
        return found
    if asked.kind == "date":
        return _day(asked, cell)
    if asked.kind in NUMERIC:
        return _number(asked, cell)
    if asked.kind == "choice" and str(cell) not in dict(asked.options):
        raise unknown(asked.label, cell, dict(asked.options))
    return _text(asked, str(cell)) if asked.kind == "text" else str(cell)


def _text(asked: Asked, cell: str) -> str:
    if len(cell) > LONGEST or not cell.isprintable():
        words = Text(f"au plus {LONGEST} caractères, d'une ligne", f"at most {LONGEST} characters, one line")
        raise _wrong(asked, cell, words)
    return cell


def _day(asked: Asked, cell: Any) -> date:
    try:
        return cell if isinstance(cell, date) else date.fromisoformat(str(cell))
    except ValueError as error:
        raise _wrong(asked, cell, Text("une date : 2015-06-30", "a date: 2015-06-30")) from error


def _number(asked: Asked, cell: Any) -> float | int:
    low, high = asked.least, asked.most
    expected = (
        Text(f"un nombre de {low:g} à {high:g}", f"a number from {low:g} to {high:g}")
        if low is not None and high is not None
        else Text("un nombre", "a number")
    )
    try:
        found = float(cell)
    except (TypeError, ValueError) as error:
        raise _wrong(asked, cell, expected) from error
    if not isfinite(found) or (low is not None and found < low) or (high is not None and found > high):
        raise _wrong(asked, cell, expected)
    if asked.kind in WHOLE:
        if found != round(found):
            raise _wrong(asked, cell, Text("un nombre entier", "a whole number"))
        return round(found)
    return found


def _wrong(asked: Asked, cell: Any, expected: Text) -> BadEntry:
    shown = shortened(cell)
    return BadEntry(
        Text(
            f"« {asked.label.fr} » : « {shown} » n'est pas admis.",
            f"“{asked.label.en}”: “{shown}” is not taken.",
        ),
        Text(f"Attendu : {expected.fr}.", f"Expected: {expected.en}."),
    )


@per_engine
def choices(engine: Engine, kind: str) -> tuple[tuple[str, str], ...]:
    """Return what a choice may be in these data: (id, its words)."""
    return tuple((str(id), str(words)) for id, words in engine.rows(CHOICES[kind]))


def check(engine: Engine, scenario: Scenario) -> None:
    """Raise BadEntry for a choice that is not in these data: a scenario may come from others, or from older ones."""
    for use in scenario.uses:
        for name, value in use.values:
            asked = drivers()[use.driver].asked(name)
            if asked is not None and asked.kind in CHOICES:
                known = [id for id, _ in choices(engine, asked.kind)]
                if str(value) not in known:
                    raise unknown(asked.label, value, known)


@dataclass(frozen=True)
class Moved:
    """An assumption whose centre a scenario moves; ``programme`` "" for the requests of all programmes."""

    assumption: str
    value: float
    programme: str = ""


def moved(scenario: Scenario) -> tuple[Moved, ...]:
    """Return what a scenario assumes otherwise, in its order: the last one said holds."""
    return tuple(
        Moved(id, float(str(use.given[name])), str(use.given.get("programme") or ""))
        for use in scenario.uses
        for id, name in driver_of(use).assumes
        if name in use.given
    )


def without_moved(scenario: Scenario) -> Scenario:
    """Return the scenario without the drivers that move an assumption: what futures are drawn over."""
    return Scenario(tuple(use for use in scenario.uses if not driver_of(use).assumes), scenario.label)


def relations(scenario: Scenario) -> dict[str, str]:
    """Return the relations of a scenario: those it replaces, each over the one that the driver before it made, and its values."""
    found: dict[str, str] = {}
    now: dict[str, str] = {}  # what stands for a relation so far
    last = {one.relation: place for place, use in enumerate(scenario.uses) for one in driver_of(use).replaces}
    for place, use in enumerate(scenario.uses):
        driver, moved = driver_of(use), f"moved_{place + 1}"
        found[moved] = values(tuple((one.name, one.kind) for one in driver.parameters), use.given, place + 1)
        before = {name: now.get(name) or _stored(name, found) for name in driver.relations} | now
        for one in driver.replaces:
            name = one.relation if last[one.relation] == place else f"{one.relation}_{place + 1}"
            found[name] = select(one, tuple(sorted(before.items())), moved)
            now[one.relation] = name
    return found


def _stored(relation: str, found: dict[str, str]) -> str:
    """Return what to read for a relation that nothing has replaced yet: the table, or a view under another name."""
    if relation not in shipped():
        return f"main.{relation}"
    found[f"{relation}_0"] = shipped()[relation]
    return f"{relation}_0"


def as_yaml(scenario: Scenario, as_of: date) -> str:
    """Return a scenario as the text of its file, dated."""
    import yaml

    data = {"as_of": as_of, **scenario.as_data()}
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def driver_of(use: Use) -> Driver:
    """Return the driver that is used."""
    return drivers()[use.driver]
