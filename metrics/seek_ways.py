"""What a goal seek may ask: the drivers that can move a KPI, and a goal beyond where it stands."""

from math import floor, log10

from metrics.definitions import Catalogue, Kpi
from metrics.drivers import NUMERIC, Driver, drivers
from metrics.reach import can_move
from metrics.results import Engine

BEYOND = 0.25  # how far beyond today a goal is set once the target is met, and what it is rounded to
ROUND = 5  # a goal is rounded to a fifth of itself at most


def numbers_of(driver: Driver) -> list[str]:
    """Return the names of a driver's bounded numbers that change something in the data."""
    return [
        one.name
        for one in driver.parameters
        if one.kind in NUMERIC - {"year"}
        and one.least is not None
        and one.most is not None
        and driver.replaces
    ]


def stands_alone(driver: Driver, name: str) -> bool:
    """Say whether a driver asks for nothing beside one of its numbers that it cannot begin with."""
    others = (one for one in driver.parameters if one.name != name)
    return not driver.needs_one and all(one.optional or one.usual is not None for one in others)


def ways(engine: Engine, catalogue: Catalogue, kpi: str) -> tuple[str, ...]:
    """Return the numbers, as ``driver.parameter``, that change something that a KPI reads."""
    if catalogue.every[kpi].has_own_periods:
        return ()
    return tuple(
        f"{driver.id}.{name}"
        for driver in drivers().values()
        if numbers_of(driver) and can_move(catalogue, kpi, engine.relations, driver.replaces)
        for name in numbers_of(driver)
        if stands_alone(driver, name)
    )


def beyond(kpi: Kpi, value: float | None) -> float | None:
    """Return a goal worth asking from where a KPI stands: its target, or a quarter better where that is met, rounded; None: none."""
    if value is None or value == 0 or kpi.direction == "band":
        return None
    sign = -1 if kpi.direction == "down" else 1
    if kpi.target is not None and sign * (kpi.target - value) > 1e-6 * abs(value):
        return kpi.target
    aim = value + sign * BEYOND * abs(value)
    goal = _rounded(aim)
    return goal if sign * (goal - value) > 0 else None


def _rounded(aim: float) -> float:
    """Return a value to the largest 1 or 5 of a power of ten that is at most a fifth of it."""
    if aim == 0:
        return 0.0
    most = abs(aim) / ROUND
    power = 10.0 ** floor(log10(most) + 1e-9)
    step = power * (5 if most >= 5 * power * (1 - 1e-9) else 1)
    return float(f"{round(aim / step) * step:.10g}")
