"""What the columns of views are called. A column that a table has bears the table's title; the views' own are here."""

from functools import lru_cache

from schemas.text import Text

OWN = {
    "_id": Text("Ligne", "Row"),
    "partner_awarded_amount": Text("Montant notifié par les partenaires", "Amount awarded by partners"),
    "plans": Text("Plans de financement", "Financing plans"),
    "files": Text("Dossiers", "Files"),
    "plan_cost_amount": Text("Coût des plans gagnés", "Cost of the plans won"),
    "portfolio_cost_amount": Text("Coût de la file active", "Cost of the active files"),
    "own_capacity_amount": Text("Capacité propre de la Ville", "The town's own capacity"),
    "gross_savings_amount": Text("Épargne brute", "Gross savings"),
    "positive_savings_amount": Text("Épargne brute", "Gross savings"),
    "means_gap": Text("Écart de moyens", "Gap in means"),
    "cost_amount": Text("Coût, masse salariale comprise", "Cost, payroll included"),
    "credits_amount": Text("Crédits", "Credits"),
    "amount": Text("montant", "amount"),
    "held_on": Text("Date de la séance", "Session date"),
    "happened_on": Text("Date du jalon", "Milestone date"),
    "replaced_on": Text("Remplacé le", "Replaced on"),
    "decided_on": Text("Date de décision", "Decision date"),
    "ended_on": Text("Fin du suivi", "End of follow-up"),
    "counted_on": Text("Date de prise en compte", "Date counted"),
    "starts_on": Text("Début de l'exercice", "Start of the year"),
    "spent_on": Text("Jour", "Day"),
    "partner": Text("Partenaire", "Partner"),
    "partner_kind": Text("Type de partenaire", "Kind of partner"),
    "part": Text("Part", "Part"),
    "session_kind": Text("Type de séance", "Kind of session"),
    "milestone_kind": Text("Type de jalon", "Kind of milestone"),
    "returning_participants": Text("Participants déjà venus", "Participants who came before"),
    "counted_participants": Text("Participants", "Participants"),
    "counted_enrolled": Text("Inscrits", "Enrolled"),
    "hours_cost_amount": Text("Coût des heures (hypothèse)", "Cost of the hours (assumption)"),
    "started_on": Text("Début de l'autonomie", "Start of autonomy"),
    "lapsed_on": Text("Fin de l'autonomie", "End of autonomy"),
    "members": Text("Membres du groupe", "Members of the group"),
    "sex_likeness": Text("Ressemblance par sexe", "Likeness by sex"),
    "category_likeness": Text("Ressemblance par catégorie", "Likeness by category"),
    "representativeness": Text("Représentativité", "Representativeness"),
    "who5": Text("OMS-5", "WHO-5"),
    "qwl": Text("Climat QVCT", "QWL climate"),
    "is_public": Text("Financement public", "Public funding"),
    "active_from": Text("Actif depuis", "Active from"),
    "active_until": Text("Actif jusqu'au", "Active until"),
    "active_before": Text("Actifs douze mois avant", "Active twelve months before"),
    "retained": Text("Encore actifs", "Still active"),
    "refused_amount": Text("Montant sollicité et refusé", "Amount asked for and refused"),
    "public_amount": Text("Argent public notifié", "Public money awarded"),
    "is_compliant": Text("Conforme à la participation minimale", "Keeps the minimum share"),
    "is_project_mode": Text("En mode projet", "Run as a project"),
    "is_cross_directorate": Text("Associe une autre direction", "Involves another directorate"),
    "at_risk_on": Text("À risque depuis", "At risk from"),
    "days": Text("Jours dans l'étape", "Days in the stage"),
    "usual_days": Text("Centile 85 de l'étape, en jours", "85th percentile of the stage, in days"),
}

# A view's column whose codes are those of a table's column.
SAME = {"partner_kind": "kind", "session_kind": "kind", "milestone_kind": "kind"}

ROWS = {
    "open_projects": Text("dossiers", "files"),
    "open_stages": Text("dossiers", "files"),
    "projects": Text("projets", "projects"),
    "appraisals": Text("dossiers", "files"),
    "city_lines": Text("lignes de financement", "financing lines"),
    "joined_partners": Text("partenaires", "partners"),
    "partners": Text("partenaires", "partners"),
    "won_lines": Text("lignes notifiées", "awarded lines"),
    "levers": Text("outils", "practices"),
    "practice_uses": Text("séances d'outil", "sessions of a practice"),
    "sessions": Text("séances", "sessions"),
    "courses": Text("sessions du MOOC", "sessions of the MOOC"),
    "headcounts": Text("lignes d'effectifs", "rows of headcount"),
    "directorates": Text("directions", "directorates"),
    "autonomous_directorates": Text("directions autonomes", "autonomous directorates"),
    "outreach": Text("parutions et réplications", "articles and replications"),
    "open_resources": Text("ressources", "resources"),
    "state_grants": Text("subventions", "grants"),
    "active_partners": Text("partenaires actifs", "active partners"),
    "decided_lines": Text("demandes décidées", "decided requests"),
    "ageing_files": Text("dossiers vieillissants", "ageing files"),
    "supported_directorates": Text("directions appuyées", "directorates supported"),
    "plan_shares": Text("plans gagnés", "plans won"),
    "unstarted_lines": Text("lignes en attente de travaux", "lines waiting for works"),
}


def rows_of(view: str) -> Text:
    """Return what the rows of a view are called."""
    return ROWS.get(view, Text("lignes", "rows"))


@lru_cache(maxsize=512)
def noun(column: str) -> Text:
    """Return the title of a column of a view or a table; its identifier in words when it has none."""
    if column in OWN:
        return OWN[column]
    from schemas.tables import TABLES  # here: it brings pandera along

    titles = (found.title for table in TABLES.values() for found in table.columns if found.name == column)
    bare = column.replace("_", " ")
    return next(titles, Text(bare, bare))


def table_title(name: str) -> Text:
    """Return a table's title; its name where there is no such table."""
    from schemas.tables import TABLES

    return TABLES[name].title if name in TABLES else Text(name, name)


@lru_cache(maxsize=512)
def meaning(column: str, value: str) -> Text:
    """Return what a code of a column means; the code itself where no table words it."""
    from schemas.tables import TABLES

    own = SAME.get(column, column)
    found = (one.labels for table in TABLES.values() for one in table.columns if one.name == own)
    return next((labels[value] for labels in found if value in labels), Text(value, value))
