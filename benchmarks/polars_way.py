"""The same KPIs in polars: frames in memory, a loop over month ends, filters and group_by. Rows as in ``pandas_way``."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
import polars as pl
from pandas_way import GROUP, NATURES, NOTHING

Frames = Mapping[str, pl.DataFrame]
Row = tuple[str, date, str, float, float, float, float]
REBASE, BASELINE = date(2014, 9, 1), date(2013, 12, 31)
BEGUN = date(2013, 9, 1)  # the approach: its counts are unknown before
LEAD = "lead_directorate"
C = pl.col


def readings(frames: Frames, days: Sequence[date]) -> pd.DataFrame:
    """Return kpi, as_of, scope, value, numerator, denominator and n at each day, for the town and by directorate."""
    made = _Made(frames)
    rows = [row for day in days for row in made.at(day)]
    return pd.DataFrame(rows, columns=["kpi", "as_of", "scope", "value", "numerator", "denominator", "n"])


def frames_of(frames: Mapping[str, pd.DataFrame]) -> Frames:
    """Return pandas frames as polars ones, timestamps as dates."""
    found = {name: pl.from_pandas(frame) for name, frame in frames.items()}
    return {name: frame.with_columns(pl.selectors.datetime().cast(pl.Date)) for name, frame in found.items()}


def year_before(day: date) -> date:
    """Return the month's end twelve months before a month's end."""
    return date(day.year - 1, day.month, monthrange(day.year - 1, day.month)[1])


def ratio(over: float, under: float) -> float:
    return over / under if under and over is not None else NOTHING


def alive(start: str, end: str, day: date) -> pl.Expr:
    return (C(start) <= day) & (C(end).is_null() | (C(end) > day))


def summed(frame: pl.DataFrame, by: str = LEAD, **aggregates: pl.Expr) -> Iterator[tuple[str, dict]]:
    """Yield the aggregates of the town, then of each part that has a name."""
    items = [value.alias(name) for name, value in aggregates.items()]
    yield "", frame.select(items).row(0, named=True)
    for row in frame.filter(C(by).is_not_null()).group_by(by).agg(items).iter_rows(named=True):
        yield row[by], row


def curve(opened: np.ndarray, out: np.ndarray, ends: np.ndarray, day: date) -> tuple[np.ndarray, ...]:
    """Return Kaplan-Meier's times, S after each, and how many ended; ``out`` is NaT while a row is there."""
    t = np.datetime64(day, "D")
    gone = out <= t
    days = (np.where(gone, out, t) - opened).astype("timedelta64[D]").astype(np.int64)
    times, place = np.unique(days, return_inverse=True)
    done = np.bincount(place, weights=gone & ends, minlength=len(times))
    risk = np.bincount(place, minlength=len(times))[::-1].cumsum()[::-1]
    return times, np.cumprod(1 - done / risk), done


def quantile(found: tuple[np.ndarray, ...], q: float) -> float:
    times, s, done = found
    under = np.flatnonzero((s <= 1 - q + 1e-9) & (done > 0))
    return float(times[under[0]]) if len(under) else NOTHING


def still(found: tuple[np.ndarray, ...], days: int) -> float:
    times, s, _ = found
    if times[-1] < days and s[-1] > 1e-9:
        return NOTHING
    place = int(np.searchsorted(times, days, side="right")) - 1
    return float(s[place]) if place >= 0 else 1.0


