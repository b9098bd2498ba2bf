"""What rows must obey together: keys unique within an import, and the numbered cross-table rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from data.connection import quoted
from data.gather import Place
from data.layout import UNTRACED
from data.readers.refused import shown_value
from data.summary import data_date
from data.upsert import staged
from schemas.fault import Fault
from schemas.rules import RULES, Rule
from schemas.tables import TABLES
from schemas.text import Text


@dataclass(frozen=True)
class Violation:
    """One row that breaks one rule, with the columns that the rule's words need."""

    rule: Rule
    id: int | None
    row: Mapping[str, Any]

    @property
    def mark(self) -> tuple[Any, ...]:
        """What makes it the same violation before and after an import."""
        return self.rule.name, self.rule.table, self.rule.column, self.id, str(self.row.get("value"))


def set_up(connection: duckdb.DuckDBPyConnection, settings: Mapping[str, Any]) -> None:
    """Give the rules ``settings`` (one row, with the data date of the rows current now) and ``directorate_groups``."""

    def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return connection.execute(sql, list(params)).fetchall()

    as_of = data_date(rows)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE settings AS SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS rebase_on",
        [as_of, settings.get("rebase_on")],
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE directorate_groups (directorate_group VARCHAR, directorate VARCHAR)"
    )
    groups = settings.get("directorate_groups") or {}
    for pair in [[group, directorate] for group, members in groups.items() for directorate in members]:
        connection.execute("INSERT INTO temp.directorate_groups VALUES (?, ?)", pair)


def violations(
    connection: duckdb.DuckDBPyConnection, touched: Collection[str], severity: str, *, whole: bool = True
) -> list[Violation]:
    """Run the rules of that severity that read a touched table, over the rows that are current now.

    When not the ``whole`` of the files could be read, only the rules that read nothing but touched tables count:
    a reference to a sheet that was refused is not a fault of its own.
    """
    found = []
    for rule in RULES:
        concerned = (
            not set(touched).isdisjoint(rule.tables) if whole else set(touched).issuperset(rule.tables)
        )
        if rule.severity == severity and concerned:
            cursor = connection.execute(rule.sql)
            names = [column[0] for column in cursor.description]
            rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            found += [Violation(rule, row["_id"], row) for row in rows]
    return found


def faults(connection: duckdb.DuckDBPyConnection, broken: Iterable[Violation]) -> list[Fault]:
    """Turn violations into faults that name file, sheet and row; survey answers have neither row nor value."""
    broken = list(broken)
    spots = {name: _spots(connection, name, broken) for name in {each.rule.table for each in broken}}
    return [_fault(each, spots[each.rule.table]) for each in broken]


def duplicates(connection: duckdb.DuckDBPyConnection, table: str, places: list[Place]) -> list[Fault]:
    """Return a fault for each staged row whose key an earlier one has. Rows without key may repeat."""
    key = TABLES[table].key
    if not key:
        return []
    first = "OVER (PARTITION BY _key ORDER BY _place, _row)"
    sql = f"""SELECT _place, _row, _key, first_value(_place) {first} AS place, first_value(_row) {first} AS row
              FROM {staged(table)} QUALIFY row_number() {first} > 1 ORDER BY _place, _row"""
    return [_duplicate(places, key[0], *row) for row in connection.execute(sql).fetchall()]


def _duplicate(
    places: list[Place], column: str, place: int, row: int, key: str, earlier: int, at: int
) -> Fault:
    there = "" if places[earlier] == places[place] else f" ({places[earlier].file})"
    message = Text(
        f"cet identifiant est déjà à la ligne {at}{there}", f"this identifier is already in row {at}{there}"
    )
    return Fault(
        places[place].file, places[place].sheet, row, column, key, "duplicate", "error", message, ONE_ROW
    )


def _spots(
    connection: duckdb.DuckDBPyConnection, table: str, broken: list[Violation]
) -> dict[int | None, tuple[str | None, str | None, int | None]]:
    if table in UNTRACED:
        return {}
    ids = [each.id for each in broken if each.rule.table == table]
    sql = f"""SELECT k._id, s.file, s.sheet, k._row FROM kept.{quoted(table)} k
              LEFT JOIN main.sources s ON s.source = k._source WHERE list_contains(?, k._id)"""
    return {row[0]: row[1:] for row in connection.execute(sql, [ids]).fetchall()}


def _fault(each: Violation, spots: Mapping[int | None, tuple[str | None, str | None, int | None]]) -> Fault:
    file, sheet, row = spots.get(each.id, (None, None, None))
    value = each.row.get("value")
    shown = None if value is None or each.rule.table in UNTRACED else shown_value(_as_typed(value))
    message, mend = each.rule.words(each.row)
    return Fault(file, sheet, row, each.rule.column, shown, each.rule.name, each.rule.severity, message, mend)


def _as_typed(value: Any) -> Any:
    """Return an amount without the zeros that its column added: 12.00 becomes 12."""
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else int(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


ONE_ROW = Text("Gardez une seule ligne par identifiant.", "Keep one row per identifier.")
