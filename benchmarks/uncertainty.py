"""1,000 projects' futures, ours against plain chunked numpy and naive Python: same model, same outputs. Run by hand:

    python benchmarks/uncertainty.py [draws] [projects]

Each project waits for one request; part, delay, overrun and rise of costs as assumed. Two cases: each request is decided by itself
(independent), or all share one draw of success (dependent). Outputs: mean, P10, P50, P90 of what is raised, of the leverage, of the
own cost and of the capacity, and the chance to reach a mark of each. Ours: the exact laws, and the quick draws (as many draws).
Plain numpy takes float64 draws in blocks of 2,000; naive Python takes few draws, its time scaled to all of them (said). Target: at
least 3 times faster than plain numpy, amounts within 0.1 %, chances within 0.1 point. Plain numpy's own error of chance is taken
down by more runs (their mean), since at 100,000 draws it is of that size; its time is that of the first run.
"""

import math
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from metrics.assumptions import assumptions  # noqa: E402
from metrics.chance import fast  # noqa: E402
from metrics.chance.futures import exact_laws  # noqa: E402
from metrics.chance.model import Lines, Model, Projects, Shared, arrives  # noqa: E402

DRAWS, PROJECTS, NAIVE, RUNS, BLOCK = 100_000, 1_000, 100, 8, 2_000
LEVELS = (0.1, 0.5, 0.9)
WINS, LOSSES, DAYS, MEDIAN, LATE = 12.0, 8.0, 184, 120.0, 120 / 365.25
Drawn = dict[str, np.ndarray]


def town(projects: int, shared: Shared) -> Model:
    """A town with so many projects, each with one request pending."""
    rng = np.random.default_rng(20150630)
    amount = rng.lognormal(12.5, 0.6, projects)
    own = amount * rng.uniform(0.2, 0.6, projects)
    median, assumed = np.full(projects, MEDIAN), assumptions({})
    ids, each = tuple(f"L{k:05}" for k in range(projects)), np.arange(projects)
    corners = [np.full(projects, value) for value in (0.6, 0.9, 1.0)]
    draw = np.zeros(projects, dtype=np.int64) if shared == "all" else each
    lines = Lines(
        *(ids, amount, each, np.zeros(projects, dtype=np.int64), draw, *corners, median),
        arrives(median, assumed["decision_days"], DAYS),
    )
    plans = Projects(
        *(ids, own, own + amount, np.zeros(projects), np.zeros(projects)),
        *(np.zeros(projects, dtype=bool), np.full(projects, LATE)),
    )
    draws, total = ("",) if shared == "all" else ids, float(amount.sum())
    days = (date(2015, 6, 30), date(2015, 12, 31))
    ends = (total, total, total / 5, (2.0, total / 2))
    return Model(*days, lines, plans, ((WINS, LOSSES),), draws, shared, assumed, *ends)


def plain(model: Model, draws: int, seed: int) -> Drawn:
    """The same model in numpy as one writes it first: every part, delay and overrun drawn, block by block."""
    rng = np.random.default_rng(seed)
    amount, own, cost = model.lines.amount, model.projects.own, model.projects.cost
    raised, brought, total = np.empty(draws), np.empty(draws), np.empty(draws)
    log_sd = math.sqrt(math.log1p((0.15 / 1.05) ** 2))
    shared = rng.beta(WINS, LOSSES, draws) if model.shared == "all" else None
    for start in range(0, draws, BLOCK):
        here = slice(start, min(start + BLOCK, draws))
        shape = (here.stop - start, len(amount))
        chance = rng.beta(WINS, LOSSES, shape) if shared is None else shared[here, None]
        is_won = (rng.random(shape) < chance) & (rng.lognormal(math.log(MEDIAN), 0.5, shape) <= DAYS)
        raised[here] = (amount * rng.triangular(0.6, 0.9, 1.0, shape) * is_won).sum(axis=1)
        brought[here] = (own * is_won).sum(axis=1)
        overrun = rng.lognormal(math.log(1.05) - log_sd**2 / 2, log_sd, shape)
        rise = (1 + rng.normal(0.02, 0.015, shape[0])) ** LATE
        total[here] = (cost * overrun).sum(axis=1) * rise
    return told(model, raised, brought, total)


