"""The KPIs of partners and of requests a second time, by their definitions, in pandas over the demo's CSV files."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pandas as pd
import pytest

from data.engine import Engine
from metrics.compute import readings
from metrics.definitions import Catalogue
from metrics.reading import Reading
from tests.metrics.test_pandas_oracle import PARTNER_MONEY, REBASE, table
from tests.metrics.test_projects_oracle import DAYS, year_before

Rows = pd.DataFrame  # partner_kind, over, under


@cache
def events() -> pd.DataFrame:
    """Return every interaction and financing event: partner_id, on."""
    lines = table("financings")
    paid = table("payments").merge(lines[["financing_id", "partner_id"]], on="financing_id")
    dated = [(table("interactions"), "held_on"), (paid, "paid_on")]
    dated += [(lines, column) for column in ("requested_on", "awarded_on", "contracted_on")]
    parts = [frame[["partner_id", column]].set_axis(["partner_id", "on"], axis=1) for frame, column in dated]
    return pd.concat(parts).dropna()


def active(t: pd.Timestamp) -> set[str]:
    """Return the partners that have joined and had an event in the twelve months up to t."""
    partners = table("partners")
    lately = events()[(events().on > year_before(t)) & (events().on <= t)].partner_id
    return set(lately) & set(partners[partners.joined_on <= t].partner_id)


def _of(over: set[str], under: set[str] | None) -> Rows:
    partners = table("partners").rename(columns={"kind": "partner_kind"})
    both = partners[partners.partner_id.isin(over | (under or set()))]
    frame = both[["partner_kind"]].assign(over=both.partner_id.isin(over).astype(float))
    return frame.assign(under=0.0 if under is None else both.partner_id.isin(under).astype(float))


def active_partner_share(t: pd.Timestamp) -> Rows:
    partners = table("partners")
    return _of(active(t), set(partners[partners.joined_on <= t].partner_id))


def new_partners(t: pd.Timestamp) -> Rows:
    partners = table("partners")
    return _of(
        set(
            partners[
                (partners.joined_on <= t) & (partners.joined_on >= t.to_period("Q").start_time)
            ].partner_id
        ),
        None,
    )


def partner_retention(t: pd.Timestamp) -> Rows:
    before = active(year_before(t))
    return _of(before & active(t), before)


def success_rate(t: pd.Timestamp) -> Rows:
    found = table("financings").merge(table("projects"), on="project_id")
    found = found.merge(table("partners"), on="partner_id").rename(columns={"kind": "partner_kind"})
    found = found[
        found.nature.isin(PARTNER_MONEY) & (found.project_owner == "city") & ~(found.cancelled_on <= t)
    ]
    awarded = found[(found.awarded_on >= REBASE) & (found.awarded_on <= t)]
    refused = found[(found.refused_on >= REBASE) & (found.refused_on <= t)]
    parts = [
        awarded[["partner_kind"]].assign(over=awarded.awarded_amount, under=awarded.awarded_amount),
        refused[["partner_kind"]].assign(over=0.0, under=refused.requested_amount),
    ]
    return pd.concat(parts)


ORACLES: dict[str, Callable[[pd.Timestamp], Rows]] = {
    one.__name__: one for one in (active_partner_share, new_partners, partner_retention, success_rate)
}
Numbers = tuple[float, float | None]


def expected(kpi: str, rows: Rows) -> Numbers:
    return float(rows.over.sum()), None if kpi == "new_partners" else float(rows.under.sum())


def told(reading: Reading) -> Numbers:
    return float(reading.numerator or 0), reading.denominator


@pytest.mark.parametrize("kpi", ORACLES)
def test_the_town_is_what_the_definition_gives(kpi: str, town: Engine, catalogue: Catalogue) -> None:
    found = readings(town, catalogue, [kpi], [date.fromisoformat(day) for day in DAYS])
    wanted = [expected(kpi, ORACLES[kpi](pd.Timestamp(day))) for day in DAYS]
    assert [told(one) for one in found] == [(pytest.approx(over), under) for over, under in wanted]
    assert len({one.value for one in found}) >= 5
    for one, (over, under) in zip(found, wanted, strict=True):
        assert one.value == (over if under is None else pytest.approx(over / under) if under else None)


@pytest.mark.parametrize("kpi", ORACLES)
def test_each_kind_of_partner_is_what_the_definition_gives(
    kpi: str, town: Engine, catalogue: Catalogue
) -> None:
    day = "2015-04-10"
    found = readings(town, catalogue, [kpi], [date.fromisoformat(day)], "partner_kind")
    groups = ORACLES[kpi](pd.Timestamp(day)).groupby("partner_kind")
    wanted = {kind: expected(kpi, rows) for kind, rows in groups}
    assert {one.scope["partner_kind"]: told(one) for one in found if one.n} == {
        kind: (pytest.approx(over), under) for kind, (over, under) in wanted.items()
    }
    assert len(wanted) >= 3


def test_a_share_of_partners_has_its_exact_interval(town: Engine, catalogue: Catalogue) -> None:
    """Equal to SciPy's exact interval of 152 of 214."""
    from scipy.stats import binomtest

    (one,) = readings(town, catalogue, ["active_partner_share"], [date(2015, 6, 30)])
    exact = binomtest(152, 214).proportion_ci(method="exact")
    assert (one.numerator, one.denominator, one.n) == (152, 214, 214)
    assert (one.low, one.high) == (pytest.approx(exact.low), pytest.approx(exact.high))


def test_the_success_rate_has_an_interval_from_its_projects(town: Engine, catalogue: Catalogue) -> None:
    (one,) = readings(town, catalogue, ["success_rate"], [date(2015, 6, 30)])
    assert one.low is not None and one.high is not None and one.low < 0.652 < one.high
    assert one.n == 50
