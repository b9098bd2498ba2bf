"""Why a KPI stands where it stands: its target, how far from it the value is, and on how many it rests."""

import re

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.texts import beside, judgements, numbers, t, units


def why(kpi: Kpi, reading: Reading | None) -> str:
    """The reason in a line: ``il manque 3 ; n = 12``; of a value that is unknown or not judged, why it is not."""
    if reading is None:
        return judgements.reason("not_a_dimension")
    if reading.value is None or reading.status == "unknown":
        return judgements.reason(reading.reason) or t("non calculé")
    is_count = kpi.unit == "n" and reading.n == reading.value  # it says how many already
    parts = (distance(kpi, reading), "" if is_count else beside.counted(reading, kpi))
    return " · ".join(part for part in parts if part)


def distance(kpi: Kpi, reading: Reading) -> str:
    """How far a value is from what is aimed at, in its unit; "" for a KPI without target."""
    if reading.value is None:
        return ""
    if kpi.band:
        low, high = kpi.band
        if low <= reading.value <= high:
            return t("dans la bande")
        gap = low - reading.value if reading.value < low else reading.value - high
        words = t("{gap} sous la bande") if reading.value < low else t("{gap} au-dessus de la bande")
        return words.format(gap=_gap(gap, kpi.unit))
    if kpi.target is None:
        return ""
    gap = reading.value - kpi.target
    amount = _gap(abs(gap), kpi.unit)
    if not re.search("[1-9]", amount):  # less than can be said
        return t("juste à la cible")
    if kpi.direction == "down":
        return t("{gap} de trop", gap=amount) if gap > 0 else t("{gap} de moins que la cible", gap=amount)
    return t("{gap} au-delà de la cible", gap=amount) if gap > 0 else t("il manque {gap}", gap=amount)


def _gap(gap: float, unit: str) -> str:
    """A difference in words: shares differ by points, ratios and factors by plain numbers."""
    if unit == "ratio":
        return f"{numbers.plain(100 * gap, 1)}{numbers.NBSP}{t('pt')}"
    if unit in ("eur_per_eur", "factor", "times", "x"):
        return numbers.plain(gap, 2)
    if unit in ("index", "share"):
        return numbers.plain(gap, 3)
    if unit in units.TOPS:
        return numbers.plain(gap, 1)
    return units.short(gap, unit)
