"""Where a function of one number reaches a goal: several roots, steps, unknown and forbidden values allowed for. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import floor, isfinite, log10

from scipy.optimize import brentq, minimize_scalar

GRID = 17  # values looked at between the bounds: what begins and ends between two of them is not seen
FINE = 1e-7  # how near an edge is found, as a share of the range
EXACT = 1e-8  # relative: what a rounder value may add to its distance from the goal
CLOSE = 1e-6  # relative: nearer to the goal than this is at the goal (amounts are rounded to the cent)
ROUND, NEAR = (
    7,
    1e-5,
)  # decimals that a found value is cut to, at most, and how far that may lead, as a share of the range


@dataclass(frozen=True)
class Found:
    """What a search found. ``x`` is the nearest value to the start that reaches the goal, None when none does.

    ``others``: where else the goal is reached, the nearest end of each stretch. ``best``: the allowed value that comes nearest to
    the goal, with what it gives; ``blocked``: the forbidden value just beyond it, or the forbidden one that would reach the goal.
    """

    x: float | None
    y: float | None
    others: tuple[float, ...] = ()
    best: tuple[float, float] | None = None
    blocked: float | None = None
    is_constant: bool = False


@dataclass
class Search:
    """One search: ``value`` (None: unknown) towards ``goal`` from the side that ``sign`` says (+1: the goal is above).

    Both functions are asked once a value. ``whole``: only whole numbers between the bounds count.
    """

    value: Callable[[float], float | None]
    allowed: Callable[[float], bool]
    goal: float
    sign: int
    low: float
    high: float
    start: float
    whole: bool = False
    values: dict[float, float | None] = field(default_factory=dict)
    laws: dict[float, bool] = field(default_factory=dict)

    def at(self, x: float) -> float | None:
        """The value at x, None where it is unknown."""
        if x not in self.values:
            found = self.value(x)
            self.values[x] = found if found is not None and isfinite(found) else None
        return self.values[x]

    def gap(self, x: float) -> float | None:
        """How far beyond the goal x leads; negative: not there yet."""
        found = self.at(x)
        if found is None:
            return None
        gap = self.sign * (found - self.goal)
        return 0.0 if abs(gap) <= CLOSE * max(abs(self.goal), 1e-9) else gap

    def reaches(self, x: float) -> bool:
        """Say whether x leads to the goal or beyond."""
        gap = self.gap(x)
        return gap is not None and gap >= 0

    def is_allowed(self, x: float) -> bool:
        """Say whether no law forbids x; asked where it matters only."""
        if x not in self.laws:
            self.laws[x] = self.allowed(x)
        return self.laws[x]

    @property
    def fine(self) -> float:
        """The least distance that counts."""
        return 1.0 if self.whole else FINE * (self.high - self.low)


def search(ask: Search) -> Found:
    """Return the value nearest to the start that reaches the goal, else what comes nearest to it."""
    points = _points(ask)
    reached = [ask.reaches(x) for x in points]
    ends = [_near_end(ask, points, first, last) for first, last in _runs(reached)]
    found = sorted((x for x in ends if x is not None), key=lambda x: abs(x - ask.start))
    if found:
        return Found(found[0], ask.at(found[0]), tuple(found[1:]))
    known = [told for x in points if (told := ask.at(x)) is not None]
    is_constant = bool(known) and max(known) - min(known) <= 1e-9 * max(map(abs, known), default=0.0)
    best, blocked = _best(ask, points)
    return Found(None, None, (), best, blocked, is_constant)


def _points(ask: Search) -> list[float]:
    step = (ask.high - ask.low) / (GRID - 1)
    found = {ask.low + step * place for place in range(GRID - 1)} | {ask.high}
    if ask.low <= ask.start <= ask.high:
        found.add(ask.start)
    if not ask.whole:
        return sorted(found)
    if ask.high - ask.low <= 2 * GRID:
        return [float(x) for x in range(round(ask.low), round(ask.high) + 1)]
    return sorted({float(round(x)) for x in found})


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Return the stretches of True as (first, last) places."""
    found: list[tuple[int, int]] = []
    for place, flag in enumerate(flags):
        if flag and place and flags[place - 1]:
            found[-1] = (found[-1][0], place)
        elif flag:
            found.append((place, place))
    return found


def _near_end(ask: Search, points: Sequence[float], first: int, last: int) -> float | None:
    """Return the allowed value of a stretch that is nearest to the start and no further beyond the goal than it must; None: none."""
    if points[first] <= ask.start <= points[last] and (ask.gap(ask.start) or 0.0) > 0:
        return _just_enough(ask, points, first, last)
    order = sorted(range(first, last + 1), key=lambda place: abs(points[place] - ask.start))
    near = points[order[0]]
    if near != ask.start:
        near = _end(ask, points, order[0], -1 if near > ask.start else 1)
    if ask.is_allowed(near):
        return near
    for inner in order:  # the law, not the goal, ends the stretch
        if ask.is_allowed(points[inner]):
            beside = min(order[: order.index(inner)], key=lambda place: abs(place - inner), default=None)
            out = near if beside in (None, order[0]) else points[beside]
            return _edge(ask, out, points[inner], ask.is_allowed)
    return None


