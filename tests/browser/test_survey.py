"""A survey's wave in a real browser, by keyboard where it is final: declared, opened, closed, audited, published."""

import csv
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from data.access import local_actor
from data.store import Store
from metrics.refresh import after_import, rule_settings
from tests.browser.conftest import keep, serving, settle
from tests.town import CSV, copy_of, town_store

WAVE = "2016"


def answers() -> bytes:
    """The demo's last answers as another wave's, under identifiers of their own."""
    with (CSV / "survey_answers.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["wave"] == "2015"]
    made = io.StringIO()
    out = csv.DictWriter(made, rows[0])
    out.writeheader()
    out.writerows({**row, "wave": WAVE, "answer_id": f"N{row['answer_id']}"} for row in rows)
    return made.getvalue().encode()


def current(page: Page) -> str:
    """The step that the drawing of the wave marks."""
    return page.locator('.lv-steps [aria-current="step"] b').inner_text()


def press(page: Page, name: str) -> None:
    """Press a button by keyboard, and wait for the page that follows."""
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    settle(page)


def test_a_wave_goes_from_draft_to_published(
    context: BrowserContext, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = copy_of(town_store(tmp_path_factory), tmp_path)
    with serving(path, tmp_path / "log") as (base, _):
        page = context.new_page()
        page.goto(f"{base}/enquete")
        settle(page)
        page.get_by_text("Déclarer une vague").click()
        page.get_by_label("Nom de la vague", exact=True).fill(WAVE)
        press(page, "Déclarer la vague")
        expect(page.locator(".lv-h1")).to_contain_text("La vague 2016 est en brouillon")
        assert current(page) == "brouillon" and f"wave={WAVE}" in page.url
        press(page, "Ouvrir la vague")
        expect(page.locator(".lv-response")).to_contain_text("Moins de 11 réponses")

        store = Store(path, after=after_import, settings=rule_settings)
        assert store.import_files(local_actor(), [("answers.csv", answers())]).ok
        press(page, "Clore la vague")
        assert current(page) == "close"
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(12)
        keep(page, "enquete-liste")
        press(page, "Attaquer cette liste")
        expect(page.locator(".lv-notice.good")).to_contain_text("La liste a tenu", timeout=60_000)
        assert current(page) == "auditée"
        assert not store.published(local_actor()) or store.published(local_actor())[-1]["wave"] != WAVE
        keep(page, "enquete-auditee")

        publish = page.get_by_role("button", name="Publier définitivement")
        expect(publish).to_be_disabled()
        page.get_by_role("checkbox").focus()
        page.keyboard.press("Space")
        expect(publish).to_be_enabled()
        press(page, "Publier définitivement")
        expect(page.locator(".lv-h1")).to_contain_text("est publiée", timeout=60_000)
        assert store.published(local_actor())[-1]["wave"] == WAVE
        expect(page.get_by_text("celle de la liste auditée")).to_be_visible()
        expect(page.get_by_role("button", name="Revenir à l’étape précédente")).to_have_count(0)

        for width, dark in ((1400, True), (400, False)):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme="dark" if dark else "light")
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
            found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
            assert found.violations_count == 0, found.generate_report()
        keep(page, "enquete-publiee-400")
