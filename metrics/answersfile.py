"""Any CSV of a survey as a matrix of answers: a column by item, a row by respondent; what is no answer is refused, with its place."""

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from metrics.likert import Array
from metrics.refusing import did_you_mean, shortened
from metrics.scales import Item, Scale
from metrics.seriesfile import MISSING, BadFile, cells_of, extra_cells, file_text
from schemas.labels import NOT_STATED
from schemas.scale_items import code_of, is_answer
from schemas.tables import TABLES
from schemas.text import Text

MOST_TOLD = 100  # wrong cells that a document lists
TITLES = {column.name: column.title for column in TABLES["survey_answers"].columns}
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]*)?")
BLANK = MISSING | {code_of(word) for word in NOT_STATED}
Fault = dict[str, object]


def read(path: Path, scale: Scale) -> Array:
    """Return the answers (respondents, items in the scale's order), NaN where none is given.

    Other columns are left alone. An empty line is nobody, nor are empty rows at the end. Raises BadFile: no such column, or cells that
    are no answer (all of them counted, the first hundred told).
    """
    head, rows = _rows(path)
    places = _places(head, scale.items)
    answers = np.full((len(rows), len(places)), np.nan)
    faults: list[Fault] = []
    known: dict[str, float | None] = {}  # few cells differ
    for to, (at, cells) in enumerate(rows):
        for item, place in enumerate(places):
            cell = cells[place].strip()
            if cell not in known:
                known[cell] = _value(cell, scale)
            value = known[cell]
            if value is None:
                faults.append(_fault(at, head[place], cell, scale))
            else:
                answers[to, item] = value
    if faults:
        raise _refusal(faults)
    return answers


def _rows(path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the titles, and the (row number, cells) of each respondent, as many cells as titles."""
    rows = cells_of(file_text(path))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    filled = [(at, row) for at, row in enumerate(rows, start=1) if row]
    if len(filled) < 2:
        raise BadFile(NOBODY, TITLES_FIRST)
    head = [title.strip() for title in filled[0][1]]
    for at, row in filled[1:]:
        if any(cell.strip() for cell in row[len(head) :]):
            raise extra_cells(at)
    return head, [(at, (row + [""] * len(head))[: len(head)]) for at, row in filled[1:]]


def _places(head: Sequence[str], items: Sequence[Item]) -> list[int]:
    """Return each item's column, called by its code or by its label in either language, case apart."""
    titles = [title.casefold() for title in head]
    found = [_columns(titles, item) for item in items]
    lacking = [item.code for item, here in zip(items, found, strict=True) if not here]
    if lacking:
        words = shortened(", ".join(lacking))
        raise BadFile(
            Text(f"Colonne absente du fichier : {words}.", f"No such column in the file: {words}."),
            did_you_mean(lacking[0], head),
        )
    twice = next((item.code for item, here in zip(items, found, strict=True) if len(here) > 1), None)
    if twice is not None:
        word = shortened(twice)
        raise BadFile(
            Text(f"Plusieurs colonnes pour l'item {word}.", f"Several columns for item {word}."),
            Text("Gardez-en une.", "Keep one."),
        )
    return [here[0] for here in found]


def _columns(titles: Sequence[str], item: Item) -> list[int]:
    """Return the places of the columns called by an item's code, else by its labels or its titles in the template."""
    by_code = [place for place, title in enumerate(titles) if title == item.code.casefold()]
    labels = {words.casefold() for words in (*(item.label or ()), *TITLES.get(item.code, ()))}
    return by_code or [place for place, title in enumerate(titles) if title in labels]


def _value(cell: str, scale: Scale) -> float | None:
    """Return the answer that a cell gives, NaN where it gives none, None where it is not one of the scale's."""
    if cell.casefold() in BLANK or code_of(cell) in scale.missing_codes:
        return np.nan
    if not NUMBER.fullmatch(cell):
        return None
    value = float(cell.replace(",", "."))
    return value if is_answer(value, scale.low, scale.high, scale.step) else None


def _fault(row: int, column: str, cell: str, scale: Scale) -> Fault:
    return {"row": row, "column": column, "value": shortened(cell), "expected": _expected(scale)}


def _expected(scale: Scale) -> str:
    shown = [f"{value:g}" for value in scale.values]
    return ", ".join(shown) if len(shown) <= 11 else f"{shown[0]}, {shown[1]}, … {shown[-1]}"


def _refusal(faults: Sequence[Fault]) -> BadFile:
    """Return the refusal of a file: the first wrong cell in words, how many others, all as facts."""
    first, others = faults[0], len(faults) - 1
    fr = f"Ligne {first['row']}, colonne {first['column']} : « {first['value']} » n'est pas une réponse"
    en = f"Row {first['row']}, column {first['column']}: “{first['value']}” is not an answer"
    more = (
        Text(f" (et {others} autre{'s' * (others > 1)})", f" (and {others} more)") if others else Text("", "")
    )
    mend = Text(
        f"Réponses possibles : {first['expected']} ; corrigez la cellule, videz-la, ou déclarez la valeur dans missing_codes.",
        f"Possible answers: {first['expected']}; correct the cell, empty it, or declare the value in missing_codes.",
    )
    facts = {**first, "wrong": len(faults), "cells": faults[:MOST_TOLD]}
    return BadFile(Text(f"{fr}{more.fr}.", f"{en}{more.en}."), mend, 1, facts)


NOBODY = Text("Aucune réponse à lire.", "No answer to read.")
TITLES_FIRST = Text(
    "Donnez un CSV : une ligne de titres, puis une ligne par répondant.",
    "Give a CSV: a row of titles, then a row a respondent.",
)
