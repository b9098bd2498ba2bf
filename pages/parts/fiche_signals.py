"""The sheet's control chart: a KPI's points with the limits of their usual noise, signals, new bases and notes."""

from dataclasses import dataclass
from datetime import date

from metrics.definitions import Kpi
from metrics.signals import ControlChart
from pages.charts.bases import Base, Dot, Sheet, from_day
from pages.charts.palette import palette
from pages.charts.signals import Figure
from pages.charts.signals import control as figure
from pages.parts import chart, fiche_bases, fiche_notes, fiche_trend, signal_words, tables
from pages.parts.fiche_finding import label, why
from pages.parts.forecast_reads import tendency_of
from pages.parts.markup import Html, div, show, tag
from pages.parts.once import SHEETS, kept
from pages.parts.signal_reads import control, notes_at
from pages.parts.source import Source
from pages.texts import beside, numbers, said, t, units

PHONE_MOST = 24


@dataclass(frozen=True)
class Drawn:
    """All that the control chart shows, kept by what it was drawn from."""

    wide: Figure
    narrow: Figure
    title: str
    note: str
    sentence: str
    table: Html
    foot: Html


def draw(source: Source, kpi: Kpi, whole: bool) -> None:
    """The control chart in the trend's place; under the trend where it charts increments; why there is none, else."""
    found = control(source, kpi.id)
    drawn = limits_of(source, kpi.id, whole, chart.theme())
    if drawn is None or found.method == "increment":
        fiche_trend.draw(source, kpi, whole)
    if drawn is None:
        show(div("lv-note", signal_words.why_none(found)))
    else:
        chart.chart(
            drawn.wide,
            narrow=drawn.narrow,
            key=f"signals-{kpi.id}",
            title=drawn.title,
            note=drawn.note,
            sentence=drawn.sentence,
            table=drawn.table,
            foot=drawn.foot,
        )
        if found.method != "increment" and len(found.days) > fiche_trend.MOST:
            show(fiche_trend.reach(source, kpi, whole))
    fiche_notes.draw(source, kpi)
    fiche_bases.draw(source, kpi)


@kept(maxsize=SHEETS)
def limits_of(source: Source, kpi_id: str, whole: bool, theme: str) -> Drawn | None:
    """Everything of one control chart; None where no base of it has limits."""
    kpi, found = source.catalogue.every[kpi_id], control(source, kpi_id)
    if found.chart is None or not any(part.limits.is_drawn for part in found.chart.segments):
        return None
    shown = sheet(source, kpi, found)
    if not whole and len(shown.dots) > fiche_trend.MOST:
        shown = from_day(shown, shown.dots[-fiche_trend.MOST].day)
    phone = from_day(shown, shown.dots[-PHONE_MOST].day) if len(shown.dots) > PHONE_MOST else shown
    wide, narrow = (
        figure(
            part, palette(theme), source.lang, tick_words=lambda v: units.short(v, kpi.unit), narrow=is_narrow
        )
        for part, is_narrow in ((shown, False), (phone, True))
    )
    return Drawn(
        wide,
        narrow,
        signal_words.title(kpi, found, drift(source, kpi_id)),
        f"{label(kpi)}. {signal_words.note(kpi, found)}",
        signal_words.sentence(kpi, found),
        tables.drawn(source, "fiche-signaux", kpi=kpi_id),
        foot(source, kpi, found),
    )


def drift(source: Source, kpi_id: str) -> float:
    """The slope of the last points where it is clear (p < 5 %), else 0: limits do not see a slow drift."""
    found = tendency_of(source, kpi_id)
    return found.slope if found is not None and found.is_clear else 0.0


