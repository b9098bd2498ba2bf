"""Cash by year of the projects with plans: works paid, grants received, FCTVA given back, what the town advances and what that costs.

Over month ends, project by project, on whatever engine is handed in (a scenario's too: metrics.whatif.under):

- works are paid as they go, as much every day between their dates, VAT included (metrics.flows.progress);
- of each grant the advance of its programme is due once the works began and the contract is signed, then interims as the works go up to
  its ceiling, the rest when they end; it comes in ``waiting`` days later, never less than what was paid by the date of the data;
- FCTVA at the rate of the year of the spending comes ``fctva_years`` years later (metrics.fctva);
- leverage in present value is PV(grants) / PV(own funds), own funds being spent as the works go: any day may be the origin.

What no data say is in ``supposed``, each with its label. A project whose cost or dates are unknown is in ``unplaced``, in no sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from metrics import cash_rows, fctva, flows
from metrics.cash_course import course_of, months
from metrics.cash_paid import later, waiting_days
from metrics.cash_rows import Kept, Works, kept_of
from metrics.definitions import Catalogue
from metrics.flows import Days, Values
from metrics.results import Engine
from metrics.scenario import Scenario, driver_of
from metrics.supposing import Supposed, supposed
from metrics.whatif import under


@dataclass(frozen=True)
class Year:
    """One calendar year, in euros; ``advanced`` is what the town has paid more than it received by its end, since the works began."""

    year: int
    works: float
    grants: float
    fctva: float
    advanced: float

    @property
    def net(self) -> float:
        """What leaves the town's treasury that year, net of what comes in."""
        return self.works - self.grants - self.fctva


@dataclass(frozen=True)
class ProjectCash:
    """One project over its whole life, in euros: ``gross`` is its cost including VAT."""

    project_id: str
    title: str
    cost: float
    gross: float
    grants: float
    fctva: float

    @property
    def net_own_cost(self) -> float:
        """What is left to the town once all money came in."""
        return fctva.net_own_cost(self.gross, self.grants, self.fctva)

    @property
    def before_fctva(self) -> float:
        """What the town must find before the FCTVA comes."""
        return self.gross - self.grants


@dataclass(frozen=True)
class Cash:
    """The cash of all plans at a date.

    ``leverage`` is grants over own funds as they are, ``present_leverage`` in present value (None without known own funds).
    ``bridge``: interest on grants that come after the works they pay for; ``fctva_wait``: value lost by FCTVA coming later.
    ``peak``: the most that is advanced at a month's end, at ``peak_on``.
    """

    as_of: date
    years: tuple[Year, ...]
    projects: tuple[ProjectCash, ...]
    unplaced: tuple[tuple[str, str], ...]
    leverage: float | None
    present_leverage: float | None
    bridge: float
    fctva_wait: float
    peak: float
    peak_on: date | None
    supposed: tuple[Supposed, ...]

    @property
    def net_own_cost(self) -> float:
        """What is left to the town of all projects once all money came in."""
        return sum(one.net_own_cost for one in self.projects)

    @property
    def before_fctva(self) -> float:
        """What the town must find before the FCTVA comes."""
        return sum(one.before_fctva for one in self.projects)


def cash(
    engine: Engine,
    catalogue: Catalogue,
    as_of: date,
    scope: Mapping[str, str] | None = None,
    kept: Kept | None = None,
    payments: Engine | None = None,
) -> Cash:
    """Return the cash of the plans won by ``as_of``, of the town or of one directorate.

    ``kept`` count besides (metrics.cash_rows.works); ``payments`` is the engine that tells how long payments take, if it is another.
    """
    found = cash_rows.works(engine, catalogue, as_of, scope or {}, kept)
    waiting = waiting_days(payments or engine, catalogue, as_of)
    return course(found, as_of, supposed(catalogue.parameters, waiting))


def both(
    engine: Engine,
    catalogue: Catalogue,
    scenario: Scenario,
    as_of: date,
    scope: Mapping[str, str] | None = None,
) -> tuple[Cash, Cash]:
    """Return the cash as it is and under a scenario. Raises BadEntry.

    What the base has under way stays so under the scenario, whatever it still wins and however late, unless it is abandoned or its
    money gone; payments take as long as they do, and what the scenario adds to them; what only the scenario funds is on its side alone.
    """
    base = cash(engine, catalogue, as_of, scope)
    if not scenario.uses:
        return base, base
    moved = under(engine, scenario)
    kept = kept_of(cash_rows.works(engine, catalogue, as_of, scope or {}))
    if any("payments" in driver_of(use).relations for use in scenario.uses):
        kept = replace(kept, late=later(engine, moved, catalogue))
    return base, cash(moved, catalogue, as_of, scope, kept, engine)


def course(found: tuple[Works, ...], as_of: date, told: tuple[Supposed, ...]) -> Cash:
    """Return the cash of some projects; ``told`` are ``metrics.supposing.supposed``."""
    values = {one.id: one.value for one in told}
    rate, waiting, wait = values["discount_rate"], round(values["payment_days"]), round(values["fctva_years"])
    placed = [one for one in found if one.start and one.end and one.cost > 0]
    days = months(placed, waiting, wait)
    years = flows.years_from(as_of, days)
    courses = [course_of(one, days, as_of, waiting, wait, rate) for one in placed]
    works, granted, received, back = (
        sum((getattr(one, name) for one in courses), np.zeros(len(days)))
        for name in ("works", "granted", "received", "fctva")
    )
    known = [one for one, each in zip(courses, placed, strict=True) if each.own is not None]
    own, partner = (
        sum((getattr(one, name) for one in known), np.zeros(len(days))) for name in ("own", "received")
    )
    advanced = np.cumsum(works - received - back)
    top = int(np.argmax(advanced)) if len(days) else None
    return Cash(
        as_of,
        _years(days, works, received, back, advanced),
        tuple(
            ProjectCash(one.project_id, one.title, one.cost, one.gross, one.granted, float(each.fctva.sum()))
            for one, each in zip(placed, courses, strict=True)
        ),
        tuple((one.project_id, one.title) for one in found if one not in placed),
        _over(float(partner.sum()), float(own.sum())),
        _over(flows.present(partner, years, rate), flows.present(own, years, rate)),
        flows.bridge(granted, received, years, rate),
        sum(one.fctva_wait for one in courses),
        max(0.0, float(advanced[top])) if top is not None else 0.0,
        days[top].astype(object) if top is not None and advanced[top] > 0 else None,
        told,
    )


def _years(days: Days, works: Values, received: Values, back: Values, advanced: Values) -> tuple[Year, ...]:
    in_year = days.astype("datetime64[Y]").astype(int) + 1970
    return tuple(
        Year(
            int(year),
            float(works[in_year == year].sum()),
            float(received[in_year == year].sum()),
            float(back[in_year == year].sum()),
            float(advanced[in_year == year][-1]),
        )
        for year in np.unique(in_year)
    )


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None
