"""The sheet's panel « Rythme et prévision »: the line to the target, the fan to the end of the year, and what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics import increments, outlook
from metrics.dates import DAY
from metrics.definitions import Kpi
from metrics.forecast import Forecast, NoForecast
from metrics.pacing import Pace
from pages.charts.outlook import outlook as figure
from pages.charts.palette import palette
from pages.charts.points import Mark, Point
from pages.parts import chart, forecast_words, tables
from pages.parts.fiche_finding import label
from pages.parts.forecast_reads import coverage_of, forecast_of, months, pace_of, tendency_of
from pages.parts.forecast_words import amount
from pages.parts.markup import Html, div, facts, section, show, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, t, units

MOST, NARROW_MOST = 24, 12  # points of the past
NOTHING = Html("")
Figure = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """All that the panel shows, kept by what it was drawn from; ``wide`` None where there is nothing to draw."""

    title: str
    words: Html
    wide: Figure | None = None
    narrow: Figure | None = None
    note: str = ""
    sentence: str = ""
    table: Html = NOTHING
    foot: str = ""


def draw(source: Source, kpi: Kpi) -> None:
    """Draw the panel; nothing for a KPI without a value at this date."""
    panel = drawn(source, kpi.id, chart.theme())
    if panel is None:
        return
    if panel.wide is None:
        return show(section(panel.title, panel.words))
    chart.chart(
        panel.wide,
        narrow=panel.narrow,
        key=f"forecast-{kpi.id}",
        title=panel.title,
        note=panel.note,
        sentence=panel.sentence,
        table=panel.table,
        foot=panel.foot,
    )
    show(panel.words)


@kept(maxsize=SHEETS)
def drawn(source: Source, kpi_id: str, theme: str) -> Panel | None:
    """The panel of a KPI, kept by store version, language, date, scope and theme."""
    kpi, found, reading = source.kpi(kpi_id), forecast_of(source, kpi_id), source.readings().get(kpi_id)
    if kpi is None or found is None or reading is None or reading.value is None:
        return None
    pace = pace_of(source, kpi_id)
    title = forecast_words.title(kpi, found, pace, coverage_of(source, kpi_id))
    words = _words(source, kpi, found, pace)
    past = history(source, kpi, found.as_of, reading.value, is_total(kpi, found, pace))
    if (pace is None and isinstance(found, NoForecast)) or not past:
        return Panel(title, words)
    wide, narrow = (
        _figure(kpi, found, pace, past[-most:], theme, source.lang, most == NARROW_MOST)
        for most in (MOST, NARROW_MOST)
    )
    return Panel(
        title,
        words,
        wide,
        narrow,
        _note(kpi, found, pace),
        sentence(kpi, found, pace),
        tables.drawn(source, "fiche-prevision", kpi=kpi_id),
        _foot(source, reading.version),
    )


def is_total(kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None) -> bool:
    """Say whether the panel is about a total that grows, not about the value of each period."""
    return pace is not None or (isinstance(found, Forecast) and found.method != "random_walk")


def history(source: Source, kpi: Kpi, as_of: date, now: float, total: bool) -> list[tuple[date, float]]:
    """The past that is drawn: the growing total, or the values at the ends of the KPI's periods."""
    told = [pair for pair in months(source.reads, source.scope).get(kpi.id, ()) if pair[0] <= as_of]
    if total:
        since = kpi.period.since if kpi.period else None
        grown = increments.track(kpi, told, as_of, now)
        return [pair for pair in grown if since is None or pair[0] >= since - DAY]
    past = outlook.ends_of_periods(kpi, told, as_of) if kpi.frequency in outlook.PERIOD else []
    return [*(pair for pair in past if pair[0] < as_of), (as_of, now)]


def _figure(
    kpi: Kpi,
    found: Forecast | NoForecast,
    pace: Pace | None,
    past: Sequence[tuple[date, float]],
    theme: str,
    lang: str,
    narrow: bool,
) -> Figure:
    line = [(day, pace.line.at(day)) for day in _ends(pace, past[0][0])] if pace else []
    return figure(
        [Point(day, value, amount(value, kpi.unit)) for day, value in past],
        coming(kpi, found),
        line,
        palette(theme),
        lang,
        target=target(kpi, found, pace),
        tick_words=lambda value: units.short(value, kpi.unit),
        narrow=narrow,
        top=units.TOPS.get(kpi.unit),
    )


def _ends(pace: Pace, first: date) -> list[date]:
    """The two ends of the expected line, from the first day drawn."""
    return [max(pace.line.start_on, first), pace.line.due_on] if pace.line.due_on > first else []


def coming(kpi: Kpi, found: Forecast | NoForecast) -> list[Point]:
    """The months to come as points with their band."""
    if isinstance(found, NoForecast):
        return []
    return [Point(s.day, s.value, amount(s.value, kpi.unit), s.low, s.high) for s in found.steps]


