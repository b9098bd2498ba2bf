"""Rules 2 and 3: dates that come in the wrong order, or that are missing between two others."""

from schemas.rules.rule import Rule
from schemas.tables import TABLES
from schemas.text import Text

# Periods within one row: a beginning never comes after its end.
PERIODS: tuple[tuple[str, str, str], ...] = (
    ("stages", "entered_on", "left_on"),
    ("projects", "opened_on", "closed_on"),
    ("projects", "works_started_on", "works_ended_on"),
    ("partners", "joined_on", "left_on"),
    ("programmes", "valid_from", "valid_to"),
)

LIFE_OF_A_LINE: tuple[tuple[str, str], ...] = (
    ("requested_on", "awarded_on"),
    ("awarded_on", "contracted_on"),
    ("requested_on", "contracted_on"),
)

MEND = Text("Corrigez la date ou retirez la ligne.", "Correct the date or remove the row.")


def _reversed(number: int, table: str, first: str, last: str, unless: str = "false") -> Rule:
    before, after = TABLES[table].column(first).title, TABLES[table].column(last).title
    return Rule(
        number=number,
        severity="error",
        table=table,
        tables=(table,),
        column=last,
        sql=f"""
            SELECT _id, {last} AS value, {first} AS earlier FROM {table}
            WHERE {last} < {first} AND NOT ({unless})
        """,
        message=Text(
            f"{after.fr} ({{value}}) précède {before.fr} ({{earlier}}).",
            f"{after.en} ({{value}}) is before {before.en} ({{earlier}}).",
        ),
        mend=MEND,
    )


PAID_TOO_EARLY = Rule(
    number=3,
    severity="error",
    table="payments",
    tables=("payments", "financings"),
    column="paid_on",
    sql="""
        SELECT payment._id, payment.paid_on AS value, payment.financing_id,
               greatest(line.requested_on, line.awarded_on, line.contracted_on) AS earlier
        FROM payments payment JOIN financings line ON line.financing_id = payment.financing_id
        WHERE payment.paid_on < greatest(line.requested_on, line.awarded_on, line.contracted_on)
    """,
    message=Text(
        "Financement {financing_id} : versement du {value}, avant sa demande, sa notification "
        "ou sa convention ({earlier}).",
        "Financing {financing_id}: payment of {value}, before its request, award or contract ({earlier}).",
    ),
    mend=MEND,
)

AWARD_DATE_MISSING = Rule(
    number=3,
    severity="warning",
    table="financings",
    tables=("financings",),
    column="awarded_on",
    sql="""
        SELECT _id, awarded_on AS value, financing_id, contracted_on FROM financings
        WHERE awarded_on IS NULL AND contracted_on IS NOT NULL
    """,
    message=Text(
        "Financement {financing_id} : convention du {contracted_on}, mais la date de notification manque.",
        "Financing {financing_id}: contracted on {contracted_on}, but the award date is missing.",
    ),
    mend=Text(
        "Ajoutez la date de notification : sans elle le montant n'entre dans aucune période.",
        "Add the award date: without it the amount belongs to no period.",
    ),
)

CONTRACT_DATE_MISSING = Rule(
    number=3,
    severity="warning",
    table="financings",
    tables=("financings", "payments"),
    column="contracted_on",
    sql="""
        SELECT line._id, line.contracted_on AS value, line.financing_id, min(payment.paid_on) AS paid_on
        FROM financings line JOIN payments payment ON payment.financing_id = line.financing_id
        WHERE line.contracted_on IS NULL AND payment.paid_on IS NOT NULL
        GROUP BY ALL
    """,
    message=Text(
        "Financement {financing_id} : versé dès le {paid_on}, mais la date de convention manque.",
        "Financing {financing_id}: paid from {paid_on}, but the contract date is missing.",
    ),
    mend=Text("Ajoutez la date de convention.", "Add the contract date."),
)

RULES: tuple[Rule, ...] = (
    *(_reversed(2, table, first, last) for table, first, last in PERIODS),
    # The third pair only counts when the award in the middle is undated: otherwise one of the two others says it.
    *(
        _reversed(3, "financings", first, last, "awarded_on IS NOT NULL" if index == 2 else "false")
        for index, (first, last) in enumerate(LIFE_OF_A_LINE)
    ),
    PAID_TOO_EARLY,
    AWARD_DATE_MISSING,
    CONTRACT_DATE_MISSING,
)
