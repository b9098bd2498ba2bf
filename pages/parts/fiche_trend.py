"""A KPI's stored readings as a line, its table and its sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.charts.palette import palette
from pages.charts.points import Mark, Point
from pages.charts.trend import Figure, trend
from pages.parts import chart, tables
from pages.parts.fiche_facts import amount
from pages.parts.fiche_finding import label, trend_title, why
from pages.parts.markup import Html, join, link, section, show, table, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.texts import beside, numbers, t, tn, units

MOST = 48  # points shown unless the whole series is asked for
PHONE_MOST = 24
ZEROS = 3  # points at zero kept before the first that is not


@dataclass(frozen=True)
class Drawn:
    """All that the trend section shows; hashed and kept by what it was drawn from."""

    wide: Figure
    narrow: Figure
    title: str
    note: str
    sentence: str
    table: Html
    foot: str
    is_long: bool


def draw(source: Source, kpi: Kpi, whole: bool) -> None:
    """The trend chart with all that a chart must carry; ``whole`` shows all of it instead of the last 48 points."""
    found = drawn(source, kpi.id, whole, chart.theme())
    if found is None:
        note = t("Il faut deux valeurs connues pour tracer une courbe.")
        if all_zero(span(source.series(kpi.id), whole)):
            note = t("Toujours zéro à toutes les dates connues : rien à tracer.")
        return show(section(trend_title(kpi, span(source.series(kpi.id), True)), note=note))
    chart.chart(
        found.wide,
        narrow=found.narrow,
        key=f"trend-{kpi.id}",
        title=found.title,
        note=found.note,
        sentence=found.sentence,
        table=found.table,
        foot=found.foot,
    )
    if found.is_long:
        show(reach(source, kpi, whole))


def all_zero(shown: Sequence[Reading]) -> bool:
    """Whether several values are known and all are zero: a sentence says so better than a line on its axis."""
    known = [reading.value for reading in shown if reading.value is not None]
    return len(known) > 1 and not any(known)


def reach(source: Source, kpi: Kpi, whole: bool) -> Html:
    """The choice between the last points and the whole series, as links."""
    recent = source.link("fiche", kpi=kpi.id)
    long = source.link("fiche", kpi=kpi.id, span="all")
    return tag(
        "nav",
        link(recent, t("Derniers points"), aria_current=None if whole else "true"),
        link(long, t("Toute la série"), aria_current="true" if whole else None),
        class_="lv-seg",
        aria_label=t("Étendue de la courbe"),
    )


@kept(maxsize=SHEETS)
def drawn(source: Source, kpi_id: str, whole: bool, theme: str) -> Drawn | None:
    """Everything of one trend, kept by store version, language, date, scope, KPI and theme."""
    kpi, shown = source.catalogue.every[kpi_id], span(source.series(kpi_id), whole)
    if sum(reading.value is not None for reading in shown) < 2 or all_zero(shown):
        return None
    since = aim_since(source, kpi_id)
    return Drawn(
        _figure(kpi, shown, theme, source.lang, False, since),
        _figure(kpi, span(shown[-PHONE_MOST:], True) or shown, theme, source.lang, True, since),
        trend_title(kpi, shown),
        note(kpi),
        sentence(kpi, shown),
        join((numbers_table(kpi, shown), tables.links(source, "fiche-serie", label(kpi), kpi=kpi_id))),
        foot(source, shown),
        len(span(source.series(kpi_id), True)) > MOST,
    )


def _figure(
    kpi: Kpi, shown: Sequence[Reading], theme: str, lang: str, narrow: bool, since: date | None
) -> Figure:
    return trend(
        [point(kpi, reading) for reading in shown],
        palette(theme),
        lang,
        # A part that the town's amount does not judge is not drawn against it either.
        target=goal(kpi, since) if any(reading.score is not None for reading in shown) else None,
        tick_words=lambda value: units.short(value, kpi.unit),
        narrow=narrow,
        top=units.TOPS.get(kpi.unit),
    )


def span(series: Sequence[Reading], whole: bool) -> tuple[Reading, ...]:
    """The readings to show: from the first known one, and the last 48 unless ``whole``."""
    first = next((index for index, reading in enumerate(series) if reading.value is not None), len(series))
    known = tuple(series[first:])
    if whole:
        return known
    return _begun(span(known[-MOST:], True) if len(known) > MOST else known)


def _begun(known: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """The readings without years of zeros before the first event: the last of them alone."""
    first = next((index for index, reading in enumerate(known) if reading.value), 0)
    return known[max(first - ZEROS, 0) :]


def goal(kpi: Kpi, since: date | None = None) -> Mark | None:
    """The target as the chart draws it: a line, a band, or nothing; from the day on that it holds."""
    if kpi.band:
        low, high = (units.short(bound, kpi.unit) for bound in kpi.band)
        return Mark(kpi.band[0], t("bande {low} à {high}", low=low, high=high), top=kpi.band[1], since=since)
    return (
        Mark(kpi.target, t("cible {target}", target=beside.target(kpi)), since=since)
        if kpi.target is not None
        else None
    )


def first_aim(source: Source, kpi_id: str) -> date | None:
    """The day from which the first decided target holds for this scope; None where none was decided."""
    decided = [*source.goals.history(kpi_id, source.scope), *source.goals.history(kpi_id)]
    return min((one.valid_from for one in decided), default=None)


def aim_since(source: Source, kpi_id: str) -> date | None:
    """The day from which the target in force holds; None where it is the catalogue's own."""
    if source.as_of is None:
        return None
    scope = source.goals.at(kpi_id, source.as_of, source.scope) if source.scope else None
    found = scope or source.goals.at(kpi_id, source.as_of)
    return found.valid_from if found else None


