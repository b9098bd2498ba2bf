"""A phone and a keyboard: from the code to thanks, with targets for a thumb, and nothing of it in address or log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from data import urnfile
from data.access import local_actor
from data.store import Store
from tests.browser.conftest import Open, serving, settle
from tests.data.voting import WAVE, put
from tests.town import copy_of, town_store

TARGET = 44  # CSS pixels of a thumb


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store, Path]]:
    """A server on a town whose wave is open: its address, its store, its log."""
    folder = tmp_path_factory.mktemp("polled")
    path = copy_of(town_store(tmp_path_factory), folder)
    put(Store(path), "open")
    with serving(path, folder / "log") as (base, _):
        yield base, Store(path), folder / "log"


def tab_to(page: Page, label: str) -> None:
    """Press Tab until the focus is in the radio group of that name."""
    script = "document.activeElement.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? ''"
    for _ in range(40):
        page.keyboard.press("Tab")
        if str(page.evaluate(script)).startswith(label):
            return
    raise AssertionError(f"Tab never comes to « {label} »")


def test_a_form_is_filled_by_keyboard_on_a_phone(open_page: Open, polled: tuple[str, Store, Path]) -> None:
    base, store, log = polled
    (token,) = store.tokens(local_actor(), WAVE, 1)
    page = open_page(f"{base}/questionnaire?wave={WAVE}", width=400)
    page.get_by_label("Votre code").focus()
    page.keyboard.type(token.lower().replace("-", ""))
    page.keyboard.press("Enter")
    page.get_by_role("radiogroup").first.wait_for()
    settle(page)
    tab_to(page, "Votre sexe")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Je décide moi-même")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    outlined = "getComputedStyle(document.activeElement.closest('[role=radiogroup] > div')).outlineStyle"
    assert page.evaluate(outlined) == "solid"
    tab_to(page, "Recommanderiez-vous")
    page.keyboard.press("Space")
    send = page.get_by_role("button", name="Envoyer mes réponses")
    send.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Merci", level=1).wait_for()
    (waiting,) = urnfile.read(store.places, WAVE).waiting
    given = {name: value for name, value in waiting.items() if name != "answer_id"}
    assert given == {"sex": "F", "qwl_1": 2, "recommend": 0}
    page.reload()
    page.get_by_role("heading", name="Merci", level=1).wait_for()
    assert page.url == f"{base}/questionnaire?wave={WAVE}&merci=1"
    said = log.read_text("utf-8")
    assert token not in said and "qwl_1" not in said


def test_the_form_has_targets_for_a_thumb_and_no_sideways_scroll(
    open_page: Open, polled: tuple[str, Store, Path]
) -> None:
    base, store, _ = polled
    (token,) = store.tokens(local_actor(), WAVE, 1)
    page = open_page(f"{base}/questionnaire?wave={WAVE}&token={token}", width=400)
    page.get_by_role("radiogroup").first.wait_for()
    settle(page)
    assert "token" not in page.url
    sizes = page.evaluate(
        "[...document.querySelectorAll('[data-testid=stRadioOption], .st-key-questionnaire button')]"
        ".map(each => each.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert len(sizes) > 50 and all(width >= TARGET and height >= TARGET for width, height in sizes)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 400


@pytest.mark.parametrize("query", ["", "&token={token}", "&imprimer=1", "&textes=1", "&merci=1"])
def test_no_accessibility_violation(open_page: Open, polled: tuple[str, Store, Path], query: str) -> None:
    base, store, _ = polled
    token = store.tokens(local_actor(), WAVE, 1)[0] if "token" in query else ""
    page = open_page(f"{base}/questionnaire?wave={WAVE}{query.format(token=token)}")
    if token:
        page.get_by_role("radiogroup").first.wait_for()
        settle(page)
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
