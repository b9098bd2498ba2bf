"""Any CSV file as a series: a column of numbers and, where there is one, a column that dates or names the points."""

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from metrics.refusing import did_you_mean, shortened
from metrics.rules import Values
from schemas.text import Text

SEPARATORS = (";", "\t", "|", ",")
VALUE_NAMES = ("value", "valeur", "y")
X_NAMES = ("x", "date", "period", "période", "periode", "mois", "month", "jour", "day", "as_of")
MISSING = frozenset({"", "-", "–", "na", "n/a", "nan", "null", "none", "nd", "n.d.", "nc"})
LARGEST = 20_000_000  # bytes


class BadFile(ValueError):
    """The file or what is asked of it cannot be used; ``code`` is the command's: 1 the file, 2 the question.

    ``facts``: what a document's error says besides its message, as JSON.
    """

    def __init__(
        self, what: Text, mend: Text, code: int = 1, facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(what.fr)
        self.what, self.mend, self.code, self.facts = what, mend, code, facts or {}


@dataclass(frozen=True)
class Series:
    """Points in order: their names as the file writes them, their dates where all have one, their values (NaN missing)."""

    x: tuple[str | int, ...]
    days: tuple[date, ...] | None
    values: Values


def read(path: Path, column: str | None = None, where: Sequence[tuple[str, str]] = ()) -> Series:
    """Return the series of a file, dated points in order of date.

    Separator ``;``, ``,``, tab or ``|``; decimal comma or point; UTF-8, UTF-16 or Windows-1252; ``where`` keeps the rows whose cells equal
    these. Raises BadFile.
    """
    head, rows = _rows(file_text(path))
    for name, wanted in where:
        place = _place(head, name)
        rows = [(line, cells) for line, cells in rows if cells[place].strip() == wanted]
    if not rows:
        raise BadFile(NO_ROW, ONE_A_ROW)
    value = _value_column(head, rows, column)
    return _ordered(
        _x(head, rows, value), [_number(cells[value], line, head[value]) for line, cells in rows], head
    )


def file_text(path: Path) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, else Windows-1252. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(TOO_LARGE, ONE_A_ROW)
        content = path.read_bytes()
    except OSError as error:
        name = shortened(path.name)
        raise BadFile(
            Text(f"Fichier illisible : {name}.", f"The file cannot be read: {name}."),
            Text("Vérifiez son nom et son dossier.", "Check its name and folder."),
        ) from error
    try:
        if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return content.decode("utf-16")
        if b"\x00" in content:
            raise BadFile(NOT_TEXT, SAVE_AS_CSV)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.encoding.startswith("utf-16"):
            raise BadFile(NOT_TEXT, SAVE_AS_CSV) from error
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the titles and the (row number, cells) of a file; a file of numbers alone has no titles."""
    read_rows = cells_of(text)
    filled = [(at, row) for at, row in enumerate(read_rows, start=1) if any(cell.strip() for cell in row)]
    if not filled:
        raise BadFile(NO_ROW, ONE_A_ROW)
    _, titles = filled[0]
    bare = all(is_number(cell) for cell in titles)
    head = [f"column_{i}" for i in range(1, len(titles) + 1)] if bare else [cell.strip() for cell in titles]
    size = len(head)
    for at, row in filled:
        if any(cell.strip() for cell in row[size:]):
            raise extra_cells(at)
    return head, [(at, (row + [""] * size)[:size]) for at, row in (filled if bare else filled[1:])]


def extra_cells(row: int) -> BadFile:
    """Return the refusal of a row that has more cells than the file has titles."""
    return BadFile(
        Text(f"Ligne {row} : plus de cellules que de titres.", f"Row {row}: more cells than titles."),
        QUOTE_DECIMALS,
    )


def _separator(text: str) -> str:
    """Return what parts the cells: the first of SEPARATORS in the first line, outside quotes; a lone column has none.

    Lines such as ``10,5`` are a column of decimals, unless what stands before the comma counts the lines or the years.
    """
    bare = re.sub(r'"[^"]*"', "", text[:100_000])
    lines = [line.strip() for line in bare.splitlines() if line.strip()]
    found = next((mark for mark in SEPARATORS if mark in (lines[0] if lines else "")), ";")
    if found == "," and all(
        DECIMAL.fullmatch(line) for line in lines[: 1000 if len(text) > 100_000 else None]
    ):
        before = np.array([float(re.sub(r"\s", "", line.split(",")[0])) for line in lines])
        starts = before[0] in (0, 1) or 1900 <= before[0] < 2100
        return "," if len(before) > 1 and starts and (np.diff(before) == 1).all() else ";"
    return found


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of each row; raises BadFile where a quote is never closed."""
    separator = _separator(text)
    read: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            read.append(row)
    except csv.Error as error:
        if "end of data" in str(error):
            raise _unclosed(len(read) + 1) from error
    else:
        return read
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise BadFile(NOT_TEXT, ONE_A_ROW) from error


def _unclosed(row: int) -> BadFile:
    return BadFile(
        Text(f"Ligne {row} : un guillemet n'est pas fermé.", f"Row {row}: a quote is not closed."),
        Text("Fermez-le, ou doublez-le s'il fait partie du texte.", "Close it, or double it if it is text."),
    )


def _place(head: Sequence[str], name: str) -> int:
    """Return a column's place, its case no matter; raises BadFile (the question's fault) for one there is not."""
    lowered = [title.casefold() for title in head]
    if name.casefold() not in lowered:
        word = shortened(name)
        raise BadFile(
            Text(f"Colonne inconnue : {word}.", f"Unknown column: {word}."), did_you_mean(name, head), 2
        )
    return lowered.index(name.casefold())


def _value_column(head: list[str], rows: list[tuple[int, list[str]]], asked: str | None) -> int:
    """Return the column asked for, the one called value, or the only one of numbers."""
    if asked is not None:
        return _place(head, asked)
    lowered = [title.casefold() for title in head]
    for name in VALUE_NAMES:
        if name in lowered:
            return lowered.index(name)
    able = [i for i, title in enumerate(lowered) if title not in X_NAMES and _is_numeric(rows, i)]
    able = able or [i for i in range(len(head)) if _is_numeric(rows, i)]
    able = [i for i in able if not _is_dated(rows, i)] or able  # years are numbers too
    if len(able) == 1:
        return able[0]
    if not able:
        raise BadFile(NO_NUMBERS, ONE_A_ROW)
    names = ", ".join(head[i] for i in able)
    raise BadFile(
        Text("Plusieurs colonnes de nombres.", "Several columns of numbers."),
        Text(f"Choisissez avec --column : {names}.", f"Choose with --column: {names}."),
        2,
    )


def _is_numeric(rows: list[tuple[int, list[str]]], at: int) -> bool:
    cells = [cells[at] for _, cells in rows if cells[at].strip().casefold() not in MISSING]
    return bool(cells) and all(is_number(cell) for cell in cells)


def _is_dated(rows: list[tuple[int, list[str]]], at: int) -> bool:
    return all(day_of(cells[at]) for _, cells in rows)


def _x(head: list[str], rows: list[tuple[int, list[str]]], value: int) -> list[str | int]:
    """Return what names the points: the column of dates, else one so called, else the first other one, else 1, 2, 3…"""
    others = [i for i in range(len(head)) if i != value]
    dated = [i for i in others if _is_dated(rows, i)]
    named = [i for i in others if head[i].casefold() in X_NAMES]
    chosen = ([i for i in named if i in dated] or dated or named or others)[:1]
    if not chosen:
        return [*range(1, len(rows) + 1)]
    names = [cells[chosen[0]].strip() for _, cells in rows]
    _check_dates(head[chosen[0]], [(line, name) for (line, _), name in zip(rows, names, strict=True)])
    return [*names]


def _check_dates(title: str, names: list[tuple[int, str]]) -> None:
    """Refuse a date that cannot be read among others: the points would be charted in the file's order."""
    unread = [(line, name) for line, name in names if day_of(name) is None]
    for line, name in unread:
        if "\n" in name:
            raise _unclosed(line)
        if len(unread) < len(names) or title.casefold() in ("date", "as_of") or LIKE_A_DATE.fullmatch(name):
            raise BadFile(
                Text(
                    f"Ligne {line}, colonne {title} : « {shortened(name)} » n'est pas une date.",
                    f"Row {line}, column {title}: “{shortened(name)}” is not a date.",
                ),
                WRITE_DATE,
            )


def _ordered(x: list[str | int], values: list[float], head: list[str]) -> Series:
    """Return the series by date; of two values at one date none can be chosen."""
    days = [day_of(str(name)) if isinstance(name, str) else None for name in x]
    known = [day for day in days if day is not None]
    if len(known) < len(x):
        return Series(tuple(x), None, np.array(values))
    if len(set(known)) < len(known):
        twice = next(name for name, day in zip(x, known, strict=True) if known.count(day) > 1)
        raise BadFile(
            Text(
                f"Plusieurs lignes au {twice} : une série a un point par date.",
                f"Several rows at {twice}: a series has one point a date.",
            ),
            Text(
                f"Gardez une série avec --where COLONNE=VALEUR ({', '.join(head)}).",
                f"Keep one series with --where COLUMN=VALUE ({', '.join(head)}).",
            ),
        )
    order = sorted(range(len(x)), key=lambda i: known[i])
    return Series(tuple(x[i] for i in order), tuple(known[i] for i in order), np.array(values)[order])


def _number(cell: str, line: int, title: str) -> float:
    if cell.strip().casefold() in MISSING:
        return float("nan")
    if not is_number(cell):
        word = shortened(cell)
        raise BadFile(
            Text(
                f"Ligne {line}, colonne {title} : « {word} » n'est pas un nombre.",
                f"Row {line}, column {title}: “{word}” is not a number.",
            ),
            Text(
                "Corrigez la cellule, ou videz-la si la valeur manque.",
                "Correct the cell, or empty it if the value is missing.",
            ),
        )
    number = number_of(cell)
    if abs(number) > LARGEST_NUMBER:
        word = shortened(cell)
        raise BadFile(
            Text(
                f"Ligne {line}, colonne {title} : « {word} » est trop grand.",
                f"Row {line}, column {title}: “{word}” is too large.",
            ),
            Text("Changez d'unité, ou corrigez la cellule.", "Change the unit, or correct the cell."),
        )
    return number


LARGEST_NUMBER = 1e100  # squares and sums of these are still numbers
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", re.IGNORECASE)

THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3}(\.\d{3})+|,\d{3}(,\d{3})+)")  # two marks: one may be decimal
DECIMAL = re.compile(r"[+-]?\d{1,3}([ \u00a0\u202f]?\d{3})*,\d+|[+-]?\d+,\d+")


