"""How readers say no: faults in two languages, and one exception for a file that cannot be read at all."""

import re
from typing import Any

from schemas.fault import Fault, Severity
from schemas.text import Text

UNSEEN = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Refused(Exception):
    """The file is not a readable spreadsheet; ``faults`` say why and what to do."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message.fr for fault in faults))
        self.faults = faults


def shown_name(name: str) -> str:
    """Return a file's name without folders or invisible characters, short enough to be read."""
    last = re.split(r"[/\\]", UNSEEN.sub("", name))[-1].strip()
    return last if len(last) <= 120 else last[:80] + "…" + last[-30:]


def shown_value(value: Any) -> str | None:
    """Return a cell as a message shows it: one line, at most 80 characters."""
    if value is None:
        return None
    words = UNSEEN.sub(" ", str(value)).strip()
    return words if len(words) <= 80 else words[:79] + "…"


def fault(
    rule: str,
    message: Text,
    mend: Text,
    *,
    file: str | None,
    sheet: str | None = None,
    row: int | None = None,
    column: str | None = None,
    value: Any = None,
    severity: Severity = "error",
) -> Fault:
    """Build a fault; the file's name and the value are made safe to show."""
    name = None if file is None else shown_name(file)
    return Fault(name, sheet, row, column, shown_value(value), rule, severity, message, mend)


def refusal(file: str, rule: str, message: Text, mend: Text, **place: Any) -> Refused:
    """Build the exception for a file that is refused as a whole."""
    return Refused([fault(rule, message, mend, file=file, **place)])
