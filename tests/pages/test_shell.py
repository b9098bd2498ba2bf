"""The frame: menu, date, scope, language, guarded screens."""

import logging
from pathlib import Path

import pytest

from data.access import Actor, Forbidden
from pages.parts import page as frame
from pages.parts.address import Address
from pages.parts.screens import SCREENS, menu
from pages.parts.source import open_source
from tests.pages.conftest import ROOT, Visit, shown


def test_no_script_lies_directly_in_pages() -> None:
    assert list((ROOT / "pages").glob("*.py")) == []


def test_app_is_short() -> None:
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) <= 80


def test_the_menu_only_names_screens_that_exist() -> None:
    for screen in SCREENS:
        assert (ROOT / "pages" / "screens" / f"{screen.script}.py").is_file()
    listed = [screen.path for _, screens in menu({"leverage_awarded"}) for screen in screens]
    assert "fiche" not in listed and set(listed) == {
        "",
        "carte",
        "directions",
        "revue",
        "actions",
        "levier",
        "alertes",
        "etsi",
        "scenarios",
        "choix",
        "semaines",
        "note",
        "enquete",
        "imports",
        "catalogue",
    }


@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s.script)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_screen_runs_on_town_and_keeps_the_state(town: Path, visit: Visit, screen, lang: str) -> None:
    at = visit(
        screen.path,
        lang=lang,
        as_of="2015-05-31",
        scope="DADI",
        **({"kpi": "active_files"} if screen.path == "fiche" else {}),
    )
    page = shown(at)
    assert "lv-mast" in page and f"lang={lang}&amp;as_of=2015-05-31&amp;scope=DADI" in page
    assert "incident" not in page


@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s.script)
def test_every_screen_runs_on_an_empty_store(empty: Path, visit: Visit, screen) -> None:
    page = shown(visit(screen.path))
    assert "lv-mast" in page and "incident" not in page


def test_a_screen_without_its_kpi_is_not_in_the_menu() -> None:
    assert "levier" not in [screen.path for _, screens in menu(()) for screen in screens]


def test_changing_date_scope_or_language_keeps_the_screen_s_own_parameters(town: Path) -> None:
    source = open_source(Address("fr", None, ""))
    fiche = next(s for s in SCREENS if s.path == "fiche")
    html = frame.masthead(source, fiche, {"kpi": "active_files"})
    assert "/fiche?kpi=active_files&amp;lang=en&amp;as_of=2015-06-30&amp;scope=town" in html
    assert "/fiche?kpi=active_files&amp;lang=fr&amp;as_of=2015-05-31&amp;scope=town" in html
    assert 'name="kpi" value="active_files"' in html
    assert "mar. 30 juin 2015" in html


def test_a_failing_screen_gives_a_number_and_no_trace(town: Path, visit: Visit, monkeypatch, caplog) -> None:
    def fail(source: object) -> None:
        raise RuntimeError("secret /path")

    monkeypatch.setattr("pages.parts.overview.body", fail)
    with caplog.at_level(logging.ERROR):
        page = shown(visit())
    assert "n’a pas pu être affiché" in page and "incident" in page
    assert "secret" not in page and "Traceback" not in page and "/path" not in page


def test_forbidden_is_said_kindly(town: Path, visit: Visit, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise Forbidden("viewer: import")

    monkeypatch.setattr("pages.parts.overview.body", refuse)
    assert "Votre rôle ne permet pas cela" in shown(visit())


def test_two_roles_never_share_an_answer(town: Path) -> None:
    admin = open_source(Address(), Actor("a", "admin"))
    viewer = open_source(Address(), Actor("v", "viewer"))
    assert admin.reads != viewer.reads and admin.key != viewer.key


def test_a_publication_changes_the_key(own_town: Path) -> None:
    before = open_source(Address())
    before.store.undo(before.actor, 1)
    after = open_source(Address())
    assert before.reads != after.reads and after.latest is None


def test_no_screen_bears_a_date_beyond_the_data(town: Path, visit: Visit) -> None:
    page = shown(visit(as_of="2030-01-31"))
    assert "2030" not in page and "30 juin 2015" in page and "as_of=2015-06-30" in page


def test_a_date_before_the_data_is_kept(town: Path, visit: Visit) -> None:
    page = shown(visit(as_of="1990-01-31"))
    assert "31 janvier 1990" in page and "non calculé" in page


@pytest.mark.parametrize("screen", SCREENS, ids=lambda s: s.script)
def test_an_unknown_scope_is_said_with_the_way_out(town: Path, visit: Visit, screen) -> None:
    page = shown(visit(screen.path, scope="Nope", kpi="active_files"))
    assert "Périmètre «\u00a0Nope\u00a0» inconnu" in page and "lv-card" not in page
    assert f'href="/{screen.path}?kpi=active_files&amp;lang=fr&amp;as_of=2015-06-30&amp;scope=town"' in page


def test_the_date_form_keeps_the_screen_s_parameters_after_its_own_field(town: Path) -> None:
    fiche = next(s for s in SCREENS if s.path == "fiche")
    html = frame.masthead(open_source(Address()), fiche, {"kpi": "active_files", "rows": "1"})
    form = next(form for form in html.split("<form")[1:] if 'type="date"' in form).partition("</form>")[0]
    assert form.index('type="date"') < form.index('type="hidden"')
    assert 'name="kpi" value="active_files"' in form and 'name="rows" value="1"' in form


def test_a_directorate_that_ceased_is_in_no_menu_after_it_did(town: Path, visit: Visit) -> None:
    name, then = "Services techniques", "2008-12-31"
    page = shown(visit(scope=name, as_of=then))
    assert "lv-card" in page and "pas de direction de ce nom" not in page
    page = shown(visit(scope=name))
    assert "Services techniques : pas de direction de ce nom au 30 juin 2015" in page.replace("\u00a0", " ")
    assert "lv-card" not in page
    assert name not in shown(visit())
