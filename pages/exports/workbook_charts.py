"""Charts that Excel draws from the workbook's own cells: what is put forward with its target, and the objectives' scores."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from pages.charts.palette import LIGHT
from pages.exports.model import Edition, Figure
from pages.exports.numberformats import number_format
from pages.exports.workbook_sheet import Sheet, printed
from pages.texts import t

WIDE, TALL = 620, 300  # pixels
ACROSS, DOWN = 10, 16  # columns and rows that a chart takes
FONT = {"name": "Source Sans 3", "size": 10, "color": LIGHT.ink}
OBJECTIVE_ROW = 26  # pixels of a bar


def put(book: Workbook, page: Worksheet, edition: Edition, sheets: Mapping[str, Sheet]) -> None:
    """Put the charts on their sheet: trends two by two, then the scores. Titles and names are references to cells."""
    page.hide_gridlines(2)
    printed(page)
    drawn = [figure for figure in edition.claims if any(value is not None for _, value in figure.series)]
    for place, figure in enumerate(drawn):
        _insert(
            page,
            _trend(book, figure, sheets["headline"]),
            place // 2 * DOWN,
            place % 2 * ACROSS,
            _told(figure),
        )
    row = (len(drawn) + 1) // 2 * DOWN
    if any(goal.score is not None for goal in edition.objectives):
        told = "; ".join(f"{goal.code} {goal.label} {goal.score_text}" for goal in edition.objectives)
        chart = _scores(book, sheets["objectives"])
        _insert(page, chart, row, 0, told, len(sheets["objectives"].table.rows) * OBJECTIVE_ROW + 90)


def _told(figure: Figure) -> str:
    parts = (f"{figure.code} {figure.label}", figure.text, figure.target_words, figure.spark_words)
    return " · ".join(part for part in parts if part)


def _insert(page: Worksheet, chart: Any, row: int, column: int, told: str, tall: int = TALL) -> None:
    chart.set_size({"width": WIDE, "height": tall})
    page.insert_chart(row, column, chart, {"description": told, "object_position": 3})


def _trend(book: Workbook, figure: Figure, sheet: Sheet) -> Any:
    chart, at, last = book.add_chart({"type": "line"}), sheet.at(figure.kpi), len(sheet.table.rows)
    form = number_format(figure.unit)
    for column, colour, dashed in ((at, LIGHT.accent, False), (at + 1, LIGHT.ink2, True)):
        if dashed and figure.target is None:
            continue
        line = {"color": colour, "width": 1.25 if dashed else 2.25} | (
            {"dash_type": "dash"} if dashed else {}
        )
        chart.add_series(
            {
                "name": [sheet.name, 0, column],
                "categories": [sheet.name, 1, 0, last, 0],
                "values": [sheet.name, 1, column, last, column],
                "line": line,
            }
        )
    chart.set_title({"name": [sheet.name, 0, at], "name_font": FONT | {"size": 12}})
    chart.set_legend({"position": "bottom", "font": FONT})
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": "mm/yyyy",
            "major_unit": 12,
            "major_unit_type": "months",
            "num_font": FONT,
        }
    )
    chart.set_y_axis(
        {
            "num_format": form,
            "num_font": FONT,
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.rule}},
        }
    )
    chart.show_blanks_as("span")  # a quarterly or yearly value has no other month
    return chart


def _scores(book: Workbook, sheet: Sheet) -> Any:
    chart, last = book.add_chart({"type": "bar"}), len(sheet.table.rows)
    chart.add_series(
        {
            "name": [sheet.name, 0, sheet.at("score")],
            "categories": [sheet.name, 1, sheet.at("label"), last, sheet.at("label")],
            "values": [sheet.name, 1, sheet.at("score"), last, sheet.at("score")],
            "fill": {"color": LIGHT.accent},
            "gap": 60,
            "data_labels": {"value": True, "num_format": "0", "font": FONT},
        }
    )
    chart.set_title(
        {"name": t("Scores des perspectives et des objectifs, sur 100"), "name_font": FONT | {"size": 12}}
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": FONT})
    chart.set_x_axis(
        {
            "min": 0,
            "max": 100,
            "num_font": FONT,
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.rule}},
        }
    )
    return chart
