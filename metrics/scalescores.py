"""What answers to a scale give: each respondent's score by the missing rule, how the scores are spread, what they rest on."""

from dataclasses import dataclass
from math import nan

import numpy as np

from metrics import likert, reliability
from metrics.likert import Array, NetScore, Spread
from metrics.reliability import Alpha, Omega
from metrics.scales import Scale


@dataclass(frozen=True)
class Summary:
    """The scores of n respondents of a (sub)scale; ``incomplete`` answered some items, but not enough for a score."""

    n: int
    incomplete: int
    mean: float
    sd: float
    median: float
    q1: float
    q3: float
    low: float
    high: float
    range: tuple[float, float]
    alpha: Alpha | None
    alpha_reason: str | None
    omega: Omega | None
    omega_reason: str | None
    item_rest: Array


@dataclass(frozen=True)
class Scored:
    """A scale's answers: of ``rows`` respondents, its own summary, its subscales' by id, its items', its net score."""

    rows: int
    whole: Summary
    subscales: dict[str, Summary]
    items: dict[str, Spread]
    net: NetScore | None


def turned(scale: Scale, answers: Array) -> Array:
    """Return the answers (respondents, items) with reversed items turned round: low + high - answer."""
    flip = np.array([code in scale.reversed for code in scale.codes])
    return np.where(flip[None, :], scale.low + scale.high - answers, answers)


def respondents(scale: Scale, matrix: Array, least: int) -> Array:
    """Return each respondent's score on the items of ``matrix`` (already turned round), NaN under ``least`` answered ones.

    The mean of the items answered, mapped; a sum is that mean times the number of items.
    """
    answered = (~np.isnan(matrix)).sum(axis=1)
    means = np.nansum(matrix, axis=1) / np.maximum(answered, 1)
    return np.where(answered >= least, scale.mapped(means, matrix.shape[1]), nan)


def scored(scale: Scale, answers: Array, headcount: float | None = None) -> Scored:
    """Return what ``answers`` (respondents, items in the scale's order; NaN: none) give, of ``headcount`` people where it is known."""
    matrix = turned(scale, answers)
    place = {code: at for at, code in enumerate(scale.codes)}
    parts = {
        part.id: _summary(scale, matrix[:, [place[code] for code in part.items]], part.least, headcount)
        for part in scale.subscales
    }
    items = {
        code: likert.spread(answers[:, at], scale.values, code in scale.reversed)
        for code, at in place.items()
    }
    whole = _summary(scale, matrix, scale.least, headcount)
    return Scored(len(answers), whole, parts, items, _net(scale, matrix, headcount))


def _net(scale: Scale, matrix: Array, headcount: float | None) -> NetScore | None:
    if scale.net is None:
        return None
    return likert.net_score(matrix[:, 0], scale.net.promoters_from, scale.net.detractors_to, headcount)


def _summary(scale: Scale, matrix: Array, least: int, headcount: float | None) -> Summary:
    every = respondents(scale, matrix, least)
    known = every[~np.isnan(every)]
    some = int((~np.isnan(matrix)).any(axis=1).sum())
    mean, sd = likert.mean_sd(known)
    ends = scale.score_range(matrix.shape[1])
    low, high = likert.mean_limits(mean, sd, len(known), headcount)
    quartiles = np.quantile(known, (0.25, 0.5, 0.75)) if len(known) else np.full(3, nan)
    q1, median, q3 = quartiles.tolist()
    spread = (mean, sd, median, q1, q3, float(np.maximum(low, ends[0])), float(np.minimum(high, ends[1])))
    return Summary(len(known), some - len(known), *spread, ends, *_held(matrix))


def _held(matrix: Array) -> tuple[Alpha | None, str | None, Omega | None, str | None, Array]:
    """Return alpha, omega and the item-rest correlations of the complete answers, or why there are none."""
    whole = reliability.complete(matrix)
    reason = reliability.why_none(whole)
    if reason:
        return None, reason, None, reason, np.full(matrix.shape[1], nan)
    omega = reliability.omega(whole)
    return (
        reliability.alpha(whole),
        None,
        omega,
        None if omega else "no_solution",
        reliability.item_rest(whole),
    )
