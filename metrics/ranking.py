"""The best and the worst of a scorecard: a score is compared before anything else, then how far beyond its target a value goes."""

from collections.abc import Mapping, Sequence

import numpy as np

from metrics.definitions import Catalogue, Kpi
from metrics.judge import unclipped
from metrics.reading import Reading

FEW = 5

Pair = tuple[Kpi, Reading]


def scored(catalogue: Catalogue, readings: Mapping[str, Reading]) -> list[Pair]:
    """Return the KPIs that have a score, the best first; of those at the top, the one furthest beyond its target first."""
    pairs = [(kpi, readings[id]) for id, kpi in catalogue.kpis.items() if id in readings]
    judged = [pair for pair in pairs if pair[1].score is not None]
    return sorted(judged, key=lambda pair: (-(pair[1].score or 0), -beyond(*pair)))


def beyond(kpi: Kpi, reading: Reading) -> float:
    """Return a score as far as it goes past its scale: 250 is one and a half times the way from floor to target beyond it."""
    return float(unclipped(kpi, np.array([np.nan if reading.value is None else reading.value]))[0])


def best(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the first of ``scored``: all of them when they are few, never more than half of them otherwise."""
    return list(pairs[: _few(pairs)])


def worst(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the last of ``scored`` that miss their target, the worst first; none when there are few in all."""
    last = pairs[: -_few(pairs) - 1 : -1] if len(pairs) > FEW else []
    return [pair for pair in last if pair[1].status != "on_target"]


def _few(pairs: Sequence[Pair]) -> int:
    return len(pairs) if len(pairs) <= FEW else min(FEW, len(pairs) // 2)
