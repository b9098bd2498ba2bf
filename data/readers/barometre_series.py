"""From indicators and dated values to the rows of kpi_values, one a KPI and month."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.readers.barometre_rows import Dated, Indicator
from data.readers.batch import Batch, row_numbers
from data.readers.cells import as_series
from data.readers.foreign import Source
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text

INITIAL, CURRENT, DETAIL = "valeur initiale", "valeur actuelle", "détail"
SHOWN = Text("La synthèse fait foi.", "The synthesis prevails.")


@dataclass(frozen=True)
class _Value:
    kpi: str
    period: str
    value: float
    comment: str
    source: Source
    at: int


def batches(rows: Sequence[Indicator], details: Sequence[Dated]) -> tuple[list[Batch], list[Fault]]:
    """Return the batches of all values, those of a sheet together, and the warnings on what the detail says."""
    values = [value for row in rows for value in _of_synthesis(row)]
    kept, faults = _of_details(rows, details)
    said = {(value.kpi, value.period) for value in values}
    values += [value for value in kept if (value.kpi, value.period) not in said]
    sheets: defaultdict[int, list[_Value]] = defaultdict(list)
    for value in values:
        sheets[id(value.source)].append(value)
    return [_batch(each) for each in sheets.values()], faults


def month(day: date) -> str:
    """Return the period of a date."""
    return f"{day:%Y-%m}"


def _of_synthesis(row: Indicator) -> list[_Value]:
    """Return the initial and the current value; only the current one where both fall in one month."""
    found: dict[str, _Value] = {}
    dated = ((row.initial, row.initial_on, INITIAL), (row.current, row.current_on, CURRENT))
    for value, day, comment in dated:
        if value is not None and day is not None:
            found[month(day)] = _Value(row.id, month(day), value, comment, row.source, row.at)
    return list(found.values())


def _of_details(rows: Sequence[Indicator], details: Sequence[Dated]) -> tuple[list[_Value], list[Fault]]:
    series: defaultdict[str, list[Dated]] = defaultdict(list)
    for dated in details:
        series[dated.series].append(dated)
    kept: list[_Value] = []
    left: dict[str, list[Dated]] = {"contrary": [], "later": []}
    for row in rows:
        own = series.pop(row.series, [])  # a row repeated as a whole finds nothing left
        if _contradicts(row, own):
            left["contrary"] += own
            continue
        later = [each for each in own if row.current_on and each.on > row.current_on]
        left["later"] += later
        latest = {month(each.on): each for each in sorted(own, key=lambda each: each.on) if each not in later}
        kept += [
            _Value(row.id, period, each.value, DETAIL, each.source, each.at)
            for period, each in latest.items()
        ]
    return kept, _said(left | {"unknown": [each for rest in series.values() for each in rest]})


def _contradicts(row: Indicator, own: Sequence[Dated]) -> bool:
    """Tell whether the dated values say something else than the synthesis in the months it speaks of."""
    said = {value.period: value.value for value in _of_synthesis(row)}
    return any(
        month(each.on) in said and said[month(each.on)] != each.value and _same_day(row, each) for each in own
    )


def _same_day(row: Indicator, dated: Dated) -> bool:
    return dated.on in (row.initial_on, row.current_on)


def _said(left: Mapping[str, Sequence[Dated]]) -> list[Fault]:
    words = {
        "contrary": Text(
            "{count} valeur(s) d'indicateurs que la synthèse contredit, ignorée(s) (lignes {rows}).",
            "{count} value(s) of indicators that the synthesis contradicts, left out (rows {rows}).",
        ),
        "later": Text(
            "{count} valeur(s) postérieure(s) à la valeur actuelle de la synthèse, ignorée(s) (lignes {rows}).",
            "{count} value(s) after the current value of the synthesis, left out (rows {rows}).",
        ),
        "unknown": Text(
            "{count} valeur(s) d'indicateurs absents de la synthèse, ignorée(s) (lignes {rows}).",
            "{count} value(s) of indicators that are not in the synthesis, left out (rows {rows}).",
        ),
    }
    faults: list[Fault] = []
    for rule, dated in left.items():
        for found in {id(each.source): each.source for each in dated}.values():
            at = [each.at for each in dated if each.source is found]
            faults += found.warning(rule, "value", at, words[rule], SHOWN)
    return faults


def _batch(values: Sequence[_Value]) -> Batch:
    sheet = values[0].source.sheet
    given: dict[str, list] = {
        "kpi": [each.kpi for each in values],
        "period": [each.period for each in values],
        "value": [each.value for each in values],
        "source": ["Baromètre des résultats de l'action publique"] * len(values),
        "comment": [each.comment for each in values],
    }
    empty = [None] * len(values)
    frame = pd.DataFrame(
        {c.name: as_series(given.get(c.name, empty), c) for c in TABLES["kpi_values"].columns}
    )
    rows = row_numbers([sheet.row_numbers[each.at] for each in values])
    return Batch("kpi_values", frame, sheet.file, sheet.sheet, rows)
