"""All prefixes at once say what each prefix alone says."""

from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics import prefixes, xmr

SERIES = st.lists(
    st.one_of(st.integers(-20, 20).map(lambda n: n / 4), st.just(float("nan"))), min_size=1, max_size=40
)


@settings(max_examples=150, deadline=None)
@given(SERIES, st.booleans(), st.booleans())
def test_each_prefix_says_what_it_says_alone(series: list[float], screen: bool, widened: bool) -> None:
    values = np.array(series)
    found = prefixes.moments(values, screen=screen, widened=widened)
    for end in range(1, len(values) + 1):
        part = values[:end]
        alone = xmr.chart(part, direction="up", screen=screen, widened=widened, cautious=True)
        lines = [alone.limits.mean, alone.limits.lower, alone.limits.upper]
        mine = [found.mean[end - 1], found.lower[end - 1], found.upper[end - 1]]
        assert mine == pytest.approx(lines, abs=1e-9, nan_ok=True)
        if not np.isnan(part[-1]):
            assert found.way[end - 1] == alone.points[-1].way, part


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 9).map(float), min_size=1, max_size=40))
def test_small_counts_too(series: list[float]) -> None:
    values = np.array(series)
    found = prefixes.moments(values, counts=lambda part, mean: mean < 10)
    for end in range(1, len(values) + 1):
        alone = xmr.chart(values[:end], direction="up", counts=lambda part: True, cautious=True)
        assert [found.lower[end - 1], found.upper[end - 1]] == pytest.approx(
            [alone.limits.lower, alone.limits.upper], abs=1e-9, nan_ok=True
        )
        assert found.way[end - 1] == alone.points[-1].way


def test_forty_kpis_of_thirteen_scopes_over_ten_years_cost_well_under_a_second() -> None:
    values = np.random.default_rng(3).normal(size=(520, 120))
    start = process_time()
    for row in values:
        prefixes.moments(row, widened=True)
    assert process_time() - start < 1.5  # 0.3 s on an idle core
