"""One future: each uncertain input at its median, or where it is put. What a tornado turns one input after the other in."""

from collections.abc import Mapping

import numpy as np

from metrics.chance import laws
from metrics.chance.model import INPUTS, Model, arrives, quantile
from metrics.increments import Array


def expected(model: Model, overrides: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return the outcomes with each input at its median unless ``overrides`` puts it elsewhere; no draw, no step.

    A request brings its amount times the chance of success, the part awarded and the chance that the answer comes by the horizon,
    the delay's median being the input. A programme's own law follows at the same quantile as the general one.
    """
    put = {input: quantile(model, input, 0.5) for input in INPUTS} | dict(overrides or {})
    lines, projects = model.lines, model.projects
    chance = _chance(model, put["success"]) * arrives(
        lines.median * (put["decision_days"] / quantile(model, "decision_days", 0.5)),
        model.assumed["decision_days"],
        (model.horizon - model.as_of).days,
    )
    euros = lines.amount * chance * _part(model, put["awarded_ratio"])
    known = ~np.isnan(projects.own)
    growth = (1 + put["works_inflation"]) ** projects.late
    left = projects.cost * put["cost_overrun"] * growth - projects.granted - projects.to_come
    fixed, unit = model.capacity or (np.nan, np.nan)
    found = {
        "raised": model.raised + float(euros.sum()),
        "own_cost": float(left[projects.is_known].sum() - euros[projects.is_known[lines.project]].sum()),
        "capacity": float(fixed + euros.sum() / unit),
    }
    if model.own > 0:
        won = model.partner + float(euros[known[lines.project]].sum())
        found["leverage"] = won / (model.own + _new_own(model, chance))
    return {one: found[one] for one in model.outcomes}


def now(model: Model) -> dict[str, float]:
    """Return the outcomes as things stand: nothing more awarded, costs as planned."""
    projects = model.projects
    left = (projects.cost - projects.granted - projects.to_come)[projects.is_known]
    found = {"raised": model.raised, "own_cost": float(left.sum())}
    if model.capacity is not None:
        found["capacity"] = model.capacity[0]
    if model.own > 0:
        found["leverage"] = model.partner / model.own
    return {one: found[one] for one in model.outcomes}


def _chance(model: Model, success: float) -> Array:
    """Return each request's chance of success when the general law's is ``success``."""
    general = model.assumed["success"].given
    at = np.array(laws.level(model.assumed["success"], success))
    own = (general["wins"], general["losses"])
    found = [success if law == own else float(laws.beta_quantile(law, at)) for law in model.success]
    return np.array(found)[model.lines.law]


def _part(model: Model, ratio: float) -> Array:
    """Return each request's part awarded when the general law's is ``ratio``."""
    general = model.assumed["awarded_ratio"].given
    lines = model.lines
    is_own = (
        (lines.low != general["least"]) | (lines.usual != general["usual"]) | (lines.high != general["most"])
    )
    at = np.full(len(lines.amount), laws.level(model.assumed["awarded_ratio"], ratio))
    return np.where(is_own, laws.triangular(at, lines.low, lines.usual, lines.high), ratio)


def _new_own(model: Model, chance: Array) -> float:
    """Return the own funds that the plans to come are expected to bring: of each project, once, if one of its requests is won."""
    refused = np.ones(len(model.projects.own))
    np.multiply.at(refused, model.lines.project, 1 - chance)
    new = ~model.projects.has_plan
    return float((np.nan_to_num(model.projects.own) * (1 - refused))[new].sum())
