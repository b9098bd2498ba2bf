"""Sessions of practices, workshops and online courses: counts, never persons."""

from schemas.fields import Day, Flag, Number, Whole, Words, amount, choice, day, flag, key, number, whole
from schemas.model import TableModel
from schemas.text import Text

SESSION_KINDS: dict[str, Text] = {
    "practice": Text("outil", "practice"),
    "workshop": Text("atelier", "workshop"),
    "mooc": Text("MOOC", "MOOC"),
}


class PracticeSessions(TableModel):
    """Sessions of practices, workshops and online courses: counts, never persons."""

    session_id: Words = key("Identifiant séance", "Session identifier")
    kind: Words = choice("Type", "Kind", SESSION_KINDS, required=True)
    practice: Words = key("Code outil", "Practice code", required=False, references="practices.practice")
    held_on: Day = day("Date", "Date", required=True, event=True)
    directorate: Words = key("Direction", "Directorate", required=False, references="staff.directorate")
    is_run_by_team: Flag = flag("Animée par l'équipe projet", "Run by the project team")
    participants: Whole = whole("Participants", "Participants", required=True, unit="persons")
    newcomers: Whole = whole("Nouveaux participants", "Newcomers", unit="persons")
    opinions: Whole = whole("Avis exprimés", "Opinions", unit="opinions")
    opinions_relevant: Whole = whole("Avis « pertinent »", "Opinions: relevant", unit="opinions")
    hours: Number = number("Heures mobilisées", "Hours spent", minimum=0.0, unit="hours")
    external_cost_amount: Number = amount("Coût externe", "External cost")
    enrolled: Whole = whole("Inscrits", "Enrolled", unit="persons")
    completed: Whole = whole("Terminés", "Completed", unit="persons")
    score_before: Number = number("Score avant", "Score before", unit="points")
    score_after: Number = number("Score après", "Score after", unit="points")

    class Config:
        """Titles (French, English) and key."""

        name = "practice_sessions"
        title = "Séances"
        description = "Practice sessions"
        unique = ("session_id",)
