"""Rules 4, 5, 6 and 13: amounts of a plan agree with each other."""

from schemas.rules.lines import LIVE_LINES
from schemas.rules.rule import Rule
from schemas.text import Text


def _at_most(smaller: str, larger: str, message: Text) -> Rule:
    return Rule(
        number=4,
        severity="warning",
        table="financings",
        tables=("financings",),
        column=smaller,
        sql=f"""
            SELECT _id, {smaller} AS value, {larger} AS ceiling, financing_id FROM financings
            WHERE {smaller} > {larger}
        """,
        message=message,
        mend=Text(
            "Corrigez l'un des deux montants ; s'il y a eu un avenant, la ligne peut rester ainsi.",
            "Correct one of the two amounts; if there was an amendment the row may stay as it is.",
        ),
    )


AWARDED = _at_most(
    "awarded_amount",
    "requested_amount",
    Text(
        "Financement {financing_id} : {value} € notifiés pour {ceiling} € sollicités.",
        "Financing {financing_id}: €{value} awarded for €{ceiling} requested.",
    ),
)

CONTRACTED = _at_most(
    "contracted_amount",
    "awarded_amount",
    Text(
        "Financement {financing_id} : {value} € conventionnés pour {ceiling} € notifiés.",
        "Financing {financing_id}: €{value} contracted for €{ceiling} awarded.",
    ),
)

OVERPAID = Rule(
    number=4,
    severity="error",
    table="financings",
    tables=("financings", "payments"),
    column="contracted_amount",
    sql="""
        SELECT line._id, line.contracted_amount AS value, line.financing_id, sum(payment.amount) AS paid
        FROM financings line JOIN payments payment ON payment.financing_id = line.financing_id
        GROUP BY ALL HAVING sum(payment.amount) > line.contracted_amount
    """,
    message=Text(
        "Financement {financing_id} : {paid} € versés pour {value} € conventionnés.",
        "Financing {financing_id}: €{paid} paid for €{value} contracted.",
    ),
    mend=Text(
        "Corrigez le montant conventionné, ou le versement en trop.",
        "Correct the contracted amount, or the payment in excess.",
    ),
)

SIGN_OF_A_PAYMENT = Rule(
    number=4,
    severity="error",
    table="payments",
    tables=("payments",),
    column="amount",
    sql="""
        SELECT _id, amount AS value, financing_id, kind FROM payments
        WHERE (kind = 'clawback' AND amount > 0) OR (kind <> 'clawback' AND amount < 0)
    """,
    message=Text(
        "Financement {financing_id} : montant {value} € pour un versement de type « {kind} ». "
        "Seul un reversement est négatif.",
        'Financing {financing_id}: amount €{value} for a payment of kind "{kind}". Only a clawback is negative.',
    ),
    mend=Text("Corrigez le signe du montant, ou le type.", "Correct the sign of the amount, or the kind."),
)

REFUSED_BUT_AWARDED = Rule(
    number=5,
    severity="error",
    table="financings",
    tables=("financings",),
    column="awarded_amount",
    sql="""
        SELECT _id, awarded_amount AS value, financing_id, refused_on FROM financings
        WHERE refused_on IS NOT NULL AND awarded_amount IS NOT NULL
    """,
    message=Text(
        "Financement {financing_id} : refusé le {refused_on}, mais {value} € sont notifiés.",
        "Financing {financing_id}: refused on {refused_on}, but €{value} are awarded.",
    ),
    mend=Text(
        "Videz le montant notifié, ou retirez la date de refus.",
        "Empty the awarded amount, or remove the refusal date.",
    ),
)


def _over_cost(own: str, known: str, message: Text) -> Rule:
    return Rule(
        number=6,
        severity="warning",
        table="projects",
        tables=("projects", "financings"),
        column="total_cost_amount",
        sql=f"""
            WITH {LIVE_LINES}
            SELECT project._id, project.total_cost_amount AS value, project.project_id,
                   sum(lines.awarded_amount) AS awarded, {own} AS own
            FROM projects project JOIN lines ON lines.project_id = project.project_id
            WHERE project.own_funds_amount IS {known}
            GROUP BY ALL HAVING {own} + sum(lines.awarded_amount) > project.total_cost_amount
        """,
        message=message,
        mend=Text(
            "Vérifiez le coût total (HT) et les montants : le plan dépasse le coût.",
            "Check the total cost (excluding VAT) and the amounts: the plan exceeds the cost.",
        ),
    )


PLAN_OVER_COST = _over_cost(
    "project.own_funds_amount",
    "NOT NULL",
    Text(
        "Projet {project_id} : {own} € de fonds propres et {awarded} € notifiés, pour un coût de {value} €.",
        "Project {project_id}: €{own} of own funds and €{awarded} awarded, for a cost of €{value}.",
    ),
)

# Own funds unknown: grants alone above the cost are already too much, whatever the own funds are.
GRANTS_OVER_COST = _over_cost(
    "0",
    "NULL",
    Text(
        "Projet {project_id} : {awarded} € notifiés pour un coût de {value} €.",
        "Project {project_id}: €{awarded} awarded for a cost of €{value}.",
    ),
)

THIRD_PARTY = Rule(
    number=13,
    severity="warning",
    table="projects",
    tables=("projects", "financings"),
    column="project_owner",
    sql=f"""
        WITH {LIVE_LINES}
        SELECT project._id, project.project_owner AS value, project.project_id, count(*) AS lines
        FROM projects project JOIN lines ON lines.project_id = project.project_id
        WHERE project.project_owner = 'third_party'
        GROUP BY ALL
    """,
    message=Text(
        "Projet {project_id} : le maître d'ouvrage est un tiers ; ses financements "
        "({lines}) ne comptent pas dans l'effet de levier.",
        "Project {project_id}: the project owner is a third party; its financing lines "
        "({lines}) do not count in the leverage.",
    ),
    mend=Text(
        "Rien à faire si c'est voulu ; sinon indiquez « ville » comme maître d'ouvrage.",
        'Nothing to do if that is meant; otherwise give "city" as project owner.',
    ),
)

RULES: tuple[Rule, ...] = (
    AWARDED,
    CONTRACTED,
    OVERPAID,
    SIGN_OF_A_PAYMENT,
    REFUSED_BUT_AWARDED,
    PLAN_OVER_COST,
    GRANTS_OVER_COST,
    THIRD_PARTY,
)
