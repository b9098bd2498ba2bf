"""The imports screen: verdict before anything is stored, import, undo, roles, escaping."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.access import Actor, local_actor
from data.store import Store
from tests.pages.conftest import Visit, shown

GOOD = "Identifiant partenaire;Nom de l'organisme;Type;Secteur;Date d'entrée\nZ1;Banque <b>neuve</b>;entreprise;privé;2015-06-01\n"
BAD = "Identifiant partenaire;Nom de l'organisme;Type;Secteur;Date d'entrée\nZ1;Un;<img src=x onerror=alert(1)>;privé;hier\nZ1;Deux;entreprise;privé;2015-06-01\n"


def bring(at: AppTest, name: str, text: str) -> AppTest:
    at.file_uploader(key="intake.files").set_value((name, text.encode(), "text/csv"))
    return at.run()


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_history_freshness_and_catalogue_are_shown(town: Path, visit: Visit) -> None:
    page = shown(visit("imports"))
    for words in (
        "lignes dans 14 tables",
        "Historique",
        "Fraîcheur des tables",
        "Ville de Valombre",
        "projects.csv",
    ):
        assert words in page


def test_nothing_can_be_pressed_before_a_file_is_chosen(town: Path, visit: Visit) -> None:
    at = visit("imports")
    assert [b.disabled for b in at.button if b.label in ("Importer", "Vérifier sans enregistrer")] == [
        True,
        True,
    ]


def test_a_dry_run_names_every_fault_and_stores_nothing(own_town: Path, visit: Visit) -> None:
    before = Store(own_town).verify(local_actor()).content_sha256
    at = press(bring(visit("imports"), "partenaires <i>.csv", BAD), "Vérifier sans enregistrer")
    page = shown(at)
    assert "rien n’est enregistré" in page
    assert "partenaires &lt;i&gt;.csv" in page and "&lt;img src=x" in page and "<img" not in page
    assert ">hier</code>" in page and "Que faire" in page
    assert "n\u2019est pas une date" in page and "«\u00a0hier\u00a0»" in page
    assert '<code class="lv-short">hier</code>' in page
    buttons = [element.proto.label for element in at.get("download_button")]
    assert buttons == ["Fautes\u00a0: télécharger en CSV", "Fautes\u00a0: télécharger en Excel"]
    assert Store(own_town).verify(local_actor()).content_sha256 == before


def test_a_warning_shows_the_amount_without_zeros_that_nobody_typed(own_town: Path, visit: Visit) -> None:
    rows = (
        "financing_id;project_id;partner_id;programme;nature;requested_amount;requested_on\n"
        "X1;P001;PUB-REGION;Contrat régional;grant;12;2015-02-01\n"
    )
    page = shown(press(bring(visit("imports"), "financements.csv", rows), "Vérifier sans enregistrer"))
    assert ">12</code>" in page and "12.00" not in page


def test_check_import_then_undo(own_town: Path, visit: Visit) -> None:
    before = len(Store(own_town).history(local_actor()))
    number = before + 1
    at = press(bring(visit("imports"), "partenaires.csv", GOOD), "Vérifier sans enregistrer")
    assert "Aucune erreur\u00a0: 1 ligne à enregistrer" in shown(at)
    assert len(Store(own_town).history(local_actor())) == before
    at = press(at, "Importer")
    assert f"Import {number} enregistré" in shown(at)
    assert len(Store(own_town).history(local_actor())) == number
    at.selectbox(key="intake.undo").set_value(number).run()
    assert f"Annuler l’import {number}" in shown(at)
    assert Store(own_town).history(local_actor())[-1].undone_by is None
    at = press(at, f"Oui, annuler l’import {number}")
    assert f"L’import {number} est annulé" in shown(at)
    assert Store(own_town).history(local_actor())[before].undone_by == number + 1


def test_verify(own_town: Path, visit: Visit) -> None:
    assert "Registre et tables concordent" in shown(press(visit("imports"), "Vérifier le registre"))


def test_a_viewer_is_refused_by_the_store_and_told_kindly(own_town: Path, visit: Visit, monkeypatch) -> None:
    before = Store(own_town).history(local_actor())
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("lecteur", "viewer"))
    page = shown(press(bring(visit("imports"), "partenaires.csv", GOOD), "Importer"))
    assert "Votre rôle ne permet pas cela" in page
    assert Store(own_town).history(local_actor()) == before


def test_english(town: Path, visit: Visit) -> None:
    page = shown(visit("imports", lang="en"))
    assert "Freshness of the tables" in page and "rows in 14 tables" in page


def test_the_title_counts_decisions_apart_from_data(town: Path, visit: Visit) -> None:
    page = shown(visit("imports"))
    title = re.sub(r"<[^>]+>", "", page[page.index('class="lv-h1"') :][:400])
    assert re.search(r"lignes dans \d+ tables, et \d+ décisions \(cibles, bases, notes\)", title)
