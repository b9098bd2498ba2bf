"""One line of a project's financing plan: what a partner was asked for, awarded and contracted."""

from schemas.fields import Day, Number, Words, amount, choice, day, key
from schemas.model import TableModel
from schemas.text import Text

NATURES: dict[str, Text] = {
    "grant": Text("subvention", "grant"),
    "partner_contribution": Text("fonds de concours", "partner contribution"),
    "participation": Text("participation", "participation"),
    "sponsorship": Text("mécénat", "sponsorship"),
    "third_party_investment": Text("investissement tiers", "third-party investment"),
    "in_kind": Text("en nature", "in kind"),
}


class Financings(TableModel):
    """One line of a project's financing plan: what a partner was asked for, awarded and contracted."""

    financing_id: Words = key("Identifiant financement", "Financing identifier")
    project_id: Words = key("Identifiant projet", "Project identifier", references="projects.project_id")
    partner_id: Words = key("Identifiant partenaire", "Partner identifier", references="partners.partner_id")
    programme: Words = key("Programme", "Programme", references="programmes.programme")
    nature: Words = choice("Nature", "Nature", NATURES, required=True)
    requested_amount: Number = amount("Montant sollicité", "Requested amount", required=True)
    requested_on: Day = day("Date de demande", "Requested on", required=True, event=True)
    awarded_amount: Number = amount("Montant notifié", "Awarded amount")
    awarded_on: Day = day("Date de notification", "Awarded on", event=True)
    contracted_amount: Number = amount("Montant conventionné", "Contracted amount")
    contracted_on: Day = day("Date de convention", "Contracted on", event=True)
    refused_on: Day = day("Date de refus", "Refused on", event=True)
    cancelled_on: Day = day("Date d'annulation", "Cancelled on", event=True)
    start_deadline_on: Day = day("Échéance de commencement", "Start deadline")

    class Config:
        """Titles (French, English) and key."""

        name = "financings"
        title = "Financements"
        description = "Financing"
        unique = ("financing_id",)
