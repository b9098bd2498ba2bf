"""The KPIs of projects and plans a second time, by their definitions, in pandas over the demo's CSV files: town and directorates."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pandas as pd
import pytest

from data.engine import Engine
from metrics import stored
from metrics.compute import DIMENSION, readings
from metrics.definitions import Catalogue
from metrics.reading import Reading
from tests.metrics.test_pandas_oracle import REBASE, lines, open_files, table

DAYS = [  # month ends, and days within a month
    *("2007-06-30", "2008-12-31", "2011-03-17", "2012-06-30", "2012-12-31", "2013-11-12", "2014-09-30"),
    *("2014-12-31", "2015-02-28", "2015-04-10", "2015-06-15", "2015-06-30"),
]
LEAD = "lead_directorate"
Files = (
    pd.DataFrame
)  # one row per file: lead_directorate, over (what the numerator adds) and under (what the denominator does)


def year_before(t: pd.Timestamp) -> pd.Timestamp:
    """Return t - 12 months; of a month's end, a month's end."""
    moved = t - pd.DateOffset(years=1)
    return moved + pd.offsets.MonthEnd(0) if t.is_month_end else moved


def shares(frame: pd.DataFrame, over: pd.Series, under: object = 1) -> Files:
    return frame[[LEAD]].assign(over=over.astype(float), under=under)


def project_mode_share(t: pd.Timestamp) -> Files:
    files = open_files(t)
    return shares(files, files.has_charter & files.has_milestones & files.has_manager)


def cross_directorate_share(t: pd.Timestamp) -> Files:
    files = open_files(t)
    return shares(files, files.partner_directorates.fillna("").str.strip() != "")


def stays(t: pd.Timestamp) -> pd.DataFrame:
    """Return the stages' rows begun by t: days lasted, whether they ended, whether the file is still there."""
    found = table("stages").merge(table("projects"), on="project_id")
    found = found[found.entered_on <= t]
    out = found[["left_on", "closed_on"]].min(axis=1)
    out = out.where(out <= t)
    lost = (found.outcome == "abandoned") & (found.left_on.isna() | (found.left_on >= found.closed_on))
    days = (out.fillna(t) - found.entered_on).dt.days
    return found.assign(days=days, ended=out.notna() & ~lost, there=out.isna())


def usual_days(rows: pd.DataFrame) -> int | None:
    """Return the 85th percentile of Kaplan-Meier, in exact fractions; None where it is not reached."""
    still = Fraction(1)
    for days in sorted(rows.days.unique()):
        at_risk, ended = int((rows.days >= days).sum()), int(((rows.days == days) & rows.ended).sum())
        still *= 1 - Fraction(ended, at_risk)
        if ended and still <= Fraction(15, 100):
            return int(days)
    return None


def ageing_share(t: pd.Timestamp) -> Files:
    rows = stays(t)
    cohorts = rows[rows.entered_on > year_before(t)].groupby("stage")
    limits = {stage: usual_days(group) for stage, group in cohorts}
    old = rows[rows.there & (rows.days > rows.stage.map(limits).astype(float))]
    files = open_files(t)
    return shares(files, files.project_id.isin(old.project_id))


def directorates_supported(t: pd.Timestamp) -> Files:
    projects, staff = table("projects"), table("staff").assign(as_of=lambda rows: pd.to_datetime(rows.as_of))
    open_lately = (projects.opened_on <= t) & ~(projects.closed_on <= year_before(t))
    studied = projects[open_lately & projects.has_preliminary_study]
    names = set(studied.lead_directorate) | {
        name.strip() for cell in studied.partner_directorates.dropna() for name in cell.split(";")
    }
    known = staff[staff.as_of == staff.as_of[staff.as_of <= t].max()].directorate.drop_duplicates()
    return pd.DataFrame({LEAD: known, "over": known.isin(names).astype(float), "under": 1})


def lines_with_rules(t: pd.Timestamp) -> pd.DataFrame:
    """Return the living awarded lines with their programme's rule valid at the request, and their partner's sector."""
    rules = table("programmes").assign(valid_from=lambda rows: pd.to_datetime(rows.valid_from))
    found = lines(t).merge(table("partners")[["partner_id", "sector"]], on="partner_id", how="left")
    found = found.sort_values("requested_on")
    found = pd.merge_asof(
        found,
        rules[["programme", "valid_from", "is_public", "start_within_months"]].sort_values("valid_from"),
        left_on="requested_on",
        right_on="valid_from",
        by="programme",
    )
    return found.assign(is_public=found.is_public.fillna(found.sector == "public").astype(bool))


def compliant_plans(t: pd.Timestamp) -> Files:
    found = lines_with_rules(t)
    won = found[found.awarded_on >= REBASE].project_id.unique()
    public = found[found.is_public].groupby("project_id").awarded_amount.sum()
    plans = table("projects").set_index("project_id").loc[won]
    share = plans.own_funds_amount / (plans.own_funds_amount + public.reindex(won).fillna(0))
    return shares(plans, (share >= plans.min_own_share - 1e-9) | plans.has_derogation)


