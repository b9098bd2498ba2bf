"""How important a change is: what comes first in the agenda, the alerts, the brief and on Synthèse.

Legal risks and the concerns of headline KPIs first, then the other KPIs' concerns, then headline improvements, other
improvements, what is late (data, works, files, partners), money awarded, corrections, decisions, the life of the files; a
condition that only still stands comes after what is new of its kind, and what noise alone flipped last of all.
"""

from collections.abc import Sequence

NOISE = 10.0
STANDING = 45.0  # what a condition that was there before loses
WEIGHTS = {
    "plan": 1000.0,
    "lapse": 950.0,
    "headline_bad": 900.0,
    "kpi_bad": 800.0,
    "headline_good": 700.0,
    "headline_neutral": 680.0,
    "kpi_good": 600.0,
    "kpi_neutral": 590.0,
    "near": 580.0,  # a plan that has come to the limit of the minimum own share
    "data": 530.0,
    "late": 510.0,
    "ageing": 470.0,
    "awarded": 430.0,
    "silent": 400.0,
    "correction": 380.0,
    "target": 360.0,
    "rebase": 340.0,
    "definition": 320.0,
    "closed": 260.0,
    "stage": 240.0,
    "opened": 220.0,
    "good_standing": 150.0,
}
SHADES = 40.0  # between the most and the least important of a class


def weigh(name: str, *, is_new: bool, shade: float = 0.0) -> float:
    """Return the weight of a class; ``shade`` (0 to 1) orders within it, the larger the sooner."""
    return WEIGHTS[name] + SHADES * min(max(shade, 0.0), 1.0) - (0.0 if is_new else STANDING)


def place(items: Sequence[str], item: str) -> float:
    """Return 1 for the first of ``items`` down to nearly 0 for the last: the catalogue's order as a shade."""
    return 1 - items.index(item) / len(items) if item in items else 0.0


def of_size(amount: float | None, largest: float = 5e6) -> float:
    """Return an amount as a shade: 1 from ``largest`` euros on, 0 for none or an unknown one."""
    return min(1.0, max(0.0, amount or 0.0) / largest)
