"""Rules 14 to 18: staff, practices, sessions and survey answers agree with each other."""

from schemas.rules.rule import Rule
from schemas.tables import TABLES
from schemas.text import Text

DADI_FTE = Rule(
    number=14,
    severity="warning",
    table="budgets",
    tables=("budgets", "staff"),
    column="dadi_fte",
    sql="""
        WITH last_of_year AS (
            SELECT extract(year FROM as_of) AS of_year, max(as_of) AS as_of FROM staff GROUP BY 1
        ), dadi AS (
            SELECT as_of, sum(fte) AS fte, count(*) = count(fte) AS is_known
            FROM staff WHERE directorate = 'DADI' GROUP BY as_of
        )
        SELECT budget._id, budget.dadi_fte AS value, budget.year,
               coalesce(dadi.fte, 0) AS counted, last_of_year.as_of AS staff_as_of
        FROM budgets budget
        JOIN last_of_year ON last_of_year.of_year = budget.year
        LEFT JOIN dadi ON dadi.as_of = last_of_year.as_of
        CROSS JOIN settings
        WHERE budget.year >= extract(year FROM settings.rebase_on)
          AND coalesce(dadi.is_known, true)
          AND abs(coalesce(dadi.fte, 0) - budget.dadi_fte) > 0.05 * budget.dadi_fte + 1e-9
    """,
    message=Text(
        "Budget {year} : {value} ETP à la DADI, mais les effectifs du {staff_as_of} en comptent {counted}.",
        "Budget {year}: {value} FTE at the DADI, but the staff of {staff_as_of} has {counted}.",
    ),
    mend=Text(
        "Mettez d'accord « ETP DADI » et la feuille « Effectifs » (écart admis : 5 %).",
        'Make "DADI FTE" and the sheet "Staff" agree (5% apart at most).',
    ),
)


def _one_to_one(repeated: str, differing: str, message: Text) -> Rule:
    return Rule(
        number=15,
        severity="error",
        table="practices",
        tables=("practices",),
        column=repeated,
        sql=f"""
            SELECT max(_id) AS _id, {repeated} AS value, revolution, string_agg({differing}, ', ' ORDER BY _id) AS both
            FROM practices GROUP BY {repeated}, revolution HAVING count(*) > 1
        """,
        message=message,
        mend=Text(
            "Dans une révolution, donnez à chaque outil son levier et à chaque levier son outil.",
            "Within a revolution give each practice its lever and each lever its practice.",
        ),
    )


LEVER_ONCE = _one_to_one(
    "lever",
    "name",
    Text(
        "Révolution {revolution} : le levier « {value} » a plusieurs outils ({both}).",
        'Revolution {revolution}: the lever "{value}" has several practices ({both}).',
    ),
)

PRACTICE_ONCE = _one_to_one(
    "name",
    "lever",
    Text(
        "Révolution {revolution} : l'outil « {value} » a plusieurs leviers ({both}).",
        'Revolution {revolution}: the practice "{value}" has several levers ({both}).',
    ),
)


def _not_more(part: str, whole: str) -> Rule:
    few, many = (
        TABLES["practice_sessions"].column(part).title,
        TABLES["practice_sessions"].column(whole).title,
    )
    return Rule(
        number=16,
        severity="error",
        table="practice_sessions",
        tables=("practice_sessions",),
        column=part,
        sql=f"""
            SELECT _id, {part} AS value, {whole} AS ceiling, session_id FROM practice_sessions
            WHERE {part} > {whole}
        """,
        message=Text(
            f"Séance {{session_id}} : {few.fr} ({{value}}) dépasse {many.fr} ({{ceiling}}).",
            f"Session {{session_id}}: {few.en} ({{value}}) exceeds {many.en} ({{ceiling}}).",
        ),
        mend=Text("Corrigez l'un des deux nombres.", "Correct one of the two numbers."),
    )


