"""That the mayor's brief was read before it goes, and exactly which text."""

from schemas.fields import LONGEST_NOTE, Day, Words, day, key, text
from schemas.model import TableModel


class BriefReviews(TableModel):
    """One review; ``edition`` is the sha256 of what was read."""

    review_id: Words = key("Identifiant relecture", "Review id")
    as_of: Day = day("Date de la note", "Date of the brief", required=True)
    edition: Words = key("Empreinte de la note", "Fingerprint of the brief")
    words: Words = text("Commentaire", "Comment", longest=LONGEST_NOTE)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "brief_reviews"
        title = "Relectures de la note au maire"
        description = "Reviews of the mayor's brief"
        unique = ("review_id",)
