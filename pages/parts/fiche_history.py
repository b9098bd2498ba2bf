"""Numerator and denominator over the last six periods, so that neither is ever far from its ratio."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import tables
from pages.parts.fiche_facts import amount
from pages.parts.fiche_finding import why
from pages.parts.markup import Html, section
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import numbers, said, t, units

PERIODS = 6


def history(source: Source, kpi: Kpi) -> Html:
    """The last six periods with a reading, the newest first; nothing without any."""
    body = tables.drawn(source, "fiche-periodes", class_="lv-fit", kpi=kpi.id)
    if not body:
        return Html("")
    with_fraction = any(r.denominator is not None for r in latest(source.series(kpi.id)))
    note = t("Le dénominateur n’est jamais loin de son rapport.") if with_fraction else ""
    return section(_title(with_fraction), body, note=note)


def _title(with_fraction: bool) -> str:
    if with_fraction:
        return t("Numérateur et dénominateur, six dernières périodes")
    return t("Les six dernières périodes")


@tables.offered("fiche-periodes")
def periods_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """The last six periods of the KPI ``asked``, columns without any value left out."""
    kpi = source.kpi(asked.get("kpi", ""))
    last = latest(source.series(kpi.id)) if kpi else []
    if kpi is None or not last:
        return None
    money = kpi.unit if kpi.unit == "eur" else ""
    columns = {
        "period": Column(t("Période")),
        "numerator": Column(t("Numérateur"), "number", money),
        "denominator": Column(t("Dénominateur"), "number", money),
        "n": Column(t("n"), "number", "n"),
        "value": Column(t("Valeur"), "number", kpi.unit),
    }
    lines = [_line(kpi, reading) for reading in last]
    if not any(reading.denominator is not None for reading in last):
        columns = {
            name: column for name, column in columns.items() if name not in ("numerator", "denominator")
        }
    kept = [
        name for name in columns if name == "value" or any(line[name].value is not None for line in lines)
    ]
    rows = [[line[name] for name in kept] for line in lines]
    title = f"{said(kpi.label)}, {_title('denominator' in kept).lower()}"
    return tables.table(
        source, title, [columns[name] for name in kept], rows, version=last[0].version, about=kpi.id
    )


def _line(kpi: Kpi, reading: Reading) -> dict[str, Cell]:
    return {
        "period": Cell(reading.period, numbers.period(reading.period)),
        "numerator": Cell(reading.numerator, amount(reading.numerator, kpi, reading)),
        "denominator": Cell(reading.denominator, amount(reading.denominator, kpi, reading)),
        "n": Cell(reading.n, "" if reading.n is None else numbers.decimal(reading.n)),
        "value": Cell(
            reading.value, why(reading) if reading.value is None else units.text(reading.value, kpi.unit)
        ),
    }


def latest(series: Sequence[Reading]) -> list[Reading]:
    """One reading a period (its last), the newest period first, six at most."""
    by_period = {reading.period: reading for reading in series}
    return list(by_period.values())[::-1][:PERIODS]
