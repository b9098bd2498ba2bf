"""The weekly reviews: one a week, its length, when its clock started."""

from schemas.fields import Day, Whole, Words, day, key, text, whole
from schemas.model import TableModel


class Meetings(TableModel):
    """One weekly review; its key is the ISO week of its day."""

    meeting_id: Words = key("Semaine", "Week")
    held_on: Day = day("Tenue le", "Held on", required=True)
    opened_at: Words = text("Ouverte à", "Opened at")
    minutes: Whole = whole("Durée prévue (minutes)", "Planned length (minutes)", minimum=1, required=True)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "meetings"
        title = "Revues hebdomadaires"
        description = "Weekly reviews"
        unique = ("meeting_id",)
