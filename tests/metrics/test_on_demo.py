"""The catalogue's own examples: each ``on_demo`` value is what the demo town reads, live and kept, to the decimals given."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

import pytest
import yaml

from data.engine import Engine
from metrics import stored
from metrics.compute import readings
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.reading import Reading
from tests.metrics.little import reading

LAST = date(2015, 6, 30)  # the data date of the demo town


class Example(NamedTuple):
    """One value that the catalogue claims, as written there."""

    kpi: str
    period: str
    value: str


def examples() -> list[Example]:
    """Read the catalogue's examples as text: 5.00 claims two decimals."""
    found = []
    for path in sorted(SHIPPED.glob("*.yml")):
        entries = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        for id, entry in entries.items() if path.name != "scorecard.yml" else ():
            found += [Example(id, period, value) for period, value in entry.get("on_demo", {}).items()]
    return found


EXAMPLES = examples()


def last_day(period: str) -> date:
    """Return the last day that the demo knows of a year, quarter or month."""
    year, _, rest = period.partition("-")
    month = 12 if not rest else 3 * int(rest[1]) if rest.startswith("Q") else int(rest)
    return min(date(int(year), month, monthrange(int(year), month)[1]), LAST)


def as_written(value: float | None, like: str) -> str:
    """Write a value with as many decimals as the example has."""
    decimals = len(like.partition(".")[2])
    return "unknown" if value is None else f"{value:.{decimals}f}"


@pytest.fixture(scope="module")
def live(town: Engine, catalogue: Catalogue) -> dict[tuple[str, date], Reading]:
    """All the examples' readings, computed in one go."""
    days = sorted({last_day(example.period) for example in EXAMPLES})
    found = readings(town, catalogue, sorted({example.kpi for example in EXAMPLES}), days)
    return {(one.kpi, one.as_of): one for one in found}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.kpi}-{one.period}")
def test_the_live_reading_is_the_example(example: Example, live: dict[tuple[str, date], Reading]) -> None:
    found = live[example.kpi, last_day(example.period)]
    assert as_written(found.value, example.value) == example.value


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: f"{one.kpi}-{one.period}")
def test_the_kept_reading_is_the_example(example: Example, town: Engine, catalogue: Catalogue) -> None:
    found = stored.at(town, catalogue, last_day(example.period))[example.kpi]
    assert as_written(found.value, example.value) == example.value


def test_the_headline_has_examples(catalogue: Catalogue) -> None:
    given = {example.kpi for example in EXAMPLES}
    assert set(catalogue.scorecard.headline) <= given
    assert len(EXAMPLES) >= 20


def test_every_shipped_entry_stands(catalogue: Catalogue) -> None:
    assert catalogue.refused == ()


def test_leverage_comes_with_all_that_is_needed_to_trust_it(town: Engine, catalogue: Catalogue) -> None:
    found = stored.at(town, catalogue, LAST)["leverage_awarded"]
    assert (found.numerator, found.denominator, found.n) == (15_000_000, 3_000_000, 10)
    assert found.coverage == pytest.approx(0.09)
    assert (round(found.low or 0, 1), round(found.high or 0, 1)) == (3.8, 6.9)
    assert found.status == "on_target" and found.score == 100


def test_the_reduction_factor_comes_with_its_interval(town: Engine, catalogue: Catalogue) -> None:
    found = stored.at(town, catalogue, LAST)["appraisal_reduction_factor"]
    assert found.low == pytest.approx(3.5, abs=0.1) and found.high == pytest.approx(4.7, abs=0.1)
    assert (found.numerator, found.denominator) == (240, 60)


def test_the_median_comes_with_the_files_it_stands_for(town: Engine, catalogue: Catalogue) -> None:
    found = stored.at(town, catalogue, LAST)["appraisal_median_days"]
    assert found.n == 140 and found.low is not None and found.high is not None
    assert found.low < 60 < found.high


P85 = """
slow_appraisal:
  code: P1.9
  label: {fr: Délai que 85 % ne dépassent pas, en: Time that 85 % stay under}
  objective: P1
  from: appraisals
  sql: KM_QUANTILE(0.85, opened_on, decided_on, ended_on)
  period: {date: opened_on, span: rolling_12_months}
  unit: days
  direction: down
  frequency: monthly
"""


def test_what_85_percent_of_files_stay_under(town: Engine) -> None:
    assert reading(town, load([SHIPPED, {"own.yml": P85}]), "slow_appraisal", "2015-06-30").value == 111


def test_what_85_percent_of_the_files_of_2012_stayed_under(town: Engine) -> None:
    old = P85.replace("span: rolling_12_months", "span: between, from: 2012-01-01, to: 2012-12-31")
    assert reading(town, load([SHIPPED, {"own.yml": old}]), "slow_appraisal", "2015-06-30").value == 343
