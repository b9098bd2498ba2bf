"""The points of a weekly review: in order, with their minutes and what was said."""

from schemas.fields import LONGEST_NOTE, Day, Flag, Whole, Words, choice, day, flag, key, text, whole
from schemas.model import TableModel
from schemas.text import Text

ITEM_KINDS: dict[str, Text] = {
    "followup": Text("suivi", "follow-up"),
    "exception": Text("exception", "exception"),
    "standing": Text("point permanent", "standing item"),
    "new": Text("nouveau point", "new item"),
}


class AgendaItems(TableModel):
    """One point of a review; ``change`` is the key of the change it speaks of, or several with a space between."""

    item_id: Words = key("Identifiant point", "Item id")
    meeting_id: Words = key("Semaine", "Week")
    position: Whole = whole("Rang", "Position", required=True)
    kind: Words = choice("Nature", "Kind", ITEM_KINDS, required=True)
    title: Words = text("Point", "Item", required=True)
    change: Words = text("Changement", "Change", longest=LONGEST_NOTE)
    kpi: Words = key("Indicateur", "KPI", required=False)
    project: Words = key("Projet lié", "Linked project", required=False)
    partner: Words = key("Partenaire lié", "Linked partner", required=False)
    minutes: Whole = whole("Minutes prévues", "Planned minutes", required=True)
    is_done: Flag = flag("Traité", "Done")
    said: Words = text("Compte rendu", "What was said", longest=LONGEST_NOTE)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "agenda_items"
        title = "Ordres du jour"
        description = "Agendas"
        unique = ("item_id",)
