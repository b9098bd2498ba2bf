"""Columns of a sheet of answers that are items of declared scales -> rows (wave, answer, item, value)."""

from collections.abc import Mapping

import pandas as pd

from data.readers import answers_words as words
from data.readers.batch import Batch, row_numbers
from data.readers.cellfault import CellFault
from data.readers.cells import no_error_word, tidy
from data.readers.numbers import decimal_of
from data.readers.sheet import Cell, Sheet
from schemas.fault import Fault
from schemas.frames import conform
from schemas.headers import plain
from schemas.labels import NOT_STATED
from schemas.scale_items import ScaleItem, code_of, is_answer

ITEMS = "survey_items"
KEY = ["wave", "answer_id"]
BLANKS = frozenset(map(plain, NOT_STATED))
Placed = tuple[int, ScaleItem]  # position in the sheet, item


def as_rows(sheet: Sheet, answers: Batch, items: Mapping[str, Placed]) -> tuple[Batch | None, list[Fault]]:
    """Return a row for each answer and item, None without items; a cell left empty is a row without value.

    A row without value is kept, so that an answer taken out of a corrected file is taken out of the store.
    """
    if not items:
        return None, []
    faults: list[Fault] = []
    parts = []
    for code, (at, item) in items.items():
        values = [_read(sheet, row, cell, item, faults) for row, cell in _cells(sheet, at)]
        own = answers.frame[KEY].assign(item=code, value=pd.Series(values, dtype="float64"), row=answers.rows)
        parts.append(own)
    whole = pd.concat(parts).dropna(subset=KEY)
    # An answer that stands twice is told once, of the answers themselves.
    whole = whole.drop_duplicates([*KEY, "item"]).reset_index(drop=True)
    frame = conform(ITEMS, whole)
    return Batch(ITEMS, frame, sheet.file, sheet.sheet, row_numbers(whole["row"].tolist())), faults


def _cells(sheet: Sheet, at: int) -> list[tuple[int, Cell]]:
    return list(zip(sheet.row_numbers, sheet.column(at), strict=True))


def _read(sheet: Sheet, row: int, cell: Cell, item: ScaleItem, faults: list[Fault]) -> float | None:
    """Return the answer that a cell gives; what is none is added to ``faults``."""
    try:
        value = _value(cell, item)
    except CellFault:
        faults.append(words.no_number(sheet, row, item, cell))
        return None
    if value is not None and not is_answer(value, item.low, item.high, item.step):
        faults.append(words.out_of_scale(sheet, row, item, cell))
        return None
    return value


def _value(cell: Cell, item: ScaleItem) -> float | None:
    if isinstance(cell, str):
        no_error_word(cell)
        cell = tidy(cell)
    if cell is None or cell == "" or plain(str(cell)) in BLANKS or code_of(cell) in item.missing_codes:
        return None
    if isinstance(cell, bool) or not isinstance(cell, (str, float, int)):
        raise CellFault("not_a_number", words.NO_NUMBER, words.NO_NUMBER)
    return decimal_of(cell)
