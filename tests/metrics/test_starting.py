"""Where a driver starts: within its bounds, with the choice on which most was awarded, whatever the driver."""

from datetime import date

import pytest

from data.engine import Engine
from metrics.definitions import Catalogue
from metrics.drivers import drivers
from metrics.scenario import Scenario, check
from metrics.starting import leading, start

DAY = date(2015, 6, 30)


@pytest.mark.parametrize("id", drivers())
def test_every_driver_starts_in_these_data(id: str, town: Engine, catalogue: Catalogue) -> None:
    check(town, Scenario((start(drivers()[id], town, DAY, catalogue.parameters),)))


@pytest.mark.parametrize("kind", ["project", "partner", "partner_kind"])
def test_the_choice_that_leads_is_the_one_with_most_awarded(kind: str, town: Engine) -> None:
    column = {"project": "f.project_id", "partner": "f.partner_id", "partner_kind": "p.kind"}[kind]
    amounts: dict[str, float] = {}
    for id, amount in town.rows(
        f"SELECT {column}, f.awarded_amount FROM financings f JOIN partners p USING (partner_id)"
        " WHERE f.awarded_on IS NOT NULL AND f.cancelled_on IS NULL"
    ):
        amounts[id] = amounts.get(id, 0.0) + float(amount or 0)
    assert amounts[str(leading(town, kind))] == max(amounts.values())
