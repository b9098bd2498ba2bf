"""The rows behind: the columns that say most, the place each row came from, pages that exist."""

from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd
import pytest

from data.report import Origin
from pages.parts.fiche_columns import is_number, title, value
from pages.parts.fiche_rows import asked_page, brought, chosen, place
from pages.texts import use


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    use("fr")
    yield
    use("fr")


def origin(sheet: str | None = "Projets", row: int | None = 12) -> Origin:
    return Origin(4, "projects", "P001", 3, datetime(2015, 6, 30, 9, 5), "projets.xlsx", sheet, row)


def test_a_row_s_place_is_its_file_sheet_and_row() -> None:
    assert place(origin()) == "projets.xlsx, Projets, ligne 12"
    assert place(origin(sheet=None)) == "projets.xlsx, ligne 12"


def test_a_row_without_place_never_invents_one() -> None:
    assert place(None) == place(origin(row=None)) == "non communiqué"


def test_a_row_names_its_import_and_day() -> None:
    assert brought(origin()).replace("\u00a0", " ") == "n° 3, 30/06/2015"


@pytest.mark.parametrize(
    ("asked", "page"), [("", 0), ("0", 0), ("1", 1), ("3", 3), ("99", 3), ("-1", 0), ("x", 0)]
)
def test_a_page_that_does_not_exist_is_the_nearest(asked: str, page: int) -> None:
    assert asked_page(asked, total=250) == page


def test_the_columns_name_the_row_then_date_then_amounts_and_empty_ones_are_left_out() -> None:
    frame = pd.DataFrame(
        {
            "_id": [1, 2],
            "project_id": ["P001", "P002"],
            "title": ["Gare", "Friche"],
            "lead_directorate": ["DADI", "DADI"],
            "awarded_on": pd.to_datetime(["2014-09-30", "2015-01-31"]),
            "cancelled_on": pd.to_datetime([None, None]),
            "own_funds_amount": [600e3, 400e3],
            "plans": [1, 1],
        }
    )
    assert chosen(frame) == ["project_id", "title", "awarded_on", "own_funds_amount", "lead_directorate"]


def test_cells_are_words_numbers_and_dates_of_the_language() -> None:
    assert value("own_funds_amount", 600000.0).replace("\u202f", " ").replace("\u00a0", " ") == "600 000 €"
    assert value("awarded_on", pd.Timestamp("2014-09-30")) == "30/09/2014"
    assert value("awarded_on", pd.NaT) == value("title", None) == value("fte", float("nan")) == ""
    assert value("year", 2015) == "2015"
    assert value("opened_on", date(2015, 6, 30)) == "30/06/2015"


def test_codes_read_as_the_schema_s_words() -> None:
    assert value("partner_kind", "region") == "région"
    assert value("stage", "works") == "travaux"
    assert value("theme", "urbanisme") == "urbanisme"


def test_columns_bear_the_tables_titles() -> None:
    assert title("awarded_on") == "Date de notification"
    assert title("partner_kind") == "Type de partenaire"
    assert title("some_measure") == "some measure"


def test_amounts_and_counts_stand_at_the_right() -> None:
    assert is_number("own_funds_amount") and is_number("headcount") and not is_number("title")