class _Made:
    """What does not depend on the day, made once for all of them."""

    def __init__(self, frames: Frames) -> None:
        self.frames, self.files = frames, frames["projects"]
        named = self.files.select(
            *("project_id", LEAD, "own_funds_amount", "total_cost_amount", "opened_on", "closed_on"),
            *("project_owner", "works_started_on", "min_own_share", "has_derogation"),
        )
        lines = frames["financings"].join(named, on="project_id")
        lines = lines.join(
            frames["partners"].select("partner_id", "kind", "sector"), on="partner_id", how="left"
        )
        city = C("nature").is_in(NATURES) & (C("project_owner").fill_null("city") == "city")
        lines = lines.filter(city)
        self.refused = lines.filter((C("refused_on") >= REBASE) & C("awarded_on").is_null())
        self.lines = lines.filter(C("awarded_on").is_not_null())
        self.won = self.lines.filter(C("awarded_on") >= REBASE)
        self.ruled, self.appraisals, self.stays = self._ruled(), self._appraisals(), self._stays()
        self.events, self.studied, self.budget = (
            self._events(),
            self._studied(),
            frames["budgets"].to_pandas().set_index("year"),
        )

    def _ruled(self) -> pl.DataFrame:
        rules = self.frames["programmes"].select(
            "programme", "valid_from", C("is_public").alias("ruled"), "start_within_months"
        )
        found = self.lines.sort("requested_on").join_asof(
            rules.sort("valid_from"),
            left_on="requested_on",
            right_on="valid_from",
            by="programme",
            check_sortedness=False,
        )
        months = pl.format("{}mo", C("start_within_months").cast(pl.Int64))
        deadline = C("start_deadline_on").fill_null(C("awarded_on").dt.offset_by(months))
        return found.with_columns(
            C("ruled").cast(pl.Boolean).fill_null(C("sector") == "public").alias("is_public"),
            deadline.dt.offset_by("-6mo").alias("risky_on"),
        )

    def _appraisals(self) -> pl.DataFrame:
        stages = self.frames["stages"].sort("project_id", "entered_on")
        stages = stages.with_columns(C("stage").shift(-1).over("project_id").alias("after"))
        first = C("stage") == "appraisal"
        found = stages.group_by("project_id").agg(
            C("entered_on").filter(first).min().alias("begun_on"),
            C("left_on").filter(first & (C("after").fill_null("") != "suspended")).min(),
            C("entered_on")
            .filter(C("stage").is_in(["financing", "contracting", "works"]))
            .min()
            .alias("moved_on"),
        )
        found = found.filter(C("begun_on").is_not_null()).join(
            self.files.select("project_id", LEAD, "outcome", "closed_on"), on="project_id"
        )
        lost = C("moved_on").is_null() & (C("outcome") == "abandoned").fill_null(False)
        return found.with_columns(
            pl.when(~lost).then(C("left_on").fill_null(C("moved_on"))).alias("decided_on"),
            pl.when(lost).then(pl.min_horizontal("left_on", "closed_on")).alias("ended_on"),
        ).with_columns(pl.min_horizontal("decided_on", "ended_on").alias("out_on"))

    def _stays(self) -> pl.DataFrame:
        named = self.files.select("project_id", LEAD, "opened_on", "closed_on", "outcome")
        stays = self.frames["stages"].join(named, on="project_id")
        lost = (C("outcome") == "abandoned") & (C("left_on").is_null() | (C("left_on") >= C("closed_on")))
        return stays.with_columns(
            pl.max_horizontal("entered_on", "opened_on").alias("entered_on"),
            pl.min_horizontal("left_on", "closed_on").alias("out_on"),
            (~lost.fill_null(False)).alias("ends"),
        )

    def _events(self) -> pl.DataFrame:
        lines = self.frames["financings"]
        paid = self.frames["payments"].join(lines.select("financing_id", "partner_id"), on="financing_id")
        dated = [(self.frames["interactions"], "held_on"), (paid, "paid_on")]
        dated += [(lines, name) for name in ("requested_on", "awarded_on", "contracted_on")]
        events = pl.concat(
            [frame.select("partner_id", C(name).alias("on")) for frame, name in dated]
        ).drop_nulls()
        return events.join(self.frames["partners"].select("partner_id", "joined_on"), on="partner_id")

    def _studied(self) -> pl.DataFrame:
        studied = self.files.filter(C("has_preliminary_study").cast(pl.Boolean).fill_null(False))
        more = studied.select(
            C("partner_directorates").str.split(";").alias("directorate"), "opened_on", "closed_on"
        )
        both = [
            studied.select(C(LEAD).alias("directorate"), "opened_on", "closed_on"),
            more.explode("directorate"),
        ]
        return pl.concat(both).with_columns(C("directorate").str.strip_chars())

    def at(self, day: date) -> Iterator[Row]:
        """Yield every reading of one day."""
        parts = (self._leverage, self._portfolio, self._appraised, self._budget, self._partners, self._plans)
        for part in (*parts, self._supported, self._sessions, self._told):
            yield from part(day)

    def _leverage(self, day: date) -> Iterator[Row]:
        won = self.won.filter(alive("awarded_on", "cancelled_on", day))
        known = C("own_funds_amount").is_not_null()
        once = known & C("project_id").is_first_distinct()
        lost = self.refused.filter(alive("refused_on", "cancelled_on", day))
        no = dict(summed(lost, asked=C("requested_amount").sum(), n=pl.len()))
        squares = dict(
            summed(
                won.group_by(LEAD, "kind").agg(C("awarded_amount").sum()), v=(C("awarded_amount") ** 2).sum()
            )
        )
        town = (
            won.group_by("kind")
            .agg(C("awarded_amount").sum())
            .select((C("awarded_amount") ** 2).sum())
            .item()
        )
        sums = summed(
            won,
            a=C("awarded_amount").sum(),
            matched=C("awarded_amount").filter(known).sum(),
            n=pl.len(),
            own=C("own_funds_amount").filter(once).sum(),
            plans=once.sum(),
        )
        named = set()
        for scope, row in sums:
            a, over = row["a"], town if scope == "" else squares[scope]["v"]
            yield (
                "leverage_awarded",
                day,
                scope,
                ratio(row["matched"], row["own"]),
                row["matched"],
                row["own"],
                row["plans"],
            )
            yield "cofinancing_raised", day, scope, a, a, NOTHING, row["n"]
            yield "funder_concentration", day, scope, ratio(over, a * a), over, a * a, row["n"]
            asked = no.get(scope, {"asked": 0.0, "n": 0})
            under = a + asked["asked"]
            yield "success_rate", day, scope, ratio(a, under), a, under, row["n"] + asked["n"]
            named.add(scope)
        for scope in set(no) - named:
            yield "success_rate", day, scope, 0.0, 0.0, no[scope]["asked"], no[scope]["n"]

    def _ageing(self, day: date) -> dict[str, int]:
        begun = self.stays.filter(C("entered_on") <= day)
        cohort = begun.filter(C("entered_on") > year_before(day))
        usual = {
            stage: quantile(
                curve(*(part[name].to_numpy() for name in ("entered_on", "out_on", "ends")), day), 0.85
            )
            for (stage,), part in cohort.group_by("stage")
        }
        there = begun.filter(C("out_on").is_null() | (C("out_on") > day))
        limit = C("stage").replace_strict(
            {k: v for k, v in usual.items() if v == v} or {"": 0.0}, default=None, return_dtype=pl.Float64
        )
        old = there.filter((pl.lit(day) - C("entered_on")).dt.total_days() > limit)
        return {scope: row["n"] for scope, row in summed(old, n=pl.len())}

    def _portfolio(self, day: date) -> Iterator[Row]:
        here = self.files.filter(alive("opened_on", "closed_on", day))
        both = C("own_funds_amount").is_not_null() & C("total_cost_amount").is_not_null()
        paid = self.lines.filter(
            alive("awarded_on", "cancelled_on", day) & alive("opened_on", "closed_on", day) & both
        )
        awarded = {scope: row["a"] for scope, row in summed(paid, a=C("awarded_amount").sum())}
        old, mode = self._ageing(day), C("has_charter") & C("has_milestones") & C("has_manager")
        sums = summed(
            here,
            own=C("own_funds_amount").filter(both).sum(),
            cost=C("total_cost_amount").filter(both).sum(),
            n=pl.len(),
            mode=mode.sum(),
            told=mode.count(),
            crossed=(C("partner_directorates").fill_null("").str.strip_chars() != "").sum(),
        )
        for scope, row in sums:
            n, over = row["n"], row["own"] + awarded.get(scope, 0.0)
            yield "secured_share", day, scope, ratio(over, row["cost"]), over, row["cost"], n
            yield "active_files", day, scope, n, n, NOTHING, n
            yield "ageing_share", day, scope, ratio(old.get(scope, 0), n), old.get(scope, 0), n, n
            yield (
                "project_mode_share",
                day,
                scope,
                ratio(row["mode"], row["told"]),
                row["mode"],
                row["told"],
                row["told"],
            )
            yield "cross_directorate_share", day, scope, ratio(row["crossed"], n), row["crossed"], n, n
        staff = self._latest(day).filter((C("directorate") == "DADI") & (C("category") == "A"))
        fte = staff["fte"].sum() or NOTHING
        yield "files_per_manager", day, "", len(here) / fte, len(here), fte, len(here)

    def _latest(self, day: date) -> pl.DataFrame:
        staff = self.frames["staff"]
        return staff.filter(C("as_of") == staff.filter(C("as_of") <= day)["as_of"].max())

    def _curves(self, frame: pl.DataFrame, day: date) -> Iterator[tuple[str, tuple[np.ndarray, ...], int]]:
        frame = frame.with_columns((C("decided_on") == C("out_on")).fill_null(False).alias("ends"))
        parts = [("", frame), *((key[0], part) for key, part in frame.group_by(LEAD))] if len(frame) else []
        for scope, part in parts:
            yield (
                scope,
                curve(*(part[name].to_numpy() for name in ("begun_on", "out_on", "ends")), day),
                len(part),
            )

    def _appraised(self, day: date) -> Iterator[Row]:
        rolling = self.appraisals.filter((C("begun_on") > year_before(day)) & (C("begun_on") <= day))
        now, sizes = {}, {}
        for scope, found, n in self._curves(rolling, day):
            now[scope], sizes[scope] = quantile(found, 0.5), n
            yield "appraisal_median_days", day, scope, now[scope], NOTHING, NOTHING, n
            yield "appraised_within_110_days", day, scope, 1 - still(found, 110), NOTHING, NOTHING, n
        cohort = self.appraisals.filter(
            C("begun_on").is_between(date(2012, 1, 1), min(day, date(2012, 12, 31)))
        )
        for scope, found, n in self._curves(cohort, day):
            base, median = quantile(found, 0.5), now.get(scope, NOTHING)
            yield (
                "appraisal_reduction_factor",
                day,
                scope,
                base / median,
                base,
                median,
                min(n, sizes.get(scope, 0)),
            )
        month = self.appraisals.filter(C("decided_on").is_between(day.replace(day=1), day))
        for scope, row in summed(month, n=pl.len()):
            yield "throughput", day, scope, row["n"], row["n"], NOTHING, row["n"]

    def _awards(self, first: date, day: date) -> tuple[float, int]:
        found = self.lines.filter(alive("awarded_on", "cancelled_on", day) & (C("awarded_on") >= first))
        return found["awarded_amount"].sum(), len(found)

    def _capacity(self, day: date) -> tuple[float, int]:
        awards, n = self._awards(day.replace(month=1, day=1), day)
        if day.year not in self.budget.index:
            return NOTHING, n
        b = self.budget.loc[day.year]
        own = b.operating_revenue_amount - b.operating_expenditure_amount - b.loan_repayment_amount
        own += b.own_investment_receipts_amount + b.fctva_amount + b.new_loan_amount
        return (own + awards) / (b.price_index / self.budget.loc[2013].price_index), n

    def _cost(self, first: date, day: date) -> float:
        total = 0.0
        for year in range(first.year, day.year + 1):
            if year not in self.budget.index:
                return NOTHING
            b = self.budget.loc[year]
            spent = b.dadi_voted_amount if pd.isna(b.dadi_spent_amount) else b.dadi_spent_amount
            days = (min(day, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1
            total += (spent + b.dadi_payroll_amount) * days / (date(year + 1, 1, 1) - date(year, 1, 1)).days
        return total

    def _budget(self, day: date) -> Iterator[Row]:
        (now, n), (then, _) = self._capacity(day), self._capacity(BASELINE)
        yield "investment_capacity_index", day, "", now / then if day >= BASELINE else NOTHING, now, then, n
        if day.year in self.budget.index:
            b, base = self.budget.loc[day.year], self.budget.loc[2013]
            savings, debt = (
                b.operating_revenue_amount - b.operating_expenditure_amount,
                b.outstanding_debt_amount,
            )
            yield "debt_payback_years", day, "", debt / savings, debt, savings, 1
            voted, before = b.dadi_voted_amount / b.price_index, base.dadi_voted_amount / base.price_index
            gap = max(abs(b.dadi_fte - base.dadi_fte) / base.dadi_fte, abs(voted - before) / before)
            yield "constant_means_gap", day, "", gap, NOTHING, NOTHING, 1
        first = year_before(day) + timedelta(days=1)
        (raised, n), cost = self._awards(first, day), self._cost(first, day)
        yield "raised_per_operating_euro", day, "", ratio(raised, cost), raised, cost, n

    def _active(self, day: date) -> pl.Series:
        lately = (C("on") > year_before(day)) & (C("on") <= day) & (C("joined_on") <= day)
        return self.events.filter(lately)["partner_id"].unique()

    def _partners(self, day: date) -> Iterator[Row]:
        partners = self.frames["partners"]["joined_on"]
        joined = int((partners <= day).sum())
        yield "partners_joined", day, "", joined, joined, NOTHING, joined
        now, before = self._active(day), self._active(year_before(day))
        yield "active_partner_share", day, "", ratio(len(now), joined), len(now), joined, joined
        kept = int(now.is_in(before.implode()).sum())
        yield "partner_retention", day, "", ratio(kept, len(before)), kept, len(before), len(before)
        recent = int(
            ((partners <= day) & (partners >= date(day.year, 3 * ((day.month - 1) // 3) + 1, 1))).sum()
        )
        yield "new_partners", day, "", recent, recent, NOTHING, recent
        used = self.frames["practices"].filter(C("deployed_on") <= day)
        yield "levers_deployed", day, "", used["lever"].n_unique(), NOTHING, NOTHING, len(used)

    def _plans(self, day: date) -> Iterator[Row]:
        live = self.ruled.filter(alive("awarded_on", "cancelled_on", day))
        public = (
            live.filter("is_public").group_by("project_id").agg(C("awarded_amount").sum().alias("public"))
        )
        plans = (
            live.filter(C("awarded_on") >= REBASE)
            .unique("project_id")
            .join(public, on="project_id", how="left")
        )
        asked = C("min_own_share").fill_null(0.2) * (C("own_funds_amount") + C("public").fill_null(0))
        free = C("has_derogation").cast(pl.Boolean).fill_null(False)
        good = ((asked.round(2) <= C("own_funds_amount")) | free).alias("good")
        told = plans.filter(C("own_funds_amount").is_not_null() | free).with_columns(good)
        for scope, row in summed(told, good=C("good").sum(), n=pl.len()):
            yield "compliant_plans", day, scope, ratio(row["good"], row["n"]), row["good"], row["n"], row["n"]
        gone = (C("works_started_on") <= day).fill_null(False) | (C("closed_on") <= day).fill_null(False)
        for scope, row in summed(
            live.filter(~gone & (C("risky_on") < day)), a=C("awarded_amount").sum(), n=pl.len()
        ):
            yield "grants_at_risk", day, scope, row["a"], row["a"], NOTHING, row["n"]

    def _supported(self, day: date) -> Iterator[Row]:
        gone = (C("closed_on") <= year_before(day)).fill_null(False)
        names = set(self.studied.filter((C("opened_on") <= day) & ~gone)["directorate"])
        yield from _shares(
            "directorates_supported", day, names, self._latest(day)["directorate"].unique().to_list()
        )

    def _sessions(self, day: date) -> Iterator[Row]:
        staff = self._latest(day)
        heads = {scope: row["n"] for scope, row in summed(staff, "directorate", n=C("headcount").sum())}
        held = self.frames["practice_sessions"].filter(C("held_on") <= day)
        uses, came = C("kind") == "practice", C("newcomers").is_not_null()
        said = uses & C("opinions").is_not_null() & C("opinions_relevant").is_not_null()
        sums = summed(
            held,
            "directorate",
            n=pl.len(),
            reached=C("newcomers").sum(),
            cost=C("external_cost_amount").sum(),
            trials=(uses & (C("held_on") >= day.replace(day=1))).sum(),
            uses=uses.sum(),
            came=C("newcomers").filter(uses).sum(),
            seats=C("participants").filter(uses & came).sum(),
            opinions=C("opinions").filter(said).sum(),
            relevant=C("opinions_relevant").filter(said).sum(),
        )
        for scope, r in sums:
            head, back = heads.get(scope) or NOTHING, r["seats"] - r["came"]
            if day >= BEGUN:
                yield "trials", day, scope, r["trials"], r["trials"], NOTHING, r["trials"]
            yield "participation_rate", day, scope, r["came"] / head, r["came"], head, r["uses"]
            yield "return_rate", day, scope, ratio(back, r["seats"]), back, r["seats"], r["seats"]
            yield (
                "relevance_rate",
                day,
                scope,
                ratio(r["relevant"], r["opinions"]),
                r["relevant"],
                r["opinions"],
                r["opinions"],
            )
            cost = r["cost"] if r["n"] else NOTHING  # no session, no cost known
            yield "external_cost", day, scope, cost, cost, NOTHING, r["n"]
            if day >= BEGUN:
                yield "staff_reached", day, scope, r["reached"] / head, r["reached"], head, r["n"]
        course = held.filter(
            (C("kind") == "mooc") & C("completed").is_not_null() & C("enrolled").is_not_null()
        )
        over, under = course["completed"].sum(), course["enrolled"].sum()
        yield "mooc_completion", day, "", ratio(over, under), over, under, under
        alone = ~C("is_run_by_team").cast(pl.Boolean).fill_null(True) & (
            C("held_on") > day - timedelta(days=90)
        )
        names = set(held.filter(alone)["directorate"])
        if day >= BEGUN:
            yield from _shares("autonomous_adoption", day, names, staff["directorate"].unique().to_list())

    def _told(self, day: date) -> Iterator[Row]:
        done = self.frames["milestones"].filter(C("is_done").cast(pl.Boolean) & (C("happened_on") <= day))
        lately = (C("happened_on") > year_before(day)) & C("kind").is_in(["press", "replication"])
        press, shared = len(done.filter(lately)), len(done.filter(C("kind") == "open_data"))
        if day >= BEGUN:
            yield "press_and_replications", day, "", press, press, NOTHING, press
        yield "open_resources", day, "", shared, shared, NOTHING, shared
        if day >= date(2013, 9, 1):
            staff = self._latest(day)
            parts = [staff.group_by(name).agg(C("headcount").sum()) for name in ("sex", "category")]
            heads = {row[0]: row[1] for part in parts for row in part.iter_rows()}
            total = staff["headcount"].sum()
            like = 1 - sum(abs(GROUP[name] - heads.get(name, 0) / total) for name in GROUP) / 4
            yield "group_representativeness", day, "", like, NOTHING, NOTHING, 8


def _shares(kpi: str, day: date, names: set[str], known: list[str]) -> Iterator[Row]:
    yes = sum(name in names for name in known)
    yield kpi, day, "", ratio(yes, len(known)), yes, len(known), yes
    for name in known:
        own = float(name in names)
        yield kpi, day, name, own, own, 1, own
