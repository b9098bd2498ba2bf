"""The documented example as a choice, and the exhaustive search that the solver must agree with."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from metrics import yamlfile
from metrics.choosing.found import Pick
from metrics.choosing.program import Program
from metrics.choosing.question import Choice
from metrics.choosing.reading import read
from metrics.choosing.solver import holds

TEN = Path(__file__).resolve().parents[3] / "metrics" / "choosing" / "ten_projects.yml"
DAY = date(2015, 6, 30)


def ten(**changed: Any) -> dict[str, Any]:
    """Return the example's document, some keys changed; without a robust core unless asked for."""
    return yamlfile.document(TEN.read_text("utf-8")) | {"risk": {"solved": 0}} | changed


def choice(**changed: Any) -> Choice:
    """Return the example as a choice, some keys changed."""
    return read(ten(**changed), None, None, DAY)


def every_set(program: Program) -> Iterator[tuple[Pick, ...]]:
    """Yield every way of starting some of the projects, each once: the slow certain way."""
    candidates = program.choice.candidates
    for starts in product(*[(None, *one.starts) for one in candidates]):
        yield tuple(
            Pick(one.id, start) for one, start in zip(candidates, starts, strict=True) if start is not None
        )


def best_of_all(program: Program, values: np.ndarray) -> float | None:
    """Return the best objective over every set that keeps every rule, None where none does."""
    found = None
    for picks in every_set(program):
        x = program.chosen(picks)
        if all(holds(row, x) for row in program.rows):
            found = max(float(values @ x), found if found is not None else -np.inf)
    return found
