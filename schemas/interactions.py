"""Contacts between the town and a partner."""

from schemas.fields import Day, Words, choice, day, key
from schemas.model import TableModel
from schemas.text import Text

INTERACTION_KINDS: dict[str, Text] = {
    "contact": Text("contact", "contact"),
    "meeting": Text("réunion", "meeting"),
    "event": Text("événement", "event"),
    "agreement": Text("convention", "agreement"),
    "financing": Text("financement", "financing"),
    "visit": Text("visite", "visit"),
}


class Interactions(TableModel):
    """Contacts between the town and a partner."""

    partner_id: Words = key("Identifiant partenaire", "Partner identifier", references="partners.partner_id")
    held_on: Day = day("Date", "Date", required=True, event=True)
    kind: Words = choice("Type", "Kind", INTERACTION_KINDS, required=True)
    project_id: Words = key(
        "Identifiant projet", "Project identifier", required=False, references="projects.project_id"
    )

    class Config:
        """Titles (French, English) and key."""

        name = "interactions"
        title = "Interactions"
        description = "Interactions"
