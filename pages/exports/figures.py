"""A KPI as an edition says it: made from its definition in force, its reading and its series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.briefs import Choices
from metrics.claims import is_kept
from metrics.definitions import Catalogue, Kpi
from metrics.reading import UNJUDGED, Reading
from pages.charts.small import axis, slots
from pages.exports.model import Figure
from pages.texts import beside, claims, judgements, numbers, reasons, said, t, units


@dataclass(frozen=True)
class Desk:
    """What figures are made from: the definitions as they are and in force, the readings, the date and the choices."""

    defined: Catalogue
    catalogue: Catalogue
    readings: Mapping[str, Reading]
    as_of: date
    scope: str
    choices: Choices


def figure(desk: Desk, kpi: Kpi, series: Sequence[Reading]) -> Figure:
    """The figure of a KPI, in force; without reading it says that the scope has none."""
    reading = desk.readings.get(kpi.id)
    worded = claims.figure(desk.catalogue, kpi, desk.readings)
    shown = worded or units.shown(reading.value if reading else None, kpi.unit)
    known = reading is not None and reading.value is not None
    points = slots(series, desk.as_of)
    return Figure(
        kpi=kpi.id,
        code=kpi.code,
        label=said(kpi.label),
        objective=kpi.objective,
        owner=kpi.owner,
        unit=kpi.unit,
        text=units.text(reading.value, kpi.unit) if reading and known else t("non calculé"),
        before=shown.before if known else "",
        figure=shown.figure if known else t("non calculé"),
        after=(shown.after or beside.noun(desk.catalogue, kpi, reading)) if known else "",
        target_text=beside.target(kpi),
        target_words=beside.goal(kpi),
        status=reading.status if reading else "unknown",
        word=judgements.word_of(reading),
        proof=beside.foot(reading, kpi),
        why=reasons.why(kpi, reading),
        claim=_claim(desk, kpi, reading),
        variation=judgements.worded(reading.variation, kpi) if reading and known else "",
        assurance=judgements.assurance_of(reading) if reading and known else "",
        comment=desk.choices.words(f"kpi:{kpi.id}"),
        period=reading.period if reading else "",
        value=reading.value if reading else None,
        numerator=reading.numerator if reading else None,
        denominator=reading.denominator if reading else None,
        n=reading.n if reading else None,
        low=reading.low if reading else None,
        high=reading.high if reading else None,
        coverage=reading.coverage if reading else None,
        score=reading.score if reading else None,
        score_text=numbers.score(reading.score, reading.status == "on_target") if reading else numbers.NONE,
        target=kpi.target,
        band=kpi.band,
        axis=_axis(kpi, reading),
        spark=tuple(points),
        spark_words=trend(points, kpi),
        series=tuple((one.as_of, one.value) for one in series),
        version=reading.version if reading else kpi.version,
    )


def _claim(desk: Desk, kpi: Kpi, reading: Reading | None) -> str:
    """What the scorecard claims of the whole town, said only while it is true by the catalogue's own target."""
    words = desk.catalogue.scorecard.claims.get(kpi.id)
    if words is None or desk.scope or reading is None:
        return ""
    return said(words) if is_kept(desk.defined.kpis.get(kpi.id, kpi), reading) else ""


def _axis(kpi: Kpi, reading: Reading | None) -> tuple[float, float] | None:
    """The two ends (base, top) of the bullet bar; none without value or target, or where no target judges the value."""
    goal = kpi.target if kpi.target is not None else (kpi.band[1] if kpi.band else None)
    if reading is None or reading.value is None or goal is None or reading.reason in ("no_target", *UNJUDGED):
        return None
    top, base = axis(reading, kpi, goal)
    return base, top


def trend(points: Sequence[tuple[int, float | None]], kpi: Kpi) -> str:
    """A sparkline in words, "" where fewer than two values are known."""
    known = [value for _, value in points if value is not None]
    if len(known) < 2:
        return ""
    months = points[-1][0] - points[0][0] + 1
    first, last = units.text(known[0], kpi.unit), units.text(known[-1], kpi.unit)
    return t("Sur {n} mois : de {first} à {last}", n=months, first=first, last=last)
