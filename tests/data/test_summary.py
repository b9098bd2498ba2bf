"""The end of a period, as the data date of a store that has periods only."""

from datetime import date

import pytest

from data.store import Store
from data.summary import period_end
from tests.data.samples import ADMIN, csv


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2015", date(2015, 12, 31)),
        ("2015-Q2", date(2015, 6, 30)),
        ("2016-02", date(2016, 2, 29)),
        ("2013-audit", None),
        ("2015-13", None),
        (None, None),
    ],
)
def test_the_end_of_a_period(period: str | None, end: date | None) -> None:
    assert period_end(period) == end


def test_without_events_the_data_date_is_the_end_of_the_last_period(store: Store) -> None:
    store.import_files(
        ADMIN, [csv("kpi_values", "kpi,period,value", "a,2014-Q4,1", "b,2015-02,2", "b,2013-audit,3")]
    )
    assert store.as_of(ADMIN) == date(2015, 2, 28)
