"""Rules 2 and 19: stages follow each other, and an open project stands in one of them."""

from schemas.rules.rule import Rule
from schemas.text import Text

OVERLAP = Rule(
    number=2,
    severity="error",
    table="stages",
    tables=("stages",),
    column="entered_on",
    # Half-open periods: a stage may begin on the day the one before it ends. No end means still running.
    sql="""
        SELECT later._id, later.entered_on AS value, later.project_id,
               any_value(earlier.stage) AS stage, max(earlier.entered_on) AS since
        FROM stages earlier JOIN stages later ON later.project_id = earlier.project_id
        WHERE (earlier.entered_on, earlier._id) < (later.entered_on, later._id)
          AND later.entered_on < coalesce(earlier.left_on, DATE '9999-12-31')
          AND earlier.entered_on < coalesce(later.left_on, DATE '9999-12-31')
        GROUP BY ALL
    """,
    message=Text(
        "Projet {project_id} : cette étape commence le {value} alors que l'étape « {stage} », "
        "ouverte le {since}, n'est pas finie.",
        'Project {project_id}: this stage starts on {value} while the stage "{stage}", '
        "entered on {since}, has not ended.",
    ),
    mend=Text(
        "Corrigez les dates d'entrée ou de sortie : un projet est dans une seule étape à la fois.",
        "Correct the entry or exit dates: a project is in one stage at a time.",
    ),
)

ORDER = Rule(
    number=2,
    severity="warning",
    table="stages",
    tables=("stages",),
    column="stage",
    sql="""
        WITH ranked AS (
            SELECT _id, project_id, stage, entered_on,
                   list_position(['appraisal', 'financing', 'contracting', 'works'], stage) AS rank
            FROM stages WHERE stage <> 'suspended'
        ), seen AS (
            SELECT *, max(rank) OVER (
                PARTITION BY project_id ORDER BY entered_on, rank
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS furthest
            FROM ranked
        )
        SELECT _id, stage AS value, project_id, entered_on FROM seen WHERE rank < furthest
    """,
    message=Text(
        "Projet {project_id} : l'étape « {value} » du {entered_on} vient après une étape plus avancée.",
        'Project {project_id}: the stage "{value}" of {entered_on} comes after a later one.',
    ),
    mend=Text(
        "L'ordre attendu est instruction, montage financier, conventionnement, travaux : vérifiez les dates.",
        "The expected order is appraisal, financing, contracting, works: check the dates.",
    ),
)

OPEN_WITHOUT_STAGE = Rule(
    number=19,
    severity="error",
    table="projects",
    tables=("projects", "stages"),
    column="project_id",
    # While no stage at all is loaded, what stage a project is in is unknown, not wrong.
    sql="""
        SELECT project._id, project.project_id AS value
        FROM projects project, settings
        WHERE project.opened_on <= settings.as_of
          AND (project.closed_on IS NULL OR project.closed_on > settings.as_of)
          AND EXISTS (SELECT 1 FROM stages)
          AND NOT EXISTS (
              SELECT 1 FROM stages stage
              WHERE stage.project_id = project.project_id
                AND (stage.left_on IS NULL OR stage.left_on > settings.as_of)
          )
    """,
    message=Text(
        "Le projet {value} est ouvert mais n'a aucune étape en cours.",
        "Project {value} is open but has no current stage.",
    ),
    mend=Text(
        "Ajoutez son étape en cours dans « Étapes » (sans date de sortie), ou remplissez sa date de clôture.",
        'Add its current stage to "Stages" (without exit date), or fill in its closing date.',
    ),
)

STAGE_OF_CLOSED = Rule(
    number=19,
    severity="error",
    table="stages",
    tables=("stages", "projects"),
    column="left_on",
    sql="""
        SELECT stage._id, stage.left_on AS value, stage.project_id, stage.stage, project.closed_on
        FROM stages stage JOIN projects project ON project.project_id = stage.project_id, settings
        WHERE project.closed_on <= settings.as_of
          AND (stage.left_on IS NULL OR stage.left_on > settings.as_of)
    """,
    message=Text(
        "Le projet {project_id} est clos depuis le {closed_on} mais son étape « {stage} » est toujours en cours.",
        'Project {project_id} was closed on {closed_on} but its stage "{stage}" is still running.',
    ),
    mend=Text(
        "Remplissez la date de sortie de l'étape, ou retirez la date de clôture du projet.",
        "Fill in the exit date of the stage, or remove the closing date of the project.",
    ),
)

RULES: tuple[Rule, ...] = (OVERLAP, ORDER, OPEN_WITHOUT_STAGE, STAGE_OF_CLOSED)
