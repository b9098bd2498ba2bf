"""The two marks beside a status, always a word and a shape: where a KPI is going, and whether its target is met by habit.

They are judged in metrics, from the KPI's control chart; where there is none, the reason is said instead.
"""

from metrics.definitions import Kpi
from metrics.reading import Reading
from metrics.xmr import LEAST
from pages.parts import svg
from pages.parts.markup import Html, join, span
from pages.parts.signal_reads import control
from pages.parts.source import Source
from pages.texts import t
from pages.texts.judgements import assurance_of, assurance_word, is_outdated, worded

ARROWS = {"improvement": "up", "concern": "down", "stable": "flat", "special": "wave"}
SIGNS = {"consistently_met": "check", "inconsistent": "wave", "consistently_missed": "cross"}


def variation(reading: Reading | None, kpi: Kpi) -> Html:
    """Arrow and word; "" where metrics gives none."""
    word = worded(reading.variation if reading else None, kpi)
    return span("lv-sign", svg.arrow(ARROWS[str(reading.variation)]), word) if reading and word else Html("")


def assurance(reading: Reading | None) -> Html:
    """Sign and words; "" where metrics gives none. Limits that the last value contradicts give no assurance, but say so."""
    if reading is not None and is_outdated(reading):
        return span("lv-grey", assurance_of(reading))
    word = assurance_word(reading.assurance if reading else None)
    return span("lv-sign", svg.arrow(SIGNS[str(reading.assurance)]), word) if reading and word else Html("")


def why(source: Source, kpi: Kpi, reading: Reading | None) -> str:
    """Why a mark is missing, as its control chart says; "" where none is, or where nothing is known to be judged."""
    if reading is None or reading.value is None or (reading.variation and reading.assurance):
        return ""
    chart = control(source, kpi.id)
    if chart.reason is None and chart.method == "increment":
        return t("cumul : pas d’assurance")
    return reason(chart.reason)


def reason(code: str | None) -> str:
    """Why a KPI has no control chart, in words; "" for no reason."""
    words = {
        "by_choice": lambda: t("sans carte de contrôle"),
        "fixed_period": lambda: t("période fixe : pas de signal"),
        "cumulative_ratio": lambda: t("rapport cumulé : pas de signal"),
        "near_limit": lambda: t("part proche de 0 ou de 100 % : pas de signal"),
        "still": lambda: t("presque immobile : pas de signal"),
        "too_few": lambda: t("moins de {least} points : pas de signal", least=LEAST),
    }
    return words[code]() if code in words else ""


def both(reading: Reading | None, kpi: Kpi, why: str) -> Html:
    """Both marks; ``why`` stands for the one that is missing. Nothing beside a value that is unknown."""
    if reading is None or reading.value is None:
        return Html("")
    found = [mark for mark in (variation(reading, kpi), assurance(reading)) if mark]
    said = span("lv-grey", why) if why and len(found) < 2 else ""
    return join((*found, said))
