"""The tables in words: ``python -m schemas.describe > docs/tables.md`` writes the page that a test holds true."""

from schemas.columns import Column
from schemas.rules import RULES
from schemas.tables import TABLES, Table

HEAD = """# Tables

One sheet a table. A column is recognised by its identifier, its French or its English title, whatever the case and the accents. **Bold** columns must be filled.
Amounts are euros excluding VAT, shares between 0 and 1, dates days; an empty cell is unknown, never zero. An enumeration accepts the identifier or either language's word.
The last fourteen are absent from the Excel template: eleven journals, what is typed on a screen (targets, new bases, annotations; reviews, their agendas, decisions and actions; notes; the choices and reviews of the mayor's brief; saved scenarios), and three registers (survey waves, wordings of questions, sealed weeks), which only the product's own steps write.
`survey_items` is no sheet either: it holds the columns of a sheet of answers that are items of a declared scale.
"""


def markdown() -> str:
    """Return the page: each table with its key and columns, then the numbered rules."""
    tables = "\n".join(_table(table) for table in TABLES.values())
    return f"{HEAD}\n{tables}\n{_rules()}"


def _table(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key) or "none: equal rows are counted"
    rows = "\n".join(_row(column) for column in table.columns)
    return (
        f"## `{table.name}`: {table.title.fr} / {table.title.en}\n\nKey: {key}.\n\n"
        f"| column | titre | title | what |\n|---|---|---|---|\n{rows}\n"
    )


def _row(column: Column) -> str:
    name = f"**`{column.name}`**" if column.required else f"`{column.name}`"
    return f"| {name} | {column.title.fr} | {column.title.en} | {_what(column)} |"


def _what(column: Column) -> str:
    """Return kind, unit, bounds, allowed values and reference of a column, in that order."""
    said = [column.kind if column.unit is None else f"{column.kind}, {column.unit}"]
    if column.labels:
        said.append("one of " + ", ".join(f"`{value}` {words.fr}" for value, words in column.labels.items()))
    if column.references:
        said.append(f"of `{column.references}`" + (", several separated by `;`" if column.is_list else ""))
    if column.default is not None:
        said.append(f"empty counts as {column.default}")
    return "; ".join(said)


def _rules() -> str:
    rows = "\n".join(
        f"| {rule.number} | {rule.severity} | `{rule.table}` | {_plain(rule.message.en)} |" for rule in RULES
    )
    return (
        "## Rules between cells and tables\n\nAn error refuses the import; a warning is accepted and listed. A rule with an unknown operand is not tested.\n\n"
        f"| rule | severity | table | what is said |\n|---|---|---|---|\n{rows}\n"
    )


def _plain(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")


if __name__ == "__main__":
    print(markdown(), end="")
