"""Words made to fit: characters that the fonts have, and texts shortened by whole sentences or whole words."""

import re
import unicodedata
from functools import cache
from pathlib import Path

MORE = "\u202f…"
UNKNOWN = "?"
SAME = {"\u2011": "-", "\u2010": "-", "\u2015": "—", "≥": ">=", "≤": "<=", "→": "->", "\t": " ", "\n": " "}


@cache
def _covered() -> frozenset[str]:
    ranges = (Path(__file__).parent / "fonts" / "coverage.txt").read_text("ascii").split()
    pairs = ((int(first, 16), int(last, 16)) for first, last in (part.split("-") for part in ranges))
    return frozenset(chr(code) for first, last in pairs for code in range(first, last + 1))


def printable(text: str) -> str:
    """The text in characters that the fonts have: a like one, else a question mark; control characters go."""
    covered, found = _covered(), []
    for character in unicodedata.normalize("NFC", text):
        if character in covered:
            found.append(character)
        elif character in SAME:
            found.append(SAME[character])
        elif unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Mn", "Zl", "Zp"):
            found.append(UNKNOWN)
    return "".join(found)


def fitted(text: str, most: int) -> str:
    """The text in at most ``most`` characters: whole sentences where that keeps half of it, else whole words and "…"."""
    text = " ".join(re.split(r"[ \t\n\r]+", text.strip()))
    if len(text) <= most:
        return text
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s)", text[: most + 1])]
    if ends and ends[-1] >= most // 2:
        return text[: ends[-1]]
    cut = text.rfind(" ", 0, max(0, most - len(MORE) + 1))
    return (text[:cut].rstrip(" ,;:") + MORE) if cut > 0 else ""
