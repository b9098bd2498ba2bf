"""The practices' figures: recomputed with pandas from the demo's files, and summing up to the KPIs' readings."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy.stats import beta

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics import compute
from metrics.definitions import Catalogue
from metrics.ecosystem import Ecosystem, Practice, Uses, ecosystem
from metrics.reading import Reading
from schemas.practices import FIRST_PRACTICES, LEVERS
from tests.town import CSV

DATES = [date(2014, 3, 31), date(2014, 12, 31), date(2015, 5, 17), date(2015, 6, 30)]
END = date(2015, 6, 30)


def sessions(as_of: date, directorate: str = "") -> pd.DataFrame:
    """The demo's sessions up to a date, as a spreadsheet would hold them."""
    frame = pd.read_csv(CSV / "practice_sessions.csv", parse_dates=["held_on"])
    frame = frame[frame.held_on <= pd.Timestamp(as_of)]
    return frame[frame.directorate == directorate] if directorate else frame


def readings(
    town: Engine, catalogue: Catalogue, ids: list[str], day: date, name: str = ""
) -> dict[str, Reading]:
    found = compute.readings(town, catalogue, ids, [day], by="lead_directorate" if name else None)
    return {r.kpi: r for r in found if r.scope.get("lead_directorate", "") == name}


def total(found: Ecosystem, name: str) -> float:
    return sum(getattr(p.uses, name) or 0 for p in found.practices)


def test_twelve_practices_pull_twelve_levers_one_to_one(town: Engine, catalogue: Catalogue) -> None:
    found = ecosystem(town, catalogue, END)
    assert {(p.name, p.lever) for p in found.practices} == set(FIRST_PRACTICES)
    assert {p.lever for p in found.practices} == set(LEVERS)


@pytest.mark.parametrize("directorate", ["", "Éducation et enfance", "DADI"])
@pytest.mark.parametrize("day", DATES)
def test_sums_are_those_of_the_files(town: Engine, catalogue: Catalogue, day: date, directorate: str) -> None:
    frame = sessions(day, directorate)
    for practice in ecosystem(town, catalogue, day, directorate).practices:
        own, uses = frame[frame.practice == practice.practice], practice.uses
        assert uses.sessions == len(own)
        assert uses.participants == own.participants.sum()
        assert (uses.newcomers or 0) == own.newcomers.sum()
        assert (uses.hours or 0) == pytest.approx(own.hours.sum())
        assert (uses.external_cost or 0) == own.external_cost_amount.sum()
        assert (uses.opinions or 0) == own.opinions.sum()
        assert uses.last_held_on == (own.held_on.max().date() if len(own) else None)
        if own.participants.sum():
            assert uses.return_rate == pytest.approx(1 - own.newcomers.sum() / own.participants.sum())


@pytest.mark.parametrize("directorate", ["", "Éducation et enfance"])
@pytest.mark.parametrize("day", DATES[1:])
def test_practices_add_up_to_the_kpis(
    town: Engine, catalogue: Catalogue, day: date, directorate: str
) -> None:
    ids = ["participation_rate", "return_rate", "relevance_rate", "autonomous_adoption"]
    kpis = readings(town, catalogue, ids, day, directorate)
    found = ecosystem(town, catalogue, day, directorate)
    assert total(found, "newcomers") == kpis["participation_rate"].numerator
    assert total(found, "returning") / total(found, "counted") == pytest.approx(kpis["return_rate"].value)
    assert total(found, "counted") == kpis["return_rate"].n
    assert total(found, "relevant") / total(found, "opinions") == pytest.approx(kpis["relevance_rate"].value)
    assert total(found, "opinions") == kpis["relevance_rate"].n
    assert len(found.autonomous) == (kpis["autonomous_adoption"].numerator or 0)


@pytest.mark.parametrize("day", DATES)
def test_levers_in_use_are_the_kpi_s(town: Engine, catalogue: Catalogue, day: date) -> None:
    used = {p.lever for p in ecosystem(town, catalogue, day).practices if p.deployed_on}
    assert len(used) == readings(town, catalogue, ["levers_deployed"], day)["levers_deployed"].value


@pytest.mark.parametrize("day", [*DATES, date(2015, 6, 1) + timedelta(days=11)])
def test_directorates_alone_are_those_of_the_files(town: Engine, catalogue: Catalogue, day: date) -> None:
    frame = sessions(day)
    late = frame[
        (frame.held_on > pd.Timestamp(day - timedelta(days=90))) & ~frame.is_run_by_team.astype(bool)
    ]
    alone = late.dropna(subset=["directorate"]).groupby("directorate").size()
    found = ecosystem(town, catalogue, day)
    assert dict(found.autonomous) == alone.to_dict()
    for practice in found.practices:
        own = (
            late[late.practice == practice.practice]
            .dropna(subset=["directorate"])
            .groupby("directorate")
            .size()
        )
        assert dict(practice.autonomous) == own.to_dict()


