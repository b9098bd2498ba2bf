"""Closed lists that several tables share, with their words."""

from schemas.text import Text

CATEGORIES: dict[str, Text] = {letter: Text(letter, letter) for letter in "ABC"}

SEXES: dict[str, Text] = {"F": Text("femme", "woman"), "M": Text("homme", "man")}
SEX_ALIASES: dict[str, str] = {"H": "M"}  # French forms print F / H

NOT_STATED: tuple[str, ...] = ("non renseigné", "non renseignée", "not stated")
