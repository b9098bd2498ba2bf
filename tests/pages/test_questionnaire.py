"""The questionnaire: from a code to thanks; nothing of an answer in the address, the session or the page after."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import urn, urnfile
from data.access import Actor, local_actor
from data.places import places
from data.store import Store
from metrics.questionnaire import keys
from metrics.scaleshelf import shelf
from pages.parts import source as source_part
from pages.parts.questionnaire_form import plain
from pages.parts.token_slips import slips
from tests.data.voting import WAVE, put
from tests.pages.conftest import Visit, shown
from tests.town import copy_of


@pytest.fixture(scope="module")
def waved(town_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town's store with an open wave, one in preparation and a closed one: read only."""
    path = copy_of(town_path, tmp_path_factory.mktemp("waved"))
    for state, name in (("open", WAVE), ("draft", "2017"), ("closed", "2014")):
        put(Store(path), state, name)
    return path


@pytest.fixture
def wave(waved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A copy of it of one's own."""
    path = copy_of(waved, tmp_path)
    monkeypatch.setenv("LEVIER_STORE", str(path))
    return Store(path)


def code(store: Store) -> str:
    """A new code of the open wave."""
    return store.tokens(local_actor(), WAVE, 1)[0]


def labels(at: AppTest) -> list[str]:
    """The questions on the page."""
    return [radio.label for radio in at.radio]


def press(at: AppTest, words: str) -> AppTest:
    """Press the button of that name."""
    (found,) = [button for button in at.button if button.label == words]
    return found.click().run()


def test_without_a_wave_those_that_are_open_are_offered(wave: Store, visit: Visit) -> None:
    page = shown(visit("questionnaire"))
    assert (
        "Quelle enquête" in page
        and "Répondre à la vague 2016" in page
        and "Répondre à la vague 2017" not in page
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [("2017", "n’est pas encore ouverte"), ("2014", "est close"), ("<b>", "n’existe pas")],
)
def test_a_wave_that_takes_no_answer_says_why(wave: Store, visit: Visit, name: str, words: str) -> None:
    at = visit("questionnaire", wave=name)
    assert words in shown(at) and not at.radio and not at.text_input
    assert "<b>»" not in shown(at)


def test_a_store_without_waves_says_so(empty: Path, visit: Visit) -> None:
    assert "Aucune enquête n’est ouverte" in shown(visit("questionnaire", wave="2016"))


def test_a_bad_code_and_a_used_one_read_alike(wave: Store, visit: Visit) -> None:
    used = code(wave)
    wave.answer(local_actor(), WAVE, used, {"recommend": 3})
    pages = [shown(visit("questionnaire", wave=WAVE, token=token)) for token in (used, "AAAA-AAAA-AAAA")]
    assert pages[0] == pages[1] and "a déjà servi" in pages[0]


def test_from_a_typed_code_to_thanks(wave: Store, visit: Visit) -> None:
    token = code(wave)
    at = visit("questionnaire", wave=WAVE)
    at.text_input[0].set_value(token.lower().replace("-", " "))
    at = press(at, "Commencer")
    assert (
        labels(at)[:3] == ["Votre groupe de directions", "Votre catégorie", "Votre sexe"]
        and len(at.radio) == 10
    )
    assert [radio.value for radio in at.radio] == ["", "", ""] + [None] * 7
    at.radio(key="answer.directorate_group").set_value("Services à la population")
    at.radio(key="answer.sex").set_value("F")
    at.radio(key="answer.qwl_1").set_value(5)
    at.radio(key="answer.qwl_2").set_value("")
    at.radio(key="answer.recommend").set_value(9)
    assert {"answer.qwl_1", "questionnaire.token"} <= set(at.session_state.keys())
    at = press(at, "Envoyer mes réponses")
    page = shown(at)
    assert "Merci" in page and "Ni nom, ni adresse, ni date, ni heure" in page and "au moins onze" in page
    (waiting,) = urnfile.read(wave.places, WAVE).waiting
    given = {name: value for name, value in waiting.items() if name != "answer_id"}
    assert given == {"directorate_group": "Services à la population", "sex": "F", "qwl_1": 5, "recommend": 9}
    assert dict(at.query_params) == {"wave": WAVE, "merci": "1"}
    assert not [
        name for name in at.session_state.to_dict() if name.startswith(("answer", "code", "questionnaire"))
    ]
    assert (
        "Merci" in shown(at.run()) and urn.remains(wave.places, WAVE).used == 1
    )  # loaded again: nothing happens twice


def test_a_code_in_the_address_leaves_it_at_once(wave: Store, visit: Visit) -> None:
    token = code(wave)
    at = visit("questionnaire", wave=WAVE, token=token)
    assert "token" not in at.query_params and len(at.radio) == 10
    assert token not in shown(at)


def test_nothing_answered_is_not_sent(wave: Store, visit: Visit) -> None:
    at = visit("questionnaire", wave=WAVE, token=code(wave))
    at.radio(key="answer.category").set_value("A")
    at = press(at, "Envoyer mes réponses")
    assert "Aucune question n’a de réponse" in shown(at) and urn.remains(wave.places, WAVE).used == 0
    assert at.radio(key="answer.category").value == "A"


def test_a_wave_closed_meanwhile_takes_nothing_and_says_so(wave: Store, visit: Visit) -> None:
    at = visit("questionnaire", wave=WAVE, token=code(wave))
    at.radio(key="answer.qwl_1").set_value(5)
    put(wave, "closed")
    at = press(at, "Envoyer mes réponses")
    assert "est close" in shown(at) and urn.remains(wave.places, WAVE) == urn.Remains(1, 0, 0)


def test_who5_is_left_out_and_only_who_leads_surveys_is_told(
    wave: Store, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = code(wave)
    page = shown(visit("questionnaire", wave=WAVE, token=token))
    assert "OMS-5\u00a0» n’est pas dans le questionnaire" in page and "textes=1" in page
    monkeypatch.setattr(source_part, "local_actor", lambda: Actor("v", "viewer"))
    at = visit("questionnaire", wave=WAVE, token=token)
    assert len(at.radio) == 10 and "n’est pas dans le questionnaire" not in shown(at)
    assert not visit("questionnaire", textes="1").text_area


def test_the_town_pastes_who5_and_it_is_asked_word_for_word(wave: Store, visit: Visit) -> None:
    at = visit("questionnaire", textes="1")
    for key in keys(shelf()[0]["who5"]):
        at.text_area(key=f"wording.{key}").set_value(f"Texte *collé* de {key}")
    at = next(b for b in at.button if b.label == "Enregistrer ces textes").click().run()
    assert "Les textes sont enregistrés" in shown(at)
    found = visit("questionnaire", wave=WAVE, token=code(wave))
    assert [each for each in labels(found) if "who5" in each] == [
        plain(f"Texte *collé* de who5_{n}") for n in range(1, 6)
    ]
    assert "Texte *collé* de who5:intro" in shown(found)
    assert found.radio(key="answer.who5_1").options[0] == plain("0 : Texte *collé* de who5:0")
    at = press(at, "Annuler cette saisie")
    assert "12 textes manquent" in shown(at)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_paper_form_has_a_box_for_every_answer_and_no_code(wave: Store, visit: Visit, lang: str) -> None:
    at = visit("questionnaire", wave=WAVE, imprimer="1", lang=lang)
    page = shown(at)
    assert page.count('class="lv-tickbox"') == (3 + 1) + (3 + 1) + (2 + 1) + 6 * 5 + 11
    assert not at.radio and not at.text_input and "token" not in page
    assert ("Éducation et enfance" in page) and ("one code a sheet" in page) == (lang == "en")


def test_slips_show_each_code_once_and_the_address_without_it() -> None:
    tokens = ["7KQM-X2HD-94TW", "ABCD-EFGH-JKLM"]
    page = str(slips("<2016>", tokens))
    assert all(page.count(token) == 1 for token in tokens) and "2 codes" in page
    assert "/questionnaire?wave=%3C2016%3E" in page and "token=" not in page and "<2016>" not in page


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Je décide moi-même, à 100 %.", "Je décide moi-même, à 100 %."),
        ("*a* _b_ [c](d) $e$ <f>", "\\*a\\* \\_b\\_ \\[c\\](d) \\$e\\$ \\<f>"),
        ("1. Toujours", "1\\. Toujours"),
        (":smile: 3 : oui", "\\:smile: 3 : oui"),
    ],
)
def test_a_label_is_read_word_for_word(text: str, label: str) -> None:
    assert plain(text) == label


def test_the_urn_lies_beside_the_town_s_store(wave: Store) -> None:
    code(wave)
    assert places(wave.places.store).urns.is_dir()


def test_a_town_s_own_scale_is_asked_and_its_answer_waits_with_the_others(
    wave: Store, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own" / "scales"
    folder.mkdir(parents=True)
    (folder / "calm.yml").write_text(
        "id: calm\nlabel: {fr: Calme, en: Calm}\nitems: {calm_1: {fr: Je suis calme, en: I am calm}}\n"
        "range: [0, 100]\nstep: 25\nscoring: mean\nright: {fr: Accord du 3 mai., en: Agreement of 3 May.}\n",
        "utf-8",
    )
    monkeypatch.setenv("LEVIER_CATALOGUE", str(folder.parent))
    at = visit("questionnaire", wave=WAVE, token=code(wave))
    assert labels(at)[-1] == "Je suis calme"
    at.radio(key="answer.calm_1").set_value(75)
    assert "Merci" in shown(press(at, "Envoyer mes réponses"))
    assert [each["calm_1"] for each in urnfile.read(wave.places, WAVE).waiting] == [75]
