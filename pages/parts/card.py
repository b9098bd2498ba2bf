"""A KPI's card: label, value, trend, bullet bar, judgement, denominator and date; the whole of it opens the sheet."""

from collections.abc import Sequence
from datetime import date

from metrics.claims import is_kept
from metrics.definitions import Kpi
from metrics.reading import UNJUDGED, Reading
from metrics.running import is_counted_within, is_over
from pages.charts import small
from pages.parts import marks, projection, status, svg
from pages.parts.markup import Html, div, join, link, span, tag
from pages.parts.source import Source
from pages.texts import beside, claims, judgements, numbers, said, t, units
from pages.texts.numbers import Shown


def proved(source: Source, kpi: Kpi, reading: Reading | None, is_projected: bool = False) -> Html:
    """A headline card with, under it, the way to its proof."""
    named = span("lv-hidden", " : ", said(kpi.label))
    href = source.link("preuve", kpi=kpi.id, **projection.kept(is_projected))
    words = claims.figure(source.catalogue, kpi, source.readings())
    return div(
        "lv-claimed", card(source, kpi, reading, words), link(href, t("La preuve"), named, class_="lv-proof")
    )


def card(source: Source, kpi: Kpi, reading: Reading | None, figure: Shown | None = None) -> Html:
    """The card of a KPI at the source's date and scope, a link to its sheet. ``figure`` replaces the value's own words."""
    series = source.series(kpi.id)
    signs = marks.both(reading, kpi, marks.why(source, kpi, reading))
    return link(
        source.link("fiche", kpi=kpi.id),
        span("lv-top", span("lv-label", said(kpi.label)), span("lv-code", kpi.code)),
        span(
            "lv-middle",
            value(reading, kpi, noun=beside.noun(source.catalogue, kpi, reading), words=figure),
            trend(series, kpi, source.as_of),
        ),
        gauge(reading, kpi),
        span("lv-judged", status.of_reading(reading), *_why(reading), signs),
        claim(source, kpi, reading),
        complete(series, reading, kpi),
        span("lv-foot", beside.foot(reading, kpi)),
        class_="lv-card lv-stale" if is_stale(reading) else "lv-card",
    )


def is_stale(reading: Reading | None) -> bool:
    """Whether metrics found a value too old to be judged: it is shown in grey, and the word says why."""
    return reading is not None and reading.reason == "stale"


def value(
    reading: Reading | None, kpi: Kpi, class_: str = "", noun: str = "", words: Shown | None = None
) -> Html:
    """The value set large, its unit (or ``noun``, what is counted) at half size; in words when there is none."""
    if reading is None or reading.value is None:
        return span(f"lv-value missing {class_}".strip(), t("non calculé"))
    shown = words or units.shown(reading.value, kpi.unit)
    name = shown.after or noun
    long = " long" if len(shown.figure) + len(name) / 2 > 11 else ""
    before = tag("small", f"{shown.before} ") if shown.before else ""
    after = tag("small", f"\u202f{name}") if name else ""
    return span(f"lv-value{long} {class_}".strip(), before, shown.figure, after)


def trend(series: Sequence[Reading], kpi: Kpi, as_of: date | None) -> Html:
    """The sparkline of the last 24 months; gaps stay empty."""
    if as_of is None:
        return Html("")
    points = small.slots(series, as_of)
    known = [v for _, v in points if v is not None]
    if len(known) < 2:
        return Html("")
    first, last = units.text(known[0], kpi.unit), units.text(known[-1], kpi.unit)
    words = t(
        "Sur {n} mois : de {first} à {last}", n=points[-1][0] - points[0][0] + 1, first=first, last=last
    )
    return svg.sparkline(points, words, small.SLOTS)


def gauge(reading: Reading | None, kpi: Kpi) -> Html:
    """The bullet bar and the words under it; nothing for a KPI without target or value."""
    goal = kpi.target if kpi.target is not None else (kpi.band[1] if kpi.band else None)
    if reading is None or reading.value is None or goal is None or reading.reason in ("no_target", *UNJUDGED):
        return Html("")  # a directorate is not held to the whole town's amount
    top, base = small.axis(reading, kpi, goal)
    words = t("{value}, cible {target}", value=units.text(reading.value, kpi.unit), target=beside.target(kpi))
    drawn = svg.bullet(
        reading.value,
        top,
        base=base,
        target=kpi.target,
        band=kpi.band,
        low=reading.low,
        high=reading.high,
        words=words,
    )
    at = max(0.0, min(100.0, 100 * (goal - base) / ((top - base) or 1)))
    return join((span("", drawn), span("lv-axis", *ticks(kpi, base, top, at), aria_hidden="true")))


def ticks(kpi: Kpi, base: float, top: float, at: float) -> list[Html]:
    """The words under a bullet bar: its end, and the target at its place (``at`` percent)."""
    end = kpi.direction == "down" and kpi.floor is not None and top == kpi.floor
    room = 74 if end else 82
    where = (
        f"left:{at:.1f}%;transform:translateX(-50%)"
        if 18 < at < room
        else ("right:0" if at >= room else f"left:{max(at, 8):.1f}%")
    )
    ticks = [tag("i", units.short(base, "n"), style="left:0")] if at > 6 or base < 0 else []
    ticks.append(tag("i", beside.goal(kpi), style=where))
    if end and at < room:
        ticks.append(tag("i", units.short(kpi.floor, kpi.unit), style="right:0"))
    return ticks


def complete(series: Sequence[Reading], reading: Reading | None, kpi: Kpi) -> Html:
    """Beside the value of a month or quarter that is not over, the last one that is, as it was judged."""
    if reading is None or reading.reason != "running" or not is_counted_within(kpi):
        return Html("")
    over = [past for past in series if past.value is not None and is_over(past.as_of, kpi)]
    if not over:
        return Html("")
    value = units.text(over[-1].value, kpi.unit)
    words = t("{period} : {value}", period=numbers.period(over[-1].period), value=value)
    return span("lv-judged lv-complete", words, status.of_reading(over[-1]))


def claim(source: Source, kpi: Kpi, reading: Reading | None) -> Html:
    """What the scorecard claims of the whole town for this KPI, said only while it is true.

    The claim is worded by the catalogue's own target: a lower one, decided for the time being, does not make it true.
    """
    words = source.catalogue.scorecard.claims.get(kpi.id)
    if words is None or source.scope or reading is None or reading.status != "on_target":
        return Html("")
    is_true = is_kept(source.defined(kpi.id) or kpi, reading)
    return span("lv-claim", said(words)) if is_true else Html("")


def _why(reading: Reading | None) -> list[Html]:
    if reading is None:
        return [span("lv-grey", t("ne se décline pas ainsi"))]
    known = reading.value is not None and not is_stale(reading)
    if reading.reason == "running":
        return []  # its word says it, and the foot since when
    return [span("lv-grey", judgements.reason(reading.reason))] if reading.reason and not known else []
