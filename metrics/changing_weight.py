"""How important a change is: what comes first in the agenda, the alerts, the brief and on Synthèse.

Legal risks, the concerns of headline KPIs, those of the others; then what the headline KPIs gained; then what else is wrong
(late data and works, ageing files, silent partners) before what else is well (other KPIs, money awarded); then corrections,
decisions and the life of the files. Within a class what is new comes first and the larger, and a condition that only still
stands falls to the next one; what noise alone flipped comes last of all.
"""

from collections.abc import Sequence

NOISE = 10.0
STANDING = 50.0  # what a condition that was there before loses
WEIGHTS = {
    "plan": 1000.0,
    "lapse": 950.0,
    "headline_bad": 900.0,
    "kpi_bad": 850.0,
    "near": 800.0,  # a plan that has come to the limit of the minimum own share
    "headline_good": 750.0,
    "headline_neutral": 700.0,
    "data": 650.0,
    "late": 600.0,
    "ageing": 550.0,
    "silent": 500.0,
    "kpi_good": 450.0,
    "kpi_neutral": 425.0,
    "awarded": 380.0,
    "correction": 340.0,
    "target": 300.0,
    "rebase": 260.0,
    "definition": 220.0,
    "closed": 180.0,
    "stage": 160.0,
    "opened": 140.0,
    "good_standing": 100.0,
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
