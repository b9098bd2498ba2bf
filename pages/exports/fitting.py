"""How much room a text takes, by estimate: an office file is laid out where it is opened, with whatever font is there.

Widths are those of a common sans serif (Arial's), which is wider than ours: what fits by it fits with ours.
"""

from functools import lru_cache

POINTS = 72  # in an inch
LEADING = 1.22
BOLDER = 1.1  # how much wider bold letters are
WIDTHS = {  # in ems
    **dict.fromkeys("ijl'’|", 0.222),
    **dict.fromkeys("fIt.,:;!/ -[]()·\u00a0", 0.278),
    **dict.fromkeys("r\u202f", 0.333),
    **dict.fromkeys("cksvxyzJ", 0.5),
    **dict.fromkeys("wCDHNRU", 0.722),
    **dict.fromkeys("mMGOQ", 0.833),
    **dict.fromkeys("W@%—→Œœ", 0.95),
}
CAPITAL, USUAL = 0.667, 0.556


@lru_cache(maxsize=4096)
def width(words: str, size: float) -> float:
    """The width of a text in inches at a size in points."""
    return sum(WIDTHS.get(sign, CAPITAL if sign.isupper() else USUAL) for sign in words) * size / POINTS


def lines(words: str, size: float, room: float) -> int:
    """How many lines a text takes in ``room`` inches, broken at its spaces."""
    count, used, space = 1, 0.0, width(" ", size)
    for word in words.split(" "):
        wide = width(word, size)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        used += (space if used else 0.0) + wide
        count += int(used / room) if used > room else 0  # a word longer than the line
    return count


def height(words: str, size: float, room: float) -> float:
    """The height of a text in inches, in ``room`` inches."""
    return lines(words, size, room) * size * LEADING / POINTS


def size_for(words: str, room: float, tall: float, largest: float, smallest: float) -> float:
    """The largest size at which a text stays in its box; the smallest one where none does."""
    size = largest
    while size > smallest and height(words, size, room) > tall:
        size -= 1
    return size


def cut(words: str, size: float, room: float, tall: float) -> str:
    """A text that stays in its box at a size: whole, or cut between words with ``…``."""
    kept = words
    while " " in kept and height(kept, size, room) > tall:
        kept = f"{kept.rstrip('…').rstrip().rpartition(' ')[0]}…"
    return kept


def shorter(words: str, most: int) -> str:
    """A text of at most so many letters, cut between words with ``…``."""
    if len(words) <= most:
        return words
    return f"{words[:most].rpartition(' ')[0] or words[: most - 1]}…"
