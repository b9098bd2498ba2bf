"""What readers of other people's files share: finding their columns under changing titles, and grouped warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.readers.cells import tidy
from data.readers.refused import fault
from data.readers.sheet import Cell, Sheet
from schemas.fault import Fault
from schemas.headers import plain
from schemas.text import Text

Names = Mapping[str, tuple[str, ...]]  # our name for a column -> the titles it bears in the files


def titles(names: Names) -> frozenset[str]:
    """Return every title under ``plain``, to find the header row."""
    return frozenset(plain(title) for known in names.values() for title in known)


@dataclass(frozen=True)
class Source:
    """A sheet seen through the names of its columns."""

    sheet: Sheet
    places: Mapping[str, int]

    def column(self, name: str) -> list[Cell]:
        """Return a column's raw cells; all unknown where the sheet does not have it."""
        at = self.places.get(name)
        return [None] * len(self.sheet.rows) if at is None else self.sheet.column(at)

    def texts(self, name: str) -> list[str | None]:
        """Return a column as text: trimmed, whole numbers without decimals, empty cells unknown."""
        return [text_of(cell) for cell in self.column(name)]

    def title(self, name: str) -> str:
        """Return the title that the column bears in the file."""
        return self.sheet.header[self.places[name]] if name in self.places else name

    def error(self, rule: str, at: int, name: str, cell: Cell, message: Text, mend: Text) -> Fault:
        """Return the fault of one cell, ``at`` being its position among the rows."""
        place = self.sheet.row_numbers[at]
        return self._fault(rule, message, mend, row=place, name=name, value=cell, warning=False)

    def warning(self, rule: str, name: str, at: Sequence[int], message: Text, mend: Text) -> list[Fault]:
        """Return one warning for all the rows ``at`` (none for no row); ``{count}`` and ``{rows}`` are filled in."""
        if not at:
            return []
        numbers = [str(self.sheet.row_numbers[each]) for each in at[:10]]
        rows = ", ".join(numbers) + ("…" if len(at) > 10 else "")
        filled = message.format(count=len(at), rows=rows)
        first = self.sheet.row_numbers[at[0]]
        return [self._fault(rule, filled, mend, row=first, name=name, value=None, warning=True)]

    def _fault(
        self, rule: str, message: Text, mend: Text, *, row: int, name: str, value: Cell, warning: bool
    ) -> Fault:
        title = self.title(name)
        return fault(
            rule,
            Text(f"« {title} » : {message.fr}", f"“{title}”: {message.en}"),
            mend,
            file=self.sheet.file,
            sheet=self.sheet.sheet,
            row=row,
            column=title,
            value=value,
            severity="warning" if warning else "error",
        )


def source(sheet: Sheet, names: Names) -> Source:
    """Find the columns of a sheet by their titles, however they are typed; the first of two equal titles counts."""
    wanted = {plain(title): name for name, known in names.items() for title in known}
    places: dict[str, int] = {}
    for at, title in enumerate(sheet.header):
        name = wanted.get(plain(title))
        if name:
            places.setdefault(name, at)
    return Source(sheet, places)


def text_of(cell: Cell) -> str | None:
    """Return a cell as text; None for an empty one."""
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell)) or None
