"""Alpha against pingouin, omega against statsmodels' factor analysis, intervals against their formulas and the golden figures."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pingouin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.multivariate.factor import Factor

from metrics import likert, reliability
from metrics.scaleentry import parse
from metrics.scalescores import scored
from tests.shared import shared_file


def answers(seed: int, n: int = 200, k: int = 6, holes: float = 0.0) -> Any:
    """Return (n, k) answers 1..5 that share a common part, some left out."""
    draw = np.random.default_rng(seed)
    weights = draw.uniform(0.3, 1.2, k)
    raw = draw.normal(size=(n, 1)) * weights + draw.normal(size=(n, k)) * draw.uniform(0.5, 1.2, k)
    found = np.clip(np.round(3 + raw), 1, 5)
    found[draw.random((n, k)) < holes] = np.nan
    return found


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(30, 400), st.integers(3, 12))
def test_alpha_and_its_interval_are_pingouin_s(seed: int, n: int, k: int) -> None:
    matrix = answers(seed, n, k)
    found = reliability.alpha(matrix)
    value, limits = pingouin.cronbach_alpha(pd.DataFrame(matrix))
    assert found.value == pytest.approx(value, abs=1e-10)
    assert (found.low, found.high) == pytest.approx(
        tuple(limits), abs=5.1e-4
    )  # pingouin rounds to three places
    assert found.n == n


@pytest.mark.parametrize("seed", range(5))
def test_alpha_of_the_complete_answers_is_pingouin_s_listwise(seed: int) -> None:
    matrix = answers(seed, 300, 5, holes=0.1)
    whole = reliability.complete(matrix)
    found = reliability.alpha(whole)
    frame = pd.DataFrame(matrix)
    value, _ = pingouin.cronbach_alpha(frame, nan_policy="listwise")
    _, limits = pingouin.cronbach_alpha(
        frame.dropna()
    )  # its limits of a gapped frame count the gapped rows too
    assert found.n == len(whole) < 300
    assert found.value == pytest.approx(value, abs=1e-10)
    assert (found.low, found.high) == pytest.approx(tuple(limits), abs=5.1e-4)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("k", [3, 5, 9])
def test_omega_is_that_of_another_library_s_factor(seed: int, k: int) -> None:
    matrix = answers(seed, 400, k)
    fit = Factor(matrix, n_factor=1, method="ml").fit()
    loadings, left = np.abs(fit.loadings[:, 0]), fit.uniqueness
    standardized = loadings.sum() ** 2 / (loadings.sum() ** 2 + left.sum())
    sd = matrix.std(axis=0, ddof=1)
    value = (loadings * sd).sum() ** 2 / ((loadings * sd).sum() ** 2 + (left * sd**2).sum())
    found = reliability.omega(matrix)
    assert found is not None
    assert (found.standardized, found.value) == pytest.approx((standardized, value), abs=2e-4)


def test_one_factor_finds_the_loadings_that_made_the_correlations() -> None:
    made = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    correlations = np.outer(made, made)
    np.fill_diagonal(correlations, 1.0)
    assert reliability.one_factor(correlations) == pytest.approx(made, abs=1e-4)


def test_equal_items_have_omega_equal_to_alpha() -> None:
    """Parallel items: both are k r / (1 + (k - 1) r) (Spearman-Brown)."""
    r, k = 0.4, 6
    root = np.linalg.cholesky(np.full((k, k), r) + (1 - r) * np.eye(k))
    draw = np.random.default_rng(1).normal(size=(500, k))
    draw -= draw.mean(axis=0)
    white = draw @ np.linalg.inv(np.linalg.cholesky(np.cov(draw, rowvar=False))).T
    matrix = white @ root.T
    omega = reliability.omega(matrix)
    assert omega is not None
    assert (omega.value, reliability.alpha(matrix).value) == pytest.approx(
        (k * r / (1 + (k - 1) * r),) * 2, abs=1e-5
    )


def test_no_omega_of_items_that_say_the_same_or_never_vary() -> None:
    matrix = answers(1)
    matrix[:, 1] = matrix[:, 0]
    assert reliability.omega(matrix) is None
    matrix[:, 1] = 3
    assert reliability.omega(matrix) is None


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        (answers(1, k=2), "too_few_items"),
        (answers(1, n=29), "too_few_answers"),
        (np.full((40, 4), 3.0), "no_variance"),
        (answers(1, n=30, k=3), None),
    ],
)
def test_reliability_is_told_of_enough(matrix: Any, reason: str | None) -> None:
    assert reliability.why_none(matrix) == reason


def test_item_rest_is_the_correlation_with_the_others() -> None:
    frame = pd.DataFrame(answers(3))
    wanted = [frame[i].corr(frame.drop(columns=i).sum(axis=1)) for i in frame]
    assert reliability.item_rest(frame.to_numpy()) == pytest.approx(wanted)


def test_the_golden_net_score() -> None:
    """p = 0.32, d = 0.24, n = 352: +8 -/+ 7.8, of 640 people -/+ 5.2."""
    low, high = likert.net_limits(0.32, 0.24, 352)
    assert (low + high) / 2 == pytest.approx(0.08) and (high - low) / 2 == pytest.approx(0.078, abs=5e-4)
    low, high = likert.net_limits(0.32, 0.24, 352, 640)
    assert (high - low) / 2 == pytest.approx(0.052, abs=5e-4)


def test_the_golden_interval_of_a_mean() -> None:
    """N = 640, n = 352, s = 20: -/+ 2.09 becomes -/+ 1.40."""
    low, high = likert.mean_limits(55.0, 20.0, 352)
    assert (high - low) / 2 == pytest.approx(2.09, abs=5e-3)
    low, high = likert.mean_limits(55.0, 20.0, 352, 640)
    assert (high - low) / 2 == pytest.approx(1.40, abs=5e-3)


def test_no_spread_is_not_certainty() -> None:
    assert all(np.isnan(likert.mean_limits(5.0, 0.0, 10)))
    assert all(np.isnan(likert.net_limits(1.0, 0.0, 10)))
    assert np.isnan(likert.net_score(np.array([np.nan]), 9, 6).value)


def test_the_shared_survey_exactly() -> None:
    golden = json.loads(shared_file("data/survey/expected.json").read_text("utf-8"))
    frame = pd.read_csv(shared_file("data/survey/employee_survey.csv"))
    alphas = golden["own_computation"]["cronbach_alpha"]
    parts = {name: [code for code in frame if code.startswith(name)] for name in alphas}
    words = {"fr": "Enquête", "en": "Survey"}
    raw = {
        "id": "x",
        "label": words,
        "items": [*frame],
        "range": [1, 4],
        "scoring": "mean",
        "subscales": parts,
    }
    found = scored(parse(raw), frame.to_numpy(dtype=float))
    assert len(found.items) == golden["items"] and found.rows == golden["rows"]
    for item in golden["own_computation"]["items"]:
        told = found.items[item["item"]]
        counts = {f"{v:g}": n for v, n in zip(told.values, told.counts.tolist(), strict=True)}
        assert (told.n, counts) == (item["n"], item["counts"])
        assert round(told.mean, 6) == item["mean"]
    for name, value in alphas.items():
        told_alpha = found.subscales[name].alpha
        assert told_alpha is not None and round(told_alpha.value, 6) == value
