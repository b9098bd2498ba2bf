"""Values as a reader of each language writes them."""

from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from numbers import Real

THIN_SPACE = "\u202f"  # French groups thousands with a narrow no-break space


def say(value: object, lang: str = "fr") -> str:
    """Write a value for a message: dates, numbers, yes/no; nothing for an unknown value.

    Whole numbers under 10,000 are left ungrouped, so that a year stays a year.
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return (("oui", "non") if lang != "en" else ("yes", "no"))[not value]
    if isinstance(value, date | datetime):
        return f"{value:%Y-%m-%d}" if lang == "en" else f"{value:%d/%m/%Y}"
    if isinstance(value, Real | Decimal):
        return _number(float(value), lang)
    return str(value)


def _number(value: float, lang: str) -> str:
    if not isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 10_000:
        return str(int(value))
    words = f"{value:,.2f}".removesuffix(".00")
    if lang == "en":
        return words
    return words.replace(",", THIN_SPACE).replace(".", ",")
