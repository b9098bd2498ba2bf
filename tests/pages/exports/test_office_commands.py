"""The office files and open data by the command line: the same numbers as on screen, sealed weeks and drafts, clear refusals."""

import io
import json
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest
from pptx import Presentation

from data.access import local_actor
from metrics.__main__ import wired
from metrics.meetings import read_meetings
from pages.exports.__main__ import main
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts import use
from pages.texts.headlines import title


def test_slides_and_workbook_say_what_the_first_screen_says(town: Path, tmp_path: Path) -> None:
    for lang in ("fr", "en"):
        slides, workbook = tmp_path / f"{lang}.pptx", tmp_path / f"{lang}.xlsx"
        assert (
            main(["slides", str(slides), "--lang", lang])
            == main(["workbook", str(workbook), "--lang", lang])
            == 0
        )
        use(lang)
        source = open_source(Address(lang=lang, as_of=None, scope=""))
        said = title(source.catalogue, source.readings(), False, source.defined_kpis)
        assert Presentation(str(slides)).slides[0].shapes.title.text == said
        book = openpyxl.load_workbook(workbook)
        assert book.worksheets[0]["A1"].value == said
        sheet = book.worksheets[2]
        at = {cell.value: cell.column for cell in sheet[1]}
        kpi, value = ("Identifiant", "Valeur") if lang == "fr" else ("Identifier", "Value")
        found = {sheet.cell(row, at[kpi]).value: sheet.cell(row, at[value]).value for row in range(2, 42)}
        for id, reading in source.readings().items():
            if id in found:
                assert found[id] == (None if reading.value is None else pytest.approx(reading.value))


def test_open_data_of_a_date(town: Path, tmp_path: Path) -> None:
    out = tmp_path / "donnees.zip"
    assert main(["opendata", str(out), "--as-of", "2015-03-31"]) == 0
    with zipfile.ZipFile(out) as found:
        document = json.loads(found.read("readings.json"))
    assert document["as_of"] == "2015-03-31" and document["readings"]


def test_minutes_are_a_draft_until_the_week_is_sealed(own_town: Path, tmp_path: Path) -> None:
    week = read_meetings(wired().engine(local_actor()))[-1].meeting_id
    draft, sealed = tmp_path / "projet.docx", tmp_path / "releve.pdf"
    assert main(["minutes", str(draft)]) == 0
    assert "non scellée" in docx.Document(str(draft)).sections[0].footer.paragraphs[0].text
    seal = wired().seal(local_actor(), week)
    assert main(["minutes", str(sealed), "--week", week]) == 0
    words = "".join("".join(page.extract_text() for page in pypdf.PdfReader(sealed).pages).split())
    assert seal.chain in words and seal.content_sha256 in words and "nonscellée" not in words


def test_what_does_not_exist_is_refused_in_words(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["minutes", str(tmp_path / "x.pdf"), "--week", "2019-W20"]) == 2
    assert "Aucune revue cette semaine-là" in capsys.readouterr().err
    assert main(["slides", str(tmp_path / "x.pptx"), "--week", "2019-W20"]) == 1
    assert capsys.readouterr().err and not list(tmp_path.iterdir())


def test_an_empty_store_gives_files_that_say_so(
    empty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.pptx"
    assert main(["slides", str(out)]) == 0
    assert "Aucune donnée" in Presentation(io.BytesIO(out.read_bytes())).slides[0].shapes.title.text
    assert main(["opendata", str(tmp_path / "x.zip")]) == main(["minutes", str(tmp_path / "x.docx")]) == 2
    assert "Aucune donnée" in capsys.readouterr().err
