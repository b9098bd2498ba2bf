"""The screen of surveys: a wave from its draft to its purge, refusals in words, nothing of an answer before publication."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor
from data.ballots import Participation
from data.purge import SYSTEM
from data.report import Report
from data.store import Store
from data.waves import Step
from metrics.disclosure.tables import DEFAULT_LIST
from metrics.scaleshelf import shelf
from pages.parts.survey_new import year_after
from pages.parts.survey_reads import Taken
from schemas.text import Text
from tests.pages.conftest import Visit, shown
from tests.pages.waves import DRAFT, play

OPEN, CLOSED, AUDITED = (replace(DRAFT, state=state) for state in ("open", "closed", "audited"))
PUBLISHED = replace(DRAFT, state="published", keep_until=date.today() + timedelta(days=30))
PAIR = {"by": ["directorate_group", "sex"], "measure": "who5"}


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label.replace("\u00a0", " ") == label).click()
    return at.run()


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def test_an_empty_town_is_told_where_to_start(
    empty: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch)
    at = visit("enquete")
    page = shown(at)
    assert "Aucune enquête pour l’instant" in page and "Importer un fichier de réponses" in page
    assert "Déclarer la vague" in labels(at) and "Ce qui protège les agents" in page


def test_a_wave_is_declared_with_the_staff_a_year_and_eleven(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play(monkeypatch)
    at = visit("enquete")
    press(at, "Déclarer la vague")
    assert "Le nom de la vague manque" in shown(at) and played.asked == []
    next(one for one in at.text_input if one.label == "Nom de la vague").set_value(" 2016 ")
    at = press(at, "Déclarer la vague")
    assert played.asked == [
        (
            "declare",
            "2016",
            {"held_on": date.today(), "headcount": 640, "k": 11, "keep_until": year_after(date.today())},
        )
    ]
    assert "La vague 2016 est déclarée, en brouillon" in shown(at)
    next(one for one in at.text_input if one.label == "Nom de la vague").set_value("2016")
    assert "existe déjà" in shown(press(at, "Déclarer la vague")) and len(played.asked) == 1


def test_twelve_months_after_the_29th_of_february() -> None:
    assert year_after(date(2016, 2, 29)) == date(2017, 2, 28)
    assert year_after(date(2016, 5, 15)) == date(2017, 5, 15)


@pytest.mark.parametrize(
    ("wave", "words"),
    [
        (DRAFT, "est en brouillon"),
        (OPEN, "est ouverte\u00a0: les agents répondent"),
        (CLOSED, "sa liste de tableaux est à auditer"),
        (AUDITED, "elle peut être publiée"),
        (PUBLISHED, "sa liste est figée"),
        (replace(PUBLISHED, state="purged"), "ses réponses brutes sont détruites"),
    ],
    ids=lambda one: getattr(one, "state", ""),
)
def test_where_a_wave_stands_is_the_title_and_the_current_step(
    wave, words: str, town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, wave)
    page = shown(visit("enquete", wave="2016"))
    assert words in page
    steps = page.split('class="lv-steps"')[1].split("</ol>")[0]
    assert steps.count("<li") == 6 and steps.count('aria-current="step"') == 1
    assert steps.count("définitif") == 2


@pytest.mark.parametrize(
    ("answers", "headcount", "words"),
    [
        (None, 640, "Moins de 11 réponses reçues"),
        (345, 640, "Environ 345 réponses sur 640 agents, soit 53\u202f%"),
        (345, None, "Environ 345 réponses reçues."),
    ],
)
def test_while_open_the_response_is_counted_by_five_and_nothing_else_is_told(
    answers, headcount, words: str, town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play(monkeypatch, replace(OPEN, headcount=headcount))
    played.held_in_urn = Participation(640, answers, is_held_back=True)
    page = shown(visit("enquete"))
    assert words in page and "pas de détail par direction" in page
    assert "Des réponses attendent d’être enregistrées" in page


def test_codes_are_shown_alone_and_forgotten_once_printed(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play(monkeypatch, DRAFT)
    at = visit("enquete")
    count = next(one for one in at.number_input if one.label == "Nombre de codes")
    assert count.value == 640
    count.set_value(3)
    at = press(at, "Tirer les codes et les montrer")
    page = shown(at)
    assert played.asked == [("tokens", "2016", 3)]
    assert page.count("AAAA-BBBB-") == 3 and "lv-steps" not in page
    at = press(at, "C’est imprimé : oublier ces codes")
    assert "AAAA-BBBB-" not in shown(at) and "lv-steps" in shown(at)


def test_the_questionnaire_is_one_press_away(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, DRAFT)
    page = shown(visit("enquete"))
    for address in ("/questionnaire?wave=2016&amp;", "imprimer=1", "textes=1", "/imports?"):
        assert address in page


def test_a_step_is_taken_and_taken_back(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    played = play(monkeypatch, DRAFT)
    at = visit("enquete")
    assert "Rien de définitif" in shown(at) and "Revenir à l’étape précédente" not in labels(at)
    at = press(at, "Ouvrir la vague")
    assert "Vague 2016\u00a0: ouverte" in shown(at)
    at = press(at, "Revenir à l’étape précédente")
    assert "L’étape est reprise" in shown(at) and "La vague redevient un brouillon" in shown(at)
    assert played.asked == [("step", "2016", "open", None), ("back", "2016")]


def test_a_draft_is_taken_away(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    played = play(monkeypatch, replace(DRAFT, wave="2015", state="published"), DRAFT)
    at = press(visit("enquete", wave="2016"), "Retirer ce brouillon")
    assert played.asked == [("back", "2016")] and "Vague 2015" in shown(at) and "inconnue" not in shown(at)


def test_the_usual_list_is_ticked_and_sent_to_the_attack(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play(monkeypatch, CLOSED)
    at = visit("enquete")
    assert len(at.checkbox) == 21 and sum(box.value for box in at.checkbox) == len(DEFAULT_LIST)
    page = shown(at)
    assert "12 tableaux dans la liste" in page and "Bornes par programmation linéaire" in page
    hidden = ({"by": ["category"], "measure": "who5", "group": {"category": "A"}},)
    advice = Text(
        "Le tableau « X » ne dit que 1 groupe sur 3\u00a0: mieux vaut le retirer.", "The table “X”…"
    )
    played.said = Step(Report(None), told=advice, hidden=hidden)
    at = press(at, "Attaquer cette liste")
    assert played.asked[-1][3] == [{"by": list(by), "measure": measure} for by, measure in DEFAULT_LIST]
    page = shown(at)
    assert (
        "La liste a tenu" in page and "«\u00a0catégorie A\u00a0»" in page and "mieux vaut le retirer" in page
    )


def test_nothing_is_attacked_without_a_table(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, CLOSED)
    at = visit("enquete")
    for box in at.checkbox:
        box.uncheck()
    at.run()
    assert "Choisissez au moins un tableau" in shown(at)
    assert next(one for one in at.button if one.label == "Attaquer cette liste").disabled
    at = press(at, "Reprendre la liste habituelle")
    assert sum(box.value for box in at.checkbox) == len(DEFAULT_LIST)


def test_a_refusal_names_the_table_and_one_press_drops_it(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play(monkeypatch, CLOSED)
    at = visit("enquete")
    name = "OMS-5 par groupe de directions × sexe"
    next(box for box in at.checkbox if box.label == name).check()
    told = Text(f"Retirer le tableau « {name} ». Parce que <b>.", "Remove…")
    played.said = Step(Report(None), told=told, refused=True, drop=(PAIR,))
    at = press(at, "Attaquer cette liste")
    page = shown(at)
    assert "La liste est refusée" in page and "Parce que &lt;b&gt;" in page and PAIR in played.asked[-1][3]
    assert played.held["2016"].state == "closed"
    played.said = None
    at = press(at, f"Retirer « {name} » et auditer de nouveau")
    assert PAIR not in played.asked[-1][3] and len(played.asked[-1][3]) == len(DEFAULT_LIST)
    assert "La liste a tenu" in shown(at) and played.held["2016"].state == "audited"


def test_publication_waits_for_the_box(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    played = play(monkeypatch, AUDITED)
    at = visit("enquete")
    assert "C’est définitif" in shown(at)
    button = next(one for one in at.button if one.label == "Publier définitivement")
    assert button.disabled and played.asked == []
    at = at.checkbox(key="survey.sure.2016").check().run()
    at = press(at, "Publier définitivement")
    assert played.asked == [("step", "2016", "published", None)]
    page = shown(at)
    assert "Lire les résultats" in page and "/bienetre?" in page
    assert "Revenir à l’étape précédente" not in labels(at)


def test_the_frozen_list_s_fingerprint_is_shown(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = play(monkeypatch, PUBLISHED)
    played.frozen = [{"wave": "2016", "k": 11, "tables": []}]
    first = shown(visit("enquete"))
    played.frozen = [{"wave": "2016", "k": 11, "tables": [1]}]
    second = shown(visit("enquete"))
    mark = "Empreinte (SHA-256)</dt><dd><code>"
    assert first.split(mark)[1][:64] != second.split(mark)[1][:64]
    assert "ce n’est pas celle de la liste auditée" in first  # nobody audited it


def test_a_purge_wants_the_wave_s_name(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    played = play(monkeypatch, PUBLISHED)
    at = visit("enquete")
    assert "encore 30 jours" in shown(at) and "aucune réponse ne se retrouve" in shown(at)
    typed = next(one for one in at.text_input if one.label.startswith("Pour confirmer"))
    typed.set_value("2015")
    at = press(at, "Détruire les réponses brutes")
    assert "Rien n’est détruit" in shown(at) and played.asked == []
    next(one for one in at.text_input if one.label.startswith("Pour confirmer")).set_value("2016")
    at = press(at, "Détruire les réponses brutes")
    assert played.asked == [("step", "2016", "purged", None)]
    assert "Réponses brutes détruites" in shown(at)


def test_a_purge_destroys_the_answers_and_keeps_what_was_published(own_town: Path, visit: Visit) -> None:
    store, officer = Store(own_town), Actor("rh", "survey_officer")
    before = store.published(officer)
    at = visit("enquete", wave="2013-audit")
    assert "celle de la liste auditée" in shown(at) and "ce n’est pas" not in shown(at)
    next(one for one in at.text_input if one.label.startswith("Pour confirmer")).set_value("2013-audit")
    page = shown(press(at, "Détruire les réponses brutes"))
    assert "par local, sauvegardes comprises" in page and "celle de la liste auditée" in page
    assert store.waves(officer)[0].state == "purged" and store.published(officer) == before


def test_the_calendar_s_purge_is_said_so(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch, replace(PUBLISHED, state="purged"))
    signed = {"purged": Taken(SYSTEM, date(2017, 5, 15))}
    monkeypatch.setattr("pages.parts.survey_reads.taken", lambda source, wave: signed)
    assert "Détruites le 15 mai 2017, à la date annoncée" in shown(visit("enquete"))


@pytest.mark.parametrize("role", ["viewer", "editor"])
@pytest.mark.parametrize("wave", [DRAFT, OPEN, CLOSED, AUDITED, PUBLISHED], ids=lambda one: one.state)
def test_other_roles_see_where_waves_stand_and_hold_no_control(
    role, wave, town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("autre", role))
    play(monkeypatch, wave)
    at = visit("enquete")
    page = shown(at)
    assert "Votre rôle ne mène pas les enquêtes" in page and 'aria-current="step"' in page
    assert not at.button and not at.checkbox and not at.text_input


def test_english(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    play(monkeypatch, CLOSED)
    page = shown(visit("enquete", lang="en"))
    assert "its list of tables is to be audited" in page and "Next step: audit the list of tables" in page


def test_an_unknown_wave_is_said_and_escaped(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, DRAFT)
    page = shown(visit("enquete", wave="<b>1999"))
    assert "Vague «\u00a0&lt;b&gt;1999\u00a0» inconnue" in page and "Voici la vague 2016" in page


def test_optional_scales_are_offered_once_answers_to_one_came(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, CLOSED)
    uwes = replace(shelf()[0]["qwl"], id="uwes", label=Text("Engagement", "Engagement"))
    with_uwes = (shelf()[0] | {"uwes": uwes}, [])
    for module in ("survey_choice", "survey_words"):
        monkeypatch.setattr(f"pages.parts.{module}.shelf", lambda: with_uwes)
    assert len(visit("enquete").checkbox) == 21
    record = SimpleNamespace(added={"survey_items": 60})
    monkeypatch.setattr("pages.parts.archive.books", lambda source: ((), (record,)))
    boxes = {box.label: box.value for box in visit("enquete").checkbox}
    assert (
        len(boxes) == 28
        and boxes["Engagement par catégorie"]
        and not boxes["Engagement par catégorie × sexe"]
    )


def test_a_wave_later_than_the_data_says_where_its_results_are(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for held_on, is_later in ((date(2016, 5, 15), True), (date(2015, 5, 15), False)):
        played = play(monkeypatch, replace(PUBLISHED, held_on=held_on))
        played.frozen = [{"wave": "2016", "k": 11, "tables": []}]
        assert ("Les données de la ville s’arrêtent au 30 juin 2015" in shown(visit("enquete"))) == is_later


def test_a_wave_purged_before_publication_tells_nothing(
    town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(monkeypatch, replace(PUBLISHED, state="purged"))
    page = shown(visit("enquete"))
    assert "Purgée sans avoir été publiée" in page and "Lire les résultats" not in page
