"""The wheel of the 12 levers by keyboard, its list on a phone, its sheets: nothing wider than the screen, nothing inaccessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open

PAGES = ("/ecosysteme", "/outil?id=cadran-total")


def test_the_keyboard_goes_round_the_wheel_and_opens_a_sheet(open_page: Open) -> None:
    page = open_page("/ecosysteme")
    page.locator("svg.lv-wheel a").first.focus()
    page.keyboard.press("Tab")
    assert "échecs and mates" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outil?id=echecs-and-mates**")
    page.get_by_role("heading", name="échecs and mates", level=1).wait_for()


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_has_the_list_and_no_sideways_scroll(path: str, open_page: Open) -> None:
    page = open_page(path, width=400)
    wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert wide <= 400
    if path == "/ecosysteme":
        assert not page.locator("svg.lv-wheel").is_visible()
        assert page.locator(".lv-wheel-list li a").count() == 12


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_no_accessibility_violation(path: str, dark: bool, open_page: Open) -> None:
    found = Axe().run(open_page(path, dark=dark))
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