def _plain(cell: str) -> str:
    """A number without its thousands separators and percent sign; the decimal mark is the last of , and ."""
    text = re.sub(r"[\s\u00a0\u202f'’]", "", cell).removesuffix("%").replace("−", "-")
    if "," in text and "." in text:
        grouping = "," if text.rfind(",") < text.rfind(".") else "."
        return text.replace(grouping, "")
    return re.sub("[.,]", "", text) if THOUSANDS.fullmatch(text) else text


def is_number(cell: str) -> bool:
    """Say whether a cell reads as a finite number."""
    return NUMBER.fullmatch(_plain(cell)) is not None and np.isfinite(number_of(cell))


def number_of(cell: str) -> float:
    """Return the number of a cell: ``1 234,5``, ``1234.5`` or ``12 %`` (12)."""
    return float(_plain(cell).replace(",", "."))


DATES = (
    (re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})([T ].*)?"), 1),
    (re.compile(r"(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})"), 1),
    (re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})"), 1),
    (re.compile(r"(?P<m>\d{1,2})/(?P<y>\d{4})"), 1),
    (re.compile(r"(?P<y>\d{4})[- ]?[QqTt](?P<m>[1-4])"), 3),
    (re.compile(r"(?P<y>(19|20)\d{2})"), 1),
    (re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<yy>\d{2})"), 1),
    (re.compile(r"((?P<d>\d{1,2})(er)?[ -])?(?P<name>[a-z]{3,})\.?[ -](?P<y>\d{4})"), 1),
    (re.compile(r"((?P<d>\d{1,2})(er)?[ -])?(?P<name>[a-z]{3,})\.?[ -](?P<yy>\d{2})"), 1),
)
MONTHS = (  # the shortest that is one month's alone, French and English
    ("janv", "jan"), ("fev", "feb"), ("mar",), ("avr", "apr"), ("mai", "may"), ("juin", "jun"),
    ("juil", "jul"), ("aou", "aug"), ("sep",), ("oct",), ("nov",), ("dec",),
)  # fmt: skip
FULL = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre"),
    *("octobre", "novembre", "decembre", "january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
LIKE_A_DATE = re.compile(
    r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}([T ].*)?|\d{1,2}/\d{2,4}|(19|20)\d{2}[-/. ]\d{1,2}"
)


