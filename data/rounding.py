"""Counts of survey answers as anybody may see them: to 5, and "fewer than 11" for few, none and hidden alike."""

from collections.abc import Mapping

from data.layout import UNTRACED
from schemas.text import Text

ANSWERS = "survey_answers"  # one row an answer
LEAST = 11  # under so many answers no count is told
STEP = 5


def rounded(count: int) -> int | None:
    """Return a count of answers down to the next 5; None (fewer than 11) for few and for none."""
    return count - count % STEP if count >= LEAST else None


def by_table(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return counts of rows by table as they may be told: those of survey answers rounded, the others exact.

    Tables with several rows an answer are left out: their rows, over so many questions, are the answers to the unit.
    """
    told = {name: count for name, count in counts.items() if name not in UNTRACED}
    return told | {name: rounded(count) for name, count in counts.items() if name == ANSWERS}


FEW = Text("moins de 11", "fewer than 11")
