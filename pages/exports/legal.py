"""What an office file may hold as text: XML's own characters, nothing else; and the tag of the language it is written in."""

import re

from pages.texts import language

# Control characters, lone surrogates and the two non-characters: a file that holds one does not open.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(words: object) -> str:
    """A text without the characters that no XML file may hold, on one line."""
    return ILLEGAL.sub("", str(words)).replace("\r", "").replace("\n", " ")


def tag() -> str:
    """The run's language as office files name it: ``fr-FR`` or ``en-GB``."""
    return "en-GB" if language() == "en" else "fr-FR"
