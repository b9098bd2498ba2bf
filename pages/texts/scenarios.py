"""A scenario in words: its drivers with their values, and what a KPI is, would be, and moves by. Screens and files say the same."""

from collections.abc import Mapping
from datetime import date

from metrics.columns import meaning
from metrics.drivers import RATIOS, Asked
from metrics.moving import Value
from metrics.results import Engine
from metrics.scenario import Scenario, Use, driver_of
from metrics.scenario import choices as known_choices
from metrics.whatif import Line
from pages.texts import numbers, said, t, tn, units


def value(line: Line, scenario: bool = True) -> str:
    """A side's value in words."""
    reading = line.scenario if scenario else line.base
    return t("non calculé") if reading.value is None else units.text(reading.value, reading.unit)


def difference(line: Line) -> str:
    """Scenario minus base with its sign, in the unit; a dash where it did not move."""
    if line.difference is None or not line.has_moved:
        return numbers.NONE if line.difference is not None or not line.has_moved else t("non calculable")
    return signed(line.difference, line.base.unit)


def signed(amount: float, unit: str) -> str:
    """A difference with its sign, in its unit; shares in points."""
    unit = "plain" if unit in ("eur_per_eur", "factor") else unit
    size = abs(amount)
    words = numbers.decimal(size, 2) if unit == "plain" else units.text(size, unit)
    if unit == "ratio":
        words = t("{points} points", points=numbers.decimal(100 * size, 1))
    if not set(words) & set("123456789"):
        return t("presque rien")  # a difference that the unit's decimals do not show
    return f"{'+' if amount > 0 else '−'}{words}"


def use(engine: Engine, one: Use) -> str:
    """A driver with its values: ``Subventions réduites : part retirée 20 %, type de partenaire Région``."""
    driver, given = driver_of(one), one.given
    parts = [
        f"{said(asked.label)[:1].lower()}{said(asked.label)[1:]} {worded(engine, asked, given[asked.name])}"
        for asked in driver.parameters
        if asked.name in given
    ]
    return t("{driver} : {values}", driver=said(driver.label), values=", ".join(parts))


def scenario(engine: Engine, one: Scenario) -> str:
    """All the drivers, in their order."""
    return " ; ".join(use(engine, each) for each in one.uses)


def worded(engine: Engine, asked: Asked, given: Value) -> str:
    """A parameter's value as people say it."""
    if isinstance(given, date):
        return numbers.short_day(given)
    if asked.kind == "months":
        return tn("{n} mois", "{n} mois", int(given), n=int(given))
    if isinstance(given, (int, float)):
        sign = "+" if given > 0 and (asked.kind == "change" or (asked.least or 0) < 0) else ""
        return f"{sign}{_figure(asked.kind, given)}"
    if asked.kind == "choice":
        return said(dict(asked.options)[given])
    return given if asked.kind == "text" else choices(engine, asked.kind).get(given, given)


def _figure(kind: str, given: float) -> str:
    """A number as its kind has it: a share in percent, euros, days, a year."""
    if kind in RATIOS:
        return units.text(float(given), "ratio")
    if kind == "year":
        return str(given)
    return units.text(float(given), kind) if kind in ("eur", "days") else numbers.plain(float(given))


def choices(engine: Engine, kind: str) -> Mapping[str, str]:
    """What a choice may be, in words: a project with its title, a partner by its name, a kind by its label."""
    found = known_choices(engine, kind)
    if kind == "partner_kind":
        return {id: said(meaning("partner_kind", id)) for id, _ in found}
    return {id: f"{id}, {words}" if kind == "project" else words for id, words in found}
