"""The choice of projects and the map under a scenario, in a real browser: by keyboard, at 400 px, without a fault of axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, keep, settle

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def faultless(page: Page, width: int) -> None:
    """Nothing scrolls sideways, and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()


def test_a_budget_typed_by_keyboard_makes_another_choice(open_page: Open) -> None:
    page = open_page("/choix?which=example")
    expect(page.locator(".lv-h1")).to_contain_text("11,6 M€")
    faultless(page, 1400)
    page.locator("summary", has_text="Changer la question").press("Enter")
    field = page.get_by_label("Fonds propres 2015 (k€)")
    field.fill("1000")
    field.press("Enter")
    expect(page.locator(".lv-h1")).to_contain_text("12,08 M€", timeout=60_000)
    settle(page)
    assert "own=1000" in page.url
    keep(page, "choix-1400")
    phone = open_page("/choix?which=example&fte=1&in=P001", width=400)
    expect(phone.locator(".lv-conflict")).to_contain_text("(Pôle d’échanges gare) est engagé", timeout=60_000)
    faultless(phone, 400)


def test_the_map_leads_to_a_perspective_under_the_same_scenario_and_back(open_page: Open) -> None:
    page = open_page("/carte?s=awards_cut,share=0.2")
    faultless(page, 1400)
    keep(page, "carte-scenario-1400")
    page.locator("svg.lv-map a.goal", has_text="F1").press("Enter")
    expect(page.locator(".lv-h1")).to_contain_text("Scénario", timeout=60_000)
    settle(page)
    assert "/ressources" in page.url and "s=awards_cut" in page.url
    faultless(page, 1400)
    page.get_by_role("link", name="Revenir aux valeurs mesurées").press("Enter")
    expect(page.locator(".lv-under-band")).to_have_count(0, timeout=60_000)
    phone = open_page("/ressources?s=awards_cut,share=0.2", width=400)
    faultless(phone, 400)
    keep(phone, "ressources-scenario-400")
