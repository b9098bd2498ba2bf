"""Rule 22: a few euros where thousands are usual are perhaps thousands of euros."""

from schemas.columns import Column
from schemas.rules.rule import Rule
from schemas.tables import TABLES, Table
from schemas.text import Text


def _plausible(table: Table, column: Column) -> Rule:
    return Rule(
        number=22,
        severity="warning",
        table=table.name,
        tables=(table.name,),
        column=column.name,
        sql=f"SELECT _id, {column.name} AS value FROM {table.name} WHERE {column.name} > 0 AND {column.name} < 1000",
        message=Text(
            f"{column.title.fr} : {{value}} € est bien peu ; le montant est-il en k€ ?",
            f"{column.title.en}: €{{value}} is very little; is the amount in k€?",
        ),
        mend=Text(
            "Écrivez les montants en euros ; si {value} € est juste, laissez ainsi.",
            "Write amounts in euros; if €{value} is right, leave it.",
        ),
    )


RULES: tuple[Rule, ...] = tuple(
    _plausible(table, column)
    for table in TABLES.values()
    for column in table.columns
    if column.kind == "amount"
)
