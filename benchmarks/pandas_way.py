"""The same KPIs in pandas, as an analyst writes them: frames in memory, a loop over month ends, masks and groupby."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

NATURES = ("grant", "partner_contribution", "participation", "sponsorship")
REBASE = pd.Timestamp("2014-09-01")
Frames = Mapping[str, pd.DataFrame]
Row = tuple[str, pd.Timestamp, str, float, float, float, float]
NOTHING = float("nan")
BEGUN = pd.Timestamp("2013-09-01")  # the approach: its counts are unknown before


def readings(frames: Frames, days: Sequence[pd.Timestamp]) -> pd.DataFrame:
    """Return kpi, as_of, scope, value, numerator, denominator and n at each day, for the town and by directorate."""
    lines, files, appraisals = _lines(frames), frames["projects"], _appraisals(frames)
    refused, stays, ruled = _refused(frames), _stays(frames), _ruled(lines, frames["programmes"])
    events, studied = _events(frames), _studied(files)
    rows: list[Row] = []
    for day in days:
        rows += _leverage(lines, day)
        rows += _portfolio(files, lines, frames["staff"], day)
        rows += _appraised(appraisals, day)
        rows += _budget(lines, frames["budgets"], day)
        rows += _counts(frames, day)
        rows += _decided(lines, refused, day)
        rows += _modes(files, stays, day)
        rows += _partners(events, frames["partners"], day)
        rows += _supported(studied, frames["staff"], day)
        rows += _plans(ruled, day)
        rows += _sessions(frames["practice_sessions"], frames["staff"], day)
        rows += _told(frames["milestones"], frames["staff"], day)
    return pd.DataFrame(rows, columns=["kpi", "as_of", "scope", "value", "numerator", "denominator", "n"])


def _lines(frames: Frames) -> pd.DataFrame:
    projects = frames["projects"][
        [
            "project_id",
            "lead_directorate",
            "own_funds_amount",
            "total_cost_amount",
            "opened_on",
            "closed_on",
            "project_owner",
            "works_started_on",
            "min_own_share",
            "has_derogation",
        ]
    ]
    lines = (
        frames["financings"]
        .merge(projects, on="project_id")
        .merge(frames["partners"][["partner_id", "kind", "sector"]], on="partner_id", how="left")
    )
    owned = lines["project_owner"].fillna("city") == "city"
    return lines[lines["nature"].isin(NATURES) & owned & lines["awarded_on"].notna()]


def _refused(frames: Frames) -> pd.DataFrame:
    projects = frames["projects"][["project_id", "lead_directorate", "project_owner"]]
    lines = frames["financings"].merge(projects, on="project_id")
    owned = lines["project_owner"].fillna("city") == "city"
    decided = (lines["refused_on"] >= REBASE) & lines["awarded_on"].isna()
    return lines[lines["nature"].isin(NATURES) & owned & decided]


def _stays(frames: Frames) -> pd.DataFrame:
    columns = ["project_id", "lead_directorate", "opened_on", "closed_on", "outcome"]
    stays = frames["stages"].merge(frames["projects"][columns], on="project_id")
    lost = (stays["outcome"] == "abandoned") & ~(stays["left_on"] < stays["closed_on"])
    stays["entered_on"] = stays[["entered_on", "opened_on"]].max(axis=1)
    return stays.assign(out_on=stays[["left_on", "closed_on"]].min(axis=1), ends=~lost)


def _ruled(lines: pd.DataFrame, programmes: pd.DataFrame) -> pd.DataFrame:
    """Return the awarded lines with what their programme's rule, valid at the request, says."""
    rules = programmes[["programme", "valid_from", "is_public", "start_within_months"]].sort_values(
        "valid_from"
    )
    found = pd.merge_asof(
        lines.sort_values("requested_on"),
        rules,
        left_on="requested_on",
        right_on="valid_from",
        by="programme",
    )
    months = found["start_within_months"]
    deadline = found["start_deadline_on"].copy()
    for number in months.dropna().unique():
        here = deadline.isna() & (months == number)
        deadline[here] = found.loc[here, "awarded_on"] + pd.DateOffset(months=int(number))
    public = found["is_public"].where(found["is_public"].notna(), found["sector"] == "public")
    return found.assign(is_public=public.astype(bool), risky_on=deadline - pd.DateOffset(months=6))