def expected_state(row: Any, day: date, last: pd.Timestamp | None) -> str:
    t = pd.Timestamp(day)
    if row.deployed_on <= t:
        return "alive" if last is not None and (t - last).days < 90 else "deployed"
    return "validated" if row.validated_on <= t else "trialled" if row.trialled_on <= t else "imagined"


@pytest.mark.parametrize("day", [date(2013, 12, 31), *DATES])
def test_states_follow_the_dates(town: Engine, catalogue: Catalogue, day: date) -> None:
    steps = ["trialled_on", "validated_on", "deployed_on"]
    rows = pd.read_csv(CSV / "practices.csv", parse_dates=steps).set_index("practice")
    last = sessions(day).groupby("practice").held_on.max()
    for practice in ecosystem(town, catalogue, day).practices:
        state = expected_state(rows.loc[practice.practice], day, last.get(practice.practice))
        assert practice.state == state, practice.name
        assert all(when is None or when <= day for when in (practice.trialled_on, practice.validated_on))


def test_a_session_ninety_days_old_no_longer_keeps_alive(town: Engine, catalogue: Catalogue) -> None:
    last = ecosystem(town, catalogue, END).of("essais-libres")
    assert last is not None and last.state == "deployed" and last.last_on is not None
    for days, state in ((89, "alive"), (90, "deployed")):
        day = last.last_on + timedelta(days=days)
        found = ecosystem(town, catalogue, day).of("essais-libres")
        assert found is not None and found.state == state


def test_the_state_is_the_town_s_whatever_the_directorate(town: Engine, catalogue: Catalogue) -> None:
    whole = {p.practice: p.state for p in ecosystem(town, catalogue, END).practices}
    part = ecosystem(town, catalogue, END, "DADI")
    assert {p.practice: p.state for p in part.practices} == whole


@pytest.mark.parametrize(("relevant", "n"), [(10, 10), (84, 84), (7, 9), (0, 3)])
def test_opinions_have_their_exact_interval(relevant: int, n: int) -> None:
    found = Uses(opinions=n, relevant=relevant).relevance
    assert found is not None
    low = beta.ppf(0.025, relevant, n - relevant + 1) if relevant else 0.0
    high = beta.ppf(0.975, relevant + 1, n - relevant) if relevant < n else 1.0
    assert found == pytest.approx((relevant / n, low, high))
    if relevant == n:
        assert found[1] == pytest.approx(0.025 ** (1 / n))


def test_what_nobody_told_is_unknown() -> None:
    nothing = Uses()
    assert nothing.return_rate is None and nothing.relevance is None
    assert Uses(opinions=0, relevant=0).relevance is None
    bare = Practice("x", "x", "le temps", 2, "", None, None, None, None, False, nothing)
    assert bare.state == "imagined" and bare.since is None


def test_unknown_counts_are_left_out_and_scores_weigh_by_participants(
    own_town: Path, town: Engine, catalogue: Catalogue
) -> None:
    head = (CSV / "practice_sessions.csv").read_text("utf-8").splitlines()[0]
    rows = [
        "X1,practice,time-out,2015-06-26,Finances,false,10,,,,,,,,40,60",
        "X2,practice,time-out,2015-06-27,,true,30,4,5,3,2,100,,,50,70",
        "X3,practice,time-out,2015-06-28,,true,7,0,,,1,,,,80,",
    ]
    store = Store(own_town)
    done = store.import_files(local_actor(), [("practice_sessions.csv", "\n".join([head, *rows]).encode())])
    assert done.ok, done.errors
    old = ecosystem(town, catalogue, END).of("time-out")
    new = ecosystem(store.engine(local_actor()), catalogue, END).of("time-out")
    assert old is not None and new is not None
    before, after = old.uses, new.uses
    assert after.sessions == before.sessions + 3 and after.timed == before.timed + 2
    assert after.participants == before.participants + 47 and after.counted == (before.counted or 0) + 37
    assert after.returning == (before.returning or 0) + 33 and after.external_cost == 100
    assert after.priced == before.priced + 1 and after.relevant == (before.relevant or 0) + 3
    assert (after.scored, after.score_before, after.score_after) == (2, 47.5, 67.5)
    assert dict(new.autonomous)["Finances"] == 1 and new.last_on == date(2015, 6, 28)
