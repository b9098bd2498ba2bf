"""How long the best set takes to prove: candidates over start years, under yearly budgets and the rules of a town. By hand:

    python benchmarks/choice.py [candidates] [years] [towns] [seconds]

Each random town (fixed seeds) has projects of log-normal size, own funds of 20 to 40 % over two years, posts, themes, districts,
committed and dependent projects; budgets take about a third of what all would need. Printed: seconds and the gap proven, for the
product's solver and for taking projects by leverage. Target: a proven optimum or a gap of at most 0.1 % within 10 s on two cores. Where others
use the processor, its own seconds tell more than the clock: give a longer limit.
"""

import statistics
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from datetime import date  # noqa: E402

from metrics.choosing import greedy  # noqa: E402
from metrics.choosing.reading import read  # noqa: E402
from metrics.choosing.solving import choose, solved  # noqa: E402

THEMES = ("mobility", "urban", "heritage", "energy", "sport", "innovation", "schools", "culture")
DISTRICTS = ("north", "south", "east", "west")
FIRST = 2015


def town(candidates: int, years: int, seed: int) -> dict[str, Any]:
    """Return the document of a random choice."""
    rng = np.random.default_rng(seed)
    told = [_project(rng, i, candidates) for i in range(candidates)]
    own, fte = (sum(np.sum(one[name]) for one in told) / years / 3 for name in ("own", "fte"))
    return {
        "years": list(range(FIRST, FIRST + years)),
        "start_years": "free",
        "candidates": told,
        "budgets": {"own": round(own, -3), "fte": round(fte, 1)},
        "limits": [{"column": "theme", "most": max(candidates // 12, 1), "least": 1}],
        "shares": [{"column": "district", "value": "north", "least": 0.2}],
        "committed": ["P001", "P002"],
        "excluded": ["P003"],
        "exclusive": [["P004", "P005"]],
    }


def _project(rng: np.random.Generator, i: int, candidates: int) -> dict[str, Any]:
    cost = float(np.round(rng.lognormal(14, 0.8), -3))
    own, first = cost * rng.uniform(0.2, 0.4), rng.uniform(0.3, 0.7)
    profile = [float(round(own * first)), float(round(own * (1 - first)))]
    posts = float(round(rng.uniform(0.2, 1.2), 1))
    private = round(rng.uniform(0, 0.2) * (cost - sum(profile)))
    return {
        "id": f"P{i + 1:03}",
        "cost": cost,
        "own": profile,
        "fte": [posts, posts],
        "private": private,
        "public": cost - sum(profile) - private,
        "theme": str(rng.choice(THEMES)),
        "district": str(rng.choice(DISTRICTS)),
        "requires": [f"P{rng.integers(1, i + 1):03}"] if i > 10 and rng.random() < 0.05 else [],
    }


def main(candidates: int = 200, years: int = 3, towns: int = 5, limit: int = 10) -> None:
    """Print one line per town."""
    seconds, gaps = [], []
    for seed in range(towns):
        choice = read(town(candidates, years, seed) | {"seconds": limit}, None, None, date(FIRST, 6, 30))
        start, spent = time.perf_counter(), time.process_time()
        found = solved(choice)
        best = found.portfolio
        seconds.append(time.perf_counter() - start)
        spent = time.process_time() - spent
        assert best is not None and not best.breaks
        gaps.append(found.solution.bound / (best.objective or 1.0) - 1)
        rival = greedy.rivals(found.program, found.values)[0]
        print(
            f"town {seed}: {candidates} candidates x {years} years: {len(best.picks)} chosen, {best.total / 1e6:.1f} M€ in "
            f"{seconds[-1]:.1f} s ({spent:.1f} s of CPU), gap {gaps[-1]:.4%}; by leverage {rival.total / 1e6:.1f} M€, "
            f"{len(rival.breaks)} rules broken"
        )
    start = time.perf_counter()
    whole = choose(choice)
    print(
        f"the whole answer of the last town ({len(whole.shadows)} shadow values too): {time.perf_counter() - start:.1f} s"
    )
    print(f"median {statistics.median(seconds):.1f} s, worst {max(seconds):.1f} s; worst gap {max(gaps):.4%}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
