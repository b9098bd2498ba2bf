"""What the fast parser does not tell: how far a sheet really reaches, error cells, formulas without a result.

The sheet's XML is searched block by block; nothing is kept. Positions count from 0.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape

from data.readers.sheet import NOT_CALCULATED, UNKNOWN_ERROR

BLOCK = 4 << 20

XLSX_PLACE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
XLSX_FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
XLSX_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<',
    re.S,
)
# A calculated empty text (t="str") is an honest blank, not a formula without its result.
XLSX_UNCALCULATED = re.compile(
    rb'<(?:\w+:)?c\b(?![^>]*\bt="(?:str|e)")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
XLSX_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"[^>]*(?<!/)>')
XLSX_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
ODS_TOKEN = re.compile(
    rb"<(table:table|table:table-row|table:table-cell|table:covered-table-cell)(?=[\s/>])([^>]*)>|</table:table-row>"
)
REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')


@dataclass
class Extent:
    """What one sheet holds: its reach in rows and columns, cells without a value, and hidden rows."""

    name: str = ""
    rows: int = 0
    columns: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: int = 0

    @property
    def cells(self) -> int:
        """Return how many cells the parser would have to make."""
        return self.rows * self.columns


def scan_xlsx(blocks: Iterable[bytes]) -> Extent:
    """Return the reach of all cells of a sheet (phantom ones too: see ``filled_xlsx``) and its broken cells."""
    found = Extent()
    for part in _whole(blocks, b"<row", b"<c "):
        _reach(found, XLSX_PLACE.findall(part))
        _broken(found, part)
        found.hidden_rows += len(XLSX_HIDDEN_ROW.findall(part)) if b"hidden=" in part else 0
    return found


def filled_xlsx(blocks: Iterable[bytes]) -> Extent:
    """Return the reach of the cells that hold something, slower: for a sheet that seems too wide."""
    found = Extent()
    for part in _whole(blocks, b"<row", b"<c "):
        _reach(found, XLSX_FILLED.findall(part))
    return found


def scan_ods(blocks: Iterable[bytes]) -> list[Extent]:
    """Return one extent for each sheet of a content.xml; repeated empty cells and rows reach nowhere."""
    found: list[Extent] = []
    row = column = width = 0
    repeat = 1
    for part in _whole(blocks, b"<table:table-row", b"<table:"):
        for token in ODS_TOKEN.finditer(part):
            kind, facts = token.group(1), token.group(2) or b""
            if kind == b"table:table":
                found.append(Extent(_name(facts)))
                row = 0
            elif kind == b"table:table-row":
                repeat, column, width = _repeats(facts), 0, 0
                row += repeat if facts.endswith(b"/") else 0
            elif kind is None:
                if width and found:
                    found[-1].rows, found[-1].columns = row + repeat, max(found[-1].columns, width)
                row += repeat
            elif found:
                if b'calcext:value-type="error"' in facts:
                    found[-1].broken[(row, column)] = UNKNOWN_ERROR
                column += _repeats(facts)
                width = column if b"value-type=" in facts else width
    return found


def column_number(letters: str) -> int:
    """Return the position of a column from its letters (A is 0)."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _reach(found: Extent, places: list[tuple[bytes, bytes]]) -> None:
    if not places:
        return
    found.columns = max(
        found.columns, *(column_number(letters.decode()) + 1 for letters in {place[0] for place in places})
    )
    found.rows = max(found.rows, *(int(digits) for digits in {place[1] for place in places}))


def _broken(found: Extent, part: bytes) -> None:
    """Note the cells in error; a plain search comes first, for most sheets have none."""
    for letters, digits, words in XLSX_ERROR.findall(part) if b't="e"' in part else ():
        found.broken[_place(letters, digits)] = words.decode("utf-8", "replace")
    for letters, digits in XLSX_UNCALCULATED.findall(part) if XLSX_FORMULA.search(part) else ():
        found.broken[_place(letters, digits)] = NOT_CALCULATED


def _place(letters: bytes, digits: bytes) -> tuple[int, int]:
    return int(digits) - 1, column_number(letters.decode())


def _name(facts: bytes) -> str:
    found = re.search(rb'table:name="([^"]*)"', facts)
    return (
        unescape(found.group(1).decode("utf-8", "replace"), {"&quot;": '"', "&apos;": "'"}) if found else ""
    )


def _repeats(facts: bytes) -> int:
    found = REPEATED.search(facts)
    return int(found.group(1)) if found else 1


def _whole(blocks: Iterable[bytes], *starts: bytes) -> Iterator[bytes]:
    """Yield parts of about BLOCK bytes cut just before a row (or, in a very long row, before a cell)."""
    waiting = b""
    for block in blocks:
        waiting += block
        if len(waiting) < BLOCK:
            continue
        cut = next((at for at in (waiting.rfind(start) for start in starts) if at > 0), len(waiting))
        yield waiting[:cut]
        waiting = waiting[cut:]
    yield waiting
