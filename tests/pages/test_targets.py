"""Targets on the sheet: in force, their history, and a decision typed on it."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.access import Actor, local_actor
from data.store import Store
from metrics.definitions import load
from metrics.folders import SHIPPED
from metrics.goals import read_goals
from metrics.refresh import after_import, rule_settings
from metrics.scores import roll_up
from metrics.stored import at
from tests.pages.conftest import Visit, shown

KPI = "leverage_awarded"


def field(at: AppTest, label: str) -> object:
    """The text field whose label begins so."""
    return next(one for one in at.text_input if one.label.startswith(label))


def decide(at: AppTest, **given: str) -> AppTest:
    """Fill the form's fields and send it."""
    for label, words in given.items():
        field(at, label.capitalize().replace("_", " ")).set_value(words)  # type: ignore[attr-defined]
    next(one for one in at.button if one.label == "Enregistrer la cible").click()
    return at.run()


def test_the_target_in_force_and_those_before_it(town: Path, visit: Visit) -> None:
    page = shown(visit("fiche", kpi=KPI))
    assert "Cible en vigueur\u00a0: 5, depuis le 1er janvier 2015" in page or "depuis le 1" in page
    assert "Premier palier, sur les plans déjà instruits." in page and "Lettre de cadrage 2015" in page


def test_the_demo_s_last_decisions_are_the_catalogue_s_own(town: Path) -> None:
    goals = read_goals(Store(town).engine(local_actor()))
    for kpi in load([SHIPPED]).kpis.values():
        aimed = goals.kpi_at(kpi, date(2015, 6, 30))
        assert (aimed.target, aimed.floor, aimed.band) == (kpi.target, kpi.floor, kpi.band), kpi.id


def test_a_decision_judges_from_its_date_on_and_not_before(own_town: Path) -> None:
    store, catalogue = Store(own_town, after=after_import, settings=rule_settings), load([SHIPPED])
    days = (date(2015, 4, 30), date(2015, 5, 31), date(2015, 6, 30))
    row = {"kpi": KPI, "valid_from": date(2015, 6, 1), "target": 50.0, "reason": "Essai"}

    def told() -> tuple[list[object], float | None]:
        engine = store.engine(local_actor())
        found = [at(engine, catalogue, day) for day in days]
        score = roll_up(catalogue, found[-1]).objectives["F1"].score
        return [(one[KPI].target, one[KPI].status, one[KPI].score) for one in found], score

    before, score = told()
    done = store.record(local_actor(), "targets", [row])
    after, lower = told()
    assert done.ok and after[:2] == before[:2] and after[2][:2] == (50.0, "off_target")  # type: ignore[index]
    assert score is not None and lower is not None and lower < score
    assert store.undo(local_actor(), done.import_id or 0).ok and told() == (before, score)


def test_the_form_records_in_the_reader_s_unit(own_town: Path, visit: Visit) -> None:
    at = decide(visit("fiche", kpi="secured_share"), nouvelle_cible="55 %", motif="Revue de juin")
    assert "La cible est changée." in shown(at)
    rows = (
        Store(own_town)
        .engine(local_actor())
        .rows("SELECT target, reason FROM targets WHERE kpi = 'secured_share'")
    )
    assert (pytest.approx(0.55), "Revue de juin") in rows


def test_nonsense_is_refused_beside_the_form(own_town: Path, visit: Visit) -> None:
    at = decide(visit("fiche", kpi=KPI), nouvelle_cible="0,5", motif="Essai")
    assert "pas du bon côté du plancher" in shown(at)
    at = decide(visit("fiche", kpi=KPI), nouvelle_cible="beaucoup", motif="Essai")
    assert "pas un nombre dans l" in shown(at)
    at = decide(visit("fiche", kpi=KPI), nouvelle_cible="6")
    assert "Le motif manque" in shown(at)


def test_a_viewer_has_no_form(town: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("maire", "viewer"))
    at = visit("fiche", kpi=KPI)
    assert "Cible en vigueur" in shown(at) and not any(b.label == "Enregistrer la cible" for b in at.button)


def test_a_decision_that_changes_nothing_is_refused(own_town: Path, visit: Visit) -> None:
    at = decide(visit("fiche", kpi=KPI), motif="Comme avant")
    assert "Rien ne change" in shown(at) and "La cible est changée." not in shown(at)


def test_a_decision_is_taken_back_where_it_was_taken(own_town: Path, visit: Visit) -> None:
    def told() -> list[tuple[object, ...]]:
        return Store(own_town).engine(local_actor()).rows(f"SELECT target FROM targets WHERE kpi = '{KPI}'")

    before = told()
    at = decide(visit("fiche", kpi=KPI), nouvelle_cible="6", motif="Essai")
    assert len(told()) == len(before) + 1
    next(one for one in at.button if one.label == "Annuler cette saisie").click().run()
    assert sorted(told()) == sorted(before)
