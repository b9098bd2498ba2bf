"""What changed between two moments: KPIs that signal or have another status, ranked, told once, kept."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

import metrics
from data.engine import Engine
from metrics import moment
from metrics.changing import KINDS, State, changes
from metrics.definitions import Catalogue
from metrics.reading import UNJUDGED, Reading
from metrics.signals import method_of
from metrics.states import readings

MAY, JUNE = date(2015, 5, 31), date(2015, 6, 30)


@pytest.fixture
def at(town: Engine, catalogue: Catalogue) -> Callable[..., State]:
    """A moment of the demo town."""
    return lambda day=JUNE, scope="", **more: State(town, catalogue, day, scope, **more)


def test_statuses_and_signals_are_those_of_the_readings(at: Callable[..., State]) -> None:
    since, until = at(MAY), at()
    old, now = readings(since), readings(until)
    both = [id for id in until.catalogue.kpis if not {old[id].reason, now[id].reason} & set(UNJUDGED)]
    flips = {id for id in both if old[id].status != now[id].status}
    signals = {id for id in both if now[id].variation in ("improvement", "concern")}
    found = {c.kpi: c for c in changes(since, until) if c.kind in ("signal", "status")}
    assert set(found) == flips | signals and len(flips) > 5 and len(signals) > 2
    assert {id for id, one in found.items() if one.kind == "signal"} == signals
    assert {id for id, one in found.items() if "status" in one.says} == flips
    for id, one in found.items():
        assert (one.now, one.then) == (now[id], old[id])
        assert one.is_new == (id in flips or now[id].variation != old[id].variation)
        assert not one.is_noise or (now[id].variation == "stable" and charted(until, id))


def charted(state: State, kpi: str) -> bool:
    return method_of(state.catalogue.kpis[kpi])[0] != "increment"


def test_a_concern_that_stood_and_has_grown_is_news(at: Callable[..., State]) -> None:
    found = {one.kpi: one for one in changes(at(MAY), at()) if one.kind == "signal"}
    share = found["secured_share"]
    assert share.now and share.then and share.now.value and share.then.value
    assert share.now.variation == share.then.variation == "concern" and share.now.value < share.then.value
    assert share.is_news and not share.is_new and share.as_json()["is_news"] is True
    assert changes(at(MAY), at())[0] is share
    good = found["partners_joined"]  # an improvement that goes on is none
    assert good.tone == "good" and not good.is_new and not good.is_news
    assert not [one for one in changes(at(), at()) if one.is_news]


def test_a_day_within_a_month_has_the_signal_of_the_month_end_before(
    at: Callable[..., State], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sealed week keeps readings of its own day, of no whole period: what was said in May is not new in June."""
    day, last, kept = date(2015, 6, 22), readings(at(MAY)), moment.series
    own = moment.readings(at().engine, at().catalogue, day)

    def sealed(
        engine: Engine, catalogue: Catalogue, kpi: str, scope: str, until: date
    ) -> tuple[Reading, ...]:
        return *kept(engine, catalogue, kpi, scope, until), own[kpi]

    monkeypatch.setattr("metrics.moment.dates", lambda engine: (day, MAY))
    monkeypatch.setattr("metrics.moment.readings", lambda *_: own)
    monkeypatch.setattr("metrics.moment.series", sealed)
    found = readings(at(day, today=date(2015, 6, 23)))
    assert own["secured_share"].variation is None
    assert found["secured_share"].variation == last["secured_share"].variation == "concern"


def test_a_new_level_is_no_noise_however_stable_it_is(at: Callable[..., State]) -> None:
    found = {one.key: one for one in changes(at(date(2014, 8, 31)), at())}
    days = found["status:appraisal_median_days"]
    assert days.now is not None and days.now.variation == "stable" and not days.is_noise
    assert days.facts["broke_on"] == date(2014, 9, 1)
    within = {one.key: one for one in changes(at(MAY), at())}["status:throughput"]
    assert within.is_noise and within.facts["broke_on"] is None


