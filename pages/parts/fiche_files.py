"""What a sheet gives as files: all rows behind a number with their origin, and all readings."""

from datetime import date, datetime

import pandas as pd

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import fiche_notes, tables
from pages.parts.fiche_columns import is_number, title
from pages.parts.fiche_reads import behind
from pages.parts.fiche_rows import origins_of
from pages.parts.signal_reads import control, notes_at
from pages.parts.signal_words import spot
from pages.parts.source import Source
from pages.parts.tables import Asked, Column, Table, Value
from pages.texts import judgements, said, t, units


@tables.offered("fiche-lignes")
def rows_table(source: Source, asked: Asked) -> Table | None:
    """All rows behind a KPI with all their columns and their origin; the role is checked on the way."""
    kpi = source.kpi(asked.get("kpi", ""))
    if kpi is None:
        return None
    words = t("{label} : les lignes derrière le chiffre", label=said(kpi.label))
    return rows_of(source, kpi, behind(source, kpi.id), words)


def rows_of(source: Source, kpi: Kpi, frame: pd.DataFrame, words: str) -> Table:
    """Some rows of an entry with all their columns and their origin, under a title."""
    names = [str(column) for column in frame.columns if column != "_id"]
    origins = origins_of(source, frame["_id"].tolist())
    columns = [_column(name, frame[name]) for name in names]
    columns += [
        Column(t("Fichier")),
        Column(t("Feuille")),
        Column(t("Ligne"), "number", "n"),
        Column(t("Import"), "number", "n"),
        Column(t("Importé le"), "moment"),
    ]
    lines = [
        [*map(plain, record), *((o.file, o.sheet, o.row, o.import_id, o.imported_at) if o else (None,) * 5)]
        for record, o in zip(frame[names].itertuples(index=False, name=None), origins, strict=True)
    ]
    return tables.table(source, words, columns, lines, version=kpi.version, about=kpi.id)


def _column(name: str, values: pd.Series) -> Column:
    """A view's column as a file has it, its kind read from its values."""
    if pd.api.types.is_datetime64_any_dtype(values):
        return Column(title(name), "date")
    if pd.api.types.is_bool_dtype(values):
        return Column(title(name), "boolean")
    unit = "eur" if name.endswith("_amount") else ""
    return Column(title(name), "number" if is_number(name) else "text", unit)


def plain(cell: object) -> Value:
    """A frame's cell as a plain value; dates lose the midnight that frames give them."""
    if cell is None or cell is pd.NA or cell != cell:
        return None
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == datetime.min.time() else cell
    if isinstance(cell, (bool, int, float, str, date)):
        return cell
    return float(cell) if hasattr(cell, "__float__") else str(cell)


FIELDS = ("value", "numerator", "denominator", "n", "low", "high", "coverage", "score")


@tables.offered("fiche-serie")
def series_table(source: Source, asked: Asked) -> Table | None:
    """All readings of a KPI in this scope, in the base unit, the oldest first."""
    kpi = source.kpi(asked.get("kpi", ""))
    found = source.series(kpi.id) if kpi else ()
    if kpi is None or not found:
        return None
    amounts = {"value": kpi.unit, "low": kpi.unit, "high": kpi.unit, "n": "n", "coverage": "ratio"}
    titles = {
        "value": t("Valeur"),
        "numerator": t("Numérateur"),
        "denominator": t("Dénominateur"),
        "n": t("n"),
        "low": t("Borne basse"),
        "high": t("Borne haute"),
        "coverage": t("Couverture"),
        "score": t("Score"),
    }
    columns = [Column(t("Période")), Column(t("Au"), "date")]
    columns += [Column(titles[name], "number", amounts.get(name, "")) for name in FIELDS]
    columns += [
        Column(t("Unité")),
        Column(t("Statut")),
        Column(t("Raison")),
        Column(t("Version"), "number", "n"),
        Column(t("Cible"), "number", kpi.unit),
        Column(t("Signal")),
        Column(t("Notes")),
    ]
    told = signals_at(source, kpi.id)
    rows = [[*_reading(reading), reading.target, *told.get(reading.as_of, (None, None))] for reading in found]
    words = t("{label} : toutes les valeurs", label=said(kpi.label))
    return tables.table(source, words, columns, rows, version=found[-1].version, about=kpi.id)


def signals_at(source: Source, kpi_id: str) -> dict[date, tuple[str | None, str | None]]:
    """The signal and the notes of each point of a KPI's chart, in words, by its day."""
    found, numbered, notes = control(source, kpi_id), notes_at(source, kpi_id), source.annotations(kpi_id)
    spots = found.chart.points if found.chart else ()
    told: dict[date, tuple[str | None, str | None]] = {}
    for i, day in enumerate(found.days):
        signal = spot(spots[i]) if i < len(spots) else ""
        words = " ; ".join(fiche_notes.told(notes[number - 1]) for number in numbered.get(i, ()))
        told[day] = signal or None, words or None
    return told


def _reading(reading: Reading) -> list[Value]:
    figures: list[Value] = [getattr(reading, name) for name in FIELDS]
    judged = [judgements.word_of(reading), judgements.reason(reading.reason) or None, reading.version]
    return [reading.period, reading.as_of, *figures, units.unit_name(reading.unit), *judged]
