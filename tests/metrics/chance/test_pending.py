"""What becomes of the pending requests: sums by hand, the exact law's mean, and no chance told where requests still wait."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.chance.exact import awards
from metrics.chance.futures import of_model, targets
from metrics.chance.pending import pending
from metrics.chance.simulate import sample
from metrics.definitions import Catalogue
from tests.metrics.chance.models import a_model


def test_the_three_parts_make_what_is_asked() -> None:
    made = a_model([1e6] * 5)
    found, chance = pending(made), made.lines.arrives[0]
    assert found.asked == 5e6 and found.won + found.refused + found.waiting == pytest.approx(5e6)
    assert found.won == pytest.approx(5e6 * 0.6 * chance * 2.5 / 3)
    assert found.won == pytest.approx(awards(made).mean)
    assert found.waiting == pytest.approx(5e6 * (1 - chance)) and found.waits


@pytest.mark.parametrize("lines_a_project", [1, 4])
def test_the_own_funds_that_enter_are_those_of_the_draws(lines_a_project: int) -> None:
    made = a_model([1e6] * 8, lines_a_project=lines_a_project)
    drawn = sample(made, 40_000, seed=5).outcomes
    own = (made.partner + drawn["raised"] - made.raised) / drawn["leverage"] - made.own
    assert pending(made).own_funds == pytest.approx(float(own.mean()), rel=0.01)


class NoGoals:
    """An engine without goals is not asked: a model alone."""


def test_voted_own_funds_are_a_target_only_once_all_have_answered(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("metrics.chance.futures.KPIS", {})
    monkeypatch.setattr("metrics.chance.futures._goals", lambda engine: None)
    waiting = a_model([1e6] * 5)
    answered = replace(waiting, lines=replace(waiting.lines, arrives=np.ones(5)))
    assert targets(NoGoals(), catalogue, waiting) == {}  # type: ignore[arg-type]
    aims = targets(NoGoals(), catalogue, answered)  # type: ignore[arg-type]
    assert aims == {"own_cost": (2e6,)}
    told = of_model(answered, aims).of("own_cost")
    assert told is not None and 0 < told.targets[0][1] < 1
