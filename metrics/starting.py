"""Where a driver starts in these data: usual values, and the choice on which most money was awarded where one must be made."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from metrics import present
from metrics.drivers import CHOICES, NUMERIC, Asked, Driver, usual
from metrics.moving import Value
from metrics.perengine import per_engine
from metrics.results import Engine
from metrics.scenario import Use, choices, used

# The choice on which most was awarded comes first: it is what a meeting asks about.
LEADING: Mapping[str, str] = {
    "project": "SELECT project_id FROM financings WHERE awarded_on IS NOT NULL AND cancelled_on IS NULL"
    " GROUP BY project_id ORDER BY SUM(awarded_amount) DESC NULLS LAST, project_id",
    "partner": "SELECT partner_id FROM financings WHERE awarded_on IS NOT NULL AND cancelled_on IS NULL"
    " GROUP BY partner_id ORDER BY SUM(awarded_amount) DESC NULLS LAST, partner_id",
    "partner_kind": "SELECT p.kind FROM financings AS f JOIN partners AS p ON p.partner_id = f.partner_id"
    " WHERE f.awarded_on IS NOT NULL AND f.cancelled_on IS NULL"
    " GROUP BY p.kind ORDER BY SUM(f.awarded_amount) DESC NULLS LAST, p.kind",
}


@per_engine
def leading(engine: Engine, kind: str) -> str | None:
    """Return the choice of a kind on which most money was awarded, else the first there is; None where there is none."""
    known = [id for id, _ in choices(engine, kind)]
    ranked = [str(id) for (id,) in engine.rows(LEADING[kind])] if kind in LEADING else []
    return next((id for id in ranked if id in known), known[0] if known else None)


def start(driver: Driver, engine: Engine, as_of: date, parameters: Mapping[str, Any]) -> Use:
    """Return a driver as it is first put into a scenario. Raises BadEntry where these data leave nothing to choose."""
    cells = {}
    for asked in driver.parameters:
        found = _first(driver, asked, engine, as_of, parameters)
        if found is not None:
            cells[asked.name] = found
    return used(driver.id, cells, as_of, parameters)


def _first(
    driver: Driver, asked: Asked, engine: Engine, as_of: date, parameters: Mapping[str, Any]
) -> Value | None:
    found = usual(asked, as_of, parameters)
    if found is not None:
        return found
    is_needed = not asked.optional or asked.name == next(iter(driver.needs_one), "")
    if asked.kind in CHOICES and is_needed:
        return leading(engine, asked.kind)
    if asked.optional:
        return None
    if asked.kind in NUMERIC:
        known = present.now(engine, driver, asked.name, {}, as_of)
        return known if known is not None else asked.least or 0
    return asked.options[0][0] if asked.options else None
