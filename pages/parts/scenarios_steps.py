"""From the base to one scenario, driver by driver: the difference of a KPI as a waterfall, a sentence and a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metrics import steps as way
from metrics.abreast import Abreast, Side, compared
from metrics.definitions import Kpi
from metrics.steps import Steps
from metrics.whatif import Comparison
from pages.charts.palette import palette
from pages.charts.waterfall import Level, Step, waterfall
from pages.parts import chart, scenarios_reads, tables, why_words
from pages.parts.markup import Html, div, join, link, section, show, span, tag
from pages.parts.once import SHEETS, kept
from pages.parts.scenarios_reads import Slot
from pages.parts.scenarios_tables import drawn
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import abreast as words
from pages.texts import said, scenarios, t, units

OF, KPI = "de", "kpi"  # the panel's own parameters: the scenario's letter and the KPI
NAME = "scenarios-etapes"
LONGEST, NARROW = 42, 40  # letters of a driver's name on the chart


@dataclass(frozen=True)
class Told:
    """What the panel shows: one scenario, one KPI it moves, and the steps between."""

    side: Side
    kpi: Kpi
    steps: Steps


def draw(source: Source, filled: list[Slot], found: Abreast, params: Mapping[str, str]) -> None:
    """The panel, for the scenario and the KPI that the address names, else the first that moves anything."""
    told = told_of(source, found, params)
    if told is None:
        return
    sentence = words.steps(source.engine, told.side, told.kpi, told.steps)
    show(
        section(
            words.steps_title(told.side, told.kpi, told.steps),
            _choices(source, filled, found, told),
            note=_note(told),
        )
    )
    wide, narrow = (_kept_figure(source, told, chart.theme(), is_narrow) for is_narrow in (False, True))
    chart.draw(wide, key="scenarios", sentence=sentence, narrow=narrow)
    asked = scenarios_reads.texts(filled) | {OF: told.side.key, KPI: told.kpi.id}
    show(chart.under(sentence, drawn(source, NAME, asked)))


def _note(told: Told) -> str:
    if len(told.steps.steps) == 1:
        return t("Scénario à une seule hypothèse : tout l’écart vient d’elle.")
    return t(
        "Chaque hypothèse ajoute son effet à celles d’avant ; dans un autre ordre, les parts changent, la somme non."
    )


def told_of(source: Source, found: Abreast, params: Mapping[str, str]) -> Told | None:
    """What an address asks for; None where no scenario moves a KPI whose steps are all known."""
    moving = [side for side in found.sides if _able(source, side)]
    side = next(
        (one for one in moving if one.key == params.get(OF, "").lower()), moving[0] if moving else None
    )
    if side is None:
        return None
    able = _able(source, side)
    kpi = next((one for one in able if one.id == params.get(KPI, "")), able[0])
    rungs: tuple[Comparison, ...] = scenarios_reads.rungs(source, side.scenario.as_text())
    found_steps = way.steps(rungs, kpi.id)
    return Told(side, kpi, found_steps) if found_steps.is_whole else None


def _able(source: Source, side: Side) -> list[Kpi]:
    """The KPIs that a scenario moves, those compared first before the others."""
    first = compared(source.catalogue)
    moved = [line.kpi for line in side.found.moved if line.difference is not None]
    ordered = [id for id in first if id in moved] + [id for id in moved if id not in first]
    return [source.catalogue.kpis[id] for id in ordered]


def _choices(source: Source, filled: list[Slot], found: Abreast, told: Told) -> Html:
    """Links to the other scenarios and KPIs."""
    said_there = scenarios_reads.texts(filled)

    def to(side: Side, kpi: str, label: object, here: bool) -> Html:
        href = source.link(scenarios_reads.PATH, **said_there, **{OF: side.key, KPI: kpi})
        return link(href, label, aria_current="true" if here else None)

    sides = [
        to(one, told.kpi.id, words.head(one), one == told.side) for one in found.sides if _able(source, one)
    ]
    kpis = [to(told.side, one.id, said(one.label), one.id == told.kpi.id) for one in _able(source, told.side)]
    rows = [
        tag("p", span("lv-grey", t("Scénario : ")), join(sides, " · ")) if len(sides) > 1 else "",
        tag("p", span("lv-grey", t("Indicateur : ")), join(kpis, " · ")) if len(kpis) > 1 else "",
    ]
    return div("lv-choices", *rows)


def _kept_figure(source: Source, told: Told, theme: str, narrow: bool) -> dict[str, Any]:
    text = told.side.scenario.as_text()
    return _figure(source, text, words.letter(told.side), told.kpi.id, theme, narrow)


@kept(maxsize=SHEETS)
def _figure(source: Source, text: str, letter: str, kpi_id: str, theme: str, narrow: bool) -> dict[str, Any]:
    kpi, found_steps = source.catalogue.kpis[kpi_id], way.steps(scenarios_reads.rungs(source, text), kpi_id)
    unit, most = kpi.unit, NARROW if narrow else LONGEST
    start = Level(t("Base"), found_steps.start or 0.0, units.text(found_steps.start, unit))
    last = t("Scénario {letter}", letter=letter)
    end = Level(last, found_steps.end or 0.0, units.text(found_steps.end, unit))
    found = [
        Step(
            why_words.short(words.step(source.engine, one, found_steps), most),
            one.amount or 0.0,
            scenarios.signed(one.amount, unit) if one.amount else t("sans effet"),
            words.tone(kpi, one.amount),
        )
        for one in found_steps.steps
    ]
    return waterfall(
        start,
        found,
        end,
        palette(theme),
        source.lang,
        tick_words=lambda value: units.short(value, unit),
        narrow=narrow,
    )


@tables.offered(NAME)
def steps_table(source: Source, asked: Asked) -> Table | None:
    """What each driver of the scenario ``de`` brings to the KPI ``kpi``, in its order."""
    if source.as_of is None:
        return None
    told = told_of(source, scenarios_reads.asked(source, asked), asked)
    if told is None:
        return None
    unit = told.kpi.unit
    columns = (
        Column(t("Hypothèse")),
        Column(t("Avant"), "number", unit),
        Column(t("Après"), "number", unit),
        Column(t("Effet"), "number", unit),
    )
    rows = [
        [
            scenarios.use(source.engine, one.use),
            Cell(one.before, units.text(one.before, unit)),
            Cell(one.after, units.text(one.after, unit)),
            Cell(one.amount, scenarios.signed(one.amount, unit) if one.amount else t("sans effet")),
        ]
        for one in told.steps.steps
    ]
    title = t("Scénario {letter}, de la base au scénario", letter=words.letter(told.side))
    filters = f"{said(told.kpi.label)} ; {words.drivers(source.engine, told.side)}"
    return tables.table(source, title, columns, rows, filters=filters, about=told.kpi.id)