def _just_enough(ask: Search, points: Sequence[float], first: int, last: int) -> float | None:
    """Return the value of a stretch around the start that only just reaches the goal: an end of it, else its nearest to the goal."""
    ends = [_end(ask, points, first, -1), _end(ask, points, last, 1)]
    known = [x for x in (*ends, *points[first : last + 1]) if ask.is_allowed(x)]
    return min(known, key=lambda x: (ask.gap(x), abs(x - ask.start)), default=None)


def _end(ask: Search, points: Sequence[float], place: int, side: int) -> float:
    """Return where a stretch ends on one side of its last point there: between two points, or at the bound."""
    if not 0 <= place + side < len(points):
        return points[place]
    return _edge(ask, points[place + side], points[place], ask.reaches)


def _edge(ask: Search, out: float, inside: float, test: Callable[[float], bool]) -> float:
    """Return the last value on the way from ``inside`` to ``out`` that passes the test, as round as it can be."""
    if not ask.whole:
        narrow = _narrowed if test == ask.reaches else _at_a_round_number
        out, inside = narrow(ask, out, inside)
    while abs(out - inside) > ask.fine:
        middle = (out + inside) / 2
        middle = float(round(middle)) if ask.whole else middle
        if middle in (out, inside):
            break
        out, inside = (out, middle) if test(middle) else (middle, inside)
    return inside if ask.whole else _rounded(ask, inside, test)


def _narrowed(ask: Search, out: float, inside: float) -> tuple[float, float]:
    """Bring both ends close to the root of a continuous function with few values; where it steps, nothing is lost."""

    def beyond(x: float) -> float:
        asked.append(x)
        found = ask.at(x)
        return -1.0 if found is None else ask.sign * (found - ask.goal)

    asked: list[float] = []
    if ask.reaches(out) or beyond(out) >= 0 or beyond(inside) <= 0:
        return out, inside
    root = float(brentq(beyond, out, inside, xtol=ask.fine / 10, maxiter=12, disp=False))
    step = root + (out - root) / 10
    if ask.gap(root) == 0 and not ask.reaches(step):  # no plateau: this is the value
        return root, root
    between = sorted({out, inside, *asked}, key=lambda x: abs(x - out))
    first = next(place for place, x in enumerate(between) if ask.reaches(x))
    return between[first - 1], between[first]


def _at_a_round_number(ask: Search, out: float, inside: float) -> tuple[float, float]:
    """Bring both ends of what is allowed together where the limit is a round number, as limits are: 0, 1, 12."""
    for digits in range(3):
        near = round((out + inside) / 2, digits) + 0.0
        beyond = near + (1 if out > inside else -1) * 10 * ask.fine
        if (
            min(out, inside) <= near <= max(out, inside)
            and ask.is_allowed(near)
            and not ask.is_allowed(beyond)
        ):
            return near, near
    return out, inside


def _rounded(ask: Search, x: float, test: Callable[[float], bool]) -> float:
    """Return the roundest value beside x that is as good: 0.25 for 0.2500000012."""
    miss = max(2 * _miss(ask, x), EXACT * abs(ask.goal)) if ask.gap(x) == 0 else float("inf")
    for digits in range(-floor(log10(ask.high - ask.low)), ROUND):
        near = round(x, digits) + 0.0
        if abs(near - x) > NEAR * (ask.high - ask.low) or not ask.low <= near <= ask.high:
            continue
        if test(near) and _miss(ask, near) <= miss:
            return near
    return x


def _miss(ask: Search, x: float) -> float:
    found = ask.at(x)
    return float("inf") if found is None else abs(found - ask.goal)


def _best(ask: Search, points: Sequence[float]) -> tuple[tuple[float, float] | None, float | None]:
    """Return the allowed value that comes nearest to the goal, and what is forbidden beside it."""
    ranked = sorted((x for x in points if ask.at(x) is not None), key=lambda x: _rank(ask, x))
    best = next((x for x in ranked if ask.is_allowed(x)), None)
    if best is None:
        return None, ranked[0] if ranked else None
    place, blocked = points.index(best), None
    for beside in (place - 1, place + 1):
        if not 0 <= beside < len(points) or (gap := ask.gap(points[beside])) is None:
            continue
        if not ask.is_allowed(points[beside]) and gap > (ask.gap(best) or 0.0):
            edge = _edge(ask, points[beside], best, ask.is_allowed)
            blocked = edge + ask.fine * (1 if points[beside] > edge else -1) * (1 if ask.whole else 20)
            best = min(edge, best, key=lambda x: _rank(ask, x))
    if blocked is None:
        best = _turning(ask, points, place, best)
        blocked = min((x for x in ranked if ask.reaches(x)), key=lambda x: abs(x - ask.start), default=None)
    found = ask.at(best)
    return (None if found is None else (best, found)), blocked


def _rank(ask: Search, x: float) -> tuple[float, float]:
    gap = ask.gap(x)
    return (float("inf") if gap is None else abs(min(gap, 0.0)), abs(x - ask.start))


def _turning(ask: Search, points: Sequence[float], place: int, best: float) -> float:
    """Look between the neighbours of the best point for a better one: the function may turn there."""
    if ask.whole or not 0 < place < len(points) - 1:
        return best

    def miss(x: float) -> float:
        gap = ask.gap(x)
        return -gap if gap is not None and ask.is_allowed(x) else 1e300

    bounds = (points[place - 1], points[place + 1])
    found = float(minimize_scalar(miss, bounds=bounds, method="bounded", options={"maxiter": 12}).x)
    return found if miss(found) < miss(best) - 1e-12 else best
