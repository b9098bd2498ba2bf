"""The trend line: gaps stay gaps, the last number is written, the target is named."""

from datetime import date
from typing import Any

import pytest
from plotly.graph_objects import Figure

from pages.charts import trend as drawn
from pages.charts.palette import DARK, LIGHT
from pages.charts.points import Mark, Point, clear_level, known_span, labelled


def trend(points: list[Point], *args: Any, **more: Any) -> Figure:
    """The figure as plotly reads it: what it does not know fails here."""
    return Figure(drawn.trend(points, *args, **more))


def series(*values: float | None, note: str = "non atteint") -> list[Point]:
    return [
        Point(date(2014 + i // 12, i % 12 + 1, 28), value, "" if value is None else f"{value:g} j", note=note)
        for i, value in enumerate(values)
    ]


def test_what_comes_before_the_first_known_point_is_dropped() -> None:
    assert [point.value for point in known_span(series(None, None, 3, None, 4))] == [3, None, 4]
    assert known_span(series(None, None)) == []


def test_a_gap_is_neither_joined_nor_zero_and_says_why() -> None:
    figure = trend(series(240, None, None, 60), LIGHT, "fr")
    line = figure.data[-1]
    assert line.y == (240, None, None, 60) and line.connectgaps is False
    assert figure.layout.shapes[0].type == "rect"
    assert figure.layout.annotations[0].text == "non atteint"


def test_the_last_known_number_is_bold_and_few_points_are_all_labelled() -> None:
    figure = trend(series(1, 2, 3, None), LIGHT, "fr")
    assert figure.data[-1].text == ("1 j", "2 j", "<b>3 j</b>", "")


def test_a_long_series_labels_its_ends_and_extremes_alone() -> None:
    values = [float(10 + i % 7) for i in range(60)]
    values[30], values[45] = 99.0, 1.0
    assert labelled(series(*values), most=14) == {0, 30, 45, 59}


def test_the_target_is_a_dotted_line_with_its_name_in_the_accent() -> None:
    figure = trend(series(1, 2), DARK, "fr", target=Mark(5, "cible 5"))
    line = figure.layout.shapes[-1]
    assert (line.y0, line.y1, line.line.dash, line.line.color) == (5, 5, "dot", DARK.accent)
    assert figure.layout.annotations[-1].text == "cible 5"
    assert figure.layout.yaxis.range[1] >= 5


def test_a_band_is_a_block_between_its_ends() -> None:
    block = trend(series(80, 100), LIGHT, "fr", target=Mark(90, "bande", top=110)).layout.shapes[-1]
    assert (block.type, block.y0, block.y1) == ("rect", 90, 110)


def test_an_interval_is_drawn_only_where_it_is_known() -> None:
    points = [
        Point(date(2015, m, 28), 5.0, "5", low, low and low + 2) for m, low in enumerate((None, 4.0, 4.5), 1)
    ]
    band = trend(points, LIGHT, "fr").data[0]
    assert band.fill == "toself" and band.y == (4.0, 4.5, 6.5, 6.0)


def test_ticks_are_put_into_words_by_the_caller() -> None:
    ticks = trend(series(1, 4), LIGHT, "fr", tick_words=lambda value: f"{value:g} M€").layout.yaxis.ticktext
    assert ticks[0] == "0 M€"


@pytest.mark.parametrize("points", [[], series(None), series(3)])
@pytest.mark.parametrize("narrow", [False, True])
def test_nothing_or_one_point_still_gives_a_figure(points: list[Point], narrow: bool) -> None:
    assert trend(points, LIGHT, "fr", target=Mark(5, "cible 5"), narrow=narrow).layout.height > 0


def test_the_telephone_twin_is_lower_and_has_no_room_at_the_right() -> None:
    wide, narrow = (trend(series(1, 2), LIGHT, "fr", narrow=flag).layout for flag in (False, True))
    assert narrow.height < wide.height and narrow.margin.r < wide.margin.r


@pytest.mark.parametrize("narrow", [False, True])
def test_no_number_stands_on_the_target_s_line(narrow: bool) -> None:
    """60.9 under a target of 65: over the point the dotted line would cross the number."""
    two = [Point(date(2013, 6, 30), 51.8, "51,8 /100"), Point(date(2015, 5, 15), 60.9, "60,9 /100")]
    near, far = (trend(two, LIGHT, "fr", target=Mark(at, "cible"), narrow=narrow) for at in (65.0, 90.0))
    assert near.data[-1].textposition[-1].startswith("bottom")
    assert far.data[-1].textposition[-1].startswith("top")


def test_between_two_lines_a_number_keeps_its_side() -> None:
    assert [clear_level(5.0, level, [4.5, 5.5], 1.0) for level in ("top", "bottom")] == ["top", "bottom"]
    assert clear_level(5.0, "bottom", [4.5], 1.0) == "top" and clear_level(None, "top", [4.5], 1.0) == "top"
