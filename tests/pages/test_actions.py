"""Decisions and actions on their screen and on the sheets: the rows of the tables, filtered by the address."""

from datetime import date
from pathlib import Path

from data.access import local_actor
from data.store import Store
from tests.pages.conftest import Visit
from tests.pages.test_levier import said

TODAY = date(2015, 7, 6)  # what dues are counted from on the demo's data


def rows(path: Path, sql: str, *params: object) -> list[tuple[object, ...]]:
    return Store(path).engine(local_actor()).rows(sql, list(params))


def test_the_title_counts_what_is_open_and_late(town: Path, visit: Visit) -> None:
    sql = "SELECT COUNT(*), COUNT(*) FILTER (due_on < ?) FROM actions WHERE state = 'open'"
    ((opened, late),) = rows(town, sql, TODAY)
    page = said(visit("actions"))
    assert f"{opened} actions ouvertes, {late} en retard" in page
    assert f"{late} actions en retard" in said(visit()), "Synthèse reminds of them"
    assert f"{opened} open actions, {late} overdue" in said(visit("actions", lang="en"))


def test_what_is_closed_is_shown_to_who_asks(town: Path, visit: Visit) -> None:
    sql = "SELECT COUNT(*), COUNT(*) FILTER (state = 'open') FROM actions"
    ((every, opened),) = rows(town, sql)
    assert f" {opened} actions " in said(visit("actions")) and opened < every
    assert f" {every} actions " in said(visit("actions", status="all"))
    assert "décisions " in said(visit("actions"))


def test_filters_are_the_address(town: Path, visit: Visit) -> None:
    ((count,),) = rows(
        town, "SELECT COUNT(*) FROM actions WHERE owner = ? AND state = 'done'", "Resp. financements"
    )
    page = said(visit("actions", owner="Resp. financements", status="done"))
    assert f" {count} actions " in page and "En retard de" not in page
    nothing = said(visit("actions", owner="Personne de ce nom"))
    assert "Aucune action ne répond à ce choix" in nothing


def test_a_sheet_shows_what_was_decided_about_it(town: Path, visit: Visit) -> None:
    ((words,),) = rows(town, "SELECT words FROM actions WHERE project = 'N057' AND state = 'open' LIMIT 1")
    page = said(visit("projet", id="N057"))
    assert "Décisions et actions liées" in page and str(words).replace("'", "’") in page.replace("'", "’")
    ((kpi,),) = rows(town, "SELECT kpi FROM decisions WHERE kpi IS NOT NULL LIMIT 1")
    assert "Décisions et actions liées" in said(visit("fiche", kpi=str(kpi)))
