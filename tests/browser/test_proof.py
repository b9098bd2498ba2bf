"""Proofs and scenarios in the real browser: by keyboard, on a phone, printed and projected."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Open, keep, settle

SCREENS = {
    "preuve": "/preuve?kpi=leverage_awarded",
    "etsi": "/etsi?s=awards_refused,partner_kind=region;own_funds,change=0.1",
    "scenarios": "/scenarios?a=awards_refused,partner_kind=region&b=own_funds,change=-0.25",
}


def test_a_claim_s_proof_is_one_key_from_its_card(open_page: Open) -> None:
    page = open_page("/")
    page.locator("a.lv-card", has_text="F1.1").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/preuve?kpi=leverage_awarded**")
    expect(page.locator(".lv-h1")).to_contain_text("les données disent 1 pour 5,00", timeout=30_000)
    settle(page)
    page.get_by_role("link", name="Ouvrir les 37 lignes").click()
    expect(page.locator(".lv-proof-side").first.locator("tbody tr")).to_have_count(37, timeout=30_000)


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize(("width", "dark"), [(1400, True), (400, False)])
def test_nothing_scrolls_sideways_and_axe_finds_nothing(
    name: str, width: int, dark: bool, open_page: Open
) -> None:
    page = open_page(SCREENS[name], width=width, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    keep(page, f"{name}-{width}-{'dark' if dark else 'light'}")


def test_projected_is_larger_without_the_menu_and_printed_without_links(open_page: Open) -> None:
    page = open_page("/?projection=1")
    assert page.locator(".lv-nav").is_hidden()
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert page.locator(".lv-value").first.evaluate(size) > 50
    page.get_by_role("link", name="La preuve : Effet de levier notifié").click()
    page.wait_for_url("**/preuve?**projection=1**")
    settle(page)
    page.emulate_media(media="print")
    expect(page.locator(".lv-proof-links")).to_be_hidden()
    expect(page.get_by_text("Cumulé depuis le 1er septembre 2014")).to_be_visible()
