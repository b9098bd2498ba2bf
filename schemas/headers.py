"""Names as people type them: without accents, in capitals, with curly apostrophes, double spaces."""

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import TypeVar

Named = TypeVar("Named")
Candidates = Iterable[tuple[Named, tuple[str, ...]]]

RESEMBLANCE = 0.72  # below it a suggestion misleads more than it helps


def plain(text: str) -> str:
    """Reduce a name to what two spellings of it share: lower-case letters and digits, single spaces."""
    expanded = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", expanded) if not unicodedata.combining(sign)
    )
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare.casefold()).split())


def find(typed: str, candidates: Candidates[Named]) -> Named | None:
    """Return the first candidate one of whose names is the typed one."""
    wanted = plain(typed)
    return next((one for one, names in candidates if wanted and wanted in map(plain, names)), None)


def nearest(typed: str, candidates: Candidates[Named]) -> Named | None:
    """Return the candidate with the name most like the typed one, None where none comes near."""
    owners = {plain(name): one for one, names in candidates for name in names}
    close = get_close_matches(plain(typed), owners, n=1, cutoff=RESEMBLANCE)
    return owners[close[0]] if close else None
