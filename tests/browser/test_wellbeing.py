"""The well-being screen in a browser: its filters by keyboard, its bars on a phone, nothing inaccessible."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open

PAGE = "/bienetre"


def test_the_keyboard_chooses_another_breakdown(open_page: Open) -> None:
    page = open_page(PAGE)
    page.locator(".lv-wb-filters nav a", has_text="Sexe").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bienetre?measure=who5&by=sex**")
    page.get_by_role("heading", name="Bien-être (OMS-5) par sexe").wait_for()


def test_a_phone_has_all_bars_and_no_sideways_scroll(open_page: Open) -> None:
    page = open_page(PAGE, width=400)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 400
    bars = page.locator(".lv-likert-bar svg")
    assert bars.count() == 12 and all(bar.bounding_box()["width"] > 250 for bar in bars.all())  # type: ignore[index]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_accessibility_violation(dark: bool, open_page: Open) -> None:
    found = Axe().run(open_page(PAGE, dark=dark))
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
