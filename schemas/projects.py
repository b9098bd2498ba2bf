"""The town's projects, with their cost, own funds and directorates."""

from schemas.fields import (
    Day,
    Flag,
    Number,
    Whole,
    Words,
    amount,
    choice,
    day,
    flag,
    key,
    number,
    ratio,
    text,
    year,
)
from schemas.model import TableModel
from schemas.text import Text

OUTCOMES: dict[str, Text] = {
    "completed": Text("réalisé", "completed"),
    "abandoned": Text("abandonné", "abandoned"),
    "refused": Text("refusé", "refused"),
}

OWNERS: dict[str, Text] = {"city": Text("ville", "city"), "third_party": Text("tiers", "third party")}


class Projects(TableModel):
    """The town's projects, with their cost, own funds and directorates."""

    project_id: Words = key("Identifiant projet", "Project identifier")
    title: Words = text("Intitulé", "Title", required=True)
    objective: Words = key("Objectif", "Objective")
    lead_directorate: Words = key("Direction pilote", "Lead directorate", references="staff.directorate")
    partner_directorates: Words = text(
        "Directions associées", "Partner directorates", references="staff.directorate", is_list=True
    )
    theme: Words = text("Thème", "Theme")
    opened_on: Day = day("Date d'ouverture", "Opened on", required=True, event=True)
    closed_on: Day = day("Date de clôture", "Closed on", event=True)
    outcome: Words = choice("Issue", "Outcome", OUTCOMES)
    total_cost_amount: Number = amount("Coût total HT", "Total cost excluding VAT", required=True)
    vat_rate: Number = ratio("Taux de TVA", "VAT rate", default=0.20)
    fctva_share: Number = ratio("Part éligible au FCTVA", "Share eligible for FCTVA", default=1.0)
    own_funds_amount: Number = amount("Fonds propres", "Own funds", required=True)
    min_own_share: Number = ratio(
        "Participation minimale", "Minimum own share", choices=(0.0, 0.2, 0.3), default=0.20
    )
    has_derogation: Flag = flag("Dérogation", "Derogation")
    derogation_reference: Words = text("Référence de la dérogation", "Derogation reference")
    project_owner: Words = choice("Maître d'ouvrage", "Project owner", OWNERS)
    has_charter: Flag = flag("Fiche projet", "Project charter")
    has_manager: Flag = flag("Pilote nommé", "Manager appointed")
    has_milestones: Flag = flag("Jalons posés", "Milestones set")
    has_preliminary_study: Flag = flag("Analyse préalable", "Preliminary study")
    planned_fte: Number = number("ETP prévus", "Planned FTE", minimum=0.0, unit="fte")
    start_year: Whole = year("Année de début", "Start year")
    end_year: Whole = year("Année de fin", "End year")
    requires_project_id: Words = key(
        "Projet prérequis", "Required project", required=False, references="projects.project_id"
    )
    works_started_on: Day = day("Début des travaux", "Works started on", event=True)
    works_ended_on: Day = day("Fin des travaux", "Works ended on")
    territory_code: Words = key("Code commune", "Municipality code", required=False)
    departement: Words = key("Département", "Département", required=False)

    class Config:
        """Titles (French, English) and key."""

        name = "projects"
        title = "Projets"
        description = "Projects"
        unique = ("project_id",)
