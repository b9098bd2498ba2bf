"""Tables as JSON documents, for machines and open data: raw values in base units, unknown is null."""

import json
from datetime import date

from pages.exports.table import Table, Value


def write(table: Table) -> bytes:
    """Return ``{"title", "about": {key: value}, "columns": [{"key", "title", "kind", "unit"}], "rows": [{key: value}]}`` in UTF-8.

    Keys are the same in every language where the table gives some; a column without one is named by its title.
    """
    columns = table.file_columns
    keys = [column.key or column.title for column in columns]
    known = (*table.fact_keys, *(what for what, _ in table.facts[len(table.fact_keys) :]))
    document = {
        "title": table.title,
        "about": {key: _plain(value) for key, (_, value) in zip(known, table.facts, strict=True)},
        "columns": [
            {"key": key, "title": c.title, "kind": c.kind, "unit": c.unit}
            for key, c in zip(keys, columns, strict=True)
        ],
        "rows": [dict(zip(keys, map(_plain, row), strict=True)) for row in table.file_rows()],
    }
    return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8")


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value
