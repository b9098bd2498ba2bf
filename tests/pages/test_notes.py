"""The discussion on a sheet: written, answered, stamped, marked, corrected, withdrawn, taken back; found by the search."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, local_actor
from data.store import Store
from metrics.refresh import after_import, rule_settings
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from tests.pages.conftest import Visit, shown
from tests.pages.test_fiche_signals import button, said

KPI = "external_cost"


def note(path: Path, words: str, **more: Any) -> str:
    """Store a note on the KPI as somebody else and return its id."""
    store = Store(path, after=after_import, settings=rule_settings)
    cabinet = Actor("cabinet", "editor", "Cabinet du maire")
    row = {"about": "kpi", "subject": KPI, "words": words} | more
    assert store.record(cabinet, "notes", [row]).ok
    return str(store.engine(cabinet).rows("SELECT note_id FROM notes ORDER BY _id DESC LIMIT 1")[0][0])


def held(path: Path, columns: str) -> list[tuple[Any, ...]]:
    sql = (
        f"SELECT {columns} FROM notes WHERE about = 'kpi' AND subject = '{KPI}' ORDER BY answers NULLS FIRST"
    )
    return Store(path).engine(local_actor()).rows(sql)


def write(at: AppTest, label: str, words: str, press: str) -> AppTest:
    next(area for area in at.text_area if area.label == label).set_value(words)
    return button(at, press).click().run()


def test_a_note_is_written_signed_and_taken_back(own_town: Path, visit: Visit) -> None:
    at = visit("fiche", kpi=KPI)
    assert "Personne n’a encore écrit ici." in said(at)
    assert "Signée « Administration »" in said(at)
    at = write(at, "Note", "Aucun achat <b>cette</b> année.", "Publier la note")
    page = said(at)
    assert "1 note, aucune n’est relue." in page and "La note est publiée." in page
    assert "&lt;b&gt;cette" in shown(at)  # words are never markup
    assert held(own_town, "signed_by, is_exported") == [("admin", False)]
    at = button(at, "Annuler cette saisie").click().run()
    assert "Personne n’a encore écrit ici." in said(at) and held(own_town, "words") == []


def test_an_empty_note_or_one_with_an_address_is_refused_in_its_place(own_town: Path, visit: Visit) -> None:
    at = write(visit("fiche", kpi=KPI), "Note", "  ", "Publier la note")
    assert "Écrivez quelques mots." in said(at)
    at = write(at, "Note", "Écrire à jeanne.martin@ville.fr", "Publier la note")
    assert "Rien n’est enregistré." in said(at) and "adresse électronique" in said(at)
    assert held(own_town, "words") == []


def test_the_note_that_the_address_names_is_answered_stamped_and_marked(own_town: Path, visit: Visit) -> None:
    key = note(own_town, "Les ateliers restent gratuits ?")
    at = visit("fiche", kpi=KPI, note=key)
    assert f'data-reach="note-{key}"' in shown(at)
    assert not [one for one in at.button if one.label == "Retirer la note"]  # somebody else's
    at = write(at, "Réponse", "Oui, jusqu’en décembre.", "Répondre")
    assert "2 notes, aucune n’est relue." in said(at) and "note" not in at.query_params
    at = button(visit("fiche", kpi=KPI, note=key), "Marquer comme relue").click().run()
    assert "2 notes, 1 relue." in said(at)
    at = button(visit("fiche", kpi=KPI, note=key), "Mettre dans les exports").click().run()
    assert "dans les exports" in said(at)
    stored = held(own_town, "signed_by, answers, reviewed_by, is_exported")
    assert stored == [("Cabinet du maire", None, "admin", True), ("admin", key, None, False)]
    assert "Reviewed on" in said(visit("fiche", kpi=KPI, lang="en"))


def test_one_corrects_and_withdraws_ones_own(own_town: Path, visit: Visit) -> None:
    write(visit("fiche", kpi=KPI), "Note", "Premier jet.", "Publier la note")
    (key,) = held(own_town, "note_id")[0]
    at = visit("fiche", kpi=KPI, note=key)
    next(area for area in at.text_area if area.value == "Premier jet.").set_value("Second jet.")
    at = button(at, "Enregistrer la correction").click().run()
    assert "La note est corrigée." in said(at) and held(own_town, "words") == [("Second jet.",)]
    at = button(visit("fiche", kpi=KPI, note=key), "Retirer la note").click().run()
    assert "La note est retirée." in said(at) and held(own_town, "words") == []
    button(at, "Annuler cette saisie").click().run()
    assert held(own_town, "words") == [("Second jet.",)]


@pytest.mark.parametrize(
    ("path", "about", "id"), [("projet", "project", "P001"), ("partenaire", "partner", "PUB-REGION")]
)
def test_a_project_and_a_partner_are_discussed_too(
    own_town: Path, visit: Visit, path: str, about: str, id: str
) -> None:
    at = write(visit(path, id=id), "Note", "À revoir en juillet.", "Publier la note")
    assert "À revoir en juillet." in said(at)
    found = (
        Store(own_town)
        .engine(local_actor())
        .rows("SELECT about, subject FROM notes ORDER BY _id DESC LIMIT 1")
    )
    assert found == [(about, id)]
    assert "Notes et discussion" not in said(visit(path, id="X999"))


def test_a_viewer_reads_and_is_offered_no_form(
    own_town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = note(own_town, "Lisible par tous.")

    def as_viewer(state: Address, actor: Actor | None = None) -> Source:
        return open_source(state, Actor("elu", "viewer"))

    monkeypatch.setattr("pages.parts.here.open_source", as_viewer)
    monkeypatch.setattr("pages.parts.shell.open_source", as_viewer, raising=False)
    at = visit("fiche", kpi=KPI, note=key)
    assert "Lisible par tous." in said(at)
    labels = [one.label for one in at.button]
    assert not {"Publier la note", "Répondre", "Marquer comme relue"} & set(labels)


def test_notes_are_found_where_they_stand(own_town: Path, visit: Visit) -> None:
    key = note(own_town, "Zygomatique : un mot que rien d’autre ne porte. " + "Suite. " * 60 + "Fin.")
    page = shown(visit("recherche", q="zygomatique"))
    assert f"/fiche?kpi={KPI}&amp;note={key}&amp;" in page
    assert "Coût externe" in page and "Suite. …" in page


def test_a_week_is_discussed_under_its_minutes(own_town: Path, visit: Visit) -> None:
    Store(own_town, after=after_import, settings=rule_settings).seal(local_actor(), "2015-W27")
    at = write(visit("revue", meeting="2015-W27"), "Note", "Relu avant la revue suivante.", "Publier la note")
    assert "Relu avant la revue suivante." in said(at)
    assert "/revue?meeting=2015-W27&amp;note=" in shown(at)
