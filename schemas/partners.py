"""Partner organisations of the town; never persons."""

from schemas.fields import Day, Whole, Words, choice, day, key, text, whole
from schemas.model import TableModel
from schemas.text import Text

PARTNER_KINDS: dict[str, Text] = {
    "state": Text("État", "State"),
    "region": Text("région", "region"),
    "department": Text("département", "department"),
    "intermunicipality": Text("EPCI", "intermunicipality"),
    "eu": Text("UE", "EU"),
    "public_agency": Text("établissement public", "public agency"),
    "public_bank": Text("CDC / banque", "public bank"),
    "company": Text("entreprise", "company"),
    "association": Text("association", "association"),
    "foundation": Text("fondation / mécène", "foundation / sponsor"),
    "higher_education": Text("enseignement / recherche", "higher education / research"),
    "other": Text("autre", "other"),
}

SECTORS: dict[str, Text] = {"public": Text("public", "public"), "private": Text("privé", "private")}


class Partners(TableModel):
    """Partner organisations of the town; never persons."""

    partner_id: Words = key("Identifiant partenaire", "Partner identifier")
    name: Words = text("Nom de l'organisme", "Organisation", required=True)
    kind: Words = choice("Type", "Kind", PARTNER_KINDS, required=True)
    sector: Words = choice("Secteur", "Sector", SECTORS, required=True)
    joined_on: Day = day("Date d'entrée", "Joined on", required=True, event=True)
    left_on: Day = day("Date de sortie", "Left on")
    engagement_level: Whole = whole("Échelle d'engagement", "Engagement level", maximum=5, unit="level")
    network: Words = text("Réseau", "Network")

    class Config:
        """Titles (French, English) and key."""

        name = "partners"
        title = "Partenaires"
        description = "Partners"
        unique = ("partner_id",)
