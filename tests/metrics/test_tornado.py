"""The tornado: bars worked out by hand, rank correlations against scipy, and what they contradict said."""

from dataclasses import replace
from datetime import date
from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from data.engine import Engine
from metrics.chance.model import Model, model
from metrics.definitions import Catalogue
from metrics.scenario import Scenario, from_text
from metrics.tornado import Bar, _judged, as_json, ranked, spearman, tornadoes

LAST = date(2015, 6, 30)
NORMAL = NormalDist()


@pytest.fixture(scope="module")
def base(town: Engine, catalogue: Catalogue) -> Model:
    return model(town, catalogue, Scenario(), LAST)


def test_a_bar_is_the_outcome_from_p10_to_p90(base: Model) -> None:
    """15 M€ won, 11 M€ pending: p x r x P(an answer within 184 days), the two others at their median."""
    found = tornadoes(base, 2000)["raised"]
    ratio = stats.triang(0.75, 0.6, 0.4)
    in_time = NORMAL.cdf(np.log(184 / 120) / 0.5)
    bar = next(one for one in found.bars if one.input == "success")
    for level, there, value in ((0.1, bar.at_low, bar.low), (0.9, bar.at_high, bar.high)):
        chance = stats.beta(12, 8).ppf(level)
        assert value == pytest.approx(chance, abs=1e-4)
        assert there == pytest.approx(15e6 + 11e6 * chance * ratio.median() * in_time, rel=1e-4)
    middle = 15e6 + 11e6 * stats.beta(12, 8).median() * ratio.median() * in_time
    assert found.middle == pytest.approx(middle, rel=1e-4)


def test_the_longest_bar_comes_first_and_what_moves_nothing_is_not_there(base: Model) -> None:
    found = tornadoes(base, 2000)
    assert set(found) == {"raised", "leverage", "own_cost", "capacity"}
    for one in found.values():
        sizes = [abs(bar.size) for bar in one.bars]
        assert sizes == sorted(sizes, reverse=True) and min(sizes) > 0
    assert {bar.input for bar in found["raised"].bars} == {"success", "awarded_ratio", "decision_days"}
    assert found["own_cost"].bars[0].input == "cost_overrun"


def test_a_disagreement_is_flagged(base: Model) -> None:
    """Moving all delays together says more than delays drawn one a request: success, drawn once for all, weighs more."""
    found = tornadoes(base)["raised"]
    by_size = [bar.input for bar in found.bars]
    by_rank = [bar.input for bar in sorted(found.bars, key=lambda bar: -abs(bar.rank or 0))]
    assert by_size != by_rank and not found.agrees
    assert {bar.input for bar in found.bars if bar.disagrees} >= {by_size[0], by_rank[0]}


def test_what_agrees_is_not_flagged(base: Model) -> None:
    some = base.assumed["success"]
    long, short = Bar(some, 0, 1, 0, 10, 0.8), Bar(some, 0, 1, 0, -4, -0.3)
    assert not any(_judged(one, [long, short], 10_000).disagrees for one in (long, short))
    turned = replace(short, rank=0.3)
    assert (
        _judged(turned, [long, turned], 10_000).disagrees
        and not _judged(long, [long, turned], 10_000).disagrees
    )
    swapped = replace(short, rank=-0.9)
    assert all(_judged(one, [long, swapped], 10_000).disagrees for one in (long, swapped))
    near = replace(short, at_high=-9.5, rank=-0.9)
    assert not _judged(long, [long, near], 10_000).disagrees  # bars of about one length have no order
    assert not _judged(replace(long, rank=None), [long, short], 100).disagrees


def test_spearman_is_scipy_s_ties_included() -> None:
    rng = np.random.default_rng(3)
    x = rng.integers(0, 30, 500).astype(float)
    y = np.round(x / 7) + rng.normal(size=500)
    told = spearman(ranked(x), ranked(y))
    assert told == pytest.approx(float(stats.spearmanr(x, y).statistic), abs=1e-12)
    assert spearman(ranked(x), ranked(np.ones(500))) is None


def test_a_scenario_moves_the_bars(town: Engine, catalogue: Catalogue, base: Model) -> None:
    sure = from_text("success_rate,share=0.9", LAST, catalogue.parameters)
    moved = tornadoes(model(town, catalogue, sure, LAST), 2000)["raised"]
    assert moved.middle > tornadoes(base, 2000)["raised"].middle
    told = as_json({"raised": moved})[0]
    assert [one["input"] for one in told["bars"]] == [bar.input for bar in moved.bars]