def _events(frames: Frames) -> pd.DataFrame:
    lines = frames["financings"]
    paid = frames["payments"].merge(lines[["financing_id", "partner_id"]], on="financing_id")
    dated = [(frames["interactions"], "held_on"), (paid, "paid_on")]
    dated += [(lines, name) for name in ("requested_on", "awarded_on", "contracted_on")]
    parts = [frame[["partner_id", name]].set_axis(["partner_id", "on"], axis=1) for frame, name in dated]
    events = pd.concat(parts).dropna()
    return events.merge(frames["partners"][["partner_id", "joined_on"]], on="partner_id")


def _studied(files: pd.DataFrame) -> pd.DataFrame:
    studied = files[files["has_preliminary_study"].fillna(False).astype(bool)]
    more = studied.assign(directorate=studied["partner_directorates"].str.split(";")).explode("directorate")
    both = pd.concat([studied.assign(directorate=studied["lead_directorate"]), more])
    return both.assign(directorate=both["directorate"].str.strip())[["directorate", "opened_on", "closed_on"]]


def _year_before(day: pd.Timestamp) -> pd.Timestamp:
    return day - pd.DateOffset(months=12) + pd.offsets.MonthEnd(0)


def _decided(lines: pd.DataFrame, refused: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    live = lines["cancelled_on"].isna() | (lines["cancelled_on"] > day)
    won = lines[(lines["awarded_on"] >= REBASE) & (lines["awarded_on"] <= day) & live]
    live = refused["cancelled_on"].isna() | (refused["cancelled_on"] > day)
    lost = refused[(refused["refused_on"] <= day) & live].groupby("lead_directorate")["requested_amount"]
    sums, counts = lost.sum(), lost.count()
    for scope, part in _parts(won):
        over = part["awarded_amount"].sum()
        under = over + (sums.sum() if scope == "" else sums.get(scope, 0.0))
        n = len(part) + (counts.sum() if scope == "" else counts.get(scope, 0))
        yield "success_rate", day, scope, _ratio(over, under), over, under, n
    for scope in set(sums.index) - set(won["lead_directorate"]):
        yield "success_rate", day, scope, 0.0, 0.0, sums[scope], counts[scope]


def _usual(stays: pd.DataFrame, day: pd.Timestamp) -> float:
    """Return the stage's 85th percentile of Kaplan-Meier, NaN where it is not reached."""
    ended = ((stays["out_on"] <= day) & stays["ends"]).to_numpy()
    t = (stays["out_on"].fillna(day).clip(upper=day) - stays["entered_on"]).dt.days.to_numpy()
    times, place = np.unique(t, return_inverse=True)
    done = np.bincount(place, weights=ended, minlength=len(times))
    risk = np.bincount(place, minlength=len(times))[::-1].cumsum()[::-1]
    under = np.flatnonzero((np.cumprod(1 - done / risk) <= 0.15 + 1e-9) & (done > 0))
    return times[under[0]] if len(under) else NOTHING


def _modes(files: pd.DataFrame, stays: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    here = files[(files["opened_on"] <= day) & (files["closed_on"].isna() | (files["closed_on"] > day))]
    begun = stays["entered_on"] <= day
    cohort = stays[begun & (stays["entered_on"] > _year_before(day))]
    usual = {stage: _usual(part, day) for stage, part in cohort.groupby("stage")}
    there = stays[begun & (stays["out_on"].isna() | (stays["out_on"] > day))]
    slow = (day - there["entered_on"]).dt.days > there["stage"].map(usual)
    old = there[slow].groupby("lead_directorate").size()
    flags = here[["has_charter", "has_milestones", "has_manager"]].astype("boolean")
    mode = flags.all(axis=1, skipna=False) if flags.isna().any(axis=None) else flags.all(axis=1)
    whole = here.assign(
        mode=mode.astype("boolean"), crossed=here["partner_directorates"].fillna("").str.strip() != ""
    )
    for scope, part in _parts(whole):
        n = len(part)
        ageing = int(old.sum() if scope == "" else old.get(scope, 0))
        yield "ageing_share", day, scope, _ratio(ageing, n), ageing, n, n
        over, told = part["mode"].sum(), part["mode"].count()
        yield "project_mode_share", day, scope, _ratio(over, told), over, told, told
        crossed = part["crossed"].sum()
        yield "cross_directorate_share", day, scope, _ratio(crossed, n), crossed, n, n


def _partners(events: pd.DataFrame, partners: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    joined = int((partners["joined_on"] <= day).sum())
    active, before = _active(events, day), _active(events, _year_before(day))
    yield "active_partner_share", day, "", _ratio(len(active), joined), len(active), joined, joined
    kept = len(np.intersect1d(active, before, assume_unique=True))
    yield "partner_retention", day, "", _ratio(kept, len(before)), kept, len(before), len(before)
    recent = (partners["joined_on"] <= day) & (partners["joined_on"] >= day.to_period("Q").start_time)
    yield "new_partners", day, "", recent.sum(), recent.sum(), NOTHING, recent.sum()


def _active(events: pd.DataFrame, day: pd.Timestamp) -> np.ndarray:
    lately = (events["on"] > _year_before(day)) & (events["on"] <= day) & (events["joined_on"] <= day)
    return events.loc[lately, "partner_id"].unique()


def _supported(studied: pd.DataFrame, staff: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    lately = (studied["opened_on"] <= day) & ~(studied["closed_on"] <= _year_before(day))
    names = set(studied.loc[lately, "directorate"])
    known = staff.loc[
        staff["as_of"] == staff.loc[staff["as_of"] <= day, "as_of"].max(), "directorate"
    ].unique()
    over = sum(name in names for name in known)
    yield "directorates_supported", day, "", _ratio(over, len(known)), over, len(known), over
    for name in known:
        yes = float(name in names)
        yield "directorates_supported", day, name, yes, yes, 1, yes


def _plans(lines: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    live = (lines["cancelled_on"].isna() | (lines["cancelled_on"] > day)) & (lines["awarded_on"] <= day)
    won = lines[live & (lines["awarded_on"] >= REBASE)].drop_duplicates("project_id")
    public = lines[live & lines["is_public"]].groupby("project_id")["awarded_amount"].sum()
    asked = won["min_own_share"].fillna(0.2) * (
        won["own_funds_amount"] + public.reindex(won["project_id"]).fillna(0).to_numpy()
    )
    good = (asked.round(2) <= won["own_funds_amount"]) | won["has_derogation"].fillna(False).astype(bool)
    told = won.assign(good=good)[won["own_funds_amount"].notna() | good]
    for scope, part in _parts(told):
        yield (
            "compliant_plans",
            day,
            scope,
            _ratio(part["good"].sum(), len(part)),
            part["good"].sum(),
            len(part),
            len(part),
        )
    waiting = ~(lines["works_started_on"] <= day) & ~(lines["closed_on"] <= day)
    for scope, part in _parts(lines[live & waiting & (lines["risky_on"] < day)]):
        total = part["awarded_amount"].sum()
        yield "grants_at_risk", day, scope, total, total, NOTHING, len(part)


def _appraisals(frames: Frames) -> pd.DataFrame:
    stages = frames["stages"].sort_values(["project_id", "entered_on"])
    after = stages.groupby("project_id")["stage"].shift(-1)
    appraisal = stages[stages["stage"] == "appraisal"]
    decided = (
        appraisal[(after[appraisal.index] != "suspended").to_numpy()].groupby("project_id")["left_on"].min()
    )
    moved = (
        stages[stages["stage"].isin(["financing", "contracting", "works"])]
        .groupby("project_id")["entered_on"]
        .min()
    )
    found = pd.DataFrame({"opened_on": appraisal.groupby("project_id")["entered_on"].min()})
    found = found.join(decided.rename("left_on")).join(moved.rename("moved_on"))
    found = found.join(
        frames["projects"].set_index("project_id")[["lead_directorate", "outcome", "closed_on"]]
    )
    lost = found["moved_on"].isna() & (found["outcome"] == "abandoned")
    found["decided_on"] = found["left_on"].fillna(found["moved_on"]).where(~lost)
    found["ended_on"] = found[["left_on", "closed_on"]].min(axis=1).where(lost)
    return found


def _parts(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", frame
    yield from frame.groupby("lead_directorate")


def _ratio(over: float, under: float) -> float:
    return over / under if under else NOTHING


def _leverage(lines: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    live = lines["cancelled_on"].isna() | (lines["cancelled_on"] > day)
    won = lines[(lines["awarded_on"] >= REBASE) & (lines["awarded_on"] <= day) & live]
    for scope, part in _parts(won):
        known = part[part["own_funds_amount"].notna()]
        plans = known.drop_duplicates("project_id")
        over, under = known["awarded_amount"].sum(), plans["own_funds_amount"].sum()
        yield "leverage_awarded", day, scope, _ratio(over, under), over, under, len(plans)
        total = part["awarded_amount"].sum()
        yield "cofinancing_raised", day, scope, total, total, NOTHING, len(part)
        squares = (part.groupby("kind")["awarded_amount"].sum() ** 2).sum()
        yield (
            "funder_concentration",
            day,
            scope,
            _ratio(squares, total * total),
            squares,
            total * total,
            len(part),
        )


def _portfolio(
    files: pd.DataFrame, lines: pd.DataFrame, staff: pd.DataFrame, day: pd.Timestamp
) -> Iterator[Row]:
    here = files[(files["opened_on"] <= day) & (files["closed_on"].isna() | (files["closed_on"] > day))]
    live = (lines["cancelled_on"].isna() | (lines["cancelled_on"] > day)) & (lines["awarded_on"] <= day)
    there = (lines["opened_on"] <= day) & (lines["closed_on"].isna() | (lines["closed_on"] > day))
    known = lines["own_funds_amount"].notna() & lines["total_cost_amount"].notna()
    awarded = lines[live & there & known].groupby("lead_directorate")["awarded_amount"].sum()
    counted = staff.loc[staff["as_of"] <= day, "as_of"].max()
    managers = staff[
        (staff["as_of"] == counted) & (staff["directorate"] == "DADI") & (staff["category"] == "A")
    ]
    for scope, part in _parts(here):
        both = part[part["own_funds_amount"].notna() & part["total_cost_amount"].notna()]
        over = both["own_funds_amount"].sum() + (awarded.sum() if scope == "" else awarded.get(scope, 0.0))
        under = both["total_cost_amount"].sum()
        yield "secured_share", day, scope, _ratio(over, under), over, under, len(part)
        yield "active_files", day, scope, len(part), len(part), NOTHING, len(part)
    fte = managers["fte"].sum() or NOTHING
    yield "files_per_manager", day, "", len(here) / fte, len(here), fte, len(here)


def _curve(part: pd.DataFrame, day: pd.Timestamp) -> tuple[float, float]:
    """Return the median and S(110), NaN where they are not reached."""
    seen = part["ended_on"].fillna(day).clip(upper=day)
    ended = (part["decided_on"] <= seen).to_numpy()
    t = (part["decided_on"].where(ended, seen) - part["opened_on"]).dt.days.to_numpy()
    times, place = np.unique(t, return_inverse=True)
    done = np.bincount(place, weights=ended, minlength=len(times))
    risk = np.bincount(place, minlength=len(times))[::-1].cumsum()[::-1]
    s = np.cumprod(1 - done / risk)
    under = np.flatnonzero((s <= 0.5 + 1e-9) & (done > 0))
    followed = times[-1] >= 110 or s[-1] <= 1e-9
    before = np.searchsorted(times, 110, side="right") - 1
    still = (s[before] if before >= 0 else 1.0) if followed else NOTHING
    return (times[under[0]] if len(under) else NOTHING), still


def _appraised(appraisals: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    opened, decided = appraisals["opened_on"], appraisals["decided_on"]
    start = day - pd.DateOffset(months=12) + pd.offsets.MonthEnd(0)
    rolling = appraisals[(opened > start) & (opened <= day)]
    cohort = appraisals[(opened >= "2012-01-01") & (opened <= "2012-12-31") & (opened <= day)]
    medians, sizes = {}, {}
    for scope, part in _parts(rolling):
        (medians[scope], still), sizes[scope] = _curve(part, day), len(part)
        yield "appraisal_median_days", day, scope, medians[scope], NOTHING, NOTHING, len(part)
        yield "appraised_within_110_days", day, scope, 1 - still, NOTHING, NOTHING, len(part)
    for scope, part in _parts(cohort) if len(cohort) else ():
        base, now = _curve(part, day)[0], medians.get(scope, NOTHING)
        yield (
            "appraisal_reduction_factor",
            day,
            scope,
            base / now,
            base,
            now,
            min(len(part), sizes.get(scope, 0)),
        )
    month = appraisals[(decided >= day.replace(day=1)) & (decided <= day)]
    for scope, part in _parts(month):
        yield "throughput", day, scope, len(part), len(part), NOTHING, len(part)


def _capacity(lines: pd.DataFrame, budgets: pd.DataFrame, day: pd.Timestamp) -> tuple[float, int]:
    year = budgets[budgets["year"] == day.year]
    live = (lines["cancelled_on"].isna() | (lines["cancelled_on"] > day)) & (lines["awarded_on"] <= day)
    awards = lines[live & (lines["awarded_on"] >= day.replace(month=1, day=1))]
    if year.empty:
        return NOTHING, len(awards)
    b = year.iloc[0]
    price = b.price_index / budgets.loc[budgets["year"] == 2013, "price_index"].iloc[0]
    own = b.operating_revenue_amount - b.operating_expenditure_amount - b.loan_repayment_amount
    own += b.own_investment_receipts_amount + b.fctva_amount + b.new_loan_amount
    return (own + awards["awarded_amount"].sum()) / price, len(awards)


def _budget(lines: pd.DataFrame, budgets: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    now, n = _capacity(lines, budgets, day)
    then, _ = _capacity(lines, budgets, pd.Timestamp("2013-12-31"))
    yield (
        "investment_capacity_index",
        day,
        "",
        now / then if day >= pd.Timestamp("2013-12-31") else NOTHING,
        now,
        then,
        n,
    )
    year = budgets[budgets["year"] == day.year]
    if len(year):
        b, base = year.iloc[0], budgets[budgets["year"] == 2013].iloc[0]
        savings = b.operating_revenue_amount - b.operating_expenditure_amount
        yield (
            "debt_payback_years",
            day,
            "",
            b.outstanding_debt_amount / savings,
            b.outstanding_debt_amount,
            savings,
            1,
        )
        voted, before = b.dadi_voted_amount / b.price_index, base.dadi_voted_amount / base.price_index
        gap = max(abs(b.dadi_fte - base.dadi_fte) / base.dadi_fte, abs(voted - before) / before)
        yield "constant_means_gap", day, "", gap, NOTHING, NOTHING, 1
    start = day - pd.DateOffset(months=12) + pd.offsets.MonthEnd(0)
    live = (lines["cancelled_on"].isna() | (lines["cancelled_on"] > day)) & (lines["awarded_on"] <= day)
    raised = lines[live & (lines["awarded_on"] > start)]
    cost = _cost(budgets, start, day)
    yield (
        "raised_per_operating_euro",
        day,
        "",
        _ratio(raised["awarded_amount"].sum(), cost),
        raised["awarded_amount"].sum(),
        cost,
        len(raised),
    )


def _cost(budgets: pd.DataFrame, start: pd.Timestamp, day: pd.Timestamp) -> float:
    spread = pd.Series(pd.date_range(start + pd.Timedelta(days=1), day)).dt.year.value_counts()
    total = 0.0
    for year, days in spread.items():
        found = budgets[budgets["year"] == year]
        if found.empty:
            return NOTHING
        b = found.iloc[0]
        credits = b.dadi_voted_amount if pd.isna(b.dadi_spent_amount) else b.dadi_spent_amount
        total += (
            (credits + b.dadi_payroll_amount)
            * days
            / (366 if pd.Timestamp(year=int(year), month=1, day=1).is_leap_year else 365)
        )
    return total


def _counts(frames: Frames, day: pd.Timestamp) -> Iterator[Row]:
    joined = int((frames["partners"]["joined_on"] <= day).sum())
    yield "partners_joined", day, "", joined, joined, NOTHING, joined
    used = frames["practices"][frames["practices"]["deployed_on"] <= day]
    yield "levers_deployed", day, "", used["lever"].nunique(), NOTHING, NOTHING, len(used)


def _latest(staff: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    return staff[staff["as_of"] == staff.loc[staff["as_of"] <= day, "as_of"].max()]


def _by_directorate(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "", frame
    yield from frame.groupby("directorate")


def _sessions(sessions: pd.DataFrame, staff: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    now = _latest(staff, day)
    heads = now.groupby("directorate")["headcount"].sum()
    held = sessions[sessions["held_on"] <= day]
    for scope, part in _by_directorate(held):
        head = float(heads.sum() if scope == "" else heads.get(scope, NOTHING))
        uses = part[part["kind"] == "practice"]
        trials = int((uses["held_on"] >= day.replace(day=1)).sum())
        if day >= BEGUN:
            yield "trials", day, scope, trials, trials, NOTHING, trials
        came = uses["newcomers"].sum()
        yield "participation_rate", day, scope, came / head, came, head, len(uses)
        counted = uses[uses["newcomers"].notna()]
        seats, returned = (
            counted["participants"].sum(),
            (counted["participants"] - counted["newcomers"]).sum(),
        )
        yield "return_rate", day, scope, _ratio(returned, seats), returned, seats, seats
        said = uses[uses["opinions"].notna() & uses["opinions_relevant"].notna()]
        opinions, relevant = said["opinions"].sum(), said["opinions_relevant"].sum()
        yield "relevance_rate", day, scope, _ratio(relevant, opinions), relevant, opinions, opinions
        cost, reached = part["external_cost_amount"].sum(), part["newcomers"].sum()
        cost = cost if len(part) else NOTHING  # no session, no cost known
        yield "external_cost", day, scope, cost, cost, NOTHING, len(part)
        if day >= BEGUN:
            yield "staff_reached", day, scope, reached / head, reached, head, len(part)
    course = held[(held["kind"] == "mooc") & held["completed"].notna() & held["enrolled"].notna()]
    over, under = course["completed"].sum(), course["enrolled"].sum()
    yield "mooc_completion", day, "", _ratio(over, under), over, under, under
    alone = held[
        ~held["is_run_by_team"].fillna(True).astype(bool) & (held["held_on"] > day - pd.Timedelta(days=90))
    ]
    names = set(alone["directorate"].dropna())
    yes = sum(name in names for name in heads.index)
    if day >= BEGUN:
        yield "autonomous_adoption", day, "", _ratio(yes, len(heads)), yes, len(heads), yes
    for name in heads.index:
        own = float(name in names)
        if day >= BEGUN:
            yield "autonomous_adoption", day, name, own, own, 1, own


GROUP = {
    "F": 0.5,
    "M": 0.5,
    "A": 3 / 8,
    "B": 2 / 8,
    "C": 3 / 8,
}  # the shares of the group of eight, since 2013-09-01


def _told(milestones: pd.DataFrame, staff: pd.DataFrame, day: pd.Timestamp) -> Iterator[Row]:
    done = milestones[milestones["is_done"].fillna(False).astype(bool) & (milestones["happened_on"] <= day)]
    lately = done[done["happened_on"] > _year_before(day)]
    press = int(lately["kind"].isin(["press", "replication"]).sum())
    if day >= BEGUN:
        yield "press_and_replications", day, "", press, press, NOTHING, press
    shared = int((done["kind"] == "open_data").sum())
    yield "open_resources", day, "", shared, shared, NOTHING, shared
    if day >= pd.Timestamp("2013-09-01"):
        now = _latest(staff, day)
        heads = pd.concat([now.groupby(column)["headcount"].sum() for column in ("sex", "category")])
        share = heads / now["headcount"].sum()
        like = 1 - sum(abs(GROUP[name] - share.get(name, 0.0)) for name in GROUP) / 4
        yield "group_representativeness", day, "", like, NOTHING, NOTHING, 8