def point(kpi: Kpi, reading: Reading) -> Point:
    """A reading as the chart draws it."""
    known = reading.value is not None
    words = mark_words(reading.value, kpi.unit) if reading.value is not None else ""
    return Point(
        reading.as_of, reading.value, words, reading.low, reading.high, "" if known else why(reading)
    )


def mark_words(value: float, unit: str) -> str:
    """A value beside its mark, without the words that the axis already says."""
    if unit == "eur_per_eur":
        return numbers.decimal(value, 2)
    return units.short(value, unit) if unit.startswith("%") else units.text(value, unit)


def note(kpi: Kpi) -> str:
    """What is drawn, under the title."""
    ends = {
        "monthly": t("{label}, en fin de mois.", label=label(kpi)),
        "quarterly": t("{label}, en fin de trimestre.", label=label(kpi)),
    }
    return ends.get(kpi.frequency) or t("{label}, en fin d’année.", label=label(kpi))


def sentence(kpi: Kpi, shown: Sequence[Reading]) -> str:
    """The line in a sentence, for those who do not see it."""
    known = [reading for reading in shown if reading.value is not None]
    gaps = len(shown) - len(known)
    said = t(
        "Courbe de {n} points de {first} à {last} : de {start} à {end}.",
        n=len(known),
        first=numbers.month(known[0].as_of),
        last=numbers.month(known[-1].as_of),
        start=units.text(known[0].value, kpi.unit),
        end=units.text(known[-1].value, kpi.unit),
    )
    return f"{said} {tn('Un point sans valeur.', '{n} points sans valeur.', gaps)}" if gaps else said


def numbers_table(kpi: Kpi, shown: Sequence[Reading]) -> Html:
    """The chart's numbers, the last month first."""
    head = [t("Mois"), t("Valeur"), t("Intervalle à 95 %"), t("Numérateur"), t("Dénominateur"), t("n")]
    rows = [
        [
            numbers.month(r.as_of),
            why(r) if r.value is None else units.text(r.value, kpi.unit),
            units.interval(r.low, r.high, kpi.unit),
            amount(r.numerator, kpi, r),
            amount(r.denominator, kpi, r),
            "" if r.n is None else numbers.decimal(r.n),
        ]
        for r in reversed(shown)
    ]
    return table(head, rows, caption=label(kpi), right=range(1, 6))


def foot(source: Source, shown: Sequence[Reading]) -> str:
    """Source, date, count and version, and what the grey blocks mean."""
    last = shown[-1]
    parts = [t("Source : {town}, données au {day}.", town=source.town, day=numbers.day(source.as_of))]
    if last.n is not None:
        parts.append(t("n = {n}.", n=numbers.decimal(last.n)))
    parts.append(t("Définition version {n}.", n=last.version))
    if any(r.value is None for r in shown):
        parts.append(t("Blocs gris : non calculé."))
    if any(r.low is not None for r in shown):
        parts.append(t("Bande pâle : intervalle à 95 %."))
    return " ".join(parts)
