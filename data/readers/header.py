"""Which row is the header: the one whose cells name the columns of a known table best."""

from collections.abc import Collection, Sequence

from data.readers.sheet import Cell, Grid, Sheet, filled_width, is_blank
from schemas.headers import plain

Titles = Sequence[Collection[str]]  # for each known table, its columns' names under ``plain``

SEARCHED = 60  # rows; a longer preamble is not a table's


def best_match(rows: Sequence[Sequence[Cell]], titles: Titles) -> tuple[int, int]:
    """Return (position, number of known titles) of the row that names most columns of one table."""
    best, found = 0, 0
    for at, row in enumerate(rows[:SEARCHED]):
        words = {plain(str(cell)) for cell in row if isinstance(cell, str)} - {""}
        matched = max((len(words.intersection(known)) for known in titles), default=0)
        if matched > found:
            best, found = at, matched
    return best, found


def widest(rows: Sequence[Sequence[Cell]]) -> int:
    """Return the position of the first row at least half as filled as the fullest: the header of an unknown table."""
    counts = [sum(not is_blank(cell) for cell in row) for row in rows[:SEARCHED]]
    return next((at for at, count in enumerate(counts) if 2 * count >= max(counts)), 0)


def as_sheet(file: str, grid: Grid, titles: Titles) -> Sheet:
    """Cut a grid into its header and rows; what stands above the header is left out."""
    position, matched = best_match(grid.rows, titles)
    if matched < 2:
        position = position if matched and len(grid.rows) == 1 else widest(grid.rows)
    raw = grid.rows[position]
    width = filled_width(raw)
    header = ["" if is_blank(cell) else str(cell) for cell in raw[:width]]
    below = list(zip(grid.row_numbers[position + 1 :], grid.rows[position + 1 :], strict=True))
    overflow = [(number, row[width]) for number, row in below if filled_width(row) > width]
    return Sheet(
        file=file,
        sheet=grid.sheet,
        header_row=grid.row_numbers[position],
        header=header,
        rows=[(row + [None] * width)[:width] for _, row in below],
        row_numbers=[number for number, _ in below],
        overflow=overflow,
        hidden=grid.hidden,
        hidden_rows=grid.hidden_rows,
    )
