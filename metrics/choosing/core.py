"""The robust core: which projects are in the best set whatever the draw."""

import time

import numpy as np

from metrics.choosing.draws import Draws
from metrics.choosing.found import Core
from metrics.choosing.needs import Array
from metrics.choosing.solver import solve

GAP = 0.002  # one draw is one opinion among many: a near best says as much
ONE = 1.0  # seconds for one draw


def core(draws: Draws, values: Array, seconds: float) -> Core | None:
    """Return how often each project is in the best set, one draw's own needs at a time; None where no draw has one.

    Within ``seconds``: a large choice stops after fewer draws, and tells how many.
    """
    program, ends = draws.program, time.perf_counter() + seconds
    counts, done = np.zeros(len(program.choice.candidates)), 0
    for needs in draws.needs[: program.choice.risk.solved]:
        found = solve(values, draws.rows(program.rows, needs), _gap(program.choice.gap), ONE)
        if found.x is not None:
            done += 1
            counts += np.bincount(program.owner, found.x, len(counts)) > 0.5
        if time.perf_counter() > ends:
            break
    if not done:
        return None
    shares = {one.id: float(counts[i] / done) for i, one in enumerate(program.choice.candidates)}
    return Core(done, shares)


def _gap(asked: float | None) -> float:
    return GAP if asked is None else asked
