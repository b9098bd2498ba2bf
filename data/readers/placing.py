"""Where each column of a table stands in a sheet, and what is wrong with its header."""

from collections.abc import Callable

from data.readers import native_words as words
from data.readers.sheet import Sheet
from schemas.fault import Fault
from schemas.tables import Table, find_column

Unknown = Callable[
    [int, str], list[Fault]
]  # (position, title) of a column that is not the table's -> its faults


def places_of(sheet: Sheet, table: Table, unknown: Unknown) -> tuple[dict[str, int], list[Fault]]:
    """Return the position of each column the header names, and the header's faults."""
    places: dict[str, int] = {}
    faults: list[Fault] = []
    for at, title in enumerate(sheet.header):
        column = find_column(table, title) if title else None
        if column is None:
            faults += unknown(at, title)
        elif column.name in places:
            faults.append(words.twice(sheet, title))
        else:
            places[column.name] = at
    missing = [column for column in table.columns if column.required and column.name not in places]
    return places, faults + [words.missing(sheet, column) for column in missing]


def is_empty(sheet: Sheet, at: int, title: str) -> bool:
    """Tell whether a column has neither title nor value."""
    return not title and all(cell is None for cell in sheet.column(at))
