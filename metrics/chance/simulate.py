"""Draws of the futures, the same ones for every scenario: each request and each project has a stream of random numbers of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from metrics.assumptions import Assumption
from metrics.chance import laws
from metrics.chance.model import Model
from metrics.increments import Array

SEED = 20150630


@dataclass(frozen=True, eq=False)
class Sample:
    """Draws by name: of each uncertain input (of several requests or projects their weighted mean), and of each outcome."""

    inputs: Mapping[str, Array]
    outcomes: Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Awards:
    """What the pending requests bring by the horizon, by draw: euros (of all; of projects with known own funds; with known
    cost), own funds of the plans they start, and the weighted means of what was drawn."""

    all: Array
    known: Array
    costed: Array
    own: Array
    success: Array
    ratio: Array
    days: Array


def uniforms(seed: int, name: str, draws: int) -> Array:
    """Return the uniforms that belong to a name: the same whatever else a scenario holds (common random numbers)."""
    stream = np.random.Generator(np.random.SFC64([seed, crc32(name.encode("utf-8"))]))
    return np.asarray(stream.random(draws))


def sample(model: Model, draws: int = 10_000, seed: int = SEED) -> Sample:
    """Return draws of the inputs and of the outcomes; the same seed gives the same draws under any scenario."""
    growth = _quantiles(model.assumed["works_inflation"], uniforms(seed, "works_inflation", draws))
    awards = _awards(model, draws, seed)
    cost, overrun = _costs(model, growth, draws, seed)
    told = {
        "success": awards.success,
        "awarded_ratio": awards.ratio,
        "decision_days": awards.days,
        "cost_overrun": overrun,
        "works_inflation": growth,
    }
    return Sample(told, _outcomes(model, awards, cost))


def _quantiles(law: Assumption, at: Array) -> Array:
    """Return the quantiles of a normal or lognormal law."""
    from scipy.special import ndtri

    if law.law == "normal":
        return np.asarray(law.given["mean"] + law.given["sd"] * ndtri(at))
    mean, sd = laws.logs(law)
    return np.asarray(np.exp(mean + sd * ndtri(at)))


def _awards(model: Model, draws: int, seed: int) -> Awards:
    """Draw each request: its decision, its part, its delay."""
    from scipy.special import ndtri

    lines, projects = model.lines, model.projects
    shared = [uniforms(seed, f"success {name}", draws) for name in model.draws]
    chance = {
        pair: laws.beta_quantile(model.success[pair[0]], shared[pair[1]])
        for pair in {*zip(lines.law.tolist(), lines.draw.tolist(), strict=True)}
    }
    won_by = {
        int(place): np.zeros(draws, dtype=bool) for place in lines.project if not projects.has_plan[place]
    }
    total, known, costed, success, ratio, logs = (np.zeros(draws) for _ in range(6))
    asked, is_costed = max(lines.amount.sum(), 1e-9), projects.is_known
    sd, log_horizon = (
        model.assumed["decision_days"].given["sd"],
        np.log(max((model.horizon - model.as_of).days, 1e-9)),
    )
    for place, id in enumerate(lines.id):
        project, amount = int(lines.project[place]), lines.amount[place]
        p = chance[int(lines.law[place]), int(lines.draw[place])]
        part = laws.triangular(
            uniforms(seed, f"part {id}", draws), lines.low[place], lines.usual[place], lines.high[place]
        )
        log_days = np.log(max(lines.median[place], 1e-9)) + sd * ndtri(uniforms(seed, f"days {id}", draws))
        is_won = (uniforms(seed, f"decision {id}", draws) < p) & (log_days <= log_horizon)
        euros = amount * part * is_won
        total += euros
        known += euros if not np.isnan(projects.own[project]) else 0.0
        costed += euros if is_costed[project] else 0.0
        success += p * (amount / asked)
        ratio += part * (amount / asked)
        logs += log_days * (amount / asked)
        if project in won_by:
            won_by[project] |= is_won
    own = np.zeros(draws)
    for project, is_won in won_by.items():
        own += np.nan_to_num(projects.own[project]) * is_won
    return Awards(total, known, costed, own, success, ratio, np.exp(logs))


def _costs(model: Model, growth: Array, draws: int, seed: int) -> tuple[Array, Array]:
    """Return what the projects cost in the end (euros), and the weighted mean of their overruns."""
    projects, law = model.projects, model.assumed["cost_overrun"]
    known = np.flatnonzero(projects.is_known)
    total, overrun = np.zeros(draws), np.zeros(draws)
    planned = projects.cost[known].sum()
    for place in known:
        factor = _quantiles(law, uniforms(seed, f"overrun {projects.id[place]}", draws))
        total += projects.cost[place] * factor * (1 + growth) ** projects.late[place]
        overrun += factor * (projects.cost[place] / planned)
    return total, overrun


def _outcomes(model: Model, awards: Awards, cost: Array) -> dict[str, Array]:
    projects = model.projects
    known = projects.is_known
    paid = float((projects.granted + projects.to_come)[known].sum())
    fixed, unit = model.capacity or (np.nan, np.nan)
    found = {
        "raised": model.raised + awards.all,
        "own_cost": cost - paid - awards.costed,
        "capacity": fixed + awards.all / unit,
    }
    if model.own > 0:
        found["leverage"] = (model.partner + awards.known) / (model.own + awards.own)
    return {one: found[one] for one in model.outcomes}
