"""Scenarios side by side as files: every page and every sheet says what it is, the numbers are the screen's."""

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest

from data.engine import Engine
from metrics.abreast import Abreast, abreast
from metrics.chance.futures import futures
from metrics.definitions import Catalogue
from metrics.scenario import from_text
from pages.exports import compared, compared_book
from pages.exports.__main__ import main
from pages.texts import use
from tests.pages.exports import papers
from tests.pages.exports.conftest import JUNE

TEXTS = ("awards_refused,partner_kind=region", "own_funds,change=-0.25;awards_cut,share=0.1")
YAML = "as_of: 2015-06-30\nlabel: {fr: La Région se retire, en: The Region withdraws}\ndrivers:\n- driver: awards_refused\n  partner_kind: region\n"


@pytest.fixture(scope="module")
def found(engine: Engine, catalogue: Catalogue) -> Abreast:
    named = [("", from_text(text, JUNE, catalogue.parameters)) for text in TEXTS]
    return abreast(engine, catalogue, named, JUNE)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_page_says_scenario(found: Abreast, engine: Engine, catalogue: Catalogue, lang: str) -> None:
    use(lang)
    made = compared.write(compared.told(engine, catalogue, found))
    papers.assert_archival_and_accessible(made, lang)
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert len(pages) > 1 and all(
        ("SCÉNARIO :" if lang == "fr" else "SCENARIO:") in page.replace("\u00a0", " ") for page in pages
    )
    if lang == "fr":  # what all years come to stays on one page
        (costs,) = [page for page in pages if "Reste à charge net" in page.replace("\u00a0", " ")]
        assert "Effet de levier en valeur actuelle" in costs.replace("\u00a0", " ")
    text = papers.text(made).replace("\u00a0", " ").replace("\u202f", " ")
    told = (
        (
            "1 pour 3,70",
            "plans enfreignent la loi",
            "Reste à charge net",
            "Ce qui peut arriver d’ici l’échéance",
            "8 chances sur 10",
            "supposition que les données n’étayent pas",
        )
        if lang == "fr"
        else (
            "3.70",
            "plans break the law",
            "Net own cost",
            "8 chances in 10",
            "an assumption that no data support",
        )
    )
    for words in told:
        assert words in text, words


def test_every_sheet_says_scenario_and_has_the_numbers(
    found: Abreast, engine: Engine, catalogue: Catalogue
) -> None:
    use("fr")
    book = openpyxl.load_workbook(io.BytesIO(compared_book.write(compared.told(engine, catalogue, found))))
    assert len(book.worksheets) == 9
    tabs = [sheet.removeprefix("Scénario · ") for sheet in book.sheetnames]
    assert tabs[1:4] == ["Indicateurs", "Avenirs", "De la base à chacun"] and len(set(tabs)) == 9
    assert "Trésorerie par année" in tabs and "Plans de financement" in tabs
    for sheet in book.worksheets:
        assert sheet.title.startswith("Scénario") and str(sheet["A1"].value).startswith("SCÉNARIO")
        assert "Scénario" in str(sheet.oddHeader.center.text)
        assert not any(str(c.value).startswith("=") for row in sheet.iter_rows() for c in row if c.value)
    kpis = {row[1].value: row for row in book.worksheets[1].iter_rows(min_row=4)}
    leverage = kpis["Effet de levier notifié"]
    assert [leverage[at].value for at in (3, 5, 6)] == [5, 3.7, pytest.approx(-1.3)]
    assert kpis["Taux de succès des demandes"][3].number_format == "0.0%"
    may = {row[0]: row for row in book.worksheets[2].iter_rows(min_row=4, values_only=True)}
    raised = may["Cofinancements levés"]
    law = futures(engine, catalogue, found.sides[0].scenario, JUNE).of("raised")
    assert law is not None
    assert raised[7:11] == pytest.approx(
        [*(law.quantile(level) for level in (0.1, 0.5, 0.9)), dict(law.targets)[raised[2]]]
    )
    assert len(may) == 4 and may["Coût à la charge de la Ville"][6] is None  # no target of its own
    ways = list(book.worksheets[3].iter_rows(min_row=4, values_only=True))
    second = [row for row in ways if str(row[0]).startswith("B")]
    assert len(second) == 2 and second[-1][4] - second[0][3] == pytest.approx(sum(row[5] for row in second))
    plans = {row[0]: row for row in book.worksheets[6].iter_rows(min_row=4, values_only=True)}
    assert len(plans) == 10 and "sous le minimum" in plans["P001"]
    assert [row[2] for row in book.worksheets[7].iter_rows(min_row=4, values_only=True)].count(False) == 3


def test_the_command_writes_both_and_refuses_kindly(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, pdf, book = tmp_path / "s.yml", tmp_path / "a.pdf", tmp_path / "a.xlsx"
    file.write_text(YAML, "utf-8")
    assert main(["scenario", str(file), str(pdf)]) == 0
    assert "A La Région se retire" in papers.text(pdf.read_bytes())
    assert main(["scenario", str(file), str(file), str(book), "--as-of", "2015-05-31", "--lang", "en"]) == 0
    about = {row[0].value: row[1].value for row in openpyxl.load_workbook(book).worksheets[-1].iter_rows()}
    assert f"{about['Data as of']:%Y-%m-%d}" == "2015-05-31" and "B · The Region withdraws" in about
    capsys.readouterr()
    for text in ("drivers:\n- driver: nothing\n", "drivers: []\n", "[1]"):
        file.write_text(text, "utf-8")
        assert main(["scenario", str(file), str(tmp_path / "b.pdf")]) == 2
    assert main(["scenario", *[str(file)] * 5, str(tmp_path / "b.pdf")]) == 2
    assert main(["scenario", str(tmp_path / "none.yml"), str(tmp_path / "b.pdf")]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 5 and str(tmp_path) not in said and not (tmp_path / "b.pdf").exists()
