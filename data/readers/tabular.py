"""A sheet whose columns are known -> a batch for one table, with the fault of each cell that cannot be read."""

from collections.abc import Mapping

import pandas as pd

from data.readers.batch import Batch, row_numbers
from data.readers.cellfault import CellFault
from data.readers.cells import as_series, parse_column, words_of
from data.readers.refused import fault
from data.readers.sheet import Cell, Sheet
from schemas.columns import Column
from schemas.fault import Fault
from schemas.tables import Table


def as_batch(sheet: Sheet, table: Table, places: Mapping[str, int]) -> tuple[Batch, list[Fault]]:
    """Return the batch of a sheet, ``places`` giving the position of each of the table's columns that it has.

    A cell that cannot be read is empty in the frame and named among the faults. Absent columns hold their default,
    or nothing.
    """
    series: dict[str, pd.Series] = {}
    faults: list[Fault] = []
    for column in table.columns:
        if column.name in places:
            series[column.name], found = parse_column(sheet.column(places[column.name]), column)
            faults += [_fault(sheet, at, column, cell, why) for at, cell, why in found]
        else:
            series[column.name] = as_series([column.default] * len(sheet.rows), column)
    batch = Batch(table.name, pd.DataFrame(series), sheet.file, sheet.sheet, row_numbers(sheet.row_numbers))
    return batch, faults


def _fault(sheet: Sheet, at: int, column: Column, cell: Cell, why: CellFault) -> Fault:
    message, mend = words_of(why, cell, column)
    return fault(
        why.rule,
        message,
        mend,
        file=sheet.file,
        sheet=sheet.sheet,
        row=sheet.row_numbers[at],
        column=column.name,
        value=cell,
    )
