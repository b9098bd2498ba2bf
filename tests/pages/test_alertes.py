"""The alerts on their screen: those of the digest, each with its way on, narrowed by rule, day and directorate."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from data.access import Actor
from metrics import alertrules
from metrics.alertrules import Rule
from metrics.alerts import Alert
from metrics.change import Change
from metrics.definitions import load
from metrics.folders import SHIPPED
from pages.exports import digest
from pages.parts import alerts_page, alerts_reads, changes
from pages.parts import since as moments
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from pages.texts import sentences
from schemas.text import Text
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said


def source(**state: object) -> Source:
    return open_source(Address(**state), Actor("visitor", "viewer"))  # type: ignore[arg-type]


def test_the_screen_tells_each_alert_with_its_way_on(town: Path, visit: Visit) -> None:
    at = visit("alertes")
    page, words = shown(at), said(at)
    here = open_source(Address())
    before = alerts_reads.earlier(here)
    found = alerts_reads.alerts(here, before)
    count = alerts_page.distinct(found)
    assert found and f"{count} alertes" in words and "Depuis le 31 mai 2015" in words
    assert page.count('class="lv-alert-head"') == count < len(found), "each once, whoever saw it"
    assert "Aussi vu par : Signaux nouveaux" in words or "Aussi vu par : Indicateurs" in words
    assert words.index("à traiter") < words.index("bonne nouvelle")
    assert {"ageing", "silent", "signal"} <= {alert.rule.id for alert in found if alert.tone == "bad"}
    for alert in found:
        path, params = digest.target(alert)
        assert f"/{path}?{urlencode(params)}&amp;" in page if params else f"/{path}?" in page


def test_the_alerts_are_the_changes_that_synthese_tells(town: Path) -> None:
    here = open_source(Address())
    since = moments.of_word(here, "month")
    assert since is not None and since.day == alerts_reads.earlier(here)
    told = {one.key: one for one in changes.changes(here, since)}
    seen = [alert for alert in alerts_reads.alerts(here, since.day) if alert.change]
    assert seen
    for alert in seen:
        assert told[alert.key] is alert.change
        assert digest.words(alert, here.catalogue, since.day)[1] == sentences.sentence(
            told[alert.key], here.catalogue
        )


def test_who_reads_no_rows_sees_no_project(town: Path) -> None:
    viewer, editor = source(), open_source(Address(), Actor("e", "editor"))
    assert not alerts_reads.sees_rows(viewer) and alerts_reads.sees_rows(editor)
    change = Change("late:P1", "late", "bad", 1.0, True, project="P1")
    assert alerts_reads._is_row(Alert(Rule("r", Text("R", "R"), "deadline"), change=change))


def test_one_rule_and_another_day(town: Path, visit: Visit) -> None:
    words = said(visit("alertes", rule="signal", since="2014-12-31"))
    assert "Signaux nouveaux" in words and "Depuis le 31 décembre 2014" in words
    sections = shown(visit("alertes", rule="signal", since="2014-12-31")).count('class="lv-section"')
    assert sections == 1
    later = said(visit("alertes", since="2019-01-01"))
    assert "Depuis le 31 mai 2015" in later


def test_in_english_and_of_one_directorate(town: Path, visit: Visit) -> None:
    assert "alerts" in said(visit("alertes", lang="en")) and "KPIs that near" in said(
        visit("alertes", lang="en")
    )
    here = source(scope="DADI")
    found = alerts_reads.alerts(here, alerts_reads.earlier(here))
    assert {alert.scope for alert in found} <= {"DADI"}
    assert "DADI" in said(visit("alertes", scope="DADI"))


def test_a_wrong_rule_of_the_town_is_said_and_the_others_stand(
    town: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alerts.yml").write_text("signal:\n  within_days: 3\n", "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path))
    words = said(visit("alertes"))
    assert "alerts.yml : la règle « signal » est refusée." in words and "Retirez" in words
    assert "Signaux nouveaux" in words


def test_nothing_to_tell_is_said(
    town: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path))
    shipped = [rule.id for rule in alertrules.read_rules([SHIPPED], load([SHIPPED])).rules]
    off = "".join(f"{id}:\n  enabled: false\n" for id in shipped)
    (tmp_path / "alerts.yml").write_text(off, "utf-8")
    assert "Aucune règle n’est en vigueur." in said(visit("alertes"))


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert "importez-les d’abord" in said(visit("alertes"))
