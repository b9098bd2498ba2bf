"""Text with separators (CSV) -> raw rows, each with the number of the line on which it begins."""

import csv
import re
from collections.abc import Iterator

from data.readers.header import Titles, best_match
from data.readers.limits import MAX_COLUMNS, MAX_ROWS, too_many_columns, too_many_rows
from data.readers.refused import refusal
from data.readers.sheet import Cell, Grid, filled_width
from schemas.text import Text

SEPARATORS = (";", ",", "\t", "|")
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
SAMPLE = 60  # rows tried to choose the separator


def read_delimited(file: str, words: str, titles: Titles) -> Grid:
    """Return the rows of a text file; raises Refused for a quote left open or too many rows or columns."""
    separator = choose_separator(words, titles)
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    for number, cells in _records(file, words, separator):
        width = filled_width(cells)
        if width > MAX_COLUMNS:
            raise too_many_columns(file, None, width)
        if width:
            rows.append([cell if cell != "" else None for cell in cells[:width]])
            numbers.append(number)
        if len(rows) > MAX_ROWS:
            raise too_many_rows(file, None)
    return Grid(None, rows, numbers)


def choose_separator(words: str, titles: Titles) -> str:
    """Return the separator under which the first rows look most like a table that is known, else the widest."""

    def promise(separator: str) -> tuple[int, int]:
        rows = _sample(words, separator)
        widths = sorted(filled_width(row) for row in rows)
        return best_match(rows, titles)[1], widths[len(widths) // 2] if widths else 0

    return max(SEPARATORS, key=promise)


def _sample(words: str, separator: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(_lines(words[:200_000]), delimiter=separator):
            if filled_width(row):
                rows.append(list(row))
            if len(rows) == SAMPLE:
                break
    except csv.Error:
        pass  # a quote left open is said, with its line, when the whole file is read
    return rows


def _lines(words: str) -> Iterator[str]:
    return (found.group() for found in LINE.finditer(words))


def _records(file: str, words: str, separator: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(_lines(words), delimiter=separator, strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            message = Text(
                f"Ligne {begins} : guillemet mal placé ou jamais refermé, la suite du fichier serait perdue.",
                f"Line {begins}: a quotation mark is misplaced or never closed, the rest of the file would be lost.",
            )
            mend = Text(
                'Refermez le guillemet, ou doublez-le ("") s\'il fait partie du texte.',
                'Close the quotation mark, or double it ("") where it belongs to the text.',
            )
            raise refusal(file, "quote", message, mend, row=begins) from error
        yield begins, list(cells)
