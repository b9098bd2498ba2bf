"""What the published figures of a survey allow to say: how far it moved, what the silent ones may change. Nothing of an answer comes here."""

from dataclasses import dataclass
from math import hypot, sqrt

from metrics.disclosure.tables import Cell, Net, Response, Summary
from metrics.likert import net_limits

Z = 1.959963984540054  # 95 %
SILENT_APART = (
    10.0  # points by which those who did not answer may differ: the change that counts on the WHO-5
)


@dataclass(frozen=True)
class Move:
    """A difference between two waves in points, with its 95 % limits (None: not known)."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def is_told(self) -> bool | None:
        """Whether it is more than noise: its limits leave 0 out. None where they are not known."""
        if self.low is None or self.high is None:
            return None
        return self.low > 0 or self.high < 0


def moved(before: Summary, now: Summary) -> Move | None:
    """Return how far the town's weighted mean moved; None where one of the waves does not tell it.

    Two waves are independent samples: their half intervals add as squares (each with its own finite population correction).
    """
    if before.weighted is None or now.weighted is None:
        return None
    value = now.weighted - before.weighted
    halves = _half(before), _half(now)
    if halves[0] is None or halves[1] is None:
        return Move(value)
    half = hypot(halves[0], halves[1])
    return Move(value, value - half, value + half)


def _half(one: Summary) -> float | None:
    return None if one.low is None or one.high is None else (one.high - one.low) / 2


def limits(cell: Cell) -> tuple[float | None, float | None]:
    """Return the 95 % limits of a group's mean from its published count and spread, within 0..100: mean -/+ 1.96 s / sqrt(n)."""
    if cell.mean is None or not cell.n or not cell.sd:
        return None, None
    half = Z * cell.sd / cell.n**0.5
    return max(0.0, cell.mean - half), min(100.0, cell.mean + half)


def group_moved(before: Cell, now: Cell) -> Move | None:
    """Return how far a group's mean moved between two waves: Welch's interval at 1.96; None where a wave tells nothing of it."""
    if before.mean is None or now.mean is None:
        return None
    value = now.mean - before.mean
    if not (before.n and now.n and before.sd and now.sd):
        return Move(value)
    half = Z * hypot(before.sd / before.n**0.5, now.sd / now.n**0.5)
    return Move(value, value - half, value + half)


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
