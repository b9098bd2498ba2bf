"""What the published figures of a survey allow to say: how sure a group's mean is, what the silent ones may change. Nothing of an answer comes here."""

from math import sqrt

from metrics.disclosure.tables import Cell, Net, Response
from metrics.likert import net_limits

Z = 1.959963984540054  # 95 %
SILENT_APART = (
    10.0  # points by which those who did not answer may differ: the change that counts on the WHO-5
)


def limits(cell: Cell) -> tuple[float | None, float | None]:
    """Return the 95 % limits of a group's mean from its published count and spread, within 0..100: mean -/+ 1.96 s / sqrt(n)."""
    if cell.mean is None or not cell.n or not cell.sd:
        return None, None
    half = Z * cell.sd / cell.n**0.5
    return max(0.0, cell.mean - half), min(100.0, cell.mean + half)


def net_noise(net: Net, n: int) -> float | None:
    """Return how many points two waves of n answers like these may be apart by chance: 1.96 sqrt(2) standard errors.

    None where all are on one side: no spread is not certainty.
    """
    low, high = net_limits(net.promoters, net.detractors, n)
    half = (high - low) / 2
    return 100 * half * sqrt(2) if half == half else None


def rate(response: Response | None) -> float | None:
    """Return the answers over those who were asked, 0..1; None where it is not known how many were."""
    if response is None or not response.headcount:
        return None
    return min(1.0, response.answers / response.headcount)


def bound(mean: float, answered: float, apart: float = SILENT_APART) -> tuple[float, float]:
    """Return what the mean of all would be, were those who did not answer ``apart`` points worse or better than the others.

    answered x m + (1 - answered) x (m -/+ apart), within 0..100.
    """
    reach = (1 - answered) * apart
    return max(0.0, mean - reach), min(100.0, mean + reach)