def sheet(source: Source, kpi: Kpi, found: ControlChart) -> Sheet:
    """What the chart draws: points, bases, cuts and targets, in words."""
    assert found.chart is not None
    numbered, aims = notes_at(source, kpi.id), _aims(source, kpi, found)
    missing = {r.as_of: why(r) for r in source.series(kpi.id) if r.value is None}
    dots = []
    for i, (day, number) in enumerate(zip(found.days, found.values, strict=True)):
        spot, is_known = found.chart.points[i], number == number
        is_sure = not found.chart.limits_at(i).is_provisional
        dots.append(
            Dot(
                day,
                number if is_known else None,
                signal_words.value(number, kpi.unit) if is_known else "",
                (spot.variation or "") if spot.flags else "",
                signal_words.named(spot, is_sure),
                ", ".join(map(str, numbered.get(i, ()))),
                aims.get(day),
                "" if is_known else missing.get(day, ""),
            )
        )
    cuts = tuple(
        (found.days[part.start], t("nouvelle base, {month}", month=numbers.month(found.days[part.start])))
        for part in found.chart.segments[1:]
    )
    target, band = t("cible {target}", target=beside.target(kpi)) if aims else "", None
    if found.method != "increment" and kpi.band and any(r.score is not None for r in source.series(kpi.id)):
        low, high = (units.short(bound, kpi.unit) for bound in kpi.band)
        target, band = t("bande {low} à {high}", low=low, high=high), kpi.band
    return Sheet(tuple(dots), tuple(_bases(kpi, found)), cuts, target, band)


def _bases(kpi: Kpi, found: ControlChart) -> list[Base]:
    assert found.chart is not None
    made = []
    for number, part in enumerate(found.chart.segments):
        low, high = signal_words.drawn_limits(kpi, found, number)
        mean = part.limits.mean
        if mean != mean:
            continue
        made.append(
            Base(
                found.days[part.start],
                found.days[part.end - 1],
                mean,
                low,
                high,
                t("moyenne {value}", value=signal_words.value(mean, kpi.unit)),
                "" if low is None else t("limite basse {value}", value=signal_words.value(low, kpi.unit)),
                "" if high is None else t("limite haute {value}", value=signal_words.value(high, kpi.unit)),
            )
        )
    return made


def _aims(source: Source, kpi: Kpi, found: ControlChart) -> dict[date, float]:
    """The target in force at each point; none of a band, of increments, of a part that the town's amount does not judge.

    Where targets were decided there is none before the first decision: nobody aimed at the catalogue's then.
    """
    if found.method == "increment" or kpi.direction == "band":
        return {}
    first = fiche_trend.first_aim(source, kpi.id)
    known = [reading for reading in source.series(kpi.id) if first is None or reading.as_of >= first]
    return {reading.as_of: reading.target for reading in known if reading.target is not None}


def foot(source: Source, kpi: Kpi, found: ControlChart) -> Html:
    """Source, date, count, version and method."""
    assert found.chart is not None
    series = source.series(kpi.id)
    parts = [
        t("Source : {town}, données au {day}.", town=source.town, day=numbers.day(source.as_of)),
        t("n = {n} points.", n=found.chart.limits.n),
        t("Définition version {n}.", n=series[-1].version),
        signal_words.method(found),
    ]
    return tag("span", " ".join(parts))


@tables.offered("fiche-signaux")
def signals_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """The points of a control chart with their lines, flags in words and notes, the last first."""
    kpi = source.kpi(asked.get("kpi", ""))
    found = control(source, kpi.id) if kpi else None
    if kpi is None or found is None or found.chart is None:
        return None
    numbered, notes = notes_at(source, kpi.id), source.annotations(kpi.id)
    rows: list[list[object]] = []
    for number, part in enumerate(found.chart.segments):
        low, high = signal_words.drawn_limits(kpi, found, number)
        for i in range(part.start, part.end):
            said_here = " ; ".join(fiche_notes.told(notes[n - 1]) for n in numbered.get(i, ()))
            value = found.values[i]
            known = value if value == value else None
            flags = signal_words.spot(found.chart.points[i], not part.limits.is_provisional)
            rows.append(
                [
                    found.days[i],
                    _cell(known, kpi),
                    flags or None,
                    *(_cell(v, kpi) for v in (part.limits.mean, low, high)),
                    said_here or None,
                ]
            )
    columns = [
        tables.Column(t("Au"), "date"),
        tables.Column(t("Valeur"), "number", kpi.unit),
        tables.Column(t("Signal")),
        tables.Column(t("Moyenne"), "number", kpi.unit),
        tables.Column(t("Limite basse"), "number", kpi.unit),
        tables.Column(t("Limite haute"), "number", kpi.unit),
        tables.Column(t("Notes")),
    ]
    words = t("{label} : carte de contrôle", label=said(kpi.label))
    return tables.table(source, words, columns, rows[::-1], version=kpi.version, about=kpi.id)


def _cell(value: float | None, kpi: Kpi) -> object:
    if value is None or value != value:
        return None
    return tables.Cell(value, signal_words.value(value, kpi.unit))
