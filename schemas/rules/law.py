"""Rules 7 to 10: what grants may be together, when works may and must start.

They only warn: a real plan may break the law, and showing it is the point.
"""

from schemas.rules.lines import LINES_BY_PROGRAMME
from schemas.rules.rule import Rule
from schemas.text import Text

OWN_SHARE = Rule(
    number=7,
    severity="warning",
    table="projects",
    tables=("projects", "financings", "programmes", "partners"),
    column="own_funds_amount",
    # Own money over own and public money; private money stays out. A public request without answer counts in full.
    # The half-cent keeps a plan that is exactly at the minimum from being refused by binary fractions.
    sql=f"""
        WITH {LINES_BY_PROGRAMME}, public_money AS (
            SELECT lines.project_id,
                   sum(CASE WHEN lines.refused_on IS NOT NULL THEN 0
                            ELSE coalesce(lines.awarded_amount, lines.requested_amount) END) AS public
            FROM lines LEFT JOIN partners partner ON partner.partner_id = lines.partner_id
            WHERE coalesce(lines.is_public, partner.sector = 'public')
              AND lines.nature <> 'third_party_investment'
              AND lines.requested_on >= DATE '2012-01-01'
            GROUP BY ALL
        ), shares AS (
            SELECT project.*, public_money.public, coalesce(project.min_own_share, 0.20) AS minimum,
                   coalesce(project.has_derogation AND project.derogation_reference IS NOT NULL, false) AS excused
            FROM projects project JOIN public_money ON public_money.project_id = project.project_id
            WHERE project.project_owner IS DISTINCT FROM 'third_party'
        )
        SELECT _id, own_funds_amount AS value, project_id, public,
               round(100 * own_funds_amount / nullif(own_funds_amount + public, 0), 1) AS share,
               100 * minimum AS minimum
        FROM shares
        WHERE NOT excused AND public > 0 AND own_funds_amount + 0.005 < minimum * (own_funds_amount + public)
    """,
    message=Text(
        "Projet {project_id} : {value} € de fonds propres pour {public} € publics, soit {share} %, "
        "sous le minimum de {minimum} %.",
        "Project {project_id}: €{value} of own funds for €{public} of public money, that is {share}%, "
        "below the minimum of {minimum}%.",
    ),
    mend=Text(
        "Augmentez les fonds propres, réduisez une aide publique, ou indiquez la dérogation et sa référence.",
        "Raise the own funds, reduce a public grant, or give the derogation and its reference.",
    ),
)

STATE_CAP = Rule(
    number=8,
    severity="warning",
    table="projects",
    tables=("projects", "financings", "programmes"),
    column="total_cost_amount",
    # To the ten-thousandth of a euro, so that binary fractions decide nothing; a cost of zero has no share.
    sql=f"""
        WITH {LINES_BY_PROGRAMME}
        SELECT project._id, project.total_cost_amount AS value, project.project_id,
               sum(lines.awarded_amount) AS awarded, 100 * coalesce(min(lines.cumulation_cap), 0.80) AS cap
        FROM projects project JOIN lines ON lines.project_id = project.project_id
        WHERE lines.family = 'detr_dsil_dpv'
        GROUP BY ALL
        HAVING sum(lines.awarded_amount)
               > round(coalesce(min(lines.cumulation_cap), 0.80) * nullif(project.total_cost_amount, 0), 4)
    """,
    message=Text(
        "Projet {project_id} : {awarded} € de DETR, DSIL ou DPV, plus de {cap} % du coût ({value} €).",
        "Project {project_id}: €{awarded} of DETR, DSIL or DPV, more than {cap}% of the cost (€{value}).",
    ),
    mend=Text(
        "Vérifiez le coût éligible et les montants notifiés.",
        "Check the eligible cost and the awarded amounts.",
    ),
)

EARLY_START = Rule(
    number=9,
    severity="warning",
    table="financings",
    tables=("financings", "projects", "programmes"),
    column="requested_on",
    sql=f"""
        WITH {LINES_BY_PROGRAMME}
        SELECT lines._id, lines.requested_on AS value, lines.financing_id, lines.project_id,
               project.works_started_on
        FROM lines JOIN projects project ON project.project_id = lines.project_id
        WHERE lines.family IN ('detr_dsil_dpv', 'state_2018_514')
          AND lines.refused_on IS NULL
          AND project.works_started_on < lines.requested_on
    """,
    message=Text(
        "Financement {financing_id} : demandé à l'État le {value}, après le début des travaux "
        "du projet {project_id} ({works_started_on}).",
        "Financing {financing_id}: requested from the State on {value}, after the works "
        "of project {project_id} started ({works_started_on}).",
    ),
    mend=Text(
        "Vérifiez les deux dates ; sinon joignez l'accord du préfet pour un commencement anticipé.",
        "Check both dates; otherwise keep the prefect's consent to an early start at hand.",
    ),
)

LAPSE = Rule(
    number=10,
    severity="warning",
    table="financings",
    tables=("financings", "projects", "programmes"),
    column="start_deadline_on",
    sql=f"""
        WITH {LINES_BY_PROGRAMME}, deadlines AS (
            SELECT lines.*,
                   coalesce(start_deadline_on, (awarded_on + to_months(start_within_months::INTEGER))::DATE) AS deadline
            FROM lines WHERE awarded_on IS NOT NULL AND refused_on IS NULL
        )
        SELECT line._id, line.start_deadline_on AS value, line.financing_id, line.project_id,
               line.awarded_amount AS awarded, line.deadline
        FROM deadlines line JOIN projects project ON project.project_id = line.project_id, settings
        WHERE line.deadline < settings.as_of
          AND (project.works_started_on IS NULL OR project.works_started_on > settings.as_of)
          AND (project.closed_on IS NULL OR project.closed_on > settings.as_of)
    """,
    message=Text(
        "Financement {financing_id} : les travaux du projet {project_id} devaient commencer avant le {deadline} ; "
        "l'aide ({awarded} €) peut être caduque.",
        "Financing {financing_id}: the works of project {project_id} had to start before {deadline}; "
        "the grant (€{awarded}) may have lapsed.",
    ),
    mend=Text(
        "Indiquez le début des travaux, ou l'échéance prorogée.",
        "Give the start of the works, or the extended deadline.",
    ),
)

RULES: tuple[Rule, ...] = (OWN_SHARE, STATE_CAP, EARLY_START, LAPSE)
