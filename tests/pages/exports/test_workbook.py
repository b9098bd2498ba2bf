"""The workbook read back with two other libraries: every value as the readings have it, nothing that Excel would run."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from data.engine import Engine
from metrics import moment, stored
from metrics.definitions import Catalogue
from metrics.leverage import leverage
from metrics.meetings import read_actions, read_decisions
from metrics.notes import every_note, exported_notes
from metrics.states import State
from pages.exports import workbook
from pages.exports.edition import edition, empty
from pages.exports.model import Edition
from pages.texts import use
from tests.pages.exports.conftest import JUNE, Edit

MAY = date(2015, 5, 31)
HOSTILE = '=HYPERLINK("http://exemple.fr")'


@pytest.fixture(scope="module")
def state(engine: Engine, catalogue: Catalogue) -> State:
    return State(engine, catalogue, JUNE)


@pytest.fixture(scope="module")
def made(state: State) -> tuple[Edition, bytes]:
    use("fr")
    since = replace(state, as_of=MAY)
    found = edition(state, since=since)
    return found, workbook.write(found, state, since)


@pytest.fixture(scope="module")
def book(made: tuple[Edition, bytes]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(made[1]))


def rows_of(sheet: Worksheet) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_the_first_sheet_names_all_others_and_leads_to_them(book: openpyxl.Workbook) -> None:
    first = book.worksheets[0]
    assert first.title == "Sommaire" and first["A1"].value == "Les six promesses sont tenues"
    assert [first.cell(line, 1).value for line in range(5, first.max_row + 1)] == book.sheetnames[1:]
    links = [cell.hyperlink for row in first.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(book.sheetnames) - 1
    assert all(link.location and not link.target for link in links)


def test_every_reading_is_there_with_all_it_rests_on(
    book: openpyxl.Workbook, engine: Engine, catalogue: Catalogue
) -> None:
    rows = {row["Identifiant"]: row for row in rows_of(book["Indicateurs"])}
    readings = moment.readings(engine, catalogue, JUNE)
    assert set(rows) == set(catalogue.kpis) and len(rows) == 40
    titles = {
        "value": "Valeur",
        "numerator": "Numérateur",
        "denominator": "Dénominateur",
        "n": "n",
        "low": "Borne basse",
        "high": "Borne haute",
        "coverage": "Couverture",
        "score": "Score",
        "version": "Version",
    }
    for id, row in rows.items():
        for name, title in titles.items():
            wanted = getattr(readings[id], name)
            assert row[title] == (pytest.approx(wanted, rel=1e-12) if wanted is not None else None), (
                id,
                name,
            )
    assert (rows["leverage_awarded"]["Valeur"], rows["leverage_awarded"]["Statut"]) == (5, "Atteint")


def test_another_library_reads_the_same_values(made: tuple[Edition, bytes]) -> None:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made[1])).get_sheet_by_name("Indicateurs").to_python()
    at = {title: place for place, title in enumerate(sheet[0])}
    found = {row[at["Identifiant"]]: row[at["Valeur"]] for row in sheet[1:]}
    for figure in made[0].figures.values():
        assert found[figure.kpi] == ("" if figure.value is None else pytest.approx(figure.value))


def test_the_series_are_the_kept_readings(
    book: openpyxl.Workbook, engine: Engine, catalogue: Catalogue
) -> None:
    sheet = book["Séries"]
    head = [cell.value for cell in sheet[1]]
    for id in ("active_files", "cofinancing_raised", "investment_capacity_index"):
        kpi = catalogue.kpis[id]
        column = next(at for at, title in enumerate(head) if str(title).startswith(f"{kpi.code} "))
        found = {row[0].date(): row[column] for row in sheet.iter_rows(min_row=2, values_only=True)}
        for reading in stored.series(engine, catalogue, id):
            wanted = reading.value
            assert found[reading.as_of] == (None if wanted is None else pytest.approx(wanted))


def test_plans_and_ladder_are_those_of_the_leverage(
    book: openpyxl.Workbook, engine: Engine, catalogue: Catalogue
) -> None:
    known = leverage(engine, catalogue, JUNE)
    rows = rows_of(book["Plans"])
    assert [(row["Projet"], row["Fonds propres"]) for row in rows] == [
        (p.project_id, p.own) for p in known.plans
    ]
    assert [row["Montant"] for row in rows_of(book["Échelle"])] == [one.amount for one in known.ladder]
    assert sum(row["Public"] + row["Privé"] for row in rows) == 15_000_000


def test_open_files_are_a_hundred_and_leave_with_the_right_to_rows(
    book: openpyxl.Workbook, made: tuple[Edition, bytes], state: State
) -> None:
    assert len(rows_of(book["Projets"])) == 100
    use("fr")
    bare = openpyxl.load_workbook(io.BytesIO(workbook.write(made[0], state, with_rows=False)))
    assert "Projets" not in bare.sheetnames and "Plans" in bare.sheetnames


def test_actions_decisions_and_marked_notes_are_those_of_the_reviews(
    book: openpyxl.Workbook, engine: Engine
) -> None:
    assert [row["Action"] for row in rows_of(book["Actions"])] == [one.words for one in read_actions(engine)]
    assert len(rows_of(book["Décisions"])) == len(read_decisions(engine)) > 0
    told = [row["Note"] for row in rows_of(book["Notes"])]
    assert told == [note.words for note in exported_notes(engine, JUNE)]
    assert 0 < len(told) < len(every_note(engine))


def test_formulas_of_definitions_are_text(book: openpyxl.Workbook, catalogue: Catalogue) -> None:
    rows = {row["Identifiant"]: row for row in rows_of(book["Définitions"])}
    assert set(rows) == set(catalogue.every)
    for id, kpi in catalogue.every.items():
        assert rows[id]["SQL"] == kpi.sql
    assert "divisé par" in rows["leverage_awarded"]["Formule"]


def test_numbers_bear_their_unit_s_format_under_frozen_heads(book: openpyxl.Workbook) -> None:
    sheet = book["Indicateurs"]
    at = {cell.value: cell.column for cell in sheet[1]}
    forms = {
        sheet.cell(row, at["Identifiant"]).value: sheet.cell(row, at["Valeur"]).number_format
        for row in range(2, 42)
    }
    assert forms["cofinancing_raised"] == '#,##0.00 "€"' and forms["leverage_awarded"] == "0.00"
    assert forms["success_rate"] == "0.0%"
    for page in book.worksheets[2:]:
        assert page.freeze_panes and page.auto_filter.ref, page.title
    assert isinstance(book["Séries"]["A2"].value, datetime)


def test_charts_are_excel_s_own_and_say_what_they_show(made: tuple[Edition, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made[1])) as found:
        charts = [found.read(name).decode() for name in found.namelist() if "/charts/chart" in name]
        drawn = "".join(found.read(n).decode() for n in found.namelist() if "/drawings/drawing" in n)
    assert len(charts) == len(made[0].claims) + 1
    assert all("<c:f>" in chart for chart in charts)  # drawn from cells
    described = re.findall(r'<xdr:cNvPr [^>]*descr="([^"]+)"', drawn)
    assert len(described) == len(charts) and any("1 pour 5,00" in words for words in described)


def hostile(found: Edition) -> Edition:
    figures = {
        id: replace(one, label=HOSTILE, owner="@SUM(A1)", why="+1", proof="-1")
        for id, one in found.figures.items()
    }
    sides = tuple(
        replace(side, label="=1+1", goals=tuple(replace(goal, label="=1+1") for goal in side.goals))
        for side in found.perspectives
    )
    claims = tuple(figures[one.kpi] for one in found.claims)
    return replace(
        found, town="=1+1", title="=cmd|'/c calc'!A0", figures=figures, claims=claims, perspectives=sides
    )


def test_nothing_of_a_hostile_name_is_run_or_followed(made: tuple[Edition, bytes], state: State) -> None:
    use("fr")
    content = workbook.write(hostile(made[0]), state)
    found = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for page in found.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if cell.value == HOSTILE]
    assert not [cell for cell in cells if cell.hyperlink and cell.hyperlink.target]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = parts.namelist()
        charts = "".join(parts.read(name).decode() for name in names if "/charts/chart" in name)
        told = b"".join(parts.read(name) for name in names if name.endswith(".rels"))
    assert not [name for name in names if "vba" in name.lower() or "externalLink" in name]
    assert b'TargetMode="External"' not in told
    references = set(re.findall(r"<c:f>([^<]*)</c:f>", charts))
    assert references and all(
        re.fullmatch(r"('?)[\w ’]+\1!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", one) for one in references
    )


def test_english_says_the_same_numbers_in_english(edit: Edit, state: State, book: openpyxl.Workbook) -> None:
    english = openpyxl.load_workbook(io.BytesIO(workbook.write(edit(lang="en"), state)))
    assert english.sheetnames[:3] == ["Contents", "Charts", "KPIs"]
    french = [row["Valeur"] for row in rows_of(book["Indicateurs"])]
    assert [row["Value"] for row in rows_of(english["KPIs"])] == french


def test_an_empty_store_has_a_workbook_that_says_so(state: State, catalogue: Catalogue) -> None:
    use("fr")
    found = openpyxl.load_workbook(io.BytesIO(workbook.write(empty(catalogue), state)))
    assert found.sheetnames == ["Sommaire", "À propos"] and "Aucune donnée" in found["Sommaire"]["A1"].value
