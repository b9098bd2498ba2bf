"""Anonymous answers to the staff survey: no time, no free text, no staff identifier."""

from typing import Any

from schemas.fields import Whole, Words, choice, key, whole
from schemas.labels import CATEGORIES, NOT_STATED, SEX_ALIASES, SEXES
from schemas.model import TableModel


def _who5(item: int) -> Any:
    return whole(f"OMS-5 item {item}", f"WHO-5 item {item}", maximum=5, unit="points")


def _qwl(item: int) -> Any:
    return whole(f"QVCT item {item}", f"QWL item {item}", minimum=1, maximum=5, unit="points")


class SurveyAnswers(TableModel):
    """Anonymous answers to the staff survey: no time, no free text, no staff identifier."""

    wave: Words = key("Vague", "Wave")
    answer_id: Words = key("Identifiant réponse", "Answer identifier")
    directorate_group: Words = key(
        "Groupe de directions", "Directorate group", required=False, blanks=NOT_STATED
    )
    category: Words = choice("Catégorie", "Category", CATEGORIES, blanks=NOT_STATED)
    sex: Words = choice("Sexe", "Sex", SEXES, aliases=SEX_ALIASES, blanks=NOT_STATED)
    who5_1: Whole = _who5(1)
    who5_2: Whole = _who5(2)
    who5_3: Whole = _who5(3)
    who5_4: Whole = _who5(4)
    who5_5: Whole = _who5(5)
    qwl_1: Whole = _qwl(1)
    qwl_2: Whole = _qwl(2)
    qwl_3: Whole = _qwl(3)
    qwl_4: Whole = _qwl(4)
    qwl_5: Whole = _qwl(5)
    qwl_6: Whole = _qwl(6)
    recommend: Whole = whole("Recommandation", "Recommendation", maximum=10, unit="points")

    class Config:
        """Titles (French, English) and key."""

        name = "survey_answers"
        title = "Réponses à l'enquête"
        description = "Survey answers"
        unique = ("wave", "answer_id")
