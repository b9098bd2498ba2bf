"""A column as every room reads it: its names, kind, unit, allowed values and what it points to."""

from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.text import Text

Kind = Literal["text", "integer", "number", "ratio", "amount", "boolean", "date", "period"]

DUCKDB_TYPES: dict[str, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "ratio": "DOUBLE",
    "amount": "DECIMAL(14,2)",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "period": "VARCHAR",
}

PANDAS_TYPES: dict[str, str] = {
    "text": "object",
    "integer": "Int64",
    "number": "float64",
    "ratio": "float64",
    "amount": "float64",
    "boolean": "boolean",
    "date": "datetime64[us]",
    "period": "object",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    ``labels`` maps each allowed identifier to its words; it is empty where any value of the kind may enter.
    ``references`` names the column that must hold the value ("projects.project_id"); ``is_list`` says that the
    cell holds several values separated by ``;``. ``default`` stands for an empty cell (None: stays unknown).
    ``is_event`` marks dates of things that happened: the latest of them is the store's data date, so planned
    dates, deadlines and milestones are not events. ``unit`` is the base unit (eur, ratio 0..1, months, …).
    ``aliases`` are other spellings of an identifier, ``blanks`` are words that mean an empty cell.
    """

    name: str
    title: Text
    kind: Kind
    unit: str | None = None
    required: bool = False
    labels: dict[str, Text] = field(default_factory=dict, hash=False)
    references: str | None = None
    default: Any = None
    is_event: bool = False
    is_list: bool = False
    minimum: Any = None
    maximum: Any = None
    choices: tuple[float, ...] = ()
    longest: int | None = None
    aliases: dict[str, str] = field(default_factory=dict, hash=False)
    blanks: tuple[str, ...] = ()

    @property
    def duckdb_type(self) -> str:
        """Return the type of the stored column."""
        return DUCKDB_TYPES[self.kind]

    @property
    def pandas_type(self) -> str:
        """Return the dtype of the column in a validated frame (text may also be pandas' ``str``)."""
        return PANDAS_TYPES[self.kind]
