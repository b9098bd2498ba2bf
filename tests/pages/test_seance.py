"""Noting a session: what is typed is stored and counted, slips are said first, all of it can be taken back."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, local_actor
from data.store import Store
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said

COLUMNS = "kind, practice, held_on, directorate, is_run_by_team, participants, newcomers, opinions, opinions_relevant, hours, external_cost_amount"


def sessions(path: Path, where: str = "TRUE") -> list[tuple[object, ...]]:
    return Store(path).engine(local_actor()).rows(f"SELECT {COLUMNS} FROM practice_sessions WHERE {where}")


def field(at: AppTest, name: str) -> object:
    """A field of the form by its column."""
    every = [*at.number_input, *at.selectbox, *at.radio, *at.date_input]
    return next(one for one in every if str(one.key).endswith(f".{name}"))


def fill(at: AppTest, **given: object) -> AppTest:
    """Type into the fields, one run for all."""
    for name, value in given.items():
        field(at, name).set_value(value)  # type: ignore[attr-defined]
    return at.run()


def press(at: AppTest, words: str) -> AppTest:
    """Press a button by its words."""
    return next(one for one in at.button if one.label == words).click().run()


def remarks(at: AppTest) -> list[str]:
    """What is said under the fields."""
    found = [block.value.split(">")[2].split("<")[0] for block in at.markdown if "lv-check-" in block.value]
    return [words.replace("\u00a0", " ").replace("\u202f", " ") for words in found]


WHOLE = {
    "directorate": "DADI",
    "is_run_by_team": False,
    "participants": 12,
    "newcomers": 3,
    "opinions": 8,
    "opinions_relevant": 8,
    "hours": 20.0,
}


def test_a_session_is_noted_counted_and_taken_back(own_town: Path, visit: Visit) -> None:
    before = sessions(own_town)
    at = fill(visit("seance", practice="time-out"), **WHOLE)
    assert (
        "12 participants dont 3 nouveaux, 8 avis dont 8 pertinents, 20 h mobilisées, sans coût externe."
        in said(at)
    )
    page = said(press(at, "Enregistrer la séance"))
    assert "Séance notée : time out, 30 juin 2015, DADI. 12 participants" in page
    new = ("practice", "time-out", date(2015, 6, 30), "DADI", False, 12, 3, 8, 8, 20.0, 0)
    assert [row for row in sessions(own_town) if row not in before] == [new]
    assert "270 agents sur 640" in said(visit("ecosysteme"))
    assert "100 % de 92 avis" in said(visit("ecosysteme"))
    press(at, "Annuler cette saisie")
    assert sorted(map(str, sessions(own_town))) == sorted(map(str, before))


def test_the_next_form_starts_where_the_last_one_was(own_town: Path, visit: Visit) -> None:
    press(fill(visit("seance", practice="time-out"), **WHOLE), "Enregistrer la séance")
    at = visit("seance")
    kept = [field(at, name).value for name in ("kind", "practice", "directorate", "is_run_by_team")]  # type: ignore[attr-defined]
    assert kept == ["practice", "time-out", "DADI", False]
    assert field(at, "participants").value is None and field(at, "external_cost_amount").value == 0  # type: ignore[attr-defined]
    other = visit("seance", practice="cadran-total", scope="Éducation et enfance")
    assert field(other, "practice").value == "cadran-total"  # type: ignore[attr-defined]
    assert field(other, "directorate").value == "Éducation et enfance"  # type: ignore[attr-defined]


def test_slips_are_said_at_their_field_and_nothing_is_stored(own_town: Path, visit: Visit) -> None:
    before = len(sessions(own_town))
    at = visit("seance", practice="time-out")
    assert remarks(at) == []
    press(at, "Enregistrer la séance")
    assert [words.split("?")[0].strip() for words in remarks(at)] == ["Qui l’a animée", "Combien étaient-ils"]
    fill(at, **(WHOLE | {"newcomers": 13, "opinions_relevant": 9}))
    assert remarks(at) == [
        "Plus de nouveaux que de participants (12).",
        "Plus d’avis « pertinent » que d’avis exprimés (8).",
    ]
    press(at, "Enregistrer la séance")
    assert "2 champs à corriger ci-dessus." in said(at) and len(sessions(own_town)) == before
    fill(at, newcomers=1, opinions_relevant=8, held_on=date(2014, 1, 2))
    assert "pas avant" in remarks(at)[0]


def test_the_same_session_twice_asks_to_be_sure(own_town: Path, visit: Visit) -> None:
    before = len(sessions(own_town))
    press(fill(visit("seance", practice="time-out"), **WHOLE), "Enregistrer la séance")
    at = fill(visit("seance", practice="time-out"), **WHOLE)
    assert "déjà notée" in remarks(at)[0]
    assert not any(one.label == "Enregistrer la séance" for one in at.button)
    press(at, "Oui, enregistrer quand même")
    assert len(sessions(own_town)) == before + 2


def test_what_could_not_be_computed_is_said(
    own_town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ValueError("no")

    at = fill(visit("seance", practice="time-out"), **WHOLE)
    store = open_source(Address()).store
    monkeypatch.setattr(store, "_after", fails)
    assert "n’ont pas pu être recalculés" in said(press(at, "Enregistrer la séance"))


def test_a_course_has_its_own_fields_and_a_workshop_no_practice(own_town: Path, visit: Visit) -> None:
    at = fill(visit("seance"), kind="mooc")
    assert {"enrolled", "completed"} <= {str(one.key).split(".")[-1] for one in at.number_input}
    assert not any(str(one.key).endswith(".practice") for one in at.selectbox)
    fill(
        at,
        is_run_by_team=True,
        enrolled=30,
        participants=20,
        completed=12,
        score_before=40.0,
        score_after=55.0,
    )
    assert "30 inscrits, 12 terminés, 20 actifs (nouveaux non comptés)" in said(at)
    press(at, "Enregistrer la séance")
    assert ("mooc", None, 20, None) in [row[:2] + row[5:7] for row in sessions(own_town)]
    workshop = fill(visit("seance"), kind="workshop")
    assert not any(
        str(one.key).endswith((".practice", ".enrolled"))
        for one in [*workshop.selectbox, *workshop.number_input]
    )


def test_a_session_is_corrected_and_withdrawn(own_town: Path, visit: Visit) -> None:
    at = visit("seance", session="S120")
    assert "Corriger : cadran total, 22 juin 2015, Bâtiments et énergie" in said(at)
    assert "Rien ne change." in shown(press(at, "Enregistrer la correction"))
    press(fill(at, participants=14), "Enregistrer la correction")
    assert "Correction notée" in shown(at) and "session" not in at.query_params
    assert sessions(own_town, "session_id = 'S120'")[0][5] == 14
    at = press(visit("seance", session="S120"), "Oui, retirer la séance")
    assert "Séance retirée" in shown(at) and sessions(own_town, "session_id = 'S120'") == []
    press(at, "Annuler cette saisie")
    assert sessions(own_town, "session_id = 'S120'")[0][5] == 14


def test_the_last_sessions_are_listed_with_who_noted_them(own_town: Path, visit: Visit) -> None:
    at = visit("seance", as_of="2014-06-30")
    assert shown(at).count("seance?session=") == 10 and "practice_sessions.csv" in said(at)
    press(fill(at, practice="time-out", **WHOLE), "Enregistrer la séance")
    page = shown(visit("seance"))
    first = page.split("<tbody>")[1].split("</tr>")[0]
    assert "time out" in first and "local" in first and "saisie" in first and "import 1," not in first


def test_a_session_nobody_knows_and_a_practice_nobody_knows(town: Path, visit: Visit) -> None:
    page = shown(visit("seance", session="<b>x", practice="<i>y"))
    assert "n’existe plus" in page and "<b>x" not in page and "<i>y" not in page


def test_a_viewer_is_told_and_has_no_form(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "seance?practice=cadran-total" in shown(visit("outil", id="cadran-total"))
    assert 'href="/seance?' in shown(visit("ecosysteme"))
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("maire", "viewer"))
    at = visit("seance", session="S120")
    assert "Votre rôle lit les séances, il n’en note pas." in said(at)
    assert not at.button and not at.number_input and "practice_sessions.csv" not in shown(at)
    assert "seance?practice" not in shown(visit("outil", id="cadran-total"))


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert 'href="/imports?' in shown(visit("seance"))


def test_in_english(town: Path, visit: Visit) -> None:
    at = visit("seance", lang="en", session="S120")
    page = said(at)
    assert "Correct: cadran total, 22 June 2015" in page and "10 participants, 0 of them new" in page
    assert {"Save the correction", "Yes, withdraw the session"} <= {one.label for one in at.button}
