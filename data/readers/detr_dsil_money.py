"""The amounts of the national list: numbers, or text with a decimal comma and blanks between thousands."""

import re
from decimal import ROUND_HALF_EVEN, Decimal

from data.readers.cellfault import CellFault
from data.readers.cells import no_error_word
from data.readers.foreign import Source
from data.readers.numbers import (
    CENT,
    LARGEST,
    NOT_A_NUMBER,
    WRITE_NUMBER,
    ambiguous,
    is_ambiguous,
    number_of,
    too_large,
)
from data.readers.sheet import Cell, is_blank
from schemas.fault import Fault
from schemas.text import Text

DECIMAL_COMMA = re.compile(r"[\d \u00a0\u202f]*\d,(?:\d{1,2}|\d{4,})")


def euros(found: Source, name: str) -> tuple[list[float | None], list[Fault]]:
    """Return a column's euros to the cent (unknown: None), a fault for each unreadable cell, a warning for roundings."""
    cells = found.column(name)
    proven = any(isinstance(cell, str) and DECIMAL_COMMA.fullmatch(cell.strip()) for cell in cells)
    values: list[float | None] = []
    faults: list[Fault] = []
    rounded: list[int] = []
    for at, cell in enumerate(cells):
        try:
            exact = exact_euros(cell, proven)
        except CellFault as why:
            message = Text(*(words.replace("{value}", str(cell)) for words in why.message))
            faults.append(found.error(why.rule, at, name, cell, message, why.mend))
            exact = None
        near = None if exact is None else exact.quantize(CENT, ROUND_HALF_EVEN)
        values.append(None if near is None else float(near))
        if near != exact:
            rounded.append(at)
    message = Text(
        "{count} montant(s) arrondi(s) au centime (lignes {rows}).",
        "{count} amount(s) rounded to the cent (rows {rows}).",
    )
    return values, faults + found.warning(
        "rounded", name, rounded, message, Text("Rien à faire.", "Nothing to do.")
    )


def exact_euros(cell: Cell, comma_is_decimal: bool) -> Decimal | None:
    """Return the exact amount of a cell. ``1,234`` is only read where the column shows that its comma is decimal."""
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        no_error_word(cell)
        if is_ambiguous(cell) and not (comma_is_decimal and "," in cell):
            raise ambiguous()
        value = number_of(cell.strip().removesuffix("€"))
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        value = Decimal(repr(cell))
    else:
        raise CellFault("not_a_number", NOT_A_NUMBER, WRITE_NUMBER)
    if not value.is_finite() or abs(value) > LARGEST:
        raise too_large()
    return value
