"""The people's KPIs written a second time, in pandas over the demo's CSV files, at past month ends and by directorate."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.engine import Engine
from metrics import compute, stored
from metrics.definitions import Catalogue
from tests.metrics.little import catalogue_of, little, reading

CSV = Path(__file__).resolve().parents[2] / "data" / "demo" / "csv"
DAYS = ["2012-12-31", "2013-10-31", "2014-03-31", "2014-12-31", "2015-03-31", "2015-05-31", "2015-06-30"]


@cache
def table(name: str) -> pd.DataFrame:
    """Return one of the demo's files, dates as dates."""
    frame = pd.read_csv(CSV / f"{name}.csv")
    dated = [column for column in frame.columns if column.endswith("_on") or column == "as_of"]
    return frame.assign(**{column: pd.to_datetime(frame[column]) for column in dated})


def staff(t: pd.Timestamp) -> pd.DataFrame:
    counts = table("staff")
    return counts[counts.as_of == counts.as_of[counts.as_of <= t].max()]


def sessions(t: pd.Timestamp, *kinds: str, of: str = "") -> pd.DataFrame:
    found = table("practice_sessions")
    found = found[(found.held_on <= t) & (found.kind.isin(kinds) if kinds else True)]
    return found[found.directorate == of] if of else found


def heads(t: pd.Timestamp, of: str = "") -> float:
    counts = staff(t)
    return float(counts[counts.directorate == of].headcount.sum() if of else counts.headcount.sum())


