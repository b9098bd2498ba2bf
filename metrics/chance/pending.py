"""What becomes of the pending requests by the horizon: won, not granted, still without an answer; and the own funds that come in."""

from dataclasses import dataclass

import numpy as np

from metrics.chance import laws
from metrics.chance.model import Model
from metrics.increments import Array

LEVELS = 64  # of the shared draw of success
NONE_WAITS = 0.005  # of what is asked: less is no request that waits


@dataclass(frozen=True)
class Pending:
    """Means in euros: ``asked`` = ``won`` + ``refused`` + ``waiting``; ``own_funds`` of new plans enter the leverage.

    Of the projects whose cost and own funds are known, as the own cost. ``refused`` holds what an award leaves out; ``waiting`` is
    asked of programmes that have not answered at the horizon. ``voted``: the own funds of these projects.
    """

    asked: float
    won: float
    refused: float
    waiting: float
    own_funds: float
    voted: float

    @property
    def waits(self) -> bool:
        """Say whether requests may still wait at the horizon."""
        return self.waiting > NONE_WAITS * self.asked


def pending(model: Model) -> Pending:
    """Return what the pending requests come to, on average."""
    lines, projects = model.lines, model.projects
    kept = projects.is_known[lines.project]
    asked, arrives = lines.amount[kept], lines.arrives[kept]
    wins = np.array([won / (won + lost) for won, lost in model.success])[lines.law[kept]]
    part = (lines.low + lines.usual + lines.high)[kept] / 3
    won = float((asked * arrives * wins * part).sum())
    waiting = float((asked * (1 - arrives)).sum())
    total = float(asked.sum())
    voted = float(projects.own[projects.is_known].sum())
    return Pending(total, won, total - won - waiting, waiting, _own_funds(model), voted)


def _own_funds(model: Model) -> float:
    """Return the own funds of the plans to come, each project's once, averaged over one draw of success for all requests."""
    at = (np.arange(LEVELS) + 0.5) / LEVELS
    success = np.array([laws.beta_quantile(law, at) for law in model.success])[model.lines.law]
    missed: Array = np.ones((len(model.projects.own), LEVELS))
    np.multiply.at(missed, model.lines.project, 1 - success * model.lines.arrives[:, None])
    new = np.where(model.projects.has_plan, 0.0, np.nan_to_num(model.projects.own))
    return float(new @ (1 - missed).mean(axis=1))
