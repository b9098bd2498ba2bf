"""The quick draws are those of the same model: against the exact laws, and against the plain draws where there is none."""

from dataclasses import replace

import numpy as np
import pytest

from metrics.chance import fast
from metrics.chance.futures import exact_laws, of_model
from metrics.chance.model import Model
from metrics.chance.simulate import sample
from tests.metrics.chance.models import a_model


def uneven(n: int) -> list[float]:
    """Requests of every size."""
    return list(np.random.default_rng(n).lognormal(13.5, 0.8, n))


def crossed() -> Model:
    """Plans of two requests that hang on different draws: their leverage has no exact law."""
    model = a_model(uneven(8), lines_a_project=2)
    lines = replace(model.lines, draw=np.arange(8) % 2)
    return replace(model, lines=lines, draws=("one", "two"), shared="programme")


MODELS = {
    "sixty": a_model(uneven(60)),
    "one by one": a_model(uneven(45), shared="none"),
    "two a project": a_model(uneven(40), lines_a_project=2),
}


@pytest.mark.parametrize("name", MODELS)
def test_quick_draws_follow_the_exact_laws(name: str) -> None:
    drawn, told = fast.outcomes(MODELS[name], 30_000), exact_laws(MODELS[name])
    assert set(drawn) == set(told)
    for outcome, law in told.items():
        assert drawn[outcome].mean() == pytest.approx(law.mean, abs=4 * law.sd / 30_000**0.5)
        for level in (0.1, 0.5, 0.9):
            assert (drawn[outcome] <= law.quantile(level)).mean() == pytest.approx(level, abs=0.012)


def test_what_has_no_exact_law_is_drawn() -> None:
    model = crossed()
    told = of_model(model, {}, draws=30_000).of("leverage")
    plain = sample(model, 30_000).outcomes["leverage"]
    assert told is not None and told.method == "simulated"
    assert told.mean == pytest.approx(plain.mean(), abs=5 * plain.std() / 30_000**0.5)
    assert told.sd == pytest.approx(plain.std(), rel=0.03)
    assert told.error == pytest.approx(told.sd / 30_000**0.5)


def test_a_request_keeps_its_draws_when_another_comes_in() -> None:
    few, more = a_model(uneven(8)), a_model([*uneven(8), 2e6])
    gains = fast.outcomes(more, 2000)["raised"] - fast.outcomes(few, 2000)["raised"]
    assert gains.min() > -1.0 and (gains < 1).mean() == pytest.approx(1 - 0.6 * 0.804, abs=0.04)