def target(kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None) -> Mark | None:
    """The target as the chart draws it: of a yearly total, the year's."""
    aimed = found.target if isinstance(found, Forecast) else pace.line.target if pace else None
    if aimed is None:
        return None
    if isinstance(aimed, tuple):
        low, high = (units.short(bound, kpi.unit) for bound in aimed)
        return Mark(aimed[0], t("bande {low} à {high}", low=low, high=high), top=aimed[1])
    return Mark(aimed, t("cible {target}", target=units.short(aimed, kpi.unit)))


def _words(source: Source, kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None) -> Html:
    """What stands under the chart: facts, warning, assumptions, or why there is no forecast."""
    held = coverage_of(source, kpi.id)
    listed = forecast_words.facts(kpi, found, pace, held, tendency_of(source, kpi.id))
    if isinstance(found, NoForecast):
        told = [tag("p", forecast_words.why_not(found), class_="lv-note")]
    else:
        warned = forecast_words.caution(held)
        told = [tag("p", tag("b", warned))] if warned else []
        told.append(tag("p", forecast_words.assumptions(kpi, found), class_="lv-note"))
    return div("lv-forecast", facts(listed) if listed else "", *told)


def _note(kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None) -> str:
    """What is drawn, under the title."""
    parts = [t("Rythme et prévision : {label}.", label=label(kpi))]
    if pace and pace.line.target != pace.line.start_value:
        parts.append(t("Tirets : ligne attendue jusqu’au {day}.", day=numbers.day(pace.line.due_on)))
    if isinstance(found, Forecast):
        parts.append(t("Bande pâle : 80 % des avenirs simulés."))
    return " ".join(parts)


def _foot(source: Source, version: int) -> str:
    """Source, date and version."""
    told = t("Source : {town}, données au {day}.", town=source.town, day=numbers.day(source.as_of))
    return f"{told} {t('Définition version {n}.', n=version)}"


def sentence(kpi: Kpi, found: Forecast | NoForecast, pace: Pace | None) -> str:
    """The chart in a sentence, for those who do not see it."""
    if isinstance(found, NoForecast):
        return forecast_words.title(kpi, found, pace)
    return t(
        "Du {day} au {horizon}, la prévision va de {start} à {value}, entre {low} et {high} 8 fois sur 10.",
        day=numbers.day(found.as_of),
        horizon=numbers.day(found.horizon),
        start=amount(found.start, kpi.unit),
        value=amount(found.value, kpi.unit),
        low=amount(found.low, kpi.unit),
        high=amount(found.high, kpi.unit),
    )


@tables.offered("fiche-prevision")
def forecast_table(source: Source, asked: Asked) -> Table | None:
    """The numbers of the chart of the KPI ``asked``, the months to come first."""
    kpi = source.kpi(asked.get("kpi", ""))
    found = forecast_of(source, kpi.id) if kpi else None
    reading = source.readings().get(kpi.id) if kpi else None
    if kpi is None or found is None or reading is None or reading.value is None:
        return None
    pace = pace_of(source, kpi.id)
    past = history(source, kpi, found.as_of, reading.value, is_total(kpi, found, pace))[-MOST:]
    columns = [
        Column(t("Mois"), "date"),
        Column(t("Valeur"), "number", kpi.unit),
        Column(t("Prévision"), "number", kpi.unit),
        Column(t("Bande à 80 %"), in_file=False),
        Column(t("Borne basse"), "number", kpi.unit, on_screen=False),
        Column(t("Borne haute"), "number", kpi.unit, on_screen=False),
    ]
    lines: list[list[object]] = [
        [_month(p.day), None, Cell(p.value, p.words), units.interval(p.low, p.high, kpi.unit), p.low, p.high]
        for p in reversed(coming(kpi, found))
    ]
    lines += [
        [_month(day), Cell(value, amount(value, kpi.unit)), *[None] * 4] for day, value in reversed(past)
    ]
    if pace:
        columns.append(Column(t("Attendu"), "number", kpi.unit))
        days = [point.day for point in reversed(coming(kpi, found))] + [day for day, _ in reversed(past)]
        for line, day in zip(lines, days, strict=True):
            line.append(_expected(pace, day, kpi.unit))
    title = t("Rythme et prévision : {label}.", label=label(kpi)).rstrip(".")
    return tables.table(source, title, columns, _quiet(lines), version=kpi.version, about=kpi.id)


def _month(day: date) -> Cell:
    return Cell(day, numbers.month(day))


def _expected(pace: Pace, day: date, unit: str) -> Cell | None:
    value = pace.line.at(day) if day >= pace.line.start_on else None
    return None if value is None else Cell(value, amount(value, unit))


def _quiet(lines: Sequence[Sequence[object]]) -> list[list[object]]:
    """Cells that say nothing stay empty: a month is either past or to come."""
    return [[Cell(None, "") if cell is None else cell for cell in line] for line in lines]
