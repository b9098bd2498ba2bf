"""What a reader hands over: rows for the tables, the faults of its files, and the catalogue it brings, if any."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from schemas.fault import Fault


@dataclass
class Batch:
    """Rows for one table from one sheet.

    ``frame`` has the table's columns, parsed, in the order of the file; ``rows`` are the spreadsheet row numbers,
    one for each row of the frame. ``lacking`` names the required columns that the source does not know.
    """

    table: str
    frame: pd.DataFrame
    file: str
    sheet: str | None
    rows: np.ndarray
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BoundCatalogue:
    """The catalogue a store uses from then on: a shipped one by name, or YAML texts kept beside the store.

    ``layers`` are the texts of a sealed week, folder by folder: where there are some, nothing else is read.
    """

    shipped: str | None = None
    files: dict[str, str] = field(default_factory=dict)
    layers: tuple[Mapping[str, str], ...] = ()


@dataclass
class Parsed:
    """The outcome of a reader on all files of one import. Errors among ``faults`` mean that nothing may be stored."""

    batches: list[Batch] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    catalogue: BoundCatalogue | None = None

    @property
    def ok(self) -> bool:
        """True when no fault is an error."""
        return not any(fault.severity == "error" for fault in self.faults)


def row_numbers(numbers: Sequence[int] | Collection[int]) -> np.ndarray:
    """Return spreadsheet row numbers as a batch holds them."""
    return np.asarray(list(numbers), dtype=np.int64)
