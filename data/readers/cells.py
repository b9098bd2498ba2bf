"""Raw cells -> typed values, by the kind of their column. Each distinct value is read once."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from data.readers import dates, numbers
from data.readers.cellfault import CellFault
from data.readers.refused import shown_value
from data.readers.sheet import NOT_CALCULATED, UNKNOWN_ERROR, Cell
from schemas.columns import Column
from schemas.faults import not_allowed
from schemas.text import Text
from schemas.wording import say
from schemas.words import find_flag, find_value, is_blank

ERROR_WORDS = re.compile(
    r"#(?:DIV/0|REF|N/?A|NAME|NOM|NULL?|NUM|NOMBRE|VALUE|VALEUR|SPILL|CALC|ERREUR) ?[!?]?|#{3,}",
    re.IGNORECASE,
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

WORDED = frozenset({"enumeration"})  # faults whose message names its column already

Faults = list[tuple[int, Cell, CellFault]]


def parse_column(cells: Sequence[Cell], column: Column, *, defaults: bool = True) -> tuple[pd.Series, Faults]:
    """Return the column's values in its pandas dtype, and (position, cell, fault) of each cell that cannot be read.

    An empty cell is unknown, or the column's default where it has one and ``defaults`` is true.
    """
    known: dict[tuple[type, Cell], Any] = {}
    values: list[Any] = []
    faults: Faults = []
    for at, cell in enumerate(cells):
        mark = (type(cell), cell)
        if mark not in known:
            known[mark] = _attempt(cell, column)
        value = known[mark]
        if isinstance(value, CellFault):
            faults.append((at, cell, value))
            value = None
        elif value is None and defaults:
            value = column.default
        values.append(value)
    return as_series(values, column), faults


def parse_cell(cell: Cell, column: Column) -> Any:
    """Return the typed value of one cell, None for an empty one; raises CellFault."""
    if isinstance(cell, str):
        no_error_word(cell)
        cell = tidy(cell)
        if is_blank(column, cell):
            return None
    if cell is None:
        return None
    return _text(cell, column) if column.kind == "text" else _of_kind(cell, column)


def words_of(fault: CellFault, cell: Cell, column: Column) -> tuple[Text, Text]:
    """Return a fault's message, with its column's title and the cell, and its mend."""
    if fault.rule in WORDED:
        return fault.message, fault.mend
    shown = (
        {"fr": say(cell), "en": say(cell, "en")}
        if isinstance(cell, date)
        else dict.fromkeys(("fr", "en"), shown_value(cell))
    )
    french = fault.message.fr.replace("{value}", str(shown["fr"]))
    english = fault.message.en.replace("{value}", str(shown["en"]))
    return Text(f"« {column.title.fr} » : {french}", f'"{column.title.en}": {english}'), fault.mend


def as_series(values: Sequence[Any], column: Column) -> pd.Series:
    """Return typed values (None: unknown) as a series of the column's pandas dtype."""
    return pd.Series(list(values), dtype=column.pandas_type)


def tidy(words: str) -> str:
    """Return text in NFC without blanks at its ends."""
    return unicodedata.normalize("NFC", words).strip().strip("\ufeff\u200b").strip()


def _attempt(cell: Cell, column: Column) -> Any:
    try:
        return parse_cell(cell, column)
    except CellFault as fault:
        return fault


def no_error_word(cell: str) -> None:
    """Raise CellFault for the words a spreadsheet shows in place of a value."""
    words = cell.strip()
    if words == NOT_CALCULATED:
        raise CellFault(
            "not_calculated",
            Text(
                "Formule jamais calculée : sa valeur est inconnue.",
                "Formula never calculated: its value is unknown.",
            ),
            Text(
                "Ouvrez le classeur dans le tableur, recalculez (F9) et enregistrez.",
                "Open the workbook, recalculate (F9) and save.",
            ),
        )
    if words == UNKNOWN_ERROR or ERROR_WORDS.fullmatch(words):
        raise CellFault(
            "error_value",
            Text("La cellule contient l'erreur « {value} ».", "The cell holds the error “{value}”."),
            Text(
                "Corrigez la formule, ou élargissez la colonne avant de copier.",
                "Mend the formula, or widen the column before copying.",
            ),
        )


def _of_kind(cell: Cell, column: Column) -> Any:
    if column.kind == "boolean":
        return _boolean(cell)
    if column.kind == "date":
        return pd.Timestamp(dates.date_of(_not_boolean(cell, "date")))
    if column.kind == "period":
        return dates.period_of(_not_boolean(cell, "period"))
    if isinstance(cell, (bool, date, datetime)):
        raise CellFault("not_a_number", numbers.NOT_A_NUMBER, numbers.WRITE_NUMBER)
    return NUMERIC[column.kind](cell)


NUMERIC: dict[str, Callable[[Any], Any]] = {
    "amount": numbers.amount_of,
    "integer": numbers.integer_of,
    "number": numbers.decimal_of,
    "ratio": numbers.ratio_of,
}


def _not_boolean(cell: Cell, rule: str) -> Any:
    if isinstance(cell, bool):
        raise CellFault(
            f"not_a_{rule}",
            Text("« {value} » n'est pas une date.", "“{value}” is not a date."),
            dates.WRITE_DATE,
        )
    return cell


def _boolean(cell: Cell) -> bool:
    answer = find_flag(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell))
    if answer is not None:
        return answer
    message = Text("« {value} » n'est ni oui ni non.", "“{value}” is neither yes nor no.")
    raise CellFault("not_a_boolean", message, Text("Écrivez oui ou non.", "Write oui or non (yes or no)."))


def _text(cell: Cell, column: Column) -> str | None:
    words = _words(cell)
    if CONTROL.search(words):
        raise CellFault(
            "character",
            Text(
                "Le texte contient un caractère de contrôle ou de direction invisible.",
                "The text holds an invisible control or direction character.",
            ),
            Text("Retapez le texte de la cellule.", "Type the cell's text again."),
        )
    if column.is_list:
        parts = [part.strip() for part in words.split(";") if part.strip()]
        return "; ".join(_label(part, column) for part in parts) or None
    return _label(words, column)


def _words(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return str(cell)


def _label(words: str, column: Column) -> str:
    if not column.labels:
        return words
    found = find_value(column, words)
    if found is None:
        raise CellFault("enumeration", *not_allowed(column, words))
    return found
