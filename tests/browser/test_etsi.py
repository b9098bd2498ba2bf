"""« Et si… ? » by keyboard: a slider moves the chart, undo brings it back; on a phone nothing is wider than the screen."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Open

PATIENCE = 30_000


def test_a_slider_moved_by_keyboard_moves_the_chart_and_undo_brings_it_back(open_page: Open) -> None:
    page = open_page("/etsi")
    page.get_by_role("link", name="un cinquième des subventions manque").press("Enter")
    leverage = page.locator(".lv-moves li", has_text="Effet de levier notifié")
    expect(leverage).to_contain_text("1 pour 4,00", timeout=PATIENCE)
    disc = leverage.locator("svg circle.made")
    before = disc.get_attribute("cx")
    slider = page.get_by_role("slider", name="Part retirée (%)")
    for _ in range(4):
        slider.press("ArrowRight")
    expect(leverage).to_contain_text("1 pour 3,80", timeout=PATIENCE)
    assert disc.get_attribute("cx") != before and "share%3D0.24" in page.url
    while "share%3D0.2%" not in page.url and "share%3D0.2," not in page.url:
        url = page.url
        page.keyboard.press("Control+z")
        page.wait_for_url(lambda now, was=url: now != was, timeout=PATIENCE)
    expect(leverage).to_contain_text("1 pour 4,00", timeout=PATIENCE)
    expect(slider).to_have_value("20", timeout=PATIENCE)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_inaccessible_nor_wider_than_a_phone(dark: bool, open_page: Open) -> None:
    page = open_page("/etsi?s=awards_cut,share=0.2;project_dropped,project=P001", width=400, dark=dark)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 400
    found = Axe().run(page)
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found.response["violations"]] == []
    assert re.search(r"Effet de levier", page.locator(".lv-moves").inner_text())
