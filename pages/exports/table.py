"""One description of a table, from which the screen's table, the CSV file and the workbook are all drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

from pages.texts import t

Kind = Literal["text", "number", "date", "moment", "boolean"]
Value: TypeAlias = str | float | int | bool | date | datetime | None


@dataclass(frozen=True)
class Column:
    """A column: its title, what its values are, and their unit (the catalogue's: ``eur``, ``ratio``, ``days``…).

    A column ``in_file`` only says in the file what the screen says otherwise (a unit beside its figure, an
    identifier behind its link); one ``on_screen`` only is a drawing. ``key`` names it in JSON whatever the language of
    its title; a table that is open data has one for each column. A page to read
    leaves out what ``is_code``.
    """

    title: str
    kind: Kind = "text"
    unit: str = ""
    on_screen: bool = True
    in_file: bool = True
    key: str = ""
    is_code: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its cells stand at the right."""
        return self.kind == "number"


@dataclass(frozen=True)
class Cell:
    """A value with the drawing that a screen shows for it; the files take the value."""

    value: Value
    shown: object = None


@dataclass(frozen=True)
class Table:
    """A table whole: columns, rows (each cell a Value in its base unit, or a Cell), and the facts without which it says nothing.

    ``name`` completes the file's: what it is about besides its screen, a KPI's id for instance. ``facts`` are (what, value): town, date, scope, filters, versions of
    the definitions, source; ``fact_keys`` names them in JSON, in their order. Unknown is None, never 0.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Sequence[object], ...]
    facts: tuple[tuple[str, Value], ...] = ()
    fact_keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.name}: a row of {len(row)} cells under {len(self.columns)} columns")

    @property
    def file_columns(self) -> list[Column]:
        """The columns of a file."""
        return [column for column in self.columns if column.in_file]

    def file_rows(self) -> Iterator[list[Value]]:
        """Yield the rows of a file: raw values, in the order of file_columns."""
        kept = [index for index, column in enumerate(self.columns) if column.in_file]
        for row in self.rows:
            yield [raw(row[index]) for index in kept]


def raw(cell: object) -> Value:
    """A cell's value as files keep it; what is not a number is unknown, what is nothing of ours is text."""
    value = cell.value if isinstance(cell, Cell) else cell
    if hasattr(value, "item"):  # a number of an array
        value = value.item()
    if value is None or value != value:
        return None
    return value if isinstance(value, (str, float, int, date)) else str(value)


def unit_sign(unit: str) -> str:
    """A unit as it stands behind a column's title: ``€``, ``0 à 1``; "" for a plain number."""
    signs = {
        "eur": lambda: "€",
        "eur_per_eur": lambda: t("€ par €"),
        "ratio": lambda: t("0 à 1"),
        "days": lambda: t("jours"),
        "years": lambda: t("années"),
        "hours": lambda: t("heures"),
        "months": lambda: t("mois"),
        "per_month": lambda: t("par mois"),
        "n_per_month": lambda: t("par mois"),
        "fte": lambda: t("ETP"),
    }
    return signs[unit]() if unit in signs else ""
