"""What the data say of a driver's parameter today: where its slider stands before anything is moved."""

from collections.abc import Mapping
from datetime import date

from metrics import moving
from metrics.drivers import Asked, Driver
from metrics.moving import Value
from metrics.perengine import per_engine
from metrics.results import Engine

MOVED = "moved_1"


def now(engine: Engine, driver: Driver, name: str, given: Mapping[str, Value], as_of: date) -> float | None:
    """Return a parameter's value in the data, in its unit's base; None where they do not say. KeyError for an unknown parameter.

    ``given`` are the values of the driver's other parameters: the success rate of a programme is that programme's.
    """
    asked = driver.asked(name)
    if asked is None:
        raise KeyError(name)
    if not isinstance(asked.now, str):
        return asked.now
    others = tuple(sorted((other, value) for other, value in given.items() if other != name))
    return _told(engine, asked, driver.parameters, others, as_of)


@per_engine
def _told(
    engine: Engine, asked: Asked, beside: tuple[Asked, ...], given: tuple[tuple[str, Value], ...], as_of: date
) -> float | None:
    kinds = (*((one.name, one.kind) for one in beside), ("as_of", "date"))
    values = moving.values(kinds, {**dict(given), "as_of": as_of}, 0)
    sql = moving.bound(str(asked.now), {}, MOVED)
    found = engine.rows(f"WITH {MOVED} AS ({values}) SELECT CAST({sql} AS DOUBLE) FROM {MOVED}")[0][0]
    return None if found is None else float(found)