def test_a_kpi_is_told_once_and_noise_last(at: Callable[..., State]) -> None:
    found = changes(at(MAY), at())
    kpis = [one.kpi for one in found if one.kind in ("signal", "status", "value")]
    assert len(kpis) == len(set(kpis)) and len({one.key for one in found}) == len(found)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    assert [one.is_noise for one in found] == sorted(one.is_noise for one in found)
    (flipped,) = (one for one in found if one.is_noise)
    assert flipped.key == "status:throughput" and found[-1] is flipped


def test_keys_kinds_and_tones(at: Callable[..., State]) -> None:
    for one in changes(at(MAY), at()):
        assert (
            one.key.startswith(f"{one.kind}:")
            and one.kind in KINDS
            and one.tone in ("bad", "good", "neutral")
        )
        assert one.as_json()["key"] == one.key


def test_what_is_unjudged_is_not_compared(at: Callable[..., State]) -> None:
    since, until = at(MAY), at()
    assert readings(since)["new_partners"].reason == "running"
    assert not [one for one in changes(since, until) if one.kpi == "new_partners"]


@pytest.mark.parametrize("day", [date(2014, 12, 31), MAY, JUNE, date(2015, 6, 17)])
def test_a_moment_compared_with_itself_has_nothing_new(at: Callable[..., State], day: date) -> None:
    assert not [one.key for one in changes(at(day), at(day)) if one.is_new]


def test_a_status_that_flips_between_two_dates_flips_on_the_way(at: Callable[..., State]) -> None:
    days = [date(2015, 3, 31), date(2015, 4, 30), MAY]

    def flipped(since: date, until: date) -> set[str]:
        return {one.kpi for one in changes(at(since), at(until)) if "status" in one.says}

    assert flipped(days[0], days[2]) <= flipped(days[0], days[1]) | flipped(days[1], days[2])


def test_the_wrong_order_is_refused(at: Callable[..., State]) -> None:
    with pytest.raises(ValueError, match="earlier"):
        changes(at(JUNE), at(MAY))
    with pytest.raises(ValueError, match="scope"):
        changes(at(MAY, "DADI"), at())


def test_an_answer_is_kept_for_its_pair(at: Callable[..., State]) -> None:
    assert changes(at(MAY), at()) is changes(at(MAY), at())
    assert changes(at(MAY), at()) is not changes(at(MAY, today=JUNE), at())
    assert metrics.changes(at(MAY), at()) is changes(at(MAY), at())


def test_goals_in_force_are_no_other_definition(at: Callable[..., State]) -> None:
    from metrics.goals import read_goals

    plain = at()
    in_force = replace(plain, catalogue=read_goals(plain.engine).in_force(plain.catalogue, JUNE))
    assert in_force.catalogue is not plain.catalogue and readings(in_force) == readings(plain)


def test_dates_are_those_of_the_environment_s_store(
    town_path: object, at: Callable[..., State], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    told = metrics.changes(MAY, "2015-06-30")
    assert [one.key for one in told] == [one.key for one in changes(at(MAY), at())]
    with pytest.raises(ValueError, match="month"):
        metrics.changes("2015-13-01", JUNE)


def test_the_command_tells_the_list(
    town_path: object,
    at: Callable[..., State],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import json

    from metrics.__main__ import main

    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    assert main(["changes", "2015-05-31", "2015-06-30", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["since"] == {"as_of": "2015-05-31", "week": None}
    assert [one["key"] for one in document["changes"]] == [one.key for one in changes(at(MAY), at())]
    assert main(["changes", "2015-05-31", "2015-06-30"]) == 0
    assert "~ status:throughput" in capsys.readouterr().out
    assert main(["changes", "hier", "2015-06-30", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["changes"] == []
    assert main(["changes", "2015-06-30", "2015-05-31"]) == 2
