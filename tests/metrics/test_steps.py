"""What each driver brings: the steps sum to the difference, and each one alone is worked out by hand."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.definitions import Catalogue
from metrics.scenario import from_text
from metrics.steps import ladder, steps
from metrics.whatif import Comparison

LAST = date(2015, 6, 30)


@pytest.fixture(scope="module")
def rungs(town: Engine, catalogue: Catalogue) -> tuple[Comparison, ...]:
    """A fifth less grants, then own funds doubled, then a project dropped."""
    text = "awards_cut,share=0.2;own_funds,change=1;project_dropped,project=P002"
    return ladder(town, catalogue, from_text(text, LAST, catalogue.parameters), LAST)


def test_leverage_goes_down_its_stairs(rungs: tuple[Comparison, ...]) -> None:
    found = steps(rungs, "leverage_awarded")
    assert [found.start, *(step.after for step in found.steps)] == pytest.approx(
        [5, 4, 2, (15 - 3.6) * 0.8 / ((3 - 0.4) * 2)]
    )
    assert [step.use.driver for step in found.steps] == ["awards_cut", "own_funds", "project_dropped"]
    assert [step.amount for step in found.steps][:2] == pytest.approx([-1, -2])
    assert found.is_whole and found.end == found.steps[-1].after


def test_every_kpi_and_the_score_sum_to_their_difference(rungs: tuple[Comparison, ...]) -> None:
    for kpi in ("", *(line.kpi for line in rungs[0].lines)):
        found = steps(rungs, kpi)
        if found.is_whole:
            assert found.start is not None and found.end is not None
            moved = sum(step.amount or 0.0 for step in found.steps)
            assert moved == pytest.approx(found.end - found.start, abs=1e-9 * max(1.0, abs(found.end)))


def test_a_driver_that_does_not_touch_a_kpi_adds_nothing(rungs: tuple[Comparison, ...]) -> None:
    assert steps(rungs, "cofinancing_raised").steps[1].amount == 0
    assert steps(rungs, "active_files").steps[0].amount == 0


def test_without_drivers_there_is_no_step(town: Engine, catalogue: Catalogue) -> None:
    found = steps(ladder(town, catalogue, from_text("", LAST, {}), LAST), "leverage_awarded")
    assert (found.steps, found.start, found.end) == ((), 5.0, 5.0)


def test_a_kpi_that_is_not_told_is_refused(rungs: tuple[Comparison, ...]) -> None:
    with pytest.raises(KeyError):
        steps(rungs, "moon")
