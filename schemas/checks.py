"""Checks that pandera lacks, registered so that fields can name them."""

import numpy as np
import pandas as pd
from pandera import extensions


@extensions.register_check_method()
def finite(series: pd.Series) -> pd.Series:
    """Refuse the infinities, which no spreadsheet means and no sum survives."""
    return pd.Series(np.isfinite(series.to_numpy(dtype=float)), index=series.index)


@extensions.register_check_method(statistics=["longest"])
def words(series: pd.Series, *, longest: int | None) -> pd.Series:
    """Accept trimmed, non-empty text of at most ``longest`` characters (None: any length)."""

    def fits(cell: object) -> bool:
        if not isinstance(cell, str) or not cell or cell != cell.strip():
            return False
        return longest is None or len(cell) <= longest

    return series.map(fits).astype(bool)
