"""Tables as JSON documents, for machines and open data: raw values in base units, unknown is null."""

import json
from datetime import date

from pages.exports.table import Table, Value


def write(table: Table) -> bytes:
    """Return ``{"title", "about": {what: value}, "columns": [{"title", "kind", "unit"}], "rows": [{title: value}]}`` in UTF-8."""
    columns = table.file_columns
    titles = [column.title for column in columns]
    document = {
        "title": table.title,
        "about": {what: _plain(value) for what, value in table.facts},
        "columns": [{"title": c.title, "kind": c.kind, "unit": c.unit} for c in columns],
        "rows": [dict(zip(titles, map(_plain, row), strict=True)) for row in table.file_rows()],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value
