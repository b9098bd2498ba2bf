"""A KPI's card: label, value, trend, bullet bar, judgement, denominator and date; the whole of it opens the sheet."""

from collections.abc import Sequence
from datetime import date

from metrics.claims import is_kept
from metrics.dates import starts
from metrics.definitions import Kpi
from metrics.reading import UNJUDGED, Reading
from metrics.running import is_counted_within, is_over
from pages.parts import marks, status, svg
from pages.parts.markup import Html, esc, join, link, span, tag
from pages.parts.source import Source
from pages.texts import judgements, language, numbers, said, t, tn, units

SLOTS = 24


def card(source: Source, kpi: Kpi, reading: Reading | None) -> Html:
    """The card of a KPI at the source's date and scope, a link to its sheet."""
    series = source.series(kpi.id)
    signs = marks.both(reading, kpi, marks.why(source, kpi, reading))
    return link(
        source.link("fiche", kpi=kpi.id),
        span("lv-top", span("lv-label", said(kpi.label)), span("lv-code", kpi.code)),
        span(
            "lv-middle",
            value(reading, kpi, noun=noun(source, kpi, reading)),
            trend(series, kpi, source.as_of),
        ),
        gauge(reading, kpi),
        span("lv-judged", status.of_reading(reading), *_why(reading), signs),
        claim(source, kpi, reading),
        complete(series, reading, kpi),
        span("lv-foot", foot(reading, kpi)),
        class_="lv-card lv-stale" if is_stale(reading) else "lv-card",
    )


def is_stale(reading: Reading | None) -> bool:
    """Whether metrics found a value too old to be judged: it is shown in grey, and the word says why."""
    return reading is not None and reading.reason == "stale"


def value(reading: Reading | None, kpi: Kpi, class_: str = "", noun: str = "") -> Html:
    """The value set large, its unit (or ``noun``, what is counted) at half size; in words when there is none."""
    if reading is None or reading.value is None:
        return span(f"lv-value missing {class_}".strip(), t("non calculé"))
    shown = units.shown(reading.value, kpi.unit)
    name = shown.after or noun
    long = " long" if len(shown.figure) + len(name) / 2 > 11 else ""
    before = tag("small", f"{shown.before} ") if shown.before else ""
    after = tag("small", f"\u202f{name}") if name else ""
    return span(f"lv-value{long} {class_}".strip(), before, shown.figure, after)


def noun(source: Source, kpi: Kpi, reading: Reading | None = None) -> str:
    """What a KPI counts: by the scorecard's words (``words: {active_files: {fr: dossiers, en: files}}``), else by its entry's
    where the value of ``reading`` is how many were counted; or ""."""
    words = source.catalogue.scorecard.words.get(kpi.id)
    if words:
        return said(words)
    is_count = (
        reading is not None and kpi.unit == "n" and reading.n is not None and reading.value == reading.n
    )
    return counted_word(kpi, reading.n) if is_count and reading and reading.n is not None else ""


def trend(series: Sequence[Reading], kpi: Kpi, as_of: date | None) -> Html:
    """The sparkline of the last 24 months; gaps stay empty."""
    if as_of is None:
        return Html("")
    points = slots(series, as_of)
    known = [v for _, v in points if v is not None]
    if len(known) < 2:
        return Html("")
    first, last = units.text(known[0], kpi.unit), units.text(known[-1], kpi.unit)
    words = t(
        "Sur {n} mois : de {first} à {last}", n=points[-1][0] - points[0][0] + 1, first=first, last=last
    )
    return svg.sparkline(points, words, SLOTS)


def slots(series: Sequence[Reading], as_of: date) -> list[tuple[int, float | None]]:
    """Readings by month: (0..23, value), 23 being the month of ``as_of``; a month without a reading is left out."""
    end = as_of.year * 12 + as_of.month
    placed = {SLOTS - 1 - (end - r.as_of.year * 12 - r.as_of.month): r.value for r in series}
    return sorted((slot, value) for slot, value in placed.items() if 0 <= slot < SLOTS)


def gauge(reading: Reading | None, kpi: Kpi) -> Html:
    """The bullet bar and the words under it; nothing for a KPI without target or value."""
    goal = kpi.target if kpi.target is not None else (kpi.band[1] if kpi.band else None)
    if reading is None or reading.value is None or goal is None or reading.reason in ("no_target", *UNJUDGED):
        return Html("")  # a directorate is not held to the whole town's amount
    top, base = axis(reading, kpi, goal)
    words = t("{value}, cible {target}", value=units.text(reading.value, kpi.unit), target=target(kpi))
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
    return join((span("", drawn), span("lv-axis", *_ticks(kpi, base, top, at), aria_hidden="true")))


