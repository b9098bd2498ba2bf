"""Answers to the items of optional scales: one row an answer and item, split from the wide files of answers."""

from schemas.fields import Number, Words, key, number
from schemas.model import TableModel


class SurveyItems(TableModel):
    """Answers to the items of optional scales: as protected as the answers that they belong to."""

    wave: Words = key("Vague", "Wave")
    answer_id: Words = key("Identifiant réponse", "Answer identifier")
    item: Words = key("Item", "Item")
    value: Number = number("Valeur", "Value")

    class Config:
        """Titles (French, English) and key."""

        name = "survey_items"
        title = "Réponses aux échelles"
        description = "Answers to scales"
        unique = ("wave", "answer_id", "item")
