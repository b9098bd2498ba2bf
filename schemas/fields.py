"""How a model declares a column: one call says the title, the kind, the limits and the pandera checks.

The :class:`~schemas.columns.Column` travels in the field's metadata, so that nothing is said twice.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pandera.pandas as pa

from schemas.columns import Column
from schemas.text import Text

Words = Any  # text has no dtype of its own: pandas' object and str both hold it, the check below looks at the cells
Whole = pd.Int64Dtype
Number = float
Flag = pd.BooleanDtype
Day = pd.Timestamp

LARGEST_AMOUNT = 999_999_999_999.99  # what DECIMAL(14,2) holds
FIRST_DAY, LAST_DAY = pd.Timestamp("1900-01-01"), pd.Timestamp("2100-12-31")
LONGEST_KEY, LONGEST_TITLE, LONGEST_NOTE = 200, 500, 4000

# Anything but a month or a quarter out of range; a survey wave ("2013-audit") is a period too.
PERIOD = r"^(\d{4}|\d{4}-Q[1-4]|\d{4}-(0[1-9]|1[0-2])|(?!\d{4}-[Qq]\d)(?=.*[^\W\d_])[\w.-]{1,40})$"


def text(fr: str, en: str, *, longest: int = LONGEST_TITLE, **facts: Any) -> Any:
    """Declare a text column; ``longest`` is in characters."""
    return _field(Column("", Text(fr, en), "text", longest=longest, **facts))


def key(fr: str, en: str, *, required: bool = True, **facts: Any) -> Any:
    """Declare an identifier: short text, required unless said otherwise."""
    return text(fr, en, longest=LONGEST_KEY, required=required, **facts)


def choice(fr: str, en: str, labels: Mapping[str, Text], **facts: Any) -> Any:
    """Declare a closed list of identifiers with their words."""
    return _field(Column("", Text(fr, en), "text", labels=dict(labels), **facts))


def period(fr: str, en: str, **facts: Any) -> Any:
    """Declare a period: 2015, 2015-Q2, 2015-06 or the name of a survey wave."""
    return _field(Column("", Text(fr, en), "period", **facts))


def day(fr: str, en: str, *, event: bool = False, **facts: Any) -> Any:
    """Declare a date; ``event`` says that it is the date of something that happened."""
    return _field(
        Column("", Text(fr, en), "date", is_event=event, minimum=FIRST_DAY, maximum=LAST_DAY, **facts)
    )


def flag(fr: str, en: str, **facts: Any) -> Any:
    """Declare a yes/no column."""
    return _field(Column("", Text(fr, en), "boolean", **facts))


def amount(fr: str, en: str, *, minimum: float = 0.0, **facts: Any) -> Any:
    """Declare an amount in euros, never negative unless ``minimum`` says so."""
    facts = {"maximum": LARGEST_AMOUNT, "unit": "eur", **facts}
    return _field(Column("", Text(fr, en), "amount", minimum=minimum, **facts))


def ratio(fr: str, en: str, **facts: Any) -> Any:
    """Declare a share between 0 and 1 (20 % is 0.2)."""
    return _field(Column("", Text(fr, en), "ratio", unit="ratio", minimum=0.0, maximum=1.0, **facts))


def whole(fr: str, en: str, *, minimum: int = 0, **facts: Any) -> Any:
    """Declare a whole number, never negative unless ``minimum`` says so."""
    return _field(Column("", Text(fr, en), "integer", minimum=minimum, **facts))


def number(fr: str, en: str, **facts: Any) -> Any:
    """Declare a finite number."""
    return _field(Column("", Text(fr, en), "number", **facts))


def year(fr: str, en: str, **facts: Any) -> Any:
    """Declare a calendar year."""
    return whole(fr, en, minimum=FIRST_DAY.year, maximum=LAST_DAY.year, unit="year", **facts)


def column_of(name: str, metadata: Mapping[str, Any]) -> Column:
    """Return the column that a field's metadata carries, under its name in the model."""
    return replace(metadata["column"], name=name)


def _field(column: Column) -> Any:
    return pa.Field(
        nullable=not column.required,
        title=column.title.fr,
        description=column.title.en,
        metadata={"column": column},
        **_checks(column),
    )


def _checks(column: Column) -> dict[str, Any]:
    checks: dict[str, Any] = {"ge": column.minimum, "le": column.maximum}
    if column.labels or column.choices:
        checks["isin"] = list(column.labels or column.choices)
    if column.kind in ("number", "ratio", "amount"):
        checks["finite"] = ()
    if column.kind in ("text", "period"):
        checks["words"] = (column.longest,)
    if column.kind == "period":
        checks["str_matches"] = PERIOD
    return {name: value for name, value in checks.items() if value is not None}
