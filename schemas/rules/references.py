"""Rule 1: every reference leads to a row, every identifier is unique."""

from schemas.columns import Column
from schemas.rules.rule import Rule
from schemas.tables import TABLES, Table
from schemas.text import Text

# The staff table lists the directorates: while it is empty the list is unknown, and nothing is refused for it.
LISTED_ONCE_LOADED = "staff"


def _values(table: Table, column: Column) -> str:
    if not column.is_list:
        return f"SELECT _id, {column.name} AS value FROM {table.name}"
    pieces = f"SELECT _id, unnest(string_split({column.name}, ';')) AS piece FROM {table.name}"
    return f"SELECT _id, nullif(trim(piece), '') AS value FROM ({pieces})"


def _resolves(table: Table, column: Column) -> Rule:
    target, key = (column.references or "").split(".")
    loaded = f"AND EXISTS (SELECT 1 FROM {target})" if target == LISTED_ONCE_LOADED else ""
    title, target_title = column.title, TABLES[target].title
    return Rule(
        number=1,
        severity="error",
        table=table.name,
        tables=tuple(dict.fromkeys((table.name, target))),
        column=column.name,
        sql=f"""
            SELECT source._id, source.value FROM ({_values(table, column)}) source
            WHERE source.value IS NOT NULL {loaded}
              AND NOT EXISTS (SELECT 1 FROM {target} listed WHERE listed.{key} = source.value)
        """,
        message=Text(
            f"{title.fr} : « {{value}} » est inconnu de la feuille « {target_title.fr} ».",
            f'{title.en}: "{{value}}" is unknown to the sheet "{target_title.en}".',
        ),
        mend=Text(
            f"Corrigez la valeur, ou ajoutez « {{value}} » à la feuille « {target_title.fr} ».",
            f'Correct the value, or add "{{value}}" to the sheet "{target_title.en}".',
        ),
    )


def _unique(table: Table) -> Rule:
    parts = ", ".join(f"lower({part}::VARCHAR)" for part in table.key)
    known = " AND ".join(f"{part} IS NOT NULL" for part in table.key)
    # A lone identifier that differs by its capitals only is a typing slip; in a composite key capitals may matter.
    if len(table.key) > 1:
        parts = ", ".join(table.key)
    shown = ", ".join(f"max({part})::VARCHAR" for part in table.key)
    title = table.title
    return Rule(
        number=1,
        severity="error",
        table=table.name,
        tables=(table.name,),
        column=table.key[0],
        sql=f"""
            SELECT max(_id) AS _id, concat_ws(' · ', {shown}) AS value, count(*) AS times
            FROM {table.name} WHERE {known} GROUP BY {parts} HAVING count(*) > 1
        """,
        message=Text(
            f"{title.fr} : l'identifiant « {{value}} » est en double ({{times}} lignes).",
            f'{title.en}: the identifier "{{value}}" is a duplicate ({{times}} rows).',
        ),
        mend=Text(
            "Gardez une seule ligne par identifiant, ou corrigez l'identifiant.",
            "Keep one row per identifier, or correct the identifier.",
        ),
    )


PRACTICE_OF_A_SESSION = Rule(
    number=1,
    severity="error",
    table="practice_sessions",
    tables=("practice_sessions",),
    column="practice",
    sql="""
        SELECT _id, practice AS value, session_id FROM practice_sessions
        WHERE kind = 'practice' AND practice IS NULL
    """,
    message=Text(
        "La séance {session_id} est de type « outil » mais ne dit pas quel outil.",
        'Session {session_id} is of kind "practice" but names no practice.',
    ),
    mend=Text(
        "Remplissez « Code outil », ou changez le type de la séance.",
        'Fill in "Practice code", or change the kind of the session.',
    ),
)

RULES: tuple[Rule, ...] = (
    *(_unique(table) for table in TABLES.values() if table.key),
    *(_resolves(table, column) for table in TABLES.values() for column in table.columns if column.references),
    PRACTICE_OF_A_SESSION,
)