def axis(reading: Reading, kpi: Kpi, goal: float) -> tuple[float, float]:
    """The two ends of the bar's axis (top, base): zero, and room for value, target and interval."""
    seen = [v for v in (reading.value, reading.high) if v is not None]
    if kpi.direction == "down" and kpi.floor is not None:
        top = max([kpi.floor, *seen])
    elif kpi.limits:
        top = max([kpi.limits[1], *seen])
    else:
        top = max([goal * 1.2, *(v * 1.02 for v in seen)])
    return top or 1.0, min([0.0, *seen, goal])


def target(kpi: Kpi) -> str:
    """The target in words: ``15 M€``, ``plus de 200``, ``100, bande 90 à 110``; "" when there is none."""
    if kpi.band:
        band = t(
            "bande {low} à {high}",
            low=units.short(kpi.band[0], kpi.unit),
            high=units.short(kpi.band[1], kpi.unit),
        )
        return f"{units.short(kpi.target, kpi.unit)}, {band}" if kpi.target is not None else band
    if kpi.target is None:
        return ""
    said = units.short(kpi.target, kpi.unit)
    if not kpi.strict:
        return said
    return (
        t("plus de {target}", target=said) if kpi.direction == "up" else t("moins de {target}", target=said)
    )


def _ticks(kpi: Kpi, base: float, top: float, at: float) -> list[Html]:
    end = kpi.direction == "down" and kpi.floor is not None and top == kpi.floor
    room = 74 if end else 82
    where = (
        f"left:{at:.1f}%;transform:translateX(-50%)"
        if 18 < at < room
        else ("right:0" if at >= room else f"left:{max(at, 8):.1f}%")
    )
    ticks = [tag("i", units.short(base, "n"), style="left:0")] if at > 6 or base < 0 else []
    ticks.append(tag("i", _goal(kpi), style=where))
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


def _goal(kpi: Kpi) -> str:
    said = t("cible : {target}") if kpi.strict else t("cible {target}")
    return said.format(target=target(kpi))


def _why(reading: Reading | None) -> list[Html]:
    if reading is None:
        return [span("lv-grey", t("ne se décline pas ainsi"))]
    known = reading.value is not None and not is_stale(reading)
    if reading.reason == "running":
        return []  # its word says it, and the foot since when
    return [span("lv-grey", judgements.reason(reading.reason))] if reading.reason and not known else []


def foot(reading: Reading | None, kpi: Kpi) -> Html:
    """Interval, fraction or count, then the date: never a number without them."""
    if reading is None:
        return Html("")
    parts = [
        units.interval(reading.low, reading.high, kpi.unit),
        fraction(reading, kpi),
        dated(reading, kpi),
    ]
    return esc(" · ".join(p for p in parts if p))


def dated(reading: Reading, kpi: Kpi) -> str:
    """The date a value is true at; of a value that came with its period, that period."""
    if reading.reason == "running":
        since = starts(reading.as_of)["quarter_on" if kpi.frequency == "quarterly" else "month_on"]
        return t("en cours, du {first} au {last}", first=numbers.day(since), last=numbers.day(reading.as_of))
    known = kpi.has_own_periods and reading.value is not None
    return numbers.period(reading.period) if known else numbers.day(reading.as_of)


def fraction(reading: Reading, kpi: Kpi) -> str:
    """What the value is made of: ``15,0 M€ sur 3,0 M€``, else its count."""
    over, under = reading.numerator, reading.denominator
    if over is not None and under is not None and kpi.unit in ("eur_per_eur", "ratio"):
        kind = "eur" if kpi.unit == "eur_per_eur" or max(abs(over), abs(under)) >= 1e4 else "n"
        return t("{over} sur {under}", over=units.text(over, kind), under=units.text(under, kind))
    return counted(reading, kpi)


def counted(reading: Reading, kpi: Kpi) -> str:
    """How many of what the value rests on: ``110 dossiers``; rows where the entry does not name them."""
    if reading.n is None:
        return ""
    if said(kpi.counted):
        return f"{numbers.decimal(reading.n)}\u00a0{counted_word(kpi, reading.n)}"
    return tn("{n} ligne", "{n} lignes", reading.n, n=numbers.decimal(reading.n))


def counted_word(kpi: Kpi, n: float) -> str:
    """What the entry says is counted, of so many: French says one of 0 and 1, English of 1 alone."""
    is_one = abs(n) < 2 if language() == "fr" else n == 1
    return said(kpi.counted_one) if is_one and said(kpi.counted_one) else said(kpi.counted)
