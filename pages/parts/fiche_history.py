"""Numerator and denominator over the last six periods, so that neither is ever far from its ratio."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import numbers, units
from pages.parts.fiche_facts import amount
from pages.parts.fiche_finding import why
from pages.parts.markup import Html, section, table
from pages.texts import t

PERIODS = 6


def history(kpi: Kpi, series: Sequence[Reading]) -> Html:
    """The last six periods with a reading, the newest first; nothing without any."""
    last = latest(series)
    if not last:
        return Html("")
    fraction = any(r.denominator is not None for r in last)
    columns: list[tuple[str, list[str]]] = [(t("Période"), [numbers.period(r.period) for r in last])]
    if fraction:
        columns.append((t("Numérateur"), [amount(r.numerator, kpi, r) for r in last]))
        columns.append((t("Dénominateur"), [amount(r.denominator, kpi, r) for r in last]))
    columns.append((t("n"), ["" if r.n is None else numbers.decimal(r.n) for r in last]))
    columns.append(
        (t("Valeur"), [why(r) if r.value is None else units.text(r.value, kpi.unit) for r in last])
    )
    filled = [column for column in columns if any(column[1])]
    rows = list(zip(*(cells for _, cells in filled), strict=True))
    title = (
        t("Numérateur et dénominateur, six dernières périodes")
        if fraction
        else t("Les six dernières périodes")
    )
    body = table([name for name, _ in filled], rows, right=range(1, len(filled)), class_="lv-fit")
    return section(
        title, body, note=t("Le dénominateur n’est jamais loin de son rapport.") if fraction else ""
    )


def latest(series: Sequence[Reading]) -> list[Reading]:
    """One reading a period (its last), the newest period first, six at most."""
    by_period = {reading.period: reading for reading in series}
    return list(by_period.values())[::-1][:PERIODS]
