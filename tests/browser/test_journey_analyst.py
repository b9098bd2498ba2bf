"""An analyst's question, from a corrected file to an exported scenario, in the real browser."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import keep, serving, settle
from tests.town import CSV, copy_of, town_store

PATIENCE = 60_000  # milliseconds, of a machine that does other things too
LESS = 100_000  # euros taken off one award: what the file corrects


def corrected() -> tuple[bytes, str]:
    """One line of the demo's financing lines as its file would correct it, and what it is called."""
    rows = list(csv.DictReader(io.StringIO((CSV / "financings.csv").read_text("utf-8"))))
    row = next(r for r in rows if r["awarded_on"] >= "2014-09-01" and float(r["awarded_amount"]) > 4 * LESS)
    row["awarded_amount"] = f"{float(row['awarded_amount']) - LESS:.2f}"
    if row["contracted_amount"]:
        row["contracted_amount"] = str(min(float(row["contracted_amount"]), float(row["awarded_amount"])))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue().encode(), row["financing_id"]


def card(page: Page, code: str) -> str:
    """The figure of a headline card."""
    return page.locator("a.lv-card", has_text=code).locator(".lv-value").inner_text()


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " "))


def follow(page: Page, link: str, path: str) -> None:
    """Follow a link of the menu and wait for its screen."""
    page.locator(".lv-nav").get_by_role("link", name=link, exact=True).click()
    page.wait_for_url(f"**/{path}?**")
    settle(page)


def test_from_a_corrected_file_to_an_exported_scenario(
    context: BrowserContext, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = copy_of(town_store(tmp_path_factory), tmp_path)
    content, line = corrected()
    with serving(store, tmp_path / "log") as (base, _):
        page = context.new_page()
        page.goto(base)
        settle(page)
        assert words(card(page, "F1.2")) == "15,0 M€"

        # The file is checked, then stored.
        follow(page, "Imports", "imports")
        page.locator('input[type="file"]').first.set_input_files(
            {"name": "financings.csv", "mimeType": "text/csv", "buffer": content}
        )
        page.get_by_role("button", name="Vérifier sans enregistrer").click()
        expect(page.get_by_text("Aucune erreur : 1 ligne à enregistrer.")).to_be_visible(timeout=PATIENCE)
        page.get_by_role("button", name="Importer", exact=True).click()
        expect(page.get_by_text(re.compile(r"Import \d+ enregistré\s:\s1\sligne\."))).to_be_visible(
            timeout=PATIENCE
        )

        # The KPI moved, and its proof names the file.
        follow(page, "Synthèse", "")
        expect(page.locator("a.lv-card", has_text="F1.2").locator(".lv-value")).to_contain_text(
            "14,9", timeout=PATIENCE
        )
        page.get_by_role("link", name="La preuve : Cofinancements levés").click()
        expect(page.get_by_text("La promesse n’est pas tenue au 30 juin 2015.")).to_be_visible(
            timeout=PATIENCE
        )
        changes = words(page.locator(".lv-section", has_text="Qui a modifié quoi").inner_text())
        assert "financings.csv : Financements 1 ; 1 ligne de ce chiffre" in changes, line

        # What if: a question, then one driver more, its number typed.
        follow(page, "Et si… ?", "etsi")
        page.get_by_role("link", name="La Région se retire").click()
        expect(page.locator(".lv-h1")).to_contain_text("indicateurs bougent", timeout=PATIENCE)
        settle(page)
        page.locator("summary", has_text="Ajouter une hypothèse").click()
        page.get_by_role("link", name="Fonds propres changés").click()
        page.wait_for_url(re.compile(r"own_funds"))
        page.get_by_label("Variation (%), en chiffres").fill("10")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"change%3D0.1"))
        settle(page)
        keep(page, "etsi-scenario")

        # The exported workbook has the screen's figures, and every sheet says what it is.
        shown = words(page.locator("table.lv-whatif tr", has_text="Cofinancements levés").inner_text())
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Exporter le scénario (Excel)").click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert all(str(sheet["A1"].value).startswith("SCÉNARIO") for sheet in book.worksheets)
    rows = {row[1]: row for row in book.worksheets[0].iter_rows(min_row=4, values_only=True)}
    _, _, before, after, difference, *_ = rows["Cofinancements levés"]
    assert before == 15_000_000 - LESS and difference == after - before
    for amount in (before, after):
        assert f"{amount / 1e6:.1f} M€".replace(".", ",") in shown
    assert "Fonds propres changés" in str(book.worksheets[1]["B5"].value)
