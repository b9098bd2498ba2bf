"""Grants that came in: when, how much, and how long they take from what opens them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median

import numpy as np

from metrics.dates import literal
from metrics.definitions import Catalogue
from metrics.flows import Days, Values
from metrics.results import Engine
from metrics.statement import Statement

FEWEST = 5  # payments since the change of method, below which all earlier ones tell how long it takes, too
Paid = Mapping[str, tuple[Days, Values]]  # by line: the days of its payments, and how much each


@dataclass(frozen=True)
class Later:
    """How many days later programmes pay under a scenario; ``usual`` for those of which no payment is known."""

    by_programme: Mapping[str, int] = field(default_factory=dict)
    usual: int = 0

    def of(self, programme: str | None) -> int:
        """Return the days of one programme."""
        return self.by_programme.get(programme or "", self.usual)


def later(engine: Engine, moved: Engine, catalogue: Catalogue) -> Later:
    """Return how much later each programme pays on the second engine: its last payment there less its last one here, never less than 0.

    What is still to come is paid like what came last. A programme that paid nothing since the change of method, and is not moved
    itself, is as late as the least late of the others.
    """
    before, after = (_last_paid(one, catalogue) for one in (engine, moved))
    since = catalogue.parameters.get("rebase_on")
    days = {name: max(0, (after[name] - last).days) for name, last in before.items() if name in after}
    told = {
        name: late
        for name, late in days.items()
        if late or not isinstance(since, date) or before[name] >= since
    }
    return Later(told, min(told.values(), default=0))


def _last_paid(engine: Engine, catalogue: Catalogue) -> dict[str, date]:
    sql = (
        "SELECT COALESCE(f.programme, '') AS programme, MAX(y.paid_on) AS paid_on FROM payments AS y "
        "JOIN financings AS f ON f.financing_id = y.financing_id GROUP BY 1"
    )
    return dict(engine.rows(Statement(engine.relations, catalogue.parameters).text(sql, [])))


def waiting_days(engine: Engine, catalogue: Catalogue, as_of: date) -> tuple[float, int] | None:
    """Return the median days from what opens a payment to its coming in, and of how many; None where none ever came.

    An advance is open once the works began and the contract is signed, a balance once they end; interims follow bills that nobody
    recorded. What opened since the change of method counts, else all that opened by ``as_of``.
    """
    sql = """
        SELECT y.paid_on, CASE WHEN y.kind = 'balance' THEN p.works_ended_on ELSE GREATEST(f.contracted_on, p.works_started_on) END AS opened_on
        FROM payments AS y JOIN financings AS f ON f.financing_id = y.financing_id JOIN projects AS p ON p.project_id = f.project_id
        WHERE y.kind IN ('advance', 'balance')
    """
    rows = engine.rows(Statement(engine.relations, catalogue.parameters).text(sql, []))
    since = catalogue.parameters.get("rebase_on")
    known = [
        ((on - opened).days, opened) for on, opened in rows if opened is not None and opened <= min(on, as_of)
    ]
    recent = [days for days, opened in known if isinstance(since, date) and opened >= since]
    days = recent if len(recent) >= FEWEST else [days for days, _ in known]
    return (max(0.0, float(median(days))), len(days)) if days else None


def paid_so_far(engine: Engine, catalogue: Catalogue, as_of: date) -> Paid:
    """Return the days and amounts of what came in on each line by a date."""
    sql = (
        "SELECT y.financing_id, y.paid_on, CAST(y.amount AS DOUBLE) AS amount FROM payments AS y "
        f"WHERE y.paid_on <= {literal(as_of)} ORDER BY 1, 2"
    )
    found: dict[str, tuple[list[date], list[float]]] = {}
    for id, on, amount in engine.rows(Statement(engine.relations, catalogue.parameters).text(sql, [])):
        days, amounts = found.setdefault(id, ([], []))
        days.append(on)
        amounts.append(amount)
    return {id: (np.array(on, "datetime64[D]"), np.array(amounts)) for id, (on, amounts) in found.items()}
