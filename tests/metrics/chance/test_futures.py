"""Futures of the demo town: domain.md's figures, today's readings as their start, and what a scenario does to them."""

from datetime import date

import pytest

from data.engine import Engine
from metrics import compute
from metrics.chance.expecting import expected, now
from metrics.chance.futures import Futures, futures, of_model
from metrics.chance.model import INPUTS, OUTCOMES, model, quantile
from metrics.chance.simulate import sample
from metrics.definitions import Catalogue
from metrics.scenario import Scenario, from_text
from metrics.whatif import under
from tests.metrics.chance.models import a_model

AS_OF = date(2015, 6, 30)
BASE = Scenario()


@pytest.fixture(scope="module")
def base(town: Engine, catalogue: Catalogue) -> Futures:
    """The base's futures at the end of 2015."""
    return futures(town, catalogue, BASE, AS_OF)


def test_the_year_end_of_the_demo(base: Futures) -> None:
    raised = base.of("raised")
    assert raised is not None and raised.method == "exact" and base.requests == 8
    assert raised.mean == pytest.approx(19.42e6, abs=5e3)
    assert [raised.quantile(0.1), raised.quantile(0.9)] == pytest.approx([17.2e6, 21.8e6], abs=6e4)
    assert dict(raised.marks)[18e6] == pytest.approx(0.80, abs=0.005)
    assert raised.targets == ((15e6, 1.0),)
    assert raised.error < 2000


@pytest.mark.parametrize(("requests", "chance"), [(1, 0.48), (20, 0.86)])
def test_the_number_of_requests_matters(requests: int, chance: float) -> None:
    raised = of_model(a_model([11e6 / requests] * requests), {"raised": (18e6,)}).of("raised")
    assert raised is not None
    assert raised.targets[0][1] == pytest.approx(chance, abs=0.005)


@pytest.mark.parametrize("text", ["", "awards_refused,partner_kind=region", "own_funds,change=0.25"])
def test_they_start_from_the_readings_of_the_scorecard(town: Engine, catalogue: Catalogue, text: str) -> None:
    scenario = from_text(text, AS_OF, catalogue.parameters)
    engine = under(town, scenario)
    kpis = ["cofinancing_raised", "leverage_awarded", "investment_capacity_index"]
    read = {one.kpi: one.value for one in compute.readings(engine, catalogue, kpis, [AS_OF])}
    stands = now(model(town, catalogue, scenario, AS_OF))
    assert [stands[one] for one in ("raised", "leverage", "capacity")] == pytest.approx(
        [read[kpi] for kpi in kpis]
    )


def test_every_outcome_is_a_law(base: Futures) -> None:
    assert [one.outcome for one in base.distributions] == list(OUTCOMES)
    for one in base.distributions:
        assert sum(one.shares) == pytest.approx(1)
        assert [value for _, value in one.quantiles] == sorted(value for _, value in one.quantiles)
        assert one.edges[0] < one.mean < one.edges[-1]


def test_a_horizon_in_another_year_tells_no_capacity(town: Engine, catalogue: Catalogue) -> None:
    later = futures(town, catalogue, BASE, AS_OF, date(2016, 6, 30))
    assert later.of("capacity") is None
    raised = later.of("raised")
    assert raised is not None and raised.mean > 20e6


def test_a_directorate_counts_its_own_requests_only(town: Engine, catalogue: Catalogue) -> None:
    whole = model(town, catalogue, BASE, AS_OF)
    names = [row[0] for row in town.rows("SELECT DISTINCT lead_directorate FROM projects ORDER BY 1")]
    parts = [model(town, catalogue, BASE, AS_OF, scope=name) for name in names]
    assert sum(len(one.lines.id) for one in parts) == len(whole.lines.id)
    assert sum(one.raised for one in parts) == pytest.approx(whole.raised)


def test_the_deterministic_product_without_delay_says_20_5(town: Engine, catalogue: Catalogue) -> None:
    found = model(town, catalogue, BASE, AS_OF)
    told = expected(found, {"success": 0.6, "awarded_ratio": 2.5 / 3, "decision_days": 1e-3})
    assert told["raised"] == pytest.approx(20.5e6)
    assert expected(found)["raised"] == pytest.approx(19.5e6, abs=5e4)


@pytest.mark.parametrize("input", INPUTS)
def test_each_input_moves_the_expected_outcomes_between_its_quantiles(
    town: Engine, catalogue: Catalogue, input: str
) -> None:
    found = model(town, catalogue, BASE, AS_OF)
    low, high = (quantile(found, input, level) for level in (0.1, 0.9))
    assert low < quantile(found, input, 0.5) < high
    sides = [expected(found, {input: value}) for value in (low, high)]
    moved = "own_cost" if input in ("cost_overrun", "works_inflation") else "raised"
    assert (sides[0][moved] < sides[1][moved]) == (input != "decision_days")


def test_the_same_seed_draws_the_same_futures_under_a_scenario(town: Engine, catalogue: Catalogue) -> None:
    one = sample(model(town, catalogue, BASE, AS_OF), 500, seed=3)
    refused = from_text("awards_refused,partner_kind=region", AS_OF, catalogue.parameters)
    other = sample(model(town, catalogue, refused, AS_OF), 500, seed=3)
    assert one.outcomes["raised"] - other.outcomes["raised"] == pytest.approx(3.9e6)
    assert (one.inputs["success"] == other.inputs["success"]).all()
