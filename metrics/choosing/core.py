"""The robust core: which projects are in the best set in draw after draw."""

import time

import numpy as np

from metrics.choosing.draws import Draws
from metrics.choosing.found import Core
from metrics.choosing.needs import Array
from metrics.choosing.solver import solve

GAP = 0.002  # one draw is one opinion among many: a near best says as much
NODES = 500  # of one draw's search tree: a bound that is the same on every machine, unlike seconds
SECONDS = 30.0  # for all of them; told where it stops them


def core(draws: Draws, values: Array, seconds: float = SECONDS) -> Core | None:
    """Return how often each project is in the best set, one draw's own needs at a time; None where no draw has one.

    The same draws everywhere. Only where ``seconds`` run out are there fewer, and ``is_stopped`` says so.
    """
    program, ends = draws.program, time.perf_counter() + seconds
    asked = draws.needs[: program.choice.risk.solved]
    counts, done, tried = np.zeros(len(program.choice.candidates)), 0, 0
    for needs in asked:
        if tried and time.perf_counter() > ends:
            break
        tried += 1
        rows = draws.rows(program.rows, needs)
        found = solve(values, rows, _gap(program.choice.gap), nodes=NODES)
        if found.x is not None:
            done += 1
            counts += np.bincount(program.owner, found.x, len(counts)) > 0.5
    if not done:
        return None
    shares = {one.id: float(counts[i] / done) for i, one in enumerate(program.choice.candidates)}
    return Core(done, shares, len(asked), tried < len(asked))


def _gap(asked: float | None) -> float:
    return GAP if asked is None else asked