def _over(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


BEGUN = pd.Timestamp("2013-09-01")  # A7: the approach begins with its project group


def trials(t: pd.Timestamp, of: str = "") -> float | None:
    if t < BEGUN:
        return None
    held = sessions(t, "practice", of=of).held_on
    return float((held.dt.to_period("M") == t.to_period("M")).sum())


def participation_rate(t: pd.Timestamp, of: str = "") -> float | None:
    return _over(sessions(t, "practice", of=of).newcomers.sum(), heads(t, of))


def return_rate(t: pd.Timestamp, of: str = "") -> float | None:
    rows = sessions(t, "practice", of=of)
    return _over((rows.participants - rows.newcomers).sum(), rows.participants.sum())


def relevance_rate(t: pd.Timestamp, of: str = "") -> float | None:
    rows = sessions(t, "practice", of=of)
    return _over(rows.opinions_relevant.sum(), rows.opinions.sum())


def autonomous_adoption(t: pd.Timestamp, of: str = "") -> float | None:
    if t < BEGUN:
        return None
    rows = sessions(t, of=of)
    own = rows[~rows.is_run_by_team & (rows.held_on > t - pd.Timedelta(days=90))]
    known = set(staff(t).directorate) & ({of} if of else set(staff(t).directorate))
    return _over(len(set(own.directorate) & known), len(known))


def external_cost(t: pd.Timestamp, of: str = "") -> float | None:
    rows = sessions(t, of=of)
    return float(rows.external_cost_amount.sum()) if len(rows) else None


def mooc_completion(t: pd.Timestamp) -> float | None:
    rows = sessions(t, "mooc")
    return _over(rows.completed.sum(), rows.enrolled.sum())


def staff_reached(t: pd.Timestamp, of: str = "") -> float | None:
    return None if t < BEGUN else _over(sessions(t, of=of).newcomers.sum(), heads(t, of))


def group_representativeness(t: pd.Timestamp) -> float | None:
    if t < pd.Timestamp("2013-09-01"):
        return None
    counts = staff(t)
    likeness = []
    for column, members in (("sex", {"F": 4, "M": 4}), ("category", {"A": 3, "B": 2, "C": 3})):
        shares = counts.groupby(column).headcount.sum() / counts.headcount.sum()
        likeness.append(1 - sum(abs(n / 8 - shares[name]) for name, n in members.items()) / 2)
    return sum(likeness) / 2


def press_and_replications(t: pd.Timestamp) -> float | None:
    if t < BEGUN:
        return None
    done = table("milestones")[lambda rows: rows.is_done]
    recent = (done.happened_on > t - pd.DateOffset(years=1)) & (done.happened_on <= t)
    return float((done.kind.isin(["press", "replication"]) & recent).sum())


def open_resources(t: pd.Timestamp) -> float:
    done = table("milestones")[lambda rows: rows.is_done]
    return float(((done.kind == "open_data") & (done.happened_on <= t)).sum())


BY_DIRECTORATE: dict[str, Callable[..., float | None]] = {
    one.__name__: one
    for one in (
        *(trials, participation_rate, return_rate, relevance_rate, autonomous_adoption),
        *(external_cost, staff_reached),
    )
}
OF_THE_TOWN: dict[str, Callable[[pd.Timestamp], float | None]] = {
    one.__name__: one
    for one in (mooc_completion, group_representativeness, press_and_replications, open_resources)
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kpi", [*BY_DIRECTORATE, *OF_THE_TOWN])
def test_the_kept_reading_is_what_pandas_finds(
    kpi: str, day: str, town: Engine, catalogue: Catalogue
) -> None:
    found = stored.at(town, catalogue, date.fromisoformat(day))[kpi].value
    expected = (BY_DIRECTORATE.get(kpi) or OF_THE_TOWN[kpi])(pd.Timestamp(day))
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@pytest.mark.parametrize("kpi", BY_DIRECTORATE)
def test_so_it_is_for_every_directorate_and_within_a_month(
    kpi: str, town: Engine, catalogue: Catalogue
) -> None:
    days = [date(2014, 11, 17), date(2015, 5, 31), date(2015, 6, 18)]
    found = {
        (one.as_of, one.scope["lead_directorate"]): one.value
        for one in compute.readings(town, catalogue, [kpi], days, "lead_directorate")
    }
    for day in days:
        t = pd.Timestamp(day)
        for name in staff(t).directorate.unique():
            expected = BY_DIRECTORATE[kpi](t, name)
            if (day, name) not in found:
                assert not expected, name  # it held no session: nothing is told of it
            elif expected is None:
                assert found[day, name] is None, name
            else:
                assert found[day, name] == pytest.approx(expected, abs=1e-9), name


@pytest.mark.parametrize("kpi", ["trials", "autonomous_adoption", "staff_reached", "press_and_replications"])
def test_before_the_approach_began_its_counts_are_unknown(
    kpi: str, town: Engine, catalogue: Catalogue
) -> None:
    """Not 0 from 2006 on; kept and live, of the town and of its directorates; 0 is known from the first month."""
    before, after = date(2013, 8, 31), date(2013, 9, 30)
    for found in (
        stored.at(town, catalogue, before)[kpi],
        *compute.readings(town, catalogue, [kpi], [date(2008, 5, 12)]),
    ):
        assert (found.value, found.reason, found.status, found.score) == (None, "no_data", "unknown", None)
    if "lead_directorate" in catalogue.kpis[kpi].by:
        parts = compute.readings(town, catalogue, [kpi], [before], "lead_directorate")
        assert all(part.value is None for part in parts)
    assert stored.at(town, catalogue, after)[kpi].value is not None


def test_the_facts_of_the_sheets(town: Engine, catalogue: Catalogue) -> None:
    now = stored.at(town, catalogue, date(2015, 6, 30))
    relevant, course = now["relevance_rate"], now["mooc_completion"]
    assert (relevant.numerator, relevant.denominator, relevant.n, relevant.value) == (84, 84, 84, 1)
    assert relevant.low is not None and (round(100 * relevant.low, 1), relevant.high) == (95.7, 1)
    assert relevant.low == pytest.approx(0.025 ** (1 / 84))
    assert (course.numerator, course.denominator, course.n) == (61, 180, 180)
    assert course.value is not None and round(100 * course.value, 1) == 33.9
    assert now["external_cost"].value == 0 and now["levers_deployed"].value == 12
    assert now["press_and_replications"].value == 1 and now["open_resources"].value == 13
    group = now["group_representativeness"]
    assert group.n == 8 and group.value is not None and round(100 * group.value) == 76


def test_what_is_shown_beside(town: Engine, catalogue: Catalogue) -> None:
    t = pd.Timestamp("2015-06-30")
    now = {id: one.value for id, one in stored.at(town, catalogue, t.date()).items()}
    hours = sessions(t).hours.sum()
    assert (now["innovation_hours"], now["innovation_hours_cost"]) == (hours, 27 * hours)
    assert (now["project_group_size"], now["mooc_enrolled"]) == (8, 180)
    assert now["raised_per_euro_without_payroll"] == pytest.approx(15_000_000 / 213_000)
    assert now["leverage_total"] == now["leverage_awarded"] + 1 == 6
    assert now["effective_funders"] == pytest.approx(1 / now["funder_concentration"])
    projects = table("projects")
    opened = projects[(projects.opened_on <= t) & ~(projects.closed_on <= t)]
    assert now["portfolio_leverage"] == pytest.approx(15_000_000 / opened.own_funds_amount.sum())


def test_a_group_like_the_staff_scores_one_and_only_since_it_exists() -> None:
    people = [
        {"as_of": f"{year}-12-31", "directorate": "D", "category": category, "sex": sex, "headcount": heads}
        for year in (2012, 2013)
        for category, heads in (("A", 30), ("B", 20), ("C", 30))
        for sex in "FM"
    ]
    from metrics.definitions import load
    from metrics.folders import SHIPPED

    catalogue = load([SHIPPED])
    like = reading(little(staff=people), catalogue, "group_representativeness", "2014-06-30")
    assert (like.value, like.n) == (1, 8)
    before = reading(little(staff=people), catalogue, "group_representativeness", "2013-08-31")
    assert (before.value, before.reason) == (None, "no_data")


AUTONOMY = """
autonomy:
  code: A2.6
  label: {fr: Adoption autonome, en: Autonomous adoption}
  objective: A2
  from: autonomous_directorates
  sql: COUNT(*)
  period: {date: started_on, span: stock, until: lapsed_on}
  unit: n
  direction: up
  frequency: monthly
"""


def autonomous(*days: str, at: str, counts: tuple[str, ...] = ("2014-01-01",), gone: str = "") -> float:
    """Return how many directorates are autonomous after sessions that D ran by itself on these days."""
    held = [
        {
            "session_id": str(n),
            "kind": "practice",
            "held_on": day,
            "directorate": "D",
            "is_run_by_team": False,
        }
        for n, day in enumerate(days)
    ]
    seen = [
        {"as_of": day, "directorate": name, "category": "C", "sex": "F", "headcount": 9}
        for day in counts
        for name in ("D", "E")
        if not (name == "D" and day == gone)
    ]
    engine = little(practice_sessions=held, staff=seen)
    return float(reading(engine, catalogue_of(AUTONOMY), "autonomy", at).value or 0)


def test_a_session_of_ones_own_counts_ninety_days() -> None:
    assert autonomous("2015-03-02", at="2015-03-01") == 0
    assert autonomous("2015-03-02", at="2015-03-02") == 1
    assert autonomous("2015-03-02", at="2015-05-30") == 1  # day 89
    assert autonomous("2015-03-02", at="2015-05-31") == 0  # day 90


def test_sessions_that_follow_one_another_count_once() -> None:
    assert autonomous("2015-03-02", "2015-03-20", "2015-04-01", at="2015-04-15") == 1
    assert autonomous("2015-03-02", "2015-05-31", at="2015-05-31") == 1
    assert autonomous("2015-03-02", "2015-06-30", at="2015-06-15") == 0


def test_only_directorates_that_the_staff_counts_know() -> None:
    twice = ("2014-01-01", "2015-03-15")
    assert autonomous("2015-03-02", at="2015-03-20", counts=twice) == 1
    assert autonomous("2015-03-02", at="2015-03-20", counts=twice, gone="2015-03-15") == 0
    assert autonomous("2015-03-02", at="2015-03-10", counts=twice, gone="2015-03-15") == 1
    assert autonomous("2015-03-02", at="2015-03-10", counts=("2015-03-05",)) == 1


def test_sessions_of_which_it_is_not_known_are_left_out_of_both_sides() -> None:
    from metrics.definitions import load
    from metrics.folders import SHIPPED

    rows = [
        {"kind": "practice", "held_on": "2015-01-05", "participants": 10, "newcomers": 4},
        {"kind": "practice", "held_on": "2015-01-06", "participants": 30, "newcomers": None},
        {"kind": "practice", "held_on": "2015-01-07", "participants": 8, "opinions": 8},
        {"kind": "practice", "held_on": "2015-01-08", "opinions": 4, "opinions_relevant": 3},
        {"kind": "mooc", "held_on": "2015-01-08", "enrolled": 40, "completed": 10},
        {"kind": "mooc", "held_on": "2015-01-09", "enrolled": 60},
    ]
    engine = little(practice_sessions=[{"session_id": str(n), **row} for n, row in enumerate(rows)])
    found = {
        id: reading(engine, load([SHIPPED]), id, "2015-01-31").value
        for id in ("return_rate", "relevance_rate", "mooc_completion")
    }
    assert found == {"return_rate": 0.6, "relevance_rate": 0.75, "mooc_completion": 0.25}


def scores() -> pd.DataFrame:
    """Return the two scores of every answer, from its items."""
    answers = table("survey_answers")
    who5, qwl = ([f"{scale}_{item}" for item in range(1, n + 1)] for scale, n in (("who5", 5), ("qwl", 6)))
    answered = answers[qwl].notna().sum(axis=1)
    return answers.assign(
        who5=answers[who5].sum(axis=1, skipna=False) * 4,
        qwl=(100 * (answers[qwl].mean(axis=1) - 1) / 4).where(answered >= 3),
    )


def weighted(score: str, wave: str, day: str, catalogue: Catalogue) -> tuple[float, float, float, int]:
    """Weight each answer by hand: its stratum merged with the nearest of its group while it is sparse."""
    of = {d: group for group, names in catalogue.scorecard.directorate_groups.items() for d in names}
    scored = scores()
    # One base for all that a wave tells: every scale, and every attribute since too few leave one out to be a group.
    whole = scored[["who5", "qwl", "recommend", "directorate_group", "category", "sex"]].notna().all(axis=1)
    people = scored[(scored.wave == wave) & whole].copy()
    count = staff(pd.Timestamp(day)).assign(group=lambda rows: rows.directorate.map(of))
    for frame, group in ((people, people.directorate_group), (count, count.group)):
        frame["cell"] = group + "|" + frame.category + "|" + frame.sex
    for merge in MERGED[wave, score]:
        for frame in (people, count):
            frame.loc[frame.cell.isin(merge), "cell"] = merge[0]
    w = people.cell.map(count.groupby("cell").headcount.sum() / people.groupby("cell").size())
    w = w.clip(upper=3 * w.median())
    w = w.fillna(w.mean()).to_numpy()
    x = people[score].to_numpy(dtype=float)
    value, n = float(np.average(x, weights=w)), len(x)
    variance = float(np.average((x - value) ** 2, weights=w)) * n / (n - 1)
    size = {"2013-audit": 639, "2015": 640}[wave]
    half = 1.959963984540054 * (variance / (w.sum() ** 2 / (w**2).sum()) * (1 - n / size)) ** 0.5
    return value, value - half, value + half, n


TOWN_SIDE, OUTSIDE, PUBLIC = (
    "Ressources et pilotage",
    "Aménagement et cadre de vie",
    "Services à la population",
)
# Strata with fewer than five valid answers, each with the one it joins, read off the table of answers.
MANAGERS = [
    (f"{OUTSIDE}|A|M", f"{OUTSIDE}|A|F"),
    (f"{PUBLIC}|A|F", f"{PUBLIC}|A|M"),
]
MERGED = {
    ("2013-audit", "who5"): [*MANAGERS, (f"{TOWN_SIDE}|B|F", f"{TOWN_SIDE}|B|M")],
    ("2013-audit", "qwl"): [*MANAGERS, (f"{TOWN_SIDE}|B|F", f"{TOWN_SIDE}|B|M")],
    ("2015", "who5"): MANAGERS,
    ("2015", "qwl"): MANAGERS,
}


@pytest.mark.parametrize(
    ("wave", "held", "counted", "score", "kpi"),
    [
        (wave, held, counted, score, kpi)
        for wave, held, counted in (
            ("2013-audit", "2013-06-30", "2012-12-31"),
            ("2015", "2015-05-15", "2014-12-31"),
        )
        for score, kpi in (("who5", "wellbeing_who5"), ("qwl", "qwl_climate"))
    ],
)
def test_a_wave_is_its_answers_weighted_one_by_one_then_rounded(
    wave: str, held: str, counted: str, score: str, kpi: str, town: Engine, catalogue: Catalogue
) -> None:
    found = reading(town, catalogue, kpi, held)
    value, low, high, n = weighted(score, wave, counted, catalogue)
    assert (found.value, found.low, found.high) == (round(value, 1), round(low, 1), round(high, 1))
    assert (found.period, found.n) == (wave, 5 * ((n + 2) // 5))
    answered = {"2013-audit": 285, "2015": 350}[wave]
    assert found.coverage == round(answered / {"2013-audit": 639, "2015": 640}[wave], 2)


def test_a_wave_stands_from_its_day_until_the_next(town: Engine, catalogue: Catalogue) -> None:
    days = [date(2013, 6, 29), date(2013, 6, 30), date(2015, 5, 14), date(2015, 5, 15), date(2015, 6, 30)]
    found = compute.readings(town, catalogue, ["wellbeing_who5"], days)
    periods = [(one.period, one.reason) for one in found]
    audit, latest = ("2013-audit", None), ("2015", None)
    assert periods == [("2013", "no_data"), audit, audit, latest, latest]
    series = stored.series(town, catalogue, "wellbeing_who5")
    assert [(one.period, one.as_of) for one in series] == [
        ("2013-audit", date(2013, 6, 30)),
        ("2015", date(2015, 5, 31)),
    ]


def test_nobodys_answers_are_behind_a_survey_and_no_directorate_has_its_own(
    town: Engine, catalogue: Catalogue
) -> None:
    from metrics.rows import behind

    assert behind(town, catalogue, "wellbeing_who5", date(2015, 6, 30)).empty
    by = compute.readings(town, catalogue, ["wellbeing_who5"], [date(2015, 6, 30)], "lead_directorate")
    assert [(one.value, one.reason) for one in by] == [(None, "not_a_dimension")]
