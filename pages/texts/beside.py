"""What stands beside a value, in words: its target, what it is made of, what is counted, its interval and its date."""

from metrics.dates import starts
from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from pages.texts import language, numbers, said, t, tn, units


def noun(catalogue: Catalogue, kpi: Kpi, reading: Reading | None = None) -> str:
    """What a KPI counts: by the scorecard's words (``words: {active_files: {fr: dossiers, en: files}}``), else by its entry's
    where the value of ``reading`` is how many were counted; or ""."""
    words = catalogue.scorecard.words.get(kpi.id)
    if words:
        return said(words)
    if kpi.base:  # relative to its base year: it counts nothing, it tells since when
        return t("depuis {year}", year=kpi.base.year)
    is_count = (
        reading is not None and kpi.unit == "n" and reading.n is not None and reading.value == reading.n
    )
    return counted_word(kpi, reading.n) if is_count and reading and reading.n is not None else ""


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


def goal(kpi: Kpi) -> str:
    """The target with its word: ``cible 15 M€``, ``cible : plus de 200``; "" when there is none."""
    if not target(kpi):
        return ""
    words = t("cible : {target}") if kpi.strict else t("cible {target}")
    return words.format(target=target(kpi))


def foot(reading: Reading | None, kpi: Kpi) -> str:
    """Interval, fraction or count, then the date: never a number without them."""
    if reading is None:
        return ""
    parts = [
        units.interval(reading.low, reading.high, kpi.unit),
        fraction(reading, kpi),
        dated(reading, kpi),
    ]
    return " · ".join(part for part in parts if part)


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