NEWCOMERS = Rule(
    number=17,
    severity="error",
    table="practice_sessions",
    tables=("practice_sessions", "staff"),
    column="newcomers",
    # A person is new once, over all sessions: blame the session at which there are more of them than staff.
    sql="""
        WITH head AS (
            SELECT sum(staff.headcount) AS headcount FROM staff, settings
            WHERE staff.as_of = (SELECT max(earlier.as_of) FROM staff earlier WHERE earlier.as_of <= settings.as_of)
        ), running AS (
            SELECT *, sum(newcomers) OVER (ORDER BY held_on, _id) AS cumulative
            FROM practice_sessions WHERE newcomers IS NOT NULL
        )
        SELECT running._id, running.newcomers AS value, running.session_id, running.cumulative, head.headcount
        FROM running, head
        WHERE cumulative > headcount AND cumulative - newcomers <= headcount
    """,
    message=Text(
        "Séance {session_id} : avec elle, {cumulative} nouveaux participants en tout pour {headcount} agents.",
        "Session {session_id}: with it, {cumulative} newcomers in all for a staff of {headcount}.",
    ),
    mend=Text(
        "Un agent n'est nouveau qu'une fois, toutes séances confondues : corrigez les nouveaux participants.",
        "A person is new only once over all sessions: correct the newcomers.",
    ),
)

ANSWERS_PER_STRATUM = Rule(
    number=18,
    severity="error",
    table="survey_answers",
    tables=("survey_answers", "staff"),
    column="directorate_group",
    # A wave's own date is not in the tables, so the largest headcount that the stratum ever had is the limit.
    # Answers count from 11 and down to the next 5: else a file of staff, tried again and again, would tell small groups.
    sql="""
        WITH answers AS (
            SELECT min(_id) AS _id, wave, directorate_group, category, sex,
                   CASE WHEN count(*) >= 11 THEN count(*) - count(*) % 5 ELSE 0 END AS answers
            FROM survey_answers
            WHERE category IS NOT NULL AND sex IS NOT NULL
              AND directorate_group IN (SELECT directorate_group FROM directorate_groups)
            GROUP BY ALL
        ), dated AS (
            SELECT mapped.directorate_group, staff.as_of, staff.category, staff.sex, sum(staff.headcount) AS headcount
            FROM staff JOIN directorate_groups mapped ON mapped.directorate = staff.directorate
            GROUP BY ALL
        ), heads AS (
            SELECT directorate_group, category, sex, max(headcount) AS headcount FROM dated GROUP BY ALL
        )
        SELECT answers._id, answers.directorate_group AS value, answers.wave, answers.category, answers.sex,
               answers.answers, coalesce(heads.headcount, 0) AS headcount
        FROM answers LEFT JOIN heads USING (directorate_group, category, sex)
        WHERE EXISTS (SELECT 1 FROM staff) AND answers.answers > coalesce(heads.headcount, 0)
    """,
    message=Text(
        "Vague {wave}, groupe « {value} », catégorie {category}, {sex} : {answers} réponses pour {headcount} agents.",
        'Wave {wave}, group "{value}", category {category}, {sex}: {answers} answers for a staff of {headcount}.',
    ),
    mend=Text(
        "Vérifiez les groupes de directions et les doublons de réponses.",
        "Check the directorate groups, and look for repeated answers.",
    ),
)

ANSWERS_PER_WAVE = Rule(
    number=18,
    severity="error",
    table="survey_answers",
    tables=("survey_answers", "staff"),
    column="wave",
    sql="""
        WITH totals AS (SELECT as_of, sum(headcount) AS headcount FROM staff GROUP BY as_of)
        SELECT min(answer._id) AS _id, answer.wave AS value, count(*) AS answers, head.headcount
        FROM survey_answers answer, (SELECT max(headcount) AS headcount FROM totals) head
        WHERE answer.wave IS NOT NULL
        GROUP BY answer.wave, head.headcount HAVING count(*) > head.headcount
    """,
    message=Text(
        "Vague {value} : {answers} réponses pour {headcount} agents.",
        "Wave {value}: {answers} answers for a staff of {headcount}.",
    ),
    mend=Text("Retirez les réponses en double.", "Remove the repeated answers."),
)

RULES: tuple[Rule, ...] = (
    DADI_FTE,
    LEVER_ONCE,
    PRACTICE_ONCE,
    _not_more("newcomers", "participants"),
    _not_more("opinions_relevant", "opinions"),
    _not_more("opinions", "participants"),
    _not_more("completed", "enrolled"),
    NEWCOMERS,
    ANSWERS_PER_STRATUM,
    ANSWERS_PER_WAVE,
)
