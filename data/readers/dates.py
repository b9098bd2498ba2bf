"""Dates and periods as people type them in France. A day that does not exist is a fault, never another day."""

import re
from datetime import date, datetime, timedelta

from data.readers.cellfault import CellFault
from schemas.headers import plain
from schemas.text import Text

ISO = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ].*)?")
FRENCH = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4})(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?")
IN_WORDS = re.compile(r"([0-9]{1,2})(?:er)? ([a-z]+) ([0-9]{4}|[0-9]{2})")
MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
ABBREVIATED = {
    "janv": 1,
    "fevr": 2,
    "fev": 2,
    "avr": 4,
    "juil": 7,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
FIRST_SERIAL, LAST_SERIAL = (
    29_221,
    73_415,
)  # 1980-01-01 to 2100-12-31: a year alone (2015) is not a serial day
EPOCH = date(1899, 12, 30)

QUARTER = re.compile(r"(?:([0-9]{4})[ -]?[tq]([1-4])|[tq]([1-4])[ -]([0-9]{4}))")
MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[/-]([0-9]{4})")
YEAR_FIRST = re.compile(r"([0-9]{4})[/-](0?[1-9]|1[0-2])")

WRITE_DATE = Text(
    "Écrivez la date sous la forme jj/mm/aaaa ou aaaa-mm-jj, avec l'année sur quatre chiffres.",
    "Write the date as dd/mm/yyyy or yyyy-mm-dd, with a four-digit year.",
)


def date_of(cell: str | float | int | date | datetime) -> date:
    """Return the day of a cell; raises CellFault where it names none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)):
        return _serial(cell)
    return _typed(cell.strip())


def period_of(cell: str | float | int | date | datetime) -> str:
    """Return a period as stored: 2015, 2015-Q2, 2015-06, or the name of a survey wave."""
    if isinstance(cell, (date, datetime)):
        return f"{cell:%Y-%m}"
    if isinstance(cell, (int, float)):
        return f"{cell:.0f}" if float(cell).is_integer() else str(cell)
    text = cell.strip()
    quarter = QUARTER.fullmatch(text.casefold())
    if quarter:
        return f"{quarter[1] or quarter[4]}-Q{quarter[2] or quarter[3]}"
    month = MONTH_FIRST.fullmatch(text)
    if month:
        return f"{month[2]}-{int(month[1]):02}"
    year = YEAR_FIRST.fullmatch(text)
    return f"{year[1]}-{int(year[2]):02}" if year else _month_in_words(text)


def _typed(text: str) -> date:
    iso, french = ISO.fullmatch(text), FRENCH.fullmatch(text)
    if iso:
        return _day(int(iso[1]), int(iso[3]), int(iso[4]))
    if french:
        return _day(int(french[4]), int(french[3]), int(french[1]))
    words = IN_WORDS.fullmatch(plain(text))
    month = _month(words[2]) if words else None
    if words and month:
        year = int(words[3])
        return _day(year if year > 99 else year + (2000 if year < 50 else 1900), month, int(words[1]))
    raise CellFault(
        "not_a_date", Text("« {value} » n'est pas une date.", "“{value}” is not a date."), WRITE_DATE
    )


def _serial(number: float) -> date:
    if not FIRST_SERIAL <= number < LAST_SERIAL + 1:
        raise CellFault(
            "not_a_date", Text("« {value} » n'est pas une date.", "“{value}” is not a date."), WRITE_DATE
        )
    return EPOCH + timedelta(days=int(number))


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        message = Text("La date « {value} » n'existe pas.", "The date “{value}” does not exist.")
        raise CellFault("no_such_day", message, WRITE_DATE) from None


def _month(word: str) -> int | None:
    known = next((at + 1 for at, names in enumerate(MONTHS) if word in names), None)
    return known or ABBREVIATED.get(word)


def _month_in_words(text: str) -> str:
    words = plain(text).split()
    month = _month(words[0]) if len(words) == 2 and re.fullmatch("[0-9]{4}", words[1]) else None
    return f"{words[1]}-{month:02}" if month else text
