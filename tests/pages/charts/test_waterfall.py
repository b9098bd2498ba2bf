"""The waterfall: bars that start where the one above ended, signs and shapes before colours, a twin for telephones."""

import pytest
from plotly.graph_objects import Figure

from pages.charts.palette import DARK, LIGHT
from pages.charts.waterfall import Level, Step, waterfall

START, END = Level("décembre 2014", 2.35, "2,35"), Level("juin 2015", 5.0, "5,00")
STEPS = (
    Step("Montants notifiés"),
    Step("P002", 4.0, "+4,00", "good"),
    Step("3 autres", 1.07, "+1,07", "good"),
    Step("Fonds propres", -2.42, "−2,42", "bad"),
)


def test_each_bar_starts_where_the_one_above_ended_and_the_last_is_the_end() -> None:
    bars = waterfall(START, STEPS, END, LIGHT, "fr")["data"][0]
    ends = [base + length for base, length in zip(bars["base"], bars["x"], strict=True)]
    assert bars["base"] == pytest.approx([0, 2.35, 2.35, 6.35, 7.42, 0])
    assert ends == pytest.approx([2.35, 2.35, 6.35, 7.42, 5.0, 5.0])


@pytest.mark.parametrize("narrow", [False, True])
def test_plotly_takes_the_figure_as_it_is(narrow: bool) -> None:
    found = waterfall(START, STEPS, END, DARK, "fr", narrow=narrow)
    figure = Figure(found)
    assert len(figure.data) == 2 and figure.layout.height > 200


def test_the_direction_has_a_sign_and_a_shape_and_a_caption_has_neither() -> None:
    bars, heads = waterfall(START, STEPS, END, LIGHT, "fr")["data"]
    assert [words.strip("\u00a0") for words in bars["text"]] == [
        "<b>2,35</b>",
        "",
        "+4,00",
        "+1,07",
        "−2,42",
        "<b>5,00</b>",
    ]
    assert heads["marker"]["symbol"] == ["triangle-right", "triangle-right", "triangle-left"]
    assert heads["x"] == pytest.approx([6.35, 7.42, 5.0]) and heads["y"] == [2, 3, 4]


def test_colours_mean_better_worse_or_nothing() -> None:
    steps = (Step("a", 1.0, "+1", "good"), Step("b", -1.0, "−1", "bad"), Step("c", 0.5, "+0,5"))
    bars = waterfall(START, steps, END, LIGHT, "fr")["data"][0]
    fills = bars["marker"]["color"]
    assert fills == [LIGHT.ink, LIGHT.on_target, LIGHT.off_target, LIGHT.accent, LIGHT.ink]


def test_names_stand_beside_the_bars_or_above_them_on_a_telephone() -> None:
    wide, narrow = (
        waterfall(START, STEPS, END, LIGHT, "fr", narrow=is_narrow)["layout"] for is_narrow in (False, True)
    )
    assert wide["yaxis"]["ticktext"][0] == "<b>décembre 2014</b>  " and wide["annotations"] == []
    assert narrow["yaxis"]["ticktext"] == [] and narrow["margin"]["l"] == 10
    assert [one["text"].strip() for one in narrow["annotations"]][2] == "P002"


def test_a_value_under_zero_is_inside_the_axis() -> None:
    found = waterfall(
        Level("a", 1.0, "1"), (Step("x", -3.0, "−3", "bad"),), Level("b", -2.0, "−2"), LIGHT, "fr"
    )
    low, high = found["layout"]["xaxis"]["range"]
    assert low < -2.0 and high > 1.0


def test_no_step_draws_the_two_ends() -> None:
    found = waterfall(START, (), Level("juin 2015", 2.35, "2,35"), LIGHT, "fr")
    assert len(found["data"]) == 1 and found["data"][0]["y"] == [0, 1]
