"""All the bad cells of one table's frame, in one pass."""

from collections.abc import Callable, Collection, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from schemas import faults
from schemas.columns import Column
from schemas.frames import conform
from schemas.personal import masked, personal_data
from schemas.tables import TABLES, Table
from schemas.text import Text
from schemas.wording import say

NAMES_OF_CHECKS: tuple[tuple[str, str, Callable[[Column, Any], faults.Words]], ...] = (
    ("not_nullable", "required", faults.required),
    ("dtype", "type", faults.wrong_kind),
    ("isin", "enumeration", faults.not_allowed),
    ("greater_than_or_equal_to", "range", faults.out_of_range),
    ("less_than_or_equal_to", "range", faults.out_of_range),
    ("words", "text", faults.bad_text),
    ("str_matches", "period", faults.wrong_kind),
    ("finite", "type", faults.wrong_kind),
)


class CellFault(NamedTuple):
    """A bad cell: its label in the frame's index (None: the whole column), column, value, rule, words."""

    index: Any
    column: str
    value: Any
    rule: str
    message: Text
    mend: Text


def validate(table: str | Table, frame: pd.DataFrame, lacking: Collection[str] = ()) -> list[CellFault]:
    """Return every fault of a parsed frame, ordered as its rows; an empty list accepts it.

    ``lacking`` names required columns that the source does not have: unknown values are accepted in them.
    The frame has the table's columns in their dtypes (see :func:`schemas.frames.conform`); columns that it
    does not have count as unknown.
    """
    table = TABLES[table] if isinstance(table, str) else table
    absent = [column for column in table.columns if column.name not in frame]
    needed = [column for column in absent if column.required and column.name not in lacking]
    if needed:
        return [
            CellFault(None, column.name, None, "required", *faults.missing_column(column))
            for column in needed
        ]
    whole = _with_absent(table, frame, absent)
    found = [*_bad_cells(table, whole, lacking), *_duplicates(table, whole), *_personal(table, whole)]
    place = {label: position for position, label in enumerate(frame.index)}
    return sorted(found, key=lambda fault: place.get(fault.index, -1))


def _with_absent(table: Table, frame: pd.DataFrame, absent: list[Column]) -> pd.DataFrame:
    """Add the absent columns, unknown throughout, and leave the cells of the others as they are."""
    if not absent:
        return frame
    empty = conform(table, pd.DataFrame(index=frame.index))
    return pd.concat([frame, empty[[column.name for column in absent]]], axis=1)


def _schema(table: Table, lacking: Collection[str]) -> pa.DataFrameSchema:
    schema = deepcopy(table.model.to_schema())  # pandera keeps one schema per model: never change that one
    # Keys are compared below instead: pandera would say one fault per column of the key, the first row included.
    schema.unique = None
    for name in lacking:
        schema.columns[name].nullable = True
    return schema


def _bad_cells(table: Table, frame: pd.DataFrame, lacking: Collection[str]) -> Iterator[CellFault]:
    try:
        _schema(table, lacking).validate(frame, lazy=True)
    except SchemaErrors as errors:
        yield from _told(table, frame, errors.failure_cases)


def _told(table: Table, frame: pd.DataFrame, cases: pd.DataFrame) -> Iterator[CellFault]:
    """Tell the first fault of each cell: a cell of the wrong kind fails its limits too."""
    of_wrong_kind = set(cases.loc[cases["check"].str.startswith("dtype"), "column"])
    told: set[tuple[Any, str]] = set()
    for name, check, value, index in zip(
        cases["column"], cases["check"], cases["failure_case"], cases["index"], strict=True
    ):
        place = (None if pd.isna(index) else index, name)
        if place in told or (name in of_wrong_kind and not check.startswith("dtype")):
            continue
        told.add(place)
        yield _fault(table.column(name), place[0], value, check)


def _fault(column: Column, index: Any, value: Any, check: str) -> CellFault:
    value = None if pd.isna(value) else value
    for prefix, rule, words in NAMES_OF_CHECKS:
        if check.startswith(prefix):
            return CellFault(index, column.name, value, rule, *words(column, value))
    raise LookupError(f"no words for the check {check}")


def _duplicates(table: Table, frame: pd.DataFrame) -> Iterator[CellFault]:
    if not table.key:
        return
    keys = frame[list(table.key)].dropna()
    if len(table.key) == 1 and table.column(table.key[0]).kind == "text":
        # P001 and p001 are one project, typed twice. In a composite key capitals may matter (random identifiers).
        compared = keys[table.key[0]].astype(str).str.casefold().to_frame()
    else:
        compared = keys
    for index, row in keys[compared.duplicated()].iterrows():
        value = " · ".join(say(part) for part in row)
        column = table.column(table.key[0])
        yield CellFault(index, column.name, value, "duplicate", *faults.duplicate(column, value))


def _personal(table: Table, frame: pd.DataFrame) -> Iterator[CellFault]:
    for column in table.columns:
        if column.kind != "text" or column.labels:
            continue
        cells = frame[column.name]
        for index, cell in cells[cells.notna()].items():
            what = personal_data(cell) if isinstance(cell, str) else None
            if what:
                yield CellFault(index, column.name, masked(cell), "R20", *faults.personal(column, what))
