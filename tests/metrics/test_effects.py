"""What a scenario is assumed to do to well-being, and what the law's clip does to each plan: by hand."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.clipped import clipped
from metrics.definitions import Catalogue
from metrics.scenario import from_text
from metrics.wellbeing_effect import effect
from metrics.whatif import compare

LAST = date(2015, 6, 30)


def test_half_the_load_is_assumed_to_help_and_says_how_little_is_known(
    town: Engine, catalogue: Catalogue
) -> None:
    """From 100/7 to 100/14 files a manager: -0.5 a file with a deviation of 0.5 gives +3.57, from -1.0 to 8.1."""
    scenario = from_text("staff,fte=7,times=stay", LAST, catalogue.parameters)
    comparison = compare(town, catalogue, scenario, LAST)
    found = effect(comparison, catalogue.parameters)
    assert found is not None
    less = 100 / 14
    assert found.change == pytest.approx(0.5 * less)
    assert (found.low, found.high) == pytest.approx(
        (0.5 * less * (1 - 1.2815516), 0.5 * less * (1 + 1.2815516))
    )
    assert [one.id for one in found.behind] == ["wellbeing_per_file"] and not found.behind[0].is_supported
    assert found.as_json()["p10"] == found.low
    own = {line.kpi: line for line in comparison.lines}["wellbeing_who5"]
    assert found.base == own.base.value and not own.has_moved  # a survey's reading is never made up


def test_a_parameter_of_the_scorecard_replaces_an_effect(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("staff,fte=7,times=stay", LAST, catalogue.parameters)
    own = {**catalogue.parameters, "wellbeing_per_file_mean": -1.0}
    found = effect(compare(town, catalogue, scenario, LAST), own)
    assert found is not None and found.change == pytest.approx(100 / 14)


def test_nothing_is_told_where_nothing_moves(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("awards_cut,share=0.2", LAST, catalogue.parameters)
    assert effect(compare(town, catalogue, scenario, LAST), catalogue.parameters) is None
    assert clipped(town, catalogue, scenario, LAST) == ()


def test_the_clip_says_what_it_did_to_each_plan(town: Engine, catalogue: Catalogue) -> None:
    """P001 has 600 own and 2,400 public: at 30 % it takes 1,028.6 own, or 1,400 public. P003 keeps its derogation."""
    more, lower = (
        {
            one.project_id: one
            for one in clipped(
                town,
                catalogue,
                from_text(f"min_own_share,share=0.3,clip={way}", LAST, catalogue.parameters),
                LAST,
            )
        }
        for way in ("more_own", "lower_grant")
    )
    assert set(more) == set(lower) == {f"P{n:03}" for n in (1, 2, 4, 5, 6, 7, 8, 9, 10)}
    assert more["P001"].own == pytest.approx((600_000, 2_400_000 * 3 / 7), abs=0.01)
    assert more["P001"].public == (2_400_000, 2_400_000)
    assert lower["P001"].public == pytest.approx((2_400_000, 1_400_000), abs=0.05)
    assert next(iter(more)) == "P001" and more["P001"].as_json()["own"]["before"] == 600_000
    shown = from_text("min_own_share,share=0.3", LAST, catalogue.parameters)
    assert clipped(town, catalogue, shown, LAST) == ()
