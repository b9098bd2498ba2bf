"""Cells of a sheet of survey answers that could tell who answered: found before anything is read of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache

from data.readers import answers_words as words
from data.readers.answer_items import Placed
from data.readers.cells import tidy
from data.readers.sheet import Cell, Sheet
from schemas.columns import Column
from schemas.fault import Fault
from schemas.identifying import A_MOMENT, SOME_WORDS, held, is_prose
from schemas.tables import TABLES
from schemas.text import Text
from schemas.words import find_value, is_blank

Look = Callable[[str], Text | None]
IDENTIFIER, WORDED = "answer_id", frozenset({"wave", "directorate_group"})


def telling(sheet: Sheet, places: Mapping[str, int], items: Mapping[str, Placed]) -> list[Fault]:
    """Return a fault for each cell that holds personal data, a date, an hour, an IP address, a name or a sentence."""
    looks = [(name, at, _look(TABLES["survey_answers"].column(name))) for name, at in places.items()]
    looks += [(code, at, _in_number) for code, (at, _) in items.items()]
    return [fault for name, at, look in looks for fault in _of_column(sheet, name, at, look)]


def _of_column(sheet: Sheet, name: str, at: int, look: Look) -> Iterator[Fault]:
    known: dict[tuple[type, Cell], Text | None] = {}  # few cells differ
    for row, cell in zip(sheet.row_numbers, sheet.column(at), strict=True):
        mark = (type(cell), cell)
        if mark not in known:
            known[mark] = _told(cell, look)
        what = known[mark]
        if what is not None:
            yield words.telling_cell(sheet, row, name, str(cell), what)


def _told(cell: Cell, look: Look) -> Text | None:
    if isinstance(cell, date):
        return A_MOMENT
    if cell is None or isinstance(cell, bool):
        return None
    whole = isinstance(cell, float) and cell.is_integer()
    return look(tidy(str(int(cell) if whole and isinstance(cell, float) else cell)))


def _look(column: Column) -> Look:
    if column.name == IDENTIFIER:
        return _in_identifier
    if column.name in WORDED:
        return held
    if column.labels:
        return lambda text: None if _is_listed(column, text) else held(text) or _prose(text)
    return lambda text: None if is_blank(column, text) else _in_number(text)


def _is_listed(column: Column, text: str) -> bool:
    return is_blank(column, text) or find_value(column, text) is not None


def _in_identifier(text: str) -> Text | None:
    return held(text, identifier=True)


@lru_cache(maxsize=4096)
def _in_number(text: str) -> Text | None:
    return None if text.isdigit() and len(text) < 8 else held(text) or _prose(text)


def _prose(text: str) -> Text | None:
    return SOME_WORDS if is_prose(text) else None
