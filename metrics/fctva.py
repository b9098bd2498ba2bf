"""FCTVA: what the State gives back of the VAT on investments, at dated rates, one or two years later (CGCT L1615-1 to L1615-10)."""

from datetime import date

# From the day on which the money is spent (L1615-6): share of the eligible spending including VAT.
RATES: tuple[tuple[date, float], ...] = (
    (date(2015, 1, 1), 0.16404),
    (date(2014, 1, 1), 0.15761),
    (date.min, 0.15482),
)
LATEST = 2  # years after the spending, the common regime; 1 or 0 for towns that the law lets wait less


def rate_of(year: int) -> float:
    """Return the rate of what is spent in a year."""
    return next(rate for since, rate in RATES if since.year <= year)


def compensation(gross: float, rate: float, share: float = 1.0, state_on_gross: float = 0.0) -> float:
    """Return what is given back of ``gross`` euros including VAT, ``share`` of them eligible.

    Only State grants computed on the cost including VAT are taken off the base (R1615-3); it is never negative.
    """
    return rate * max(0.0, gross * share - state_on_gross)


def net_own_cost(gross: float, grants: float, given_back: float) -> float:
    """Return what is left to the town once all money came in."""
    return gross - grants - given_back