def naive(model: Model, draws: int, seed: int) -> Drawn:
    """The same model in plain Python."""
    rng = random.Random(seed)
    log_sd = math.sqrt(math.log1p((0.15 / 1.05) ** 2))
    rows = list(
        zip(
            model.lines.amount.tolist(),
            model.projects.own.tolist(),
            model.projects.cost.tolist(),
            strict=True,
        )
    )
    found = []
    for _ in range(draws):
        raised = brought = total = 0.0
        shared, rise = rng.betavariate(WINS, LOSSES), (1 + rng.gauss(0.02, 0.015)) ** LATE
        for amount, own, cost in rows:
            chance = shared if model.shared == "all" else rng.betavariate(WINS, LOSSES)
            if rng.random() < chance and rng.lognormvariate(math.log(MEDIAN), 0.5) <= DAYS:
                raised += amount * rng.triangular(0.6, 1.0, 0.9)
                brought += own
            total += cost * rng.lognormvariate(math.log(1.05) - log_sd**2 / 2, log_sd) * rise
        found.append((raised, brought, total))
    return told(model, *np.array(found).T)


def told(model: Model, raised: np.ndarray, brought: np.ndarray, total: np.ndarray) -> Drawn:
    """The four outcomes of what was drawn."""
    assert model.capacity is not None
    return {
        "raised": model.raised + raised,
        "leverage": (model.partner + raised) / (model.own + brought),
        "own_cost": total - raised,
        "capacity": model.capacity[0] + raised / model.capacity[1],
    }


def summary(drawn: Drawn, marks: dict[str, float]) -> dict[str, list[float]]:
    """Mean, quantiles, chance of at least the mark."""
    return {
        one: [float(x.mean()), *np.quantile(x, LEVELS).tolist(), float((x >= marks[one]).mean())]
        for one, x in drawn.items()
    }


def timed(work: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Seconds on the clock and of the processors, and what came of it."""
    start, worked = time.perf_counter(), time.process_time()
    found = work()
    return (time.perf_counter() - start, time.process_time() - worked), found


def compared(name: str, ours: dict[str, list[float]], theirs: dict[str, list[float]]) -> None:
    """Print the largest differences: amounts in per cent, chances in points."""
    amounts = max(
        abs(a / b - 1) for one in theirs for a, b in zip(ours[one][:-1], theirs[one][:-1], strict=True)
    )
    chances = max(abs(ours[one][-1] - theirs[one][-1]) for one in theirs)
    print(
        f"    {name:12} amounts within {100 * amounts:.3f} %, chances within {100 * chances:.3f} points of plain numpy"
    )


def case(shared: Shared, draws: int, projects: int) -> None:
    """Time and compare one case."""
    model = town(projects, shared)
    print(
        f"{'dependent: one shared draw' if shared == 'all' else 'independent decisions'}, {projects:,} projects x {draws:,} draws"
    )
    exact_laws(town(8, shared))  # libraries loaded once for all
    exact_s, laws = timed(lambda: exact_laws(model))
    marks = {one: law.quantile(0.4) for one, law in laws.items()}
    exact = {
        one: [law.mean, *(law.quantile(level) for level in LEVELS), law.reached(marks[one])]
        for one, law in laws.items()
    }
    quick_s, quick = timed(lambda: fast.outcomes(model, draws))
    plain_s, first = timed(lambda: plain(model, draws, 0))
    runs = [summary(first, marks), *(summary(plain(model, draws, seed), marks) for seed in range(1, RUNS))]
    theirs = {one: np.mean([run[one] for run in runs], axis=0).tolist() for one in exact}
    naive_s = tuple(seconds * draws / NAIVE for seconds in timed(lambda: naive(model, NAIVE, 0))[0])
    for name, seconds in (
        ("exact", exact_s),
        ("quick draws", quick_s),
        ("plain numpy", plain_s),
        ("naive Python", naive_s),
    ):
        note = f" (from {NAIVE} draws, scaled)" if name == "naive Python" else ""
        ratios = (theirs / ours for theirs, ours in zip(plain_s, seconds, strict=True))
        print(f"    {name:12} {seconds[0]:9.2f} s on the clock, {seconds[1]:9.2f} s of processor", end="   ")
        print("plain numpy / this: {:.3g} and {:.3g}".format(*ratios) + note)
    compared("exact", exact, theirs)
    compared("quick draws", summary(quick, marks), theirs)
    print(
        f"    ({RUNS} runs of plain numpy; grid steps: "
        + ", ".join(f"{one} {law.error:.3g}" for one, law in laws.items())
        + ")"
    )


def main(draws: int = DRAWS, projects: int = PROJECTS) -> None:
    """Both cases."""
    for shared in ("none", "all"):
        case(shared, draws, projects)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
