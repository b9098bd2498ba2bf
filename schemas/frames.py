"""Frames with a table's columns, in its order and dtypes."""

import pandas as pd

from schemas.columns import Column
from schemas.tables import TABLES, Table


def conform(table: str | Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table's columns in order and in their dtypes, absent ones unknown; other columns are left out.

    Cells must already be Python values of the column's kind; raises ValueError or TypeError where one is not.
    """
    declared = TABLES[table].columns if isinstance(table, str) else table.columns
    return pd.DataFrame({column.name: _typed(column, frame) for column in declared}, index=frame.index)


def _typed(column: Column, frame: pd.DataFrame) -> pd.Series:
    if column.name not in frame:
        return pd.Series([None] * len(frame), index=frame.index, dtype="object").astype(column.pandas_type)
    cells = frame[column.name]
    if column.kind in ("text", "period"):
        texts = cells.astype("object")
        return texts.where(texts.notna(), None)
    if column.kind == "date":
        return pd.to_datetime(cells).astype("datetime64[us]")
    return cells.astype(column.pandas_type)
