"""What the readings of a KPI say, in a sentence: the titles of its sheet and of its charts. Judged in metrics, worded here."""

from collections.abc import Sequence
from datetime import date

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.texts import judgements, numbers, said, t, units

STILL = 0.02  # a move smaller than this share of its start is not told


def title(kpi: Kpi, reading: Reading | None, series: Sequence[Reading] = ()) -> str:
    """The sheet's finding: where the value stands, where it came from, whether the target is met."""
    if reading is None or reading.value is None:
        return t("{label} : non calculé, {why}", label=label(kpi), why=why(reading))
    value = value_words(reading.value, kpi.unit)
    start = start_of(reading, series)
    told = verdict(kpi, reading)
    if start is None or start.value is None:
        words = t(
            "{label} : {value} en {month}", label=label(kpi), value=value, month=numbers.month(reading.as_of)
        )
    else:
        words = t(
            "{label} : de {start} en {before} à {value} en {month}",
            label=label(kpi),
            start=value_words(start.value, kpi.unit),
            before=numbers.month(start.as_of),
            value=value,
            month=numbers.month(reading.as_of),
        )
    return f"{words}, {told}" if told else words


def label(kpi: Kpi) -> str:
    """The KPI's name in the run's language, in its typography."""
    return said(kpi.label)


def lead(kpi: Kpi) -> str:
    """The first sentence of the definition, to stand under the title; the whole of it stands further down."""
    first, dot, _ = said(kpi.note).partition(". ")
    return f"{first}." if dot else first


def why(reading: Reading | None) -> str:
    """The reason of an unknown value, in words."""
    return judgements.reason(reading.reason if reading else "no_data") or t(
        "aucune donnée pour cette période"
    )


def value_words(value: float, unit: str) -> str:
    """A value inside a sentence: ``1 pour 5,00``, ``60 j``, ``15,0 M€``."""
    return units.short(value, unit) if unit.startswith("%") else units.text(value, unit)


def verdict(kpi: Kpi, reading: Reading) -> str:
    """Whether the target is met, as metrics judged it; "" without a target."""
    if reading.status == "unknown":
        return ""
    if kpi.direction == "band" and kpi.band:
        low, high = (units.short(bound, kpi.unit) for bound in kpi.band)
        inside = reading.status == "on_target"
        return (
            t("dans la bande de {low} à {high}", low=low, high=high)
            if inside
            else t("hors de la bande de {low} à {high}", low=low, high=high)
        )
    target = units.short(kpi.target, kpi.unit)
    words = {
        "on_target": t("cible atteinte"),
        "watch": t("sous la cible de {target}", target=target),
        "off_target": t("loin de la cible de {target}", target=target),
    }
    if kpi.direction == "down":
        words["watch"] = t("au-dessus de la cible de {target}", target=target)
    return words[reading.status]


def start_of(reading: Reading, series: Sequence[Reading]) -> Reading | None:
    """The reading to compare with: a year before, else the first known one; None when nothing moved."""
    known = [past for past in series if past.value is not None and past.as_of < reading.as_of]
    year_ago = [past for past in known if _months(past.as_of, reading.as_of) >= 12]
    start = year_ago[-1] if year_ago else known[0] if known else None
    if start is None or start.value is None or reading.value is None:
        return None
    moved = abs(reading.value - start.value)
    return start if moved > STILL * max(abs(start.value), abs(reading.value)) else None


def _months(before: date, after: date) -> int:
    """Whole months from one month end to another."""
    return (after.year - before.year) * 12 + after.month - before.month


def trend_title(kpi: Kpi, series: Sequence[Reading]) -> str:
    """The trend's finding: the last value against the highest and the lowest of the series shown."""
    known = [reading for reading in series if reading.value is not None]
    if not known:
        return t("Aucune valeur connue sur la période")
    last = known[-1]
    low = min(known, key=lambda reading: reading.value or 0.0)
    high = max(known, key=lambda reading: reading.value or 0.0)
    value, month = value_words(last.value or 0.0, kpi.unit), numbers.month(last.as_of)
    if len(known) == 1:
        return t("Une seule valeur connue : {value} en {month}", value=value, month=month)
    if low.value == high.value:
        return t("{value} sans changement depuis {month}", value=value, month=numbers.month(known[0].as_of))
    if last.value == high.value:
        words = {
            "value": value,
            "month": month,
            "low": value_words(low.value or 0.0, kpi.unit),
            "before": numbers.month(low.as_of),
        }
        if low is known[0]:
            return t("Au plus haut en {month} : {value}, parti de {low} en {before}", **words)
        return t("Au plus haut en {month} : {value}, remonté de {low} en {before}", **words)
    if last.value == low.value:
        return t(
            "Au plus bas en {month} : {value}, après {high} en {before}",
            value=value,
            month=month,
            high=value_words(high.value or 0.0, kpi.unit),
            before=numbers.month(high.as_of),
        )
    return t(
        "{value} en {month}, entre {low} ({low_month}) et {high} ({high_month})",
        value=value,
        month=month,
        low=value_words(low.value or 0.0, kpi.unit),
        low_month=numbers.month(low.as_of),
        high=value_words(high.value or 0.0, kpi.unit),
        high_month=numbers.month(high.as_of),
    )


def spread_title(kpi: Kpi, groups: Sequence[tuple[str, float | None]]) -> str:
    """A breakdown's finding: from the lowest group to the highest."""
    known = sorted(((value, name) for name, value in groups if value is not None), key=lambda pair: pair[0])
    if not known:
        return t("Aucun groupe n’a de valeur connue")
    (low, low_name), (high, high_name) = known[0], known[-1]
    if len(known) == 1 or low == high:
        return t("{value} partout où la valeur est connue", value=value_words(low, kpi.unit))
    return t(
        "De {low} ({low_name}) à {high} ({high_name})",
        low=value_words(low, kpi.unit),
        low_name=low_name,
        high=value_words(high, kpi.unit),
        high_name=high_name,
    )
