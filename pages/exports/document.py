"""A document of several pages as what it says: headings, paragraphs, lists, tables. PDF and DOCX are written from the same one."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """A heading under the document's title: level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``label`` stands before it in bold, ``is_quiet`` makes it a note."""

    text: str
    label: str = ""
    is_quiet: bool = False


@dataclass(frozen=True)
class Rows:
    """A table: its caption, its column heads, its rows as text, the columns' shares of the width, those at the right."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    right: frozenset[int] = field(default=frozenset())

    def __post_init__(self) -> None:
        wrong = [row for row in self.rows if len(row) != len(self.head)]
        if wrong or len(self.widths) != len(self.head):
            raise ValueError(f"{self.caption}: rows, heads and widths do not go together")


Block: TypeAlias = Heading | Paragraph | Rows


@dataclass(frozen=True)
class Document:
    """A title, what stands above and under it, the blocks in order, and the line at the foot of every page."""

    title: str
    kicker: str
    lead: str
    blocks: tuple[Block, ...]
    foot: str
    dated: date
