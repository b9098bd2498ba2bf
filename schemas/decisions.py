"""What a weekly review decided, and about what."""

from schemas.fields import LONGEST_NOTE, Day, Words, day, key, text
from schemas.model import TableModel


class Decisions(TableModel):
    """One decision of a review."""

    decision_id: Words = key("Identifiant décision", "Decision id")
    meeting_id: Words = key("Semaine", "Week")
    item_id: Words = key("Point", "Item", required=False)
    words: Words = text("Décision", "Decision", longest=LONGEST_NOTE, required=True)
    kpi: Words = key("Indicateur", "KPI", required=False)
    project: Words = key("Projet lié", "Linked project", required=False)
    partner: Words = key("Partenaire lié", "Linked partner", required=False)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "decisions"
        title = "Décisions"
        description = "Decisions"
        unique = ("decision_id",)
