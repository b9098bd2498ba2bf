"""The questionnaire: which instruments are asked, in which words; none in part, none in words that may not be shown."""

from typing import Any

import pytest

from metrics.questionnaire import instruments, keys
from metrics.refusing import BadEntry
from metrics.scaleentry import parse
from metrics.scaleshelf import shelf
from schemas.tables import TABLES
from schemas.text import Text

OWN: dict[str, Any] = {
    "id": "calm",
    "label": {"fr": "Calme", "en": "Calm"},
    "items": {
        "calm_1": {"fr": "Je suis calme", "en": "I am calm"},
        "calm_2": {"fr": "Je dors", "en": "I sleep"},
    },
    "range": [1, 3],
    "scoring": "mean",
}


def who5_words() -> dict[str, str]:
    """Invented words for all that WHO-5 needs."""
    return {key: f"mots de {key}" for key in keys(shelf()[0]["who5"])}


def test_the_shipped_instruments_are_asked_in_their_order() -> None:
    found = instruments(shelf()[0], {})
    assert [each.id for each in found] == ["who5", "qwl", "recommend"]
    assert [each.is_ready for each in found] == [False, True, True]


def test_no_word_of_who5_is_shipped() -> None:
    who5 = instruments(shelf()[0], {})[0]
    assert who5.questions == () and who5.instruction is None
    assert {words for _, words in who5.answers} == {Text("", "")}
    assert len(who5.lacking) == 1 + 5 + 6


def test_who5_is_asked_once_every_word_is_pasted_and_not_before() -> None:
    pasted = who5_words()
    for key in pasted:
        part = {name: words for name, words in pasted.items() if name != key}
        assert instruments(shelf()[0], part)[0].lacking == (key,)
    who5 = instruments(shelf()[0], pasted)[0]
    assert who5.is_ready and [q.words.fr for q in who5.questions] == [
        f"mots de who5_{n}" for n in range(1, 6)
    ]
    assert who5.instruction == Text("mots de who5:intro", "mots de who5:intro")
    assert who5.answers[5] == (5.0, Text("mots de who5:5", "mots de who5:5"))


def test_the_local_items_are_questions_in_both_languages() -> None:
    qwl = instruments(shelf()[0], {})[1]
    assert len({q.words for q in qwl.questions}) == 6 and [value for value, _ in qwl.answers] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert all(q.words.fr.endswith(".") and q.words.en.endswith(".") for q in qwl.questions)
    assert qwl.answers[0][1].fr == "pas du tout d'accord" and qwl.answers[4][1].fr == "tout à fait d'accord"
    about = " ".join(q.words.fr for q in qwl.questions).casefold()  # the facts that the items are drawn from
    assert all(
        word in about
        for word in ("décide", "temps de travail", "adapter", "co-working", "compétences", "initiatives")
    )


def test_a_town_s_own_words_replace_the_shipped_ones() -> None:
    qwl = instruments(shelf()[0], {"qwl_2": "Mes horaires me vont.", "qwl:5": "oui !"})[1]
    assert qwl.questions[1].words == Text("Mes horaires me vont.", "Mes horaires me vont.")
    assert qwl.answers[4][1].fr == "oui !" and qwl.is_ready


def test_the_items_are_those_of_the_table() -> None:
    columns = {column.name: column for column in TABLES["survey_answers"].columns}
    for each in instruments(shelf()[0], who5_words()):
        for question in each.questions:
            column = columns[question.code]
            assert (column.minimum, column.maximum) == (each.answers[0][0], each.answers[-1][0])


def test_a_town_s_scale_is_asked_where_it_says_its_right() -> None:
    assert instruments({"calm": parse(OWN)}, {}) == []
    with_right = OWN | {"right": {"fr": "Accord du 3 mai.", "en": "Agreement of 3 May."}}
    (calm,) = instruments({"calm": parse(with_right)}, {})
    assert (
        calm.is_ready
        and calm.title == Text("Calme", "Calm")
        and calm.questions[0].words.fr == "Je suis calme"
    )
    bare = {"calm": parse(with_right | {"items": ["calm_1", "calm_2"]})}
    (calm,) = instruments(bare, {"calm_1": "Je suis calme"})
    assert calm.lacking == ("calm_2",)


@pytest.mark.parametrize(
    "form", [{"wording": "other"}, {"titre": {"fr": "x", "en": "x"}}, {"title": "x"}, "x"]
)
def test_a_wrong_form_is_refused(form: Any) -> None:
    with pytest.raises(BadEntry):
        parse(OWN | {"form": form})
