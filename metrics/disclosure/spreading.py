"""How the answers to an item spread: neighbouring answers merged until each class holds enough, shares to whole per cent."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from metrics.disclosure.answers import Answers
from metrics.disclosure.tables import Class, Spread, rounded
from metrics.likert import BEST
from metrics.scales import Scale

Counts = Sequence[int]


def spreads_of(answers: Answers, measures: Iterable[str], k: int) -> tuple[Spread, ...]:
    """Return how each item of these measures' scales spreads; an item whose answers all make one class tells nothing."""
    wanted = set(measures)
    found = [
        _spread(answers, scale, item, k)
        for scale in answers.scales
        if scale.id in wanted
        for item in scale.codes
    ]
    return tuple(one for one in found if one is not None)


def _spread(answers: Answers, scale: Scale, item: str, k: int) -> Spread | None:
    given = answers.items[item]
    counts = (np.abs(given[:, None] - scale.values[None, :]) < 1e-6).sum(axis=0).tolist()
    best = BEST if item in scale.reversed else len(counts) - BEST
    has_top2 = len(counts) > BEST + 1
    cuts = merged(counts, k, _wanted(scale, [best] if has_top2 else []))
    if len(cuts) < 3:
        return None
    total = sum(counts)
    classes = tuple(
        Class(float(scale.values[start]), float(scale.values[end - 1]), share(sum(counts[start:end]), total))
        for start, end in pairwise(cuts)
    )
    top = sum(counts[:best] if item in scale.reversed else counts[best:])
    return Spread(item, scale.id, classes, share(top, total) if has_top2 and best in cuts else None)


def _wanted(scale: Scale, cuts: list[int]) -> list[int]:
    """Return where a boundary would be good: the net score's parts first, then the best two answers."""
    if scale.net is None:
        return cuts
    first = int(np.searchsorted(scale.values, scale.net.detractors_to, side="right"))
    return [first, int(np.searchsorted(scale.values, scale.net.promoters_from)), *cuts]


def share(part: int, total: int) -> float:
    """Return a share as it is told: whole per cent."""
    return round(part / total, 2)


def is_enough(many: int, k: int) -> bool:
    """Say whether a class may be told: it holds k, and so does the count that would be shown."""
    return many >= k and rounded(many) >= k


def merged(counts: Counts, k: int, wanted: Sequence[int] = ()) -> list[int]:
    """Return the boundaries of classes of neighbouring answers, first 0 and last ``len(counts)``, each class of enough answers.

    ``wanted``: boundaries to keep, the earlier ones before the later, where both sides have enough.
    """
    cuts = [0, len(counts)]
    for cut in wanted:
        cuts = _with(cuts, cut, counts, k)
    for cut in range(1, len(counts)):
        cuts = _with(cuts, cut, counts, k)
    return cuts


def _with(cuts: list[int], cut: int, counts: Counts, k: int) -> list[int]:
    """Return the boundaries with one more where it leaves enough on both sides, else as they are."""
    before, after = max(at for at in cuts if at <= cut), min(at for at in cuts if at >= cut)
    sides = (sum(counts[before:cut]), sum(counts[cut:after]))
    return sorted({*cuts, cut}) if all(is_enough(side, k) for side in sides) else cuts
