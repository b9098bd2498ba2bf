"""What is wrong in a file, where, and what to do about it."""

from dataclasses import dataclass
from typing import Any, Literal

from schemas.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Fault:
    """One fault of one cell, row, sheet or file. Rows count from 1 as a spreadsheet shows them; unknown places are None."""

    file: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    rule: str
    severity: Severity
    message: Text
    mend: Text

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the JSON object that docs/formats.md fixes."""
        place = {
            name: getattr(self, name)
            for name in ("file", "sheet", "row", "column", "value", "rule", "severity")
        }
        return place | {"message": self.message.get(lang), "mend": self.mend.get(lang)}
