"""The template: French words on the axis, round ticks, nothing that plotly would draw by itself."""

from calendar import monthrange
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from pages.charts.palette import LIGHT
from pages.charts.template import CONFIG, layout, month_ticks, nice_ticks


def months(year: int, month: int, count: int) -> list[date]:
    ends = []
    for index in range(month - 1, month - 1 + count):
        here = (year + index // 12, index % 12 + 1)
        ends.append(date(*here, monthrange(*here)[1]))
    return ends


def test_months_are_french_words_with_the_year_under_the_first_of_each() -> None:
    places, words = month_ticks(months(2014, 9, 10), "fr")
    assert places[0] == "2014-09-30"
    assert words[:2] == ["sept.<br>2014", "oct."]
    assert words[4] == "janv.<br>2015"


def test_months_are_english_on_demand() -> None:
    assert month_ticks(months(2015, 1, 3), "en")[1] == ["Jan<br>2015", "Feb", "Mar"]


def test_a_long_series_is_marked_by_years_alone() -> None:
    assert month_ticks(months(2006, 1, 114), "fr")[1] == [str(year) for year in range(2006, 2016)]


def test_one_point_a_year_is_marked_by_its_year() -> None:
    assert month_ticks([date(2013, 12, 31), date(2014, 12, 31), date(2015, 6, 30)], "fr")[1] == [
        "2013",
        "2014",
        "2015",
    ]


def test_quarters_are_marked_on_the_months_between_them() -> None:
    quarters = [
        date(2014, 3, 31),
        date(2014, 6, 30),
        date(2014, 9, 30),
        date(2014, 12, 31),
        date(2015, 3, 31),
    ]
    assert month_ticks(quarters, "fr", 5)[1] == ["avr.<br>2014", "juil.", "oct.", "janv.<br>2015"]


def test_the_last_tick_stands_at_the_last_date_of_a_month_not_over() -> None:
    assert month_ticks([date(2015, 5, 31), date(2015, 6, 15)], "fr")[0][-1] == "2015-06-15"


def test_no_date_gives_no_tick() -> None:
    assert month_ticks([], "fr") == ([], [])


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(4, 14))
def test_there_are_never_many_more_ticks_than_wanted(count: int, most: int) -> None:
    assert len(month_ticks(months(1990, 1, count), "fr", most)[0]) <= most + 1


@settings(deadline=None)
@given(st.floats(-1e9, 1e9), st.floats(1e-3, 1e9))
def test_ticks_cover_the_values_and_rise(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    tolerance = max(abs(low), span, 1.0) * 1e-9
    assert ticks[0] <= low + tolerance and ticks[-1] >= low + span - tolerance
    assert ticks == sorted(set(ticks)) and 2 <= len(ticks) <= 13


def test_ticks_are_round() -> None:
    assert nice_ticks(0, 6.9) == [0, 2, 4, 6, 8]


def test_the_ground_is_transparent_without_legend_or_tools() -> None:
    look = layout(LIGHT, "fr", height=300)
    assert look["paper_bgcolor"] == look["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert look["showlegend"] is False and CONFIG["displayModeBar"] is False
    assert look["separators"] == ",\u202f"
    assert look["font"]["size"] == 14
