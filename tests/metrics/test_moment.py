"""What every KPI is worth at a date: kept where it holds, else computed; the same either way."""

from dataclasses import replace
from datetime import date

import pytest

from data.engine import Engine
from metrics import moment, ranking
from metrics.claims import headline, is_kept
from metrics.compute import DIMENSION
from metrics.definitions import Catalogue
from metrics.stored import scopes_at

JUNE = date(2015, 6, 30)


def test_kept_and_live_readings_are_the_same(town: Engine, catalogue: Catalogue) -> None:
    kept = moment.readings(town, catalogue, JUNE)
    edited = replace(catalogue.kpis["active_files"], target=99.0)
    other = replace(catalogue, kpis={**catalogue.kpis, "active_files": edited})
    live = moment.readings(town, other, JUNE)["active_files"]
    assert not moment.is_kept(town, other, "active_files") and moment.is_kept(town, catalogue, "active_files")
    assert (live.value, live.n) == (kept["active_files"].value, kept["active_files"].n)
    assert live.target == 99.0 != kept["active_files"].target


def test_a_date_without_readings_is_computed(town: Engine, catalogue: Catalogue) -> None:
    found = moment.readings(town, catalogue, date(2015, 6, 15))
    assert found.keys() == catalogue.every.keys()
    assert {reading.as_of for reading in found.values()} == {date(2015, 6, 15)}


def test_a_scope_is_one_directorate_s(town: Engine, catalogue: Catalogue) -> None:
    scope = scopes_at(town, JUNE)[0]
    for day in (JUNE, date(2015, 6, 15)):
        found = moment.readings(town, catalogue, day, scope)
        assert found and {reading.scope[DIMENSION] for reading in found.values()} == {scope}
        assert all(r.status == "unknown" for r in found.values() if r.reason == "few")
        assert any(r.reason == "few" for r in found.values())


def test_a_series_ends_at_the_date(town: Engine, catalogue: Catalogue) -> None:
    until = date(2015, 3, 31)
    found = moment.series(town, catalogue, "active_files", until=until)
    days = [reading.as_of for reading in found]
    assert days == sorted(days) and days[-1] == until
    assert len(moment.series(town, catalogue, "active_files")) == len(found) + 3
    assert moment.series(town, catalogue, "no_such_kpi") == ()


def test_the_date_before(town: Engine) -> None:
    assert moment.before(town, JUNE) == date(2015, 5, 31)
    assert moment.before(town, date(2015, 6, 15)) == date(2015, 5, 31)
    assert moment.before(town, moment.dates(town)[-1]) is None


def test_the_best_and_the_worst_share_nothing(town: Engine, catalogue: Catalogue) -> None:
    pairs = ranking.scored(catalogue, moment.readings(town, catalogue, JUNE))
    best, worst = ranking.best(pairs), ranking.worst(pairs)
    assert len(best) == 5 and 0 < len(worst) <= 5
    assert not {kpi.id for kpi, _ in best} & {kpi.id for kpi, _ in worst}
    scores = [reading.score or 0 for _, reading in pairs]
    assert scores == sorted(scores, reverse=True)
    assert min(reading.score or 0 for _, reading in best) >= max(reading.score or 0 for _, reading in worst)


@pytest.mark.parametrize("count", [0, 1, 5, 6])
def test_few_are_not_told_twice(town: Engine, catalogue: Catalogue, count: int) -> None:
    pairs = ranking.scored(catalogue, moment.readings(town, catalogue, JUNE))
    last = pairs[len(pairs) - count :]
    best, worst = ranking.best(last), ranking.worst(last)
    assert len(best) == (count if count <= 5 else 3) and len(worst) == (0 if count <= 5 else 3)


def test_a_claim_is_true_by_the_catalogue_s_own_target(town: Engine, catalogue: Catalogue) -> None:
    found = moment.readings(town, catalogue, JUNE)
    assert [kpi.id for kpi in headline(catalogue)] == list(catalogue.scorecard.headline)
    own = catalogue.kpis["active_files"]
    assert is_kept(own, found["active_files"])
    assert not is_kept(
        own, replace(found["active_files"], value=50.0)
    )  # a lower target was decided: still not true
    bare = replace(catalogue, scorecard=replace(catalogue.scorecard, headline=()))
    assert headline(bare) == list(catalogue.kpis.values())[:6]
