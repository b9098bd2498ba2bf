"""Bytes of a text file -> text, or a refusal: strict Unicode first, then the old Windows code page, never mojibake."""

import codecs

from data.readers.refused import Refused, refusal
from schemas.text import Text

MARKS = (  # the longer mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAVE_UTF8 = Text(
    "Enregistrez le fichier au format « CSV UTF-8 » (ou .xlsx) depuis le tableur.",
    "Save the file as “CSV UTF-8” (or .xlsx) from the spreadsheet program.",
)


def decode(file: str, content: bytes) -> str:
    """Return the text of a file; raises Refused where no honest reading exists."""
    marked = next((name for mark, name in MARKS if content.startswith(mark)), None)
    if marked:
        return _strict(file, content, marked)
    if b"\x00" in content:
        raise _binary(file, content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_unicode(content):
            raise _wrong(file, content, error.start) from error
        return _strict(file, content, "cp1252")


def _strict(file: str, content: bytes, name: str) -> str:
    try:
        words = content.decode(name)
    except UnicodeDecodeError as error:
        raise _wrong(file, content, error.start) from error
    if "\x00" in words:
        raise _binary(file, content)
    return words


def _mostly_unicode(content: bytes) -> bool:
    """Tell whether the file is UTF-8 with a few damaged places, rather than another code page."""
    words = content.decode("utf-8", "surrogateescape")
    damaged = sum("\udc80" <= letter <= "\udcff" for letter in words)
    return sum(letter > "\x7f" for letter in words) - damaged > damaged


def _wrong(file: str, content: bytes, at: int) -> Refused:
    row = content.count(b"\n", 0, at) + 1
    message = Text(
        f"Encodage illisible : un caractère de la ligne {row} n'existe pas dans l'encodage du fichier.",
        f"Unreadable encoding: a character of line {row} does not exist in the file's encoding.",
    )
    return refusal(file, "encoding", message, SAVE_UTF8, row=row)


def _binary(file: str, content: bytes) -> Refused:
    if not content.strip(b"\x00"):
        message = Text(
            "Fichier illisible : il ne contient que des octets nuls.",
            "Unreadable file: it only holds null bytes.",
        )
        return refusal(file, "binary", message, SAVE_UTF8)
    row = content.count(b"\n", 0, content.find(b"\x00")) + 1
    message = Text(
        f"Fichier binaire ou abîmé : caractère nul à la ligne {row}.",
        f"Binary or damaged file: null character on line {row}.",
    )
    return refusal(file, "binary", message, SAVE_UTF8, row=row)
