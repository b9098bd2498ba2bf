"""The main path in a real browser: from a promise on the first screen to the cells it came from, in two clicks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, keep, settle

SHEETS = (
    "/fiche?kpi=leverage_awarded&rows=1",
    "/fiche?kpi=appraisal_median_days&by=theme",
    "/fiche?kpi=nothing",
    "/levier",
    "/levier?stage=paid",
)


def rows(page: Page) -> Iterator[str]:
    for row in page.locator(".lv-rows tbody tr").all():
        yield row.inner_text()


def test_two_clicks_lead_from_one_to_five_to_the_rows_of_the_ten_plans(open_page: Open) -> None:
    page = open_page("/")
    page.locator("a.lv-card", has_text="1 pour 5,00").click()
    page.get_by_role("link", name=re.compile(r"^Les \d+ lignes derrière le chiffre$")).click()
    expect(page.locator(".lv-rows tbody tr")).to_have_count(47)
    settle(page)
    plans = [row for row in rows(page) if "projects.csv" in row]
    assert {plan.split()[0] for plan in plans} == {f"P{number:03d}" for number in range(1, 11)}
    assert all(re.search(r"projects\.csv, ligne \d+", plan) for plan in plans)
    expect(page.locator("#lignes")).to_be_focused()
    keep(page, "fiche-lignes")


def test_the_rows_open_from_a_cold_deep_link(open_page: Open) -> None:
    page = open_page("/fiche?kpi=leverage_awarded&rows=1&lang=en&as_of=2014-12-31#lignes")
    assert "The rows behind the figure" in page.locator("body").inner_text()
    assert page.locator(".lv-rows tbody tr").count() < 47
    expect(page.locator("#lignes")).to_be_in_viewport()


def test_the_rows_download_as_a_file(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/fiche?kpi=leverage_awarded")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Les lignes derrière le chiffre : télécharger en CSV").click()
    path = tmp_path / "rows.csv"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == "fiche-lignes-leverage-awarded-2015-06-30.csv"
    assert len(path.read_text("utf-8-sig").splitlines()) == 48


def test_the_stage_is_in_the_address_and_outlives_a_change_of_language(open_page: Open) -> None:
    page = open_page("/levier")
    page.get_by_role("link", name="Versé", exact=True).click()
    expect(page.locator(".lv-h1")).to_contain_text("1,50 sont versés")
    page.get_by_role("link", name="EN", exact=True).click()
    expect(page.locator(".lv-h1")).to_contain_text("1.50 are paid")
    assert "stage=paid" in page.url and "lang=en" in page.url


@pytest.mark.parametrize("path", SHEETS)
@pytest.mark.parametrize(("width", "dark"), [(1400, False), (1400, True), (400, False), (400, True)])
def test_nothing_scrolls_sideways_and_axe_finds_nothing(
    path: str, width: int, dark: bool, open_page: Open
) -> None:
    page = open_page(path, width=width, dark=dark)
    for summary in page.locator("details.lv-more > summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.violations_count == 0, found.generate_report()
    name = re.sub(r"\W+", "-", path).strip("-")
    keep(page, f"{name}-{width}-{'dark' if dark else 'light'}")


def test_the_telephone_gets_the_narrow_chart_and_only_that(open_page: Open) -> None:
    wide, narrow = (open_page("/fiche?kpi=leverage_awarded", width=width) for width in (1400, 400))
    for page, shown in ((wide, "wide"), (narrow, "narrow")):
        page.wait_for_selector(f".lv-{shown}.js-plotly-plot")
        drawn = page.locator(".lv-wide.js-plotly-plot, .lv-narrow.js-plotly-plot")
        visible = [box for box in drawn.all() if box.is_visible()]
        assert visible and all(f"lv-{shown}" in (box.get_attribute("class") or "") for box in visible)
