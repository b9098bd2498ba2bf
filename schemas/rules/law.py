"""Rules 7 to 12: what grants may be together, when works may start, which programme row holds.

They only warn (but for the programme's dates): a real plan may break the law, and showing it is the point.
"""

from schemas.rules.lines import LIVE_LINES
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
        WITH {LIVE_LINES}, public_money AS (
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
    sql=f"""
        WITH {LIVE_LINES}
        SELECT project._id, project.total_cost_amount AS value, project.project_id,
               sum(lines.awarded_amount) AS awarded, 100 * coalesce(min(lines.cumulation_cap), 0.80) AS cap
        FROM projects project JOIN lines ON lines.project_id = project.project_id
        WHERE lines.family = 'detr_dsil_dpv'
        GROUP BY ALL
        HAVING sum(lines.awarded_amount)
               > coalesce(min(lines.cumulation_cap), 0.80) * project.total_cost_amount + 0.005
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
        WITH {LIVE_LINES}
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
        WITH {LIVE_LINES}, deadlines AS (
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

VALID_PROGRAMME = Rule(
    number=11,
    severity="error",
    table="financings",
    tables=("financings", "programmes"),
    column="programme",
    # A programme that has no row at all is rule 1's business.
    sql="""
        SELECT line._id, line.programme AS value, line.financing_id, line.requested_on
        FROM financings line
        WHERE line.requested_on IS NOT NULL
          AND EXISTS (SELECT 1 FROM programmes any_row WHERE any_row.programme = line.programme)
          AND NOT EXISTS (
              SELECT 1 FROM programmes valid
              WHERE valid.programme = line.programme AND valid.valid_from <= line.requested_on
                AND (valid.valid_to IS NULL OR valid.valid_to >= line.requested_on)
          )
    """,
    message=Text(
        "Financement {financing_id} : le programme « {value} » n'était pas valide à la date de demande "
        "({requested_on}).",
        'Financing {financing_id}: the programme "{value}" was not valid on the request date ({requested_on}).',
    ),
    mend=Text(
        "Corrigez la date de demande, ou les dates de validité dans « Programmes ».",
        'Correct the request date, or the dates of validity in "Programmes".',
    ),
)

ONE_PROGRAMME_ROW = Rule(
    number=11,
    severity="error",
    table="programmes",
    tables=("programmes",),
    column="valid_from",
    sql="""
        SELECT later._id, later.valid_from AS value, later.programme, max(earlier.valid_from) AS since
        FROM programmes earlier JOIN programmes later ON later.programme = earlier.programme
        WHERE earlier.valid_from < later.valid_from
          AND later.valid_from <= coalesce(earlier.valid_to, DATE '9999-12-31')
        GROUP BY ALL
    """,
    message=Text(
        "Programme « {programme} » : les règles valides dès le {value} se superposent à celles du {since}.",
        'Programme "{programme}": the rules valid from {value} overlap those of {since}.',
    ),
    mend=Text(
        "Terminez les anciennes règles (« Valide au ») la veille des nouvelles.",
        'End the older rules ("Valid to") on the day before the new ones.',
    ),
)

PRIVATE_MONEY = Rule(
    number=12,
    severity="warning",
    table="financings",
    tables=("financings", "programmes", "partners"),
    column="partner_id",
    sql=f"""
        WITH {LIVE_LINES}, sides AS (
            SELECT lines._id, lines.financing_id, lines.partner_id, lines.nature, partner.sector,
                   (lines.nature IN ('sponsorship', 'third_party_investment') OR NOT lines.is_public) AS is_private
            FROM lines JOIN partners partner ON partner.partner_id = lines.partner_id
        )
        SELECT _id, partner_id AS value, financing_id, nature, sector
        FROM sides WHERE is_private <> (sector = 'private')
    """,
    message=Text(
        "Financement {financing_id} : la nature « {nature} » et son programme ne vont pas avec le partenaire "
        "{value}, de secteur « {sector} ».",
        'Financing {financing_id}: the nature "{nature}" and its programme do not go with partner {value}, '
        'of the sector "{sector}".',
    ),
    mend=Text(
        "Corrigez la nature, le programme ou le secteur du partenaire : argent privé, partenaire privé.",
        "Correct the nature, the programme or the partner's sector: private money, private partner.",
    ),
)

RULES: tuple[Rule, ...] = (
    OWN_SHARE,
    STATE_CAP,
    EARLY_START,
    LAPSE,
    VALID_PROGRAMME,
    ONE_PROGRAMME_ROW,
    PRIVATE_MONEY,
)
