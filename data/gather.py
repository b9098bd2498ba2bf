"""All batches of an import, checked row by row: one tidy frame a table, and every fault."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from data.layout import UNTRACED
from data.readers.batch import Batch
from data.readers.refused import shown_value
from schemas.columns import Column
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text
from schemas.validate import validate


@dataclass(frozen=True)
class Place:
    """One sheet of one file that gave rows."""

    file: str
    sheet: str | None


@dataclass(frozen=True)
class Gathered:
    """What may be staged: for each table its columns and ``_place`` (index in ``places``), ``_file``, ``_row``."""

    frames: dict[str, pd.DataFrame]
    places: list[Place]
    faults: list[Fault]

    @property
    def rows(self) -> int:
        """How many rows may be staged."""
        return sum(map(len, self.frames.values()))


def gather(batches: Sequence[Batch], read_faults: Sequence[Fault]) -> Gathered:
    """Validate all rows of all batches. A bad cell is emptied, a row whose key is bad is left out, both told."""
    read_faults = _hushed(batches, read_faults)
    places = list(dict.fromkeys(Place(batch.file, batch.sheet) for batch in batches))
    files = list(dict.fromkeys(batch.file for batch in batches))
    faults, parts = list(read_faults), defaultdict(list)
    known = {_spot(fault) for fault in read_faults}
    for batch in batches:
        found, frame = _checked(batch)
        faults += [fault for fault in found if _spot(fault) not in known]
        place = places.index(Place(batch.file, batch.sheet))
        parts[batch.table].append(frame.assign(_place=place, _file=files.index(batch.file), _row=batch.rows))
    return Gathered({name: _joined(name, parts[name]) for name in TABLES if parts[name]}, places, faults)


def _hushed(batches: Sequence[Batch], read_faults: Sequence[Fault]) -> list[Fault]:
    """Take row and value out of warnings on survey answers: warnings are kept, and must lead to nobody."""
    quiet = {(batch.file, batch.sheet) for batch in batches if batch.table in UNTRACED}
    return [
        replace(fault, row=None, value=None)
        if fault.severity == "warning" and (fault.file, fault.sheet) in quiet
        else fault
        for fault in read_faults
    ]


def _checked(batch: Batch) -> tuple[list[Fault], pd.DataFrame]:
    """Return the batch's faults and its frame in the table's dtypes, bad cells empty."""
    faults, bad = [], []
    for index, column, value, rule, message, mend in validate(batch.table, batch.frame, batch.lacking):
        position = _position(batch.frame, index)
        faults.append(_fault(batch, position, column, value, rule, message, mend))
        bad.append((position, column))
    frame, unfit = _tidy(batch)
    faults += [
        _fault(batch, at, name, batch.frame[name].iloc[at], "type", UNFIT, MEND_UNFIT) for at, name in unfit
    ]
    for position, column in bad:
        if position is not None and column in frame.columns:
            frame.iloc[position, frame.columns.get_loc(column)] = None
    return faults, frame


def _position(frame: pd.DataFrame, index: Any) -> int | None:
    found = None if index is None else frame.index.get_indexer([index])[0]
    return None if found is None or found < 0 else int(found)


def _tidy(batch: Batch) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Return a copy in the table's columns and dtypes, and the cells that do not fit and were emptied."""
    given, tidy, unfit = batch.frame, {}, []
    for column in TABLES[batch.table].columns:
        cells = given[column.name] if column.name in given else pd.Series([None] * len(given), dtype="object")
        cells = cells.reset_index(drop=True)
        tidy[column.name] = _as_kind(cells, column)
        lost = np.flatnonzero((cells.notna() & tidy[column.name].isna()).to_numpy())
        unfit += [(int(at), column.name) for at in lost]
    return pd.DataFrame(tidy), unfit


def _as_kind(cells: pd.Series, column: Column) -> pd.Series:
    if column.kind == "date":
        return pd.to_datetime(cells, errors="coerce").astype("datetime64[us]")
    if column.kind in ("text", "period"):
        return cells.astype("object").where(cells.notna(), None)
    if column.kind == "boolean":
        return cells.astype("boolean")
    numbers = pd.to_numeric(cells, errors="coerce").astype("Float64").astype("float64")
    numbers = numbers.where(np.isfinite(numbers))
    return numbers.where(numbers == numbers.round()).astype("Int64") if column.kind == "integer" else numbers


def _joined(table: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put a table's batches together; rows without a whole key cannot be told apart and are left out."""
    frame = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return frame.dropna(subset=list(TABLES[table].key)).reset_index(drop=True)


def _fault(
    batch: Batch, position: int | None, column: str | None, value: Any, rule: str, message: Text, mend: Text
) -> Fault:
    row = None if position is None else int(batch.rows[position])
    shown = None if value is None or value is pd.NaT or value != value else shown_value(_as_typed(value))
    return Fault(batch.file, batch.sheet, row, column, shown, rule, "error", message, mend)


def _as_typed(value: Any) -> Any:
    """Return a value as it stood in its cell: a column of numbers made -5 a -5.0, and a day a day at midnight."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.date() if isinstance(value, pd.Timestamp) and value == value.normalize() else value


def _spot(fault: Fault) -> tuple[Any, ...]:
    return fault.file, fault.sheet, fault.row, fault.column


UNFIT = Text("cette valeur n'est pas du type attendu", "this value is not of the expected type")
MEND_UNFIT = Text("Corrigez la cellule dans le fichier.", "Correct the cell in the file.")
