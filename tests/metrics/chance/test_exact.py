"""Exact laws against closed forms, numerical integration and draws of the same model."""

import numpy as np
import pytest
from scipy import integrate, stats

from metrics.chance import costs, exact, laws, ratio
from metrics.chance.futures import exact_laws, of_model
from metrics.chance.model import Model
from metrics.chance.simulate import sample
from tests.metrics.chance.models import a_model

SHARE = stats.triang(0.75, 0.6, 0.4)


@pytest.mark.parametrize("corners", [(0.6, 0.9, 1.0), (0.7, 1.0, 1.0), (0.2, 0.2, 0.9)])
@pytest.mark.parametrize("t", [1e-4, 0.1, 0.3, 5.0, 80.0])
def test_the_wave_of_a_triangular_law(t: float, corners: tuple[float, float, float]) -> None:
    low, usual, high = corners
    law = stats.triang((usual - low) / (high - low), low, high - low)
    told = laws.triangular_wave(np.array([t]), low, usual, high)[0]
    real, imaginary = (
        integrate.quad(lambda x, f=f: f(t * x) * law.pdf(x), low, high, points=[usual], limit=400)[0]
        for f in (np.cos, np.sin)
    )
    assert told == pytest.approx(complex(real, imaginary), abs=1e-7)


def test_the_wave_of_an_overrun() -> None:
    law = stats.lognorm(np.log1p((0.15 / 1.05) ** 2) ** 0.5, scale=1.05 / np.sqrt(1 + (0.15 / 1.05) ** 2))
    assert (law.mean(), law.std()) == pytest.approx((1.05, 0.15))
    for u in (0.0, 3.0, 20.0):
        told = costs.overrun_wave(np.array([u]), 1.05, 0.15)[0]
        real = integrate.quad(lambda x, u=u: np.cos(u * (x - 1.05)) * law.pdf(x), 0.3, 3, limit=200)[0]
        assert told.real == pytest.approx(real, abs=1e-6)


@pytest.mark.parametrize("value", [0.3e6, 6.6e6, 8e6, 9.9e6, 10.8e6])
def test_one_request_by_hand(value: float) -> None:
    model = a_model([11e6])
    hit = 0.6 * float(model.lines.arrives[0])
    assert exact.awards(model).under(value) == pytest.approx(1 - hit * SHARE.sf(value / 11e6), abs=2e-5)


def test_two_requests_that_share_a_draw_by_quadrature() -> None:
    """Both won with E[p²], each alone with E[p] - E[p²]; the two parts integrated."""
    model = a_model([1e6, 1e6], success=(3.0, 2.0))
    arrives = float(model.lines.arrives[0])
    both = stats.beta(3, 2).moment(2) * arrives**2
    one = 2 * (0.6 * arrives - both)
    above = integrate.quad(lambda r: SHARE.pdf(r) * SHARE.sf(1.7 - r), 0.6, 1.0, points=[0.7, 0.8, 0.9])[0]
    law = exact.awards(model)
    assert 1 - law.under(1.7e6) == pytest.approx(both * above, abs=2e-5)
    assert 1 - law.under(0.8e6) == pytest.approx(both + one * SHARE.sf(0.8), abs=2e-5)


def uneven(n: int) -> list[float]:
    """Requests of every size."""
    return list(np.random.default_rng(n).lognormal(13.5, 0.8, n))


MODELS = {
    "eight equal": a_model([11e6 / 8] * 8),
    "one by one": a_model(uneven(6), shared="none"),
    "two a project": a_model(uneven(8), lines_a_project=2),
    "sixty": a_model(uneven(60), own=150_000.0),
}


@pytest.mark.parametrize("name", MODELS)
def test_exact_laws_and_draws_agree(name: str) -> None:
    model, draws = MODELS[name], 40_000
    drawn = sample(model, draws, seed=11).outcomes
    told = exact_laws(model)
    assert set(told) == set(drawn)
    for outcome, law in told.items():
        found = drawn[outcome]
        assert law.mean == pytest.approx(found.mean(), abs=5 * found.std() / draws**0.5)
        assert law.sd == pytest.approx(found.std(), rel=0.03)
        for level in (0.1, 0.5, 0.9):
            value = law.quantile(level)
            reached = (found <= value * (1 + 1e-9)).mean()
            assert law.under(value) - 0.011 < reached < law.under(value * (1 + 1e-9)) + 0.011


def test_equal_requests_and_unequal_ones_are_one_law() -> None:
    """Telling equal requests together changes nothing: eight that differ by a cent are the same law."""
    same, nearly = a_model([1e6] * 8), a_model([1e6 + k / 100 for k in range(8)])
    for value in (2.2e6, 4e6, 6.1e6):
        assert exact.awards(same).under(value) == pytest.approx(exact.awards(nearly).under(value), abs=1e-6)


def test_power_sums_are_the_product() -> None:
    model = a_model(uneven(80))
    part = exact.kept_parts(model, np.ones(80, dtype=bool))[0]
    t = np.linspace(1e-9, 2e-7, 9)
    turns = part.arrives * (exact.award_waves(t, part.amount, part.corners) - 1)
    direct = np.prod(1 + turns[:, None, :] * part.chance[None, :, :], axis=2)
    assert exact.product(turns, part.many, part.chance) == pytest.approx(direct, abs=1e-11)


def test_the_leverage_may_stay_where_it_is() -> None:
    """Nothing won: a point mass where the leverage stands, which counts as reached."""
    model = a_model([1e6], own=300_000.0)
    law = ratio.leverage(model)
    assert law is not None
    none = 1 - 0.6 * float(model.lines.arrives[0])
    assert law.reached(5.0) == pytest.approx(none, abs=1e-6)
    assert law.under(4.99) == pytest.approx(1 - none, abs=1e-6)
    assert law.under(15.8 / 3.3) == pytest.approx((1 - none) * SHARE.cdf(0.8), abs=1e-3)


def test_no_request_leaves_everything_as_it_is() -> None:
    """Certain refusals: what is raised and the leverage are points, costs alone are uncertain."""
    told = {
        one.outcome: one for one in of_model(refused(), {"raised": (15e6,), "leverage": (5.0,)}).distributions
    }
    assert told["raised"].mean == 15e6 and told["raised"].sd == 0
    assert told["raised"].targets == ((15e6, 1.0),) and told["leverage"].targets == ((5.0, 1.0),)
    assert told["own_cost"].sd > 0


def refused() -> Model:
    """Requests that are all refused for sure."""
    return a_model([1e6, 2e6], success=(0.0, 20.0))
