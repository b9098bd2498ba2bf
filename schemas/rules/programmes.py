"""Rules 11 and 12: the programme of a line, and the sector of its partner."""

from schemas.rules.lines import LINES_BY_PROGRAMME
from schemas.rules.rule import Rule
from schemas.text import Text

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
        WITH {LINES_BY_PROGRAMME}, sides AS (
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

RULES: tuple[Rule, ...] = (VALID_PROGRAMME, ONE_PROGRAMME_ROW, PRIVATE_MONEY)
