"""Numbers and dates as people of the run's language write them, with as many digits as make sense."""

import math
import re
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from pages.texts import language, t

NBSP = "\u00a0"
THIN = "\u202f"
NONE = "–"
_OUT_OF: ContextVar[int] = ContextVar("out_of", default=100)


class Shown(NamedTuple):
    """A value in three parts, so that a card can set the figure large: ``1 pour``, ``5,00``, ``M€``."""

    before: str
    figure: str
    after: str

    def __str__(self) -> str:
        glue = ("" if language() == "en" else THIN) if self.after == "%" else NBSP
        return glue.join(part for part in self if part)


def decimal(value: float, digits: int = 0, lang: str = "") -> str:
    """A number with a fixed count of decimals: 1234.5, 1 -> ``1 234,5`` with U+202F in French."""
    return _decimal(float(value), digits, lang or language())


@lru_cache(maxsize=8192)
def _decimal(value: float, digits: int, lang: str) -> str:
    text = format_decimal(
        round(value, digits) + 0.0, format=f"#,##0.{'0' * digits}" if digits else "#,##0", locale=lang
    )
    return text.replace("-", "−")


def plain(value: float, most: int = 2) -> str:
    """A number with no more decimals than it needs, at most ``most``: 5.0 -> ``5``, 14.28 -> ``14,28``."""
    digits = next((d for d in range(most) if abs(round(value, d) - value) < 1e-9), most)
    return decimal(value, digits)


def scale(out_of: int) -> None:
    """Choose the scale on which every later score() of this run is said: 100 or 10."""
    _OUT_OF.set(out_of)


def out_of() -> int:
    """The scale chosen for this run: 100 or 10."""
    return _OUT_OF.get()


def score(value: float | None, is_met: bool = False, digits: int = 0) -> str:
    """A score (0..100) on the run's scale: whole out of 100, with one decimal out of 10, ``digits`` more where asked.

    Just under the top it keeps a decimal more and is never rounded up to a target that is not met.
    """
    if value is None:
        return NONE
    factor = out_of() / 100
    digits += 0 if factor == 1 else 1
    said = round(factor * value, digits)
    if not is_met and value < 100 <= said / factor:
        step = 10.0 ** (digits + 1)
        return decimal(math.floor(step * factor * value) / step, digits + 1)
    return plain(said, digits)


def day(when: date | None) -> str:
    """A date in full: ``30 juin 2015``."""
    return _date(when, "d MMMM y", language()) if when else NONE


def weekday(when: date | None) -> str:
    """A date with its short weekday: ``mar. 30 juin 2015``."""
    return _date(when, "EEE d MMMM y", language()) if when else NONE


def short_weekday(when: date | None) -> str:
    """A date near by, without its year: ``ven. 3 juil.``; in English ``Fri 3 Jul``."""
    return _date(when, "EEE d MMM", language()) if when else NONE


def month(when: date | None) -> str:
    """A month: ``juin 2015``."""
    return _date(when, "MMMM y", language()) if when else NONE


def month_name(when: date) -> str:
    """A month without its year: ``juin``."""
    return _date(when, "MMMM", language())


def moment(when: datetime | None) -> str:
    """A date and a time, short: ``30/06/2015 à 14:05``; in English ``30 Jun 2015 at 14:05``."""
    form = "dd/MM/y 'à' HH:mm" if language() == "fr" else "d MMM y 'at' HH:mm"
    return format_datetime(when, form, locale=language()).replace(" ", NBSP) if when else NONE


def short_day(when: date | None) -> str:
    """A date, short: ``30/06/2015``; in English ``30 Jun 2015``."""
    return _date(when, "dd/MM/y" if language() == "fr" else "d MMM y", language()) if when else NONE


@lru_cache(maxsize=4096)
def _date(when: date, form: str, lang: str) -> str:
    written = format_date(when, form, locale="en_GB" if lang == "en" else lang)
    return (
        re.sub(r"\b1 (?=[^\W\d])", "1er ", written)
        if lang == "fr" and when.day == 1 and "d" in form
        else written
    )


def period(label: str) -> str:
    """A reading's period in words: ``2015-06`` -> ``juin 2015``, ``2015-Q2`` -> ``T2 2015``; ``2013-audit`` -> ``audit de 2013``."""
    year, _, rest = label.partition("-")
    if not rest:
        return year
    if re.fullmatch("Q[1-4]", rest):
        return t("T{quarter} {year}", quarter=rest[1:], year=year)
    if rest == "audit":
        return t("audit de {year}", year=year)
    if not re.fullmatch("0[1-9]|1[0-2]", rest):
        return label
    return month(date(int(year), int(rest), 1))
