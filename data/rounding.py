"""Counts of survey answers as anybody may see them: roughly while a wave runs, and not at all in the books."""

from collections.abc import Mapping

from data.layout import UNTRACED
from schemas.text import Text

ANSWERS = "survey_answers"  # one row an answer
LEAST = 11  # under so many answers no count is told
STEP = 20  # so coarse that less the count of a published list it never isolates fewer than 11


def rounded(count: int) -> int | None:
    """Return a count of answers to the nearest 20; None (fewer than 11) for few and for none."""
    return STEP * ((count + STEP // 2) // STEP) if count >= LEAST else None


def by_table(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return counts of rows by table as they may be told: survey answers as None, the others exact.

    Why: a list tells its own count, and several roughly told ones add up to a better one. Tables with several rows an
    answer are left out: their rows, over so many questions, are the answers to the unit.
    """
    told: dict[str, int | None] = {name: count for name, count in counts.items() if name not in UNTRACED}
    return told | {name: None for name in counts if name == ANSWERS}


FEW = Text("nombre non dit", "number not told")