def grants_at_risk(t: pd.Timestamp, months: int | None = None) -> Files:
    """``months``: the rules' own delay replaced by that one."""
    found = lines_with_rules(t)
    delays = found.start_within_months if months is None else [months] * len(found)
    by_rule = [
        awarded + pd.DateOffset(months=int(delay))
        for awarded, delay in zip(found.awarded_on, delays, strict=True)
    ]
    deadline = found.start_deadline_on.fillna(pd.Series(by_rule, index=found.index, dtype="datetime64[us]"))
    waiting = ~(found.works_started_on <= t) & ~(found.closed_on <= t)
    risky = found[waiting & (deadline - pd.DateOffset(months=6) < t)]
    return risky[[LEAD]].assign(over=risky.awarded_amount, under=0)


ORACLES: dict[str, Callable[[pd.Timestamp], Files]] = {
    one.__name__: one
    for one in (
        *(project_mode_share, cross_directorate_share, ageing_share, directorates_supported),
        *(compliant_plans, grants_at_risk),
    )
}
Numbers = tuple[float, float | None]


def expected(kpi: str, files: Files) -> Numbers:
    return float(files.over.sum()), None if kpi == "grants_at_risk" else float(files.under.sum())


def told(reading: Reading) -> Numbers:
    return float(reading.numerator or 0), reading.denominator


@pytest.fixture(scope="module")
def town_readings(town: Engine, catalogue: Catalogue) -> dict[tuple[str, str], Reading]:
    found = readings(town, catalogue, list(ORACLES), [date.fromisoformat(day) for day in DAYS])
    return {(one.kpi, one.as_of.isoformat()): one for one in found}


@pytest.fixture(scope="module")
def parts(town: Engine, catalogue: Catalogue) -> dict[tuple[str, str], dict[str, Reading]]:
    found = readings(town, catalogue, list(ORACLES), [date.fromisoformat(day) for day in DAYS], DIMENSION)
    made: dict[tuple[str, str], dict[str, Reading]] = {}
    for one in found:
        made.setdefault((one.kpi, one.as_of.isoformat()), {})[str(one.scope[DIMENSION])] = one
    return made


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kpi", ORACLES)
def test_the_town_is_what_the_definition_gives(
    kpi: str, day: str, town_readings: dict[tuple[str, str], Reading]
) -> None:
    found = town_readings[kpi, day]
    over, under = expected(kpi, ORACLES[kpi](pd.Timestamp(day)))
    assert told(found) == (pytest.approx(over), under)
    assert found.value == (over if under is None else pytest.approx(over / under) if under else None)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kpi", ORACLES)
def test_each_directorate_is_what_the_definition_gives(
    kpi: str, day: str, parts: dict[tuple[str, str], dict[str, Reading]]
) -> None:
    frame = ORACLES[kpi](pd.Timestamp(day))
    wanted = {name: expected(kpi, files) for name, files in frame.groupby(LEAD)}
    found = {
        name: told(one)
        for name, one in parts.get((kpi, day), {}).items()
        if told(one) not in ((0, 0), (0, None))
    }
    wanted = {name: numbers for name, numbers in wanted.items() if numbers not in ((0, 0), (0, None))}
    assert found == {name: (pytest.approx(over), under) for name, (over, under) in wanted.items()}


@pytest.mark.parametrize("day", [day for day in DAYS if pd.Timestamp(day).is_month_end])
@pytest.mark.parametrize("kpi", ORACLES)
def test_what_is_kept_is_what_the_definition_gives(
    kpi: str, day: str, town: Engine, catalogue: Catalogue
) -> None:
    found = stored.at(town, catalogue, date.fromisoformat(day))[kpi]
    over, under = expected(kpi, ORACLES[kpi](pd.Timestamp(day)))
    assert told(found) == (pytest.approx(over), under)


@pytest.mark.parametrize("months", [5, 7, 9])
def test_shorter_delays_put_grants_at_risk(months: int, town: Engine, catalogue: Catalogue) -> None:
    """The demo's towns start their works in time: with rules that leave less time, they would not."""
    view = town.relations["plan_lines"]
    short = {"plan_lines": view.replace("CAST(r.start_within_months AS INTEGER)", str(months))}
    assert short["plan_lines"] != view
    days = [date.fromisoformat(day) for day in DAYS]
    found = readings(town, catalogue, ["grants_at_risk"], days, relations=short)
    wanted = [float(grants_at_risk(pd.Timestamp(day), months).over.sum()) for day in DAYS]
    assert [one.value for one in found] == [pytest.approx(amount) for amount in wanted]
    assert len(set(wanted)) >= 3


@pytest.mark.parametrize("kpi", [name for name in ORACLES if name != "grants_at_risk"])
def test_the_days_tell_different_things(kpi: str) -> None:
    assert len({expected(kpi, ORACLES[kpi](pd.Timestamp(day))) for day in DAYS}) >= 3


def test_two_of_thirty_appraisals_are_ageing(town: Engine, catalogue: Catalogue) -> None:
    """Their stage's 85th percentile is 111 days; suspended files would have their own."""
    found = readings(town, catalogue, ["ageing_share"], [date(2015, 6, 30)], "stage")
    stages = {one.scope["stage"]: told(one) for one in found}
    assert stages == {"appraisal": (2, 30), "financing": (0, 24), "contracting": (5, 14), "works": (0, 32)}
    limits = stays(pd.Timestamp("2015-06-30")).query("stage == 'appraisal' and entered_on > '2014-06-30'")
    assert usual_days(limits) == 111
