"""A sheet as it was found in a file: a header, raw rows, and where each row stood."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

Cell = str | float | int | bool | date | datetime | None

NOT_CALCULATED = "#NON CALCULÉ!"  # stands for a formula that was saved without its result
UNKNOWN_ERROR = "#ERREUR!"  # stands for an error cell whose words were not kept


@dataclass
class Sheet:
    """One table-like sheet. ``sheet`` is None for a text file; rows count from 1 as a spreadsheet shows them.

    Every row is as wide as the header; ``overflow`` keeps (row number, value) of what stood to the right of it.
    ``hidden`` says that the user does not see the sheet, ``hidden_rows`` how many of its rows are hidden.
    """

    file: str
    sheet: str | None
    header_row: int
    header: list[str]
    rows: list[list[Cell]]
    row_numbers: list[int]
    overflow: list[tuple[int, Cell]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: int = 0

    def column(self, position: int) -> list[Cell]:
        """Return the raw cells of one column."""
        return [row[position] for row in self.rows]


@dataclass
class Grid:
    """Raw rows of a file before the header is found; empty cells are None, blank rows are left out."""

    sheet: str | None
    rows: list[list[Cell]]
    row_numbers: list[int]
    hidden: bool = False
    hidden_rows: int = 0


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing a reader could mean."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def filled_width(row: Sequence[Cell]) -> int:
    """Return the position after the last filled cell."""
    return next((at + 1 for at in range(len(row) - 1, -1, -1) if not is_blank(row[at])), 0)
