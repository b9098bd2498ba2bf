"""A session noted on a phone, by touch and by keyboard: big fields, numeric keypads, the button always in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Open, serving, settle
from tests.town import copy_of, town_store

FIELDS = {"Participants": "12", "Dont venus pour la première fois": "3", "Avis exprimés": "8"}


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server on a town of one's own to write to."""
    folder: Path = tmp_path_factory.mktemp("seance")
    with serving(copy_of(town_store(tmp_path_factory), folder), folder / "log") as (base, _):
        yield base


@pytest.fixture
def phone(browser: Browser, own_server: str) -> Iterator[Page]:
    """The form on a phone 400 px wide."""
    context = browser.new_context(
        viewport={"width": 400, "height": 760}, locale="fr-FR", has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{own_server}/seance?practice=time-out")
    settle(page)
    yield page
    context.close()


def test_a_session_is_noted_by_touch(phone: Page) -> None:
    save = phone.get_by_role("button", name="Enregistrer la séance")
    box = save.bounding_box()
    assert box and box["height"] >= 44 and box["y"] + box["height"] <= 760, "the button is in sight at once"
    assert phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 400
    phone.get_by_text("La direction, sans l").tap()
    for label, value in FIELDS.items():
        field = phone.get_by_label(label, exact=True).first
        assert field.get_attribute("inputmode") == "numeric" and (field.bounding_box() or {})["height"] >= 44
        field.fill(value)
    phone.get_by_label("Dont avis « pertinent »").first.fill("9")
    phone.get_by_label("Heures mobilisées, animateurs compris").first.fill("20")
    wrong = phone.locator('input[aria-invalid="true"]')
    wrong.wait_for()
    assert "Dont avis" in (wrong.get_attribute("aria-label") or "")
    assert phone.locator(f"#{wrong.get_attribute('aria-describedby')}").inner_text().startswith("Plus d’avis")
    wrong.fill("8")
    save.tap()  # straight from the field: what was being typed counts
    done = phone.locator(".lv-notice.good")
    done.wait_for(timeout=60_000)
    assert (
        "12 participants dont 3 nouveaux, 8 avis dont 8 pertinents, 20 h mobilisées"
        in done.inner_text().replace("\u00a0", " ")
    )
    phone.wait_for_function("document.activeElement?.id === 'seance-done'")
    phone.get_by_role("button", name="Annuler cette saisie").tap()
    done.wait_for(state="detached", timeout=60_000)


def test_a_session_is_typed_by_keyboard_alone(phone: Page) -> None:
    phone.get_by_label("Participants", exact=True).first.focus()
    for value in ("7", "2", "5", "5", "12"):
        phone.keyboard.type(value)
        phone.keyboard.press("Tab")
    phone.get_by_text("7 participants dont 2 nouveaux, 5 avis dont 5 pertinents, 12").wait_for()
    for _ in range(3):
        phone.keyboard.press("Tab")
        if "Enregistrer" in phone.evaluate("document.activeElement.textContent"):
            break
    phone.keyboard.press("Enter")
    phone.get_by_text("Qui l’a animée").wait_for()


@pytest.mark.parametrize("path", ["/seance", "/seance?session=S121"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_accessibility_violation(path: str, dark: bool, open_page: Open) -> None:
    found = Axe().run(open_page(path, dark=dark))
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
