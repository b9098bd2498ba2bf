"""The measures of small drawings: the slots of a sparkline, the two ends of a bullet bar. Numbers in, numbers out."""

from collections.abc import Sequence
from datetime import date

from metrics.definitions import Kpi
from metrics.reading import Reading

SLOTS = 24  # months of a sparkline


def slots(series: Sequence[Reading], as_of: date) -> list[tuple[int, float | None]]:
    """Readings by month: (0..23, value), 23 being the month of ``as_of``; a month without a reading is left out."""
    end = as_of.year * 12 + as_of.month
    placed = {SLOTS - 1 - (end - r.as_of.year * 12 - r.as_of.month): r.value for r in series}
    return sorted((slot, value) for slot, value in placed.items() if 0 <= slot < SLOTS)


def axis(reading: Reading, kpi: Kpi, goal: float) -> tuple[float, float]:
    """The two ends of the bar's axis (top, base): zero, and room for value, target and interval."""
    seen = [v for v in (reading.value, reading.high) if v is not None]
    if kpi.direction == "down" and kpi.floor is not None:
        top = max([kpi.floor, *seen])
    elif kpi.limits:
        top = max([kpi.limits[1], *seen])
    else:
        top = max([goal * 1.2, *(v * 1.02 for v in seen)])
    return top or 1.0, min([0.0, *seen, goal])


def runs(
    points: Sequence[tuple[float, float | None]],
) -> tuple[str, list[tuple[float, float]], tuple[float, float]]:
    """The SVG path through known places, broken where one is unknown; the places that stand alone; the last known one."""
    path, lonely, end, drawing = [], [], (0.0, 0.0), False
    for place, (x, y) in enumerate(points):
        if y is None:
            drawing = False
            continue
        path.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}")
        if not drawing and (place + 1 == len(points) or points[place + 1][1] is None):
            lonely.append((x, y))
        drawing, end = True, (x, y)
    return "".join(path), lonely, end
