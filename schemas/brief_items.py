"""What the chief of staff chose for the mayor's brief: pinned, ordered, hidden, commented."""

from schemas.fields import LONGEST_NOTE, Day, Flag, Whole, Words, day, flag, key, text, whole
from schemas.model import TableModel


class BriefItems(TableModel):
    """One line of the brief of a date; ``change`` is the key of a change, or ``kpi:`` and a KPI's id."""

    brief_item_id: Words = key("Identifiant ligne", "Line id")
    as_of: Day = day("Date de la note", "Date of the brief", required=True)
    change: Words = key("Sujet", "Subject")
    position: Whole = whole("Rang", "Position")
    is_pinned: Flag = flag("Épinglé", "Pinned")
    is_hidden: Flag = flag("Masqué", "Hidden")
    words: Words = text("Commentaire", "Comment", longest=LONGEST_NOTE)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "brief_items"
        title = "Lignes de la note au maire"
        description = "Lines of the mayor's brief"
        unique = ("brief_item_id",)
