"""What people write about a KPI, a project, a partner or a week: dated, signed, answered, reviewed."""

from schemas.fields import LONGEST_NOTE, Day, Flag, Words, choice, day, flag, key, text
from schemas.model import TableModel
from schemas.text import Text

NOTE_SUBJECTS: dict[str, Text] = {
    "kpi": Text("indicateur", "KPI"),
    "project": Text("projet", "project"),
    "partner": Text("partenaire", "partner"),
    "week": Text("semaine", "week"),
}


class Notes(TableModel):
    """One note; ``answers`` is the note it replies to."""

    note_id: Words = key("Identifiant note", "Note id")
    about: Words = choice("Porte sur", "About", NOTE_SUBJECTS, required=True)
    subject: Words = key("Objet", "Subject")
    answers: Words = key("Répond à", "Answers", required=False)
    words: Words = text("Note", "Note", longest=LONGEST_NOTE, required=True)
    is_exported: Flag = flag("Dans les exports", "In the exports")
    signed_by: Words = text("Signé par", "Signed by")
    written_on: Day = day("Écrit le", "Written on")
    reviewed_by: Words = text("Relu par", "Reviewed by")
    reviewed_on: Day = day("Relu le", "Reviewed on")

    class Config:
        """Titles (French, English) and key."""

        name = "notes"
        title = "Notes"
        description = "Notes"
        unique = ("note_id",)