def day_of(cell: str) -> date | None:
    """Return the (first) day that a cell names: a day, a month, a quarter or a year; None for anything else."""
    words = unicodedata.normalize("NFKD", cell.strip().casefold()).encode("ascii", "ignore").decode()
    for pattern, months in DATES:
        found = pattern.fullmatch(cell.strip()) or pattern.fullmatch(words)
        if found:
            parts = found.groupdict()
            number = _month(parts["name"]) if "name" in parts else int(parts.get("m") or 1)
            year = int(parts["y"]) if "y" in parts else _century(int(parts["yy"]))
            try:
                return date(year, months * ((number or 0) - 1) + 1, int(parts.get("d") or 1))
            except ValueError:
                return None
    return None


def _month(word: str) -> int | None:
    """Return the number of a month's name, whole or abbreviated, its accents left out; None for another word."""
    if not any(name.startswith(word) for name in FULL):
        return None
    return next((i for i, names in enumerate(MONTHS, start=1) if word.startswith(names)), None)


def _century(year: int) -> int:
    """Return the year of two digits: 50 to 99 are of the twentieth century, as in the imports."""
    return year + (2000 if year < 50 else 1900)


WRITE_DATE = Text(
    "Écrivez toutes les dates de la colonne sous la forme jj/mm/aaaa ou aaaa-mm-jj.",
    "Write all dates of the column as dd/mm/yyyy or yyyy-mm-dd.",
)
SAVE_AS_CSV = Text("Enregistrez-le en CSV.", "Save it as CSV.")
QUOTE_DECIMALS = Text(
    "Séparez les cellules par « ; », ou mettez entre guillemets celles qui ont une virgule.",
    "Part the cells by “;”, or put those with a comma in quotes.",
)
NO_ROW = Text("Aucune ligne à lire.", "No row to read.")
ONE_A_ROW = Text(
    "Donnez un CSV : une ligne de titres, puis un point par ligne.",
    "Give a CSV: a row of titles, then one point a row.",
)
NO_NUMBERS = Text("Aucune colonne de nombres.", "No column of numbers.")
NOT_TEXT = Text("Ce fichier n'est pas un CSV.", "This file is not a CSV.")
TOO_LARGE = Text("Fichier de plus de 20 Mo.", "The file is larger than 20 MB.")
