"""How long partners have been silent: an event is an interaction, a request, an award, a contract or a payment."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from metrics.dates import literal, year_before

Activity = Literal["active", "idle", "dormant"]
EVENTS = """
    SELECT partner_id, held_on AS d FROM interactions
    UNION ALL SELECT partner_id, requested_on AS d FROM financings
    UNION ALL SELECT partner_id, awarded_on AS d FROM financings
    UNION ALL SELECT partner_id, contracted_on AS d FROM financings
    UNION ALL SELECT f.partner_id, y.paid_on AS d FROM payments AS y JOIN financings AS f ON f.financing_id = y.financing_id
"""


def activity(last: date | None, as_of: date) -> Activity:
    """Return ``active`` with an event in the last 12 months, ``idle`` in the last 24, else ``dormant``."""
    if last is None:
        return "dormant"
    year = year_before(as_of)
    return "active" if last > year else "idle" if last > year_before(year) else "dormant"


def last_events(engine: Any, as_of: date) -> Mapping[str, date]:
    """Return the last event of each partner up to a date; a partner without any is absent."""
    select = (
        f"SELECT partner_id, MAX(d) FROM ({EVENTS}) AS events WHERE d <= {literal(as_of)} GROUP BY partner_id"
    )
    return dict(engine.rows(select))
