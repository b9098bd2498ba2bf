"""What a review asked somebody to do: by role and date, carried from week to week until closed."""

from schemas.fields import LONGEST_NOTE, Day, Words, choice, day, key, text
from schemas.model import TableModel
from schemas.text import Text

ACTION_STATES: dict[str, Text] = {
    "open": Text("ouverte", "open"),
    "done": Text("faite", "done"),
    "dropped": Text("abandonnée", "dropped"),
}


class Actions(TableModel):
    """One action; ``owner`` is a role, never a person."""

    action_id: Words = key("Identifiant action", "Action id")
    meeting_id: Words = key("Semaine", "Week")
    item_id: Words = key("Point", "Item", required=False)
    words: Words = text("Action", "Action", longest=LONGEST_NOTE, required=True)
    owner: Words = key("Responsable (rôle)", "Owner (role)")
    due_on: Day = day("Échéance", "Due on", required=True)
    kpi: Words = key("Indicateur", "KPI", required=False)
    project: Words = key("Projet lié", "Linked project", required=False)
    partner: Words = key("Partenaire lié", "Linked partner", required=False)
    state: Words = choice("État", "State", ACTION_STATES, required=True)
    closed_on: Day = day("Close le", "Closed on")
    outcome: Words = text("Suite donnée", "Outcome", longest=LONGEST_NOTE)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "actions"
        title = "Actions"
        description = "Actions"
        unique = ("action_id",)
