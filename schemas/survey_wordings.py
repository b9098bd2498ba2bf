"""The wording of a question as the town pasted it: official texts that the product may not ship."""

from schemas.fields import LONGEST_NOTE, Day, Words, day, key, text
from schemas.model import TableModel


class SurveyWordings(TableModel):
    """The words of an item of the staff survey, signed and dated."""

    item: Words = key("Item", "Item")
    words: Words = text("Texte de la question", "Wording", longest=LONGEST_NOTE)
    decided_by: Words = text("Décidé par", "Decided by")
    decided_on: Day = day("Décidé le", "Decided on")

    class Config:
        """Titles (French, English) and key."""

        name = "survey_wordings"
        title = "Textes des questions"
        description = "Wordings of questions"
        unique = ("item",)
