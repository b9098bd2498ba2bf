"""The sheets of a project and of a partner: as known at the date, down to their cells, for those who may see rows."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.access import Actor, Forbidden
from metrics.partners import activity
from pages.parts import sheet_reads
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said


def test_a_project_from_its_status_to_its_cells(town: Path, visit: Visit) -> None:
    page = said(visit("projet", id="P001"))
    for words in (
        "Pôle d'échanges gare",
        "Ouvert, en travaux depuis le",
        "20,0 % : sur la limite",
        "600 000 €",
        "2 400 000 €",
        "projects.csv",
    ):
        assert words in page, words
    assert 'href="/partenaire?id=' in shown(visit("projet", id="P001"))


def test_the_sheet_sums_what_the_leverage_screen_does(town: Path) -> None:
    source = open_source(Address())
    plan = sheet_reads.plan(source, "P002")
    lines = sheet_reads.lines(source, "project_id", "P002")
    assert plan is not None
    assert sum(float(r["awarded_amount"] or 0) for r in lines if r["is_public"]) == plan.public == 1_400_000
    assert (
        sum(float(r["awarded_amount"] or 0) for r in lines if not r["is_public"]) == plan.private == 2_200_000
    )


def test_what_came_later_is_not_known(town: Path, visit: Visit) -> None:
    before = open_source(Address(as_of=date(2014, 8, 31)))
    assert all(
        r["awarded_amount"] is None and r["paid_amount"] is None
        for r in sheet_reads.lines(before, "project_id", "P001")
    )
    assert "non examiné" in said(visit("projet", id="P001", as_of="2014-08-31"))


def test_a_partner_from_its_activity_to_its_cells(town: Path, visit: Visit) -> None:
    page = said(visit("partenaire", id="PUB-REGION"))
    assert "Région Hautes-Combes" in page and "Actif" in page and "partners.csv" in page
    assert "INVEST IN VALOMBRE" in page and "échanges avec la ville" in page
    assert 'href="/projet?id=P001' in shown(visit("partenaire", id="PUB-REGION"))


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        (date(2015, 6, 30), "active"),
        (date(2014, 7, 1), "active"),
        (date(2014, 6, 30), "idle"),
        (date(2013, 6, 30), "dormant"),
        (None, "dormant"),
    ],
)
def test_activity_is_a_matter_of_months(last: date | None, kind: str) -> None:
    assert activity(last, date(2015, 6, 30)) == kind


def test_unknown_identifiers_bring_suggestions(town: Path, visit: Visit) -> None:
    page = shown(visit("projet", id="P0O1<b>"))
    assert (
        "Rien ne porte l’identifiant" in page
        and "<b>" not in page.replace("<b>mar", "")
        and 'href="/projet?id=P001' in page
    )
    assert 'href="/recherche' in shown(visit("partenaire"))


def test_a_viewer_does_not_open_rows(town: Path) -> None:
    source = open_source(Address(), Actor("viewer", "viewer"))
    for read in (sheet_reads.project, sheet_reads.partner, sheet_reads.plan, sheet_reads.stages):
        with pytest.raises(Forbidden):
            read(source, "P001")
    assert replace(source, scope="").actor.role == "viewer"


def test_in_english_and_on_an_empty_store(town: Path, visit: Visit) -> None:
    assert "Open, in works since" in said(visit("projet", id="P001", lang="en"))
    assert "Active: an exchange" in said(visit("partenaire", id="PUB-REGION", lang="en"))


@pytest.mark.parametrize("path", ["projet", "partenaire"])
def test_an_empty_store_says_what_to_do(path: str, empty: Path, visit: Visit) -> None:
    assert 'href="/imports?' in shown(visit(path, id="P001"))


@pytest.mark.parametrize("path", ["fiche", "levier"])
def test_rows_and_plans_open_their_project(path: str, town: Path, visit: Visit) -> None:
    assert 'href="/projet?id=P001' in shown(visit(path, kpi="leverage_awarded"))


def test_long_lists_are_folded_and_stages_named(town: Path, visit: Visit) -> None:
    page = shown(visit("partenaire", id="PUB-REGION"))
    assert page.count("<summary>Voir les") >= 2
    project = shown(visit("projet", id="P001"))
    strip = project.split('class="lv-stages"')[1].split("</svg>")[0]
    tones = re.findall(r'<rect class="(tone\d)"', strip)
    assert len(tones) == len(set(tones)) and ">1. " in project and "<text" in strip
