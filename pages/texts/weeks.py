"""Weeks in words: ``2015-W28`` is "semaine 28 de 2015"."""

import re

from pages.texts import t

WEEK = re.compile(r"(\d{4})-W(\d{2})")


def week(name: str) -> str:
    """A week as a sentence says it; what names none, as it is."""
    found = WEEK.fullmatch(name)
    return t("semaine {n} de {year}", n=str(int(found[2])), year=found[1]) if found else name


def week_title(name: str) -> str:
    """The same at the beginning of a sentence."""
    words = week(name)
    return f"{words[:1].upper()}{words[1:]}"
