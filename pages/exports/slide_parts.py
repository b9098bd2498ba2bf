"""What several slides have: a status as shape and word, a list that stays in its box, the sources of figures for the notes."""

from collections.abc import Iterable, Sequence

from pages.charts.palette import LIGHT
from pages.exports.deck import SMALL, Box, Line, Page, Words
from pages.exports.fitting import POINTS, height
from pages.exports.model import Edition, Figure
from pages.texts import tn

SHAPES = {"on_target": "●", "watch": "▲", "off_target": "◆", "unknown": "○"}
LARGEST = 18.0
GAP, LAST_LINE = (
    8.0,
    0.35,
)  # between sentences (points), and what the line that counts the others takes (inches)
MOST = 14


def status(kind: str, word: str, size: float) -> Line:
    """Shape and word; only the shape has a colour."""
    return [
        Words(f"{SHAPES.get(kind, SHAPES['unknown'])} ", size, colour=LIGHT.status(kind)),
        Words(word, size),
    ]


def listed(page: Page, box: Box, sentences: Sequence[str], name: str, most: int = MOST) -> None:
    """Sentences one under the other, as large as all of them allow; those that do not fit are counted."""
    kept, size = list(sentences[:most]), LARGEST
    while size > SMALL and _tall(kept, size, box.width) > box.height - LAST_LINE:
        size -= 1
    while len(kept) > 1 and _tall(kept, size, box.width) > box.height - LAST_LINE:
        kept.pop()
    lines: list[Line] = [[Words(words, size)] for words in kept]
    rest = len(sentences) - len(kept)
    if rest:
        lines.append([Words(tn("et {n} autre", "et {n} autres", rest), SMALL, colour=LIGHT.ink2)])
    page.text(box, lines, name, gap=GAP)


def _tall(sentences: Sequence[str], size: float, room: float) -> float:
    return sum(height(words, size, room) + GAP / POINTS for words in sentences)


def sources(edition: Edition, figures: Iterable[Figure]) -> list[str]:
    """Where figures come from, for the notes: a line each, then the data's date and versions."""
    return [*map(source, figures), edition.sources]


def source(figure: Figure) -> str:
    """A figure in a line: code, name, value, target, judgement, what it rests on, version."""
    parts = (
        f"{figure.code} {figure.label}",
        figure.text,
        figure.target_words,
        figure.word,
        figure.proof,
        f"v{figure.version}",
    )
    return " · ".join(part for part in parts if part)
