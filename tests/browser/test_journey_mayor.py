"""The mayor's office's ten minutes, in the real browser: what changed, a claim's proof down to its rows, the note, the page to take away."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import keep, serving, settle
from tests.pages.exports import papers
from tests.town import copy_of, town_store

PATIENCE = 60_000  # milliseconds, of a machine that does other things too
LEAD = "Les six promesses sont tenues ; la file active reste à cent."


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def figures(page: Page) -> list[str]:
    """The six figures of the first screen."""
    return [words(value) for value in page.locator(".lv-claimed .lv-value").all_inner_texts()]


def heading(page: Page, said: str) -> None:
    expect(page.locator(".lv-h1")).to_contain_text(said, timeout=PATIENCE)
    settle(page)


def test_the_ten_minutes_of_the_mayor_s_office(
    context: BrowserContext, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = copy_of(town_store(tmp_path_factory), tmp_path)
    with serving(store, tmp_path / "log") as (base, _):
        page = context.new_page()
        page.goto(base)
        heading(page, "Les six promesses sont tenues")
        shown = figures(page)
        assert len(shown) == 6 and all(re.search(r"\d", figure) for figure in shown)

        # What changed, in sentences; the first leads to where it is seen, and back.
        news = page.locator("ul.lv-news a.lv-told").first
        assert len(words(news.inner_text())) > 30
        news.click()
        page.wait_for_url(re.compile(r"/(fiche|projet|partenaire|imports|levier)\?"))
        settle(page)
        page.go_back()
        heading(page, "Les six promesses sont tenues")

        # A claim, its proof, its rows.
        page.get_by_role("link", name="La preuve : Effet de levier notifié").click()
        heading(page, "les données disent 1 pour 5,00")
        assert "en défaut" not in words(page.locator("body").inner_text()).replace(
            "aucune ligne en défaut", ""
        )
        page.get_by_role("link", name="Ouvrir les 37 lignes").click()
        rows = page.locator(".lv-proof-side").first.locator("tbody tr")
        expect(rows).to_have_count(37, timeout=PATIENCE)
        assert all(re.search(r"financings\.csv, ligne \d+", words(row)) for row in rows.all_inner_texts())

        # The note: a word to open it, then what the mayor will read.
        page.locator('.lv-nav a[href^="/note?"]').click()
        page.wait_for_url("**/note?**")
        settle(page)
        page.get_by_label("Mot d’ouverture").fill(LEAD)
        page.get_by_role("button", name="Enregistrer le mot d’ouverture").click()
        expect(page.get_by_text("Le mot d’ouverture est enregistré.")).to_be_visible(timeout=PATIENCE)
        expect(page.locator("img.lv-brief-page")).to_be_visible(timeout=PATIENCE)
        page.get_by_role("button", name="Relu : prêt à partir").click()
        expect(page.get_by_text(re.compile("prête à partir")).first).to_be_visible(timeout=PATIENCE)
        keep(page, "note-au-maire")

        # One page to leave with: the same figures.
        page.locator(".lv-nav").get_by_role("link", name="Synthèse", exact=True).click()
        heading(page, "Les six promesses sont tenues")
        assert figures(page) == shown
        with page.expect_download() as waiting:
            page.get_by_role("link", name="note au maire (PDF)").click()
        assert waiting.value.suggested_filename == "note-au-maire-2015-06-30.pdf"
        path = tmp_path / "note.pdf"
        waiting.value.save_as(path)
    made = path.read_bytes()
    printed = words(papers.text(made))
    assert papers.pages(made) == 1
    assert all(figure in printed for figure in shown), [figure for figure in shown if figure not in printed]
    assert words(LEAD) in printed
