"""What a measure says of the whole town: mean, weighted mean with its limits, how well its items hang together, net score."""

from collections.abc import Iterable
from dataclasses import replace
from math import isnan

import numpy as np

from metrics import likert, reliability
from metrics.disclosure.answers import Answers
from metrics.disclosure.building import shown, spread_of
from metrics.disclosure.heads import Headcounts
from metrics.disclosure.spreading import is_enough
from metrics.disclosure.tables import Net, Response, Summary, response_shown, rounded
from metrics.disclosure.weighing import mean_of
from metrics.poststratified import Mean
from metrics.scales import Scale
from metrics.scalescores import turned


def summaries_of(
    answers: Answers, measures: Iterable[str], k: int, headcounts: Headcounts, staff: int | None
) -> tuple[Summary, ...]:
    """Return what each measure says of the whole town, of a town that may be told.

    ``weighted`` is told where the staff is known by stratum; ``low`` and ``high`` are the limits of the weighted mean, else
    of the mean; sampling only, for a finite ``staff``.
    """
    return tuple(_summary(answers, name, k, headcounts, staff) for name in measures)


def plain_of(answers: Answers, summaries: Iterable[Summary], staff: int | None) -> tuple[Summary, ...]:
    """Return the same summaries without their weighted means: the limits are those of the mean."""
    return tuple(_plain(answers, one, staff) for one in summaries)


def _plain(answers: Answers, one: Summary, staff: int | None) -> Summary:
    found = mean_of(answers, one.measure, {}, staff)
    assert found is not None
    low, high = _limits(found)
    return replace(one, weighted=None, effective_n=None, design_effect=None, low=low, high=high)


def _limits(found: Mean) -> tuple[float, float]:
    return _tenth(max(0.0, found.low)), _tenth(min(100.0, found.high))


def response_of(answers: Answers, measure: str, asked: int | None, is_plain: bool = False) -> Response:
    """Return how many answered, to the nearest 10, so coarse that who answered without any score stays in it.

    ``is_plain``: as many as the town's count instead, where even that would isolate them.
    """
    if is_plain or not answers.received:
        return Response(rounded(len(answers.of((), measure))), asked)
    return Response(response_shown(answers.received), asked)


def _summary(answers: Answers, measure: str, k: int, headcounts: Headcounts, staff: int | None) -> Summary:
    scores = answers.of((), measure)
    found = mean_of(answers, measure, headcounts, staff)
    assert found is not None
    is_weighted = bool(headcounts)
    low, high = _limits(found)
    scale = next((one for one in answers.scales if one.id == measure), None)
    return Summary(
        measure,
        rounded(len(scores)),
        shown(scores),
        spread_of(scores),
        weighted=_tenth(found.value) if is_weighted else None,
        low=low,
        high=high,
        effective_n=rounded(round(found.effective_n)) if is_weighted else None,
        design_effect=_tenth(found.n / found.effective_n) if is_weighted else None,
        net=_net(answers, scale, k, staff),
        **_held(answers, scale),
    )


def _tenth(value: float) -> float:
    return round(value, 1)


def _held(answers: Answers, scale: Scale | None) -> dict[str, float]:
    """Return alpha with its limits and omega to 0.01, where a scale's complete answers tell them."""
    if scale is None:
        return {}
    matrix = turned(scale, np.stack([answers.items[code] for code in scale.codes], axis=1))
    whole = reliability.complete(matrix)
    if reliability.why_none(whole):
        return {}
    alpha, omega = reliability.alpha(whole), reliability.omega(whole)
    found = {"alpha": alpha.value, "alpha_low": alpha.low, "alpha_high": alpha.high}
    found |= {"omega": omega.value} if omega else {}
    return {name: round(value, 2) for name, value in found.items()}


def _net(answers: Answers, scale: Scale | None, k: int, staff: int | None) -> Net | None:
    """Return a scale's net score where those for, those against and the others are each enough to be told."""
    if scale is None or scale.net is None:
        return None
    given = turned(scale, answers.items[scale.codes[0]][:, None])[:, 0]
    given = given[~np.isnan(given)]
    best = int(np.count_nonzero(given >= scale.net.promoters_from))
    worst = int(np.count_nonzero(given <= scale.net.detractors_to))
    if not all(is_enough(many, k) for many in (best, worst, len(given) - best - worst)):
        return None
    net = likert.net_score(given, scale.net.promoters_from, scale.net.detractors_to, staff)
    low, high = (None if isnan(limit) else float(round(limit)) for limit in (net.low, net.high))
    return Net(float(round(net.value)), low, high, round(net.promoters, 2), round(net.detractors, 2))
