"""Links: the lagged association against scipy and a brute-force effective size, on series whose lag is known."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from data.engine import Engine
from metrics import stored
from metrics.__main__ import main
from metrics.dates import month_ends
from metrics.definitions import Catalogue, Kpi, Link, Objective, Perspective, Scorecard
from metrics.links import associated, changes, effective_n, of_store, progress, read_links
from schemas.text import Text

WORDS = Text("x", "x")
DAYS = month_ends(date(2005, 1, 31), date(2014, 12, 31))


def kpi(id: str, objective: str, **more: object) -> Kpi:
    made = Kpi(id, f"{objective}.1", WORDS, objective, "n", "up", "monthly", target=10.0, floor=0.0)
    return replace(made, **more)  # type: ignore[arg-type]


def card(*kpis: Kpi, lag: int = 6) -> Catalogue:
    goals = tuple(Objective(code, WORDS) for code in dict.fromkeys(k.objective for k in kpis))
    links = (Link(goals[0].code, goals[1].code, lag),) if len(goals) > 1 else ()
    return Catalogue(
        Scorecard("x", WORDS, (Perspective("S", WORDS, goals),), links=links), {k.id: k for k in kpis}
    )


def walk(steps: np.ndarray) -> list[tuple[date, float | None]]:
    return list(zip(DAYS, map(float, np.cumsum(steps)), strict=True))


def moved(lag: int, sign: float, noise: float, seed: int = 7) -> dict[str, list[tuple[date, float | None]]]:
    """Two random walks: the effect's steps are the cause's ``lag`` months before, and noise."""
    made = np.random.default_rng(seed)
    cause = made.normal(size=len(DAYS))
    effect = noise * made.normal(size=len(DAYS))
    effect[lag:] += sign * cause[:-lag]
    return {"a": walk(cause), "b": walk(effect)}


def test_the_known_lag_is_found_and_others_are_not() -> None:
    kept = moved(6, 1.0, 0.5)
    found = {
        lag: read_links(card(kpi("a", "A"), kpi("b", "B"), lag=lag), kept, DAYS[-1])[0]
        for lag in range(1, 13)
    }
    assert found[6].verdict == "expected" and found[6].r is not None and found[6].r > 0.8
    assert max(found, key=lambda lag: found[lag].r or 0) == 6
    assert sum(link.verdict == "undecided" for lag, link in found.items() if lag != 6) >= 9


def test_a_contrary_link_says_so_and_a_kpi_to_bring_down_is_turned_round() -> None:
    kept = moved(3, -1.0, 0.5)
    assert read_links(card(kpi("a", "A"), kpi("b", "B"), lag=3), kept, DAYS[-1])[0].verdict == "contrary"
    down = kpi("b", "B", direction="down", target=0.0, floor=10.0)
    assert read_links(card(kpi("a", "A"), down, lag=3), kept, DAYS[-1])[0].verdict == "expected"


def test_two_walks_that_both_grow_are_not_associated() -> None:
    made = np.random.default_rng(3)
    kept = {name: walk(1.0 + 0.3 * made.normal(size=len(DAYS))) for name in ("a", "b")}
    levels = stats.pearsonr(*(np.array([v for _, v in kept[name]], dtype=float) for name in ("a", "b")))
    assert levels.statistic > 0.99
    assert read_links(card(kpi("a", "A"), kpi("b", "B")), kept, DAYS[-1])[0].verdict == "undecided"


def test_the_interval_is_scipy_s_where_nothing_is_autocorrelated() -> None:
    x = np.array([1.0, -1.0] * 10)
    y = np.array([0.1, 1.2, 0.7, 2.2, 1.5, 2.9, 2.6, 3.1, 3.9, 3.0] * 2) + np.arange(20) / 5
    r, low, high, n, effective = associated(x, y)
    assert (n, effective) == (20, 20.0)  # one swings, the other drifts: never more than there are
    oracle = stats.pearsonr(x, y)
    bounds = oracle.confidence_interval(0.95)
    assert (r, low, high) == pytest.approx((oracle.statistic, bounds.low, bounds.high))


def test_the_effective_size_is_the_formula_worked_out_term_by_term() -> None:
    made = np.random.default_rng(5)
    x, y = (np.convolve(made.normal(size=64), np.ones(5), "valid") for _ in range(2))
    n = len(x)

    def auto(z: np.ndarray, j: int) -> float:
        mean = sum(z) / n
        above = sum((z[t] - mean) * (z[t + j] - mean) for t in range(n - j))
        return float(n / (n - j) * above / sum((value - mean) ** 2 for value in z))

    inverse = 1 / n + 2 / n * sum((n - j) / n * auto(x, j) * auto(y, j) for j in range(1, n // 5 + 1))
    assert effective_n(x, y, np.arange(n)) == pytest.approx(min(n, 1 / inverse))
    assert effective_n(x, y, np.arange(n)) < 0.7 * n


def test_the_interval_covers_nothing_at_its_promised_rate_on_autocorrelated_series() -> None:
    made = np.random.default_rng(11)
    told = naive = 0
    for _ in range(400):
        x, y = (np.convolve(made.normal(size=84), np.ones(5), "valid") for _ in range(2))
        _, low, high, _, _ = associated(x, y)
        told += low is not None and high is not None and (low > 0 or high < 0)
        naive += stats.pearsonr(x, y).pvalue < 0.05
    assert naive / 400 > 0.2 and told / 400 < 0.11  # uncorrected, one in four is a false alarm


def test_under_twelve_effective_pairs_nothing_is_said() -> None:
    kept = moved(6, 1.0, 0.1)
    found = read_links(card(kpi("a", "A"), kpi("b", "B")), kept, DAYS[17])[0]
    assert found.verdict == "not_testable" and found.low is None and found.n == 11


def test_only_what_was_known_at_the_date_counts() -> None:
    kept, at = moved(6, 1.0, 0.5), DAYS[60]
    cut = {name: [pair for pair in pairs if pair[0] <= at] for name, pairs in kept.items()}
    both = card(kpi("a", "A"), kpi("b", "B"))
    assert read_links(both, kept, at) == read_links(both, cut, at)


def test_a_slower_kpi_is_left_out_and_the_mean_is_of_changes() -> None:
    fast, other, slow = kpi("f", "A"), kpi("g", "A", weight=3.0), kpi("s", "A", frequency="yearly")
    kept = {
        "f": [(DAYS[0], 0.0), (DAYS[1], 1.0), (DAYS[2], 3.0)],
        "g": [(DAYS[0], None), (DAYS[1], 10.0), (DAYS[2], 20.0)],
        "s": [(day, 5.0) for day in DAYS[:3]],
    }
    found = changes([fast, other], kept, 1, DAYS[2])
    assert list(found.values()) == pytest.approx([0.1, (1 * 0.2 + 3 * 1.0) / 4])  # no jump where g starts
    link = read_links(card(fast, slow, kpi("b", "B")), kept | {"b": kept["f"]}, DAYS[2])[0]
    assert link.cause_kpis == ("f",)


def test_progress_is_not_clipped() -> None:
    assert progress(kpi("a", "A"), 15.0) == 1.5 and progress(kpi("a", "A"), -5.0) == -0.5
    assert progress(kpi("a", "A", direction="down", target=60.0, floor=240.0), 60.0) == 1.0
    band = kpi("a", "A", direction="band", target=None, floor=None, band=(90.0, 110.0), limits=(70.0, 130.0))
    assert [progress(band, x) for x in (100.0, 120.0, 60.0)] == pytest.approx([1.0, 0.5, -0.5])
    assert progress(kpi("a", "A", direction="down", target=0.0, floor=0.0), 2.0) == -1.0


def test_the_town_s_fourteen_links(town: Engine, catalogue: Catalogue) -> None:
    found = of_store(town, catalogue, date(2015, 6, 30))
    assert len(found) == 14 == len(catalogue.scorecard.links)
    kept = stored.months(town)
    for link in found:
        if link.verdict == "not_testable":
            assert link.low is None and link.effective < 12
            continue
        x, y = np.array([pair[1] for pair in link.changes]), np.array([pair[2] for pair in link.changes])
        assert link.r == pytest.approx(stats.pearsonr(x, y).statistic) and link.n == len(x)
        assert set(link.cause_kpis) | set(link.effect_kpis) <= set(kept)
    by_name = {(link.cause, link.effect): link.verdict for link in found}
    assert by_name["F3", "F2"] == "not_testable"  # a dozen yearly budgets, none that ever moved


def test_the_command_prints_one_document(
    town_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    assert main(["links", "--json", "--as-of", "2015-06-30"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["as_of"] == "2015-06-30" and len(document["links"]) == 14
    assert {"cause", "effect", "lag", "r", "low", "high", "n", "verdict"} <= set(document["links"][0])
    assert main(["links", "--lang", "en"]) == 0
    assert "not testable yet" in capsys.readouterr().out
