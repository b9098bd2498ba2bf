"""A scenario in words: each of its drivers, and what it comes to in one sentence."""

from collections.abc import Mapping
from datetime import date

from metrics.claims import headline
from metrics.drivers import Asked, Value
from metrics.scenario import Scenario, Use, driver_of
from metrics.scenario import choices as known_choices
from metrics.whatif import Comparison, Line
from pages.parts.fiche_columns import label as cell_label
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn, units


def title(source: Source, found: Comparison) -> str:
    """The finding: how many KPIs move, and where the first of the headline goes."""
    if not found.scenario.uses:
        return t("Et si… ? Choisissez une hypothèse")
    if not found.moved:
        return t("Aucun indicateur ne bouge sous ce scénario")
    count = len(found.moved)
    words = tn("un indicateur bouge", "{n} indicateurs bougent", count, n=numbers.decimal(count))
    first = _first(source, found)
    if first is None:
        return t("Scénario : {moved}", moved=words)
    kpi = source.catalogue.kpis[first.kpi]
    return t(
        "Scénario : {moved} ; « {label} » passe de {base} à {scenario}",
        moved=words,
        label=said(kpi.label),
        base=value(first, scenario=False),
        scenario=value(first),
    )


def _first(source: Source, found: Comparison) -> Line | None:
    """The headline's KPI that moved most, as a share of its base."""
    claimed = {kpi.id for kpi in headline(source.catalogue)}
    moved = [line for line in found.moved if line.kpi in claimed and line.difference is not None]
    return max(
        moved, key=lambda line: abs(line.difference or 0.0) / abs(line.base.value or 1.0), default=None
    )


def value(line: Line, scenario: bool = True) -> str:
    """A side's value in words."""
    reading = line.scenario if scenario else line.base
    return t("non calculé") if reading.value is None else units.text(reading.value, reading.unit)


def difference(line: Line) -> str:
    """Scenario minus base with its sign, in the unit; a dash where it did not move."""
    if line.difference is None or not line.has_moved:
        return numbers.NONE if line.difference is not None or not line.has_moved else t("non calculable")
    unit = "plain" if line.base.unit in ("eur_per_eur", "factor") else line.base.unit
    size = abs(line.difference)
    words = numbers.decimal(size, 2) if unit == "plain" else units.text(size, unit)
    if line.base.unit == "ratio":
        words = t("{points} points", points=numbers.decimal(100 * size, 1))
    return f"{'+' if line.difference > 0 else '−'}{words}"


def use(source: Source, one: Use) -> str:
    """A driver with its values: ``Subventions réduites : part retirée 20 %, type de partenaire Région``."""
    driver = driver_of(one)
    given = one.given
    parts = [
        f"{said(asked.label)[:1].lower()}{said(asked.label)[1:]} {worded(source, asked, given[asked.name])}"
        for asked in driver.parameters
        if asked.name in given
    ]
    return t("{driver} : {values}", driver=said(driver.label), values=", ".join(parts))


def scenario(source: Source, one: Scenario) -> str:
    """All the drivers, in their order."""
    return " ; ".join(use(source, each) for each in one.uses)


def worded(source: Source, asked: Asked, given: Value) -> str:
    """A parameter's value as people say it."""
    if isinstance(given, date):
        return numbers.short_day(given)
    if asked.kind == "months":
        return tn("{n} mois", "{n} mois", int(given), n=int(given))
    if isinstance(given, (int, float)):
        sign = "+" if asked.kind == "change" and given > 0 else ""
        return f"{sign}{units.text(float(given), 'ratio')}"
    return choices(source, asked.kind).get(given, given)


def choices(source: Source, kind: str) -> Mapping[str, str]:
    """What a choice may be, in words: a project with its title, a partner by its name, a kind by its label."""
    found = known_choices(source.engine, kind)
    if kind == "partner_kind":
        return {id: cell_label("partner_kind", id) for id, _ in found}
    return {id: f"{id}, {words}" if kind == "project" else words for id, words in found}
