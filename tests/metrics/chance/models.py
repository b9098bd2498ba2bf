"""Small models to test with: the requests of domain.md's example, and others, without a store."""

from datetime import date

import numpy as np

from metrics.assumptions import assumptions
from metrics.chance.model import Lines, Model, Projects, Shared, arrives

AS_OF, HORIZON = date(2015, 6, 30), date(2015, 12, 31)


def a_model(
    amounts: list[float],
    *,
    success: tuple[float, float] = (12.0, 8.0),
    shared: Shared = "all",
    own: float = 400_000.0,
    lines_a_project: int = 1,
) -> Model:
    """15 M€ won on 3 M€ of own funds, ``amounts`` pending on as many new projects (or fewer), the shipped assumptions."""
    n = len(amounts)
    assumed = assumptions({})
    place = np.arange(n) // lines_a_project
    count = int(place.max()) + 1
    median = np.full(n, 120.0)
    corner = [np.full(n, value) for value in (0.6, 0.9, 1.0)]
    draws = ("",) if shared == "all" else tuple(f"L{k:04}" for k in range(n))
    draw = np.zeros(n, dtype=np.int64) if shared == "all" else np.arange(n)
    lines = Lines(
        tuple(f"L{k:04}" for k in range(n)),
        np.array(amounts),
        place,
        np.zeros(n, dtype=np.int64),
        draw,
        *corner,
        median,
        arrives(median, assumed["decision_days"], 184),
    )
    asked = np.bincount(place, np.array(amounts))
    projects = Projects(
        tuple(f"P{k:04}" for k in range(count)),
        np.full(count, own),
        own + asked,
        np.zeros(count),
        np.zeros(count),
        np.zeros(count, dtype=bool),
        np.full(count, 120 / 365.25),
    )
    return Model(
        AS_OF,
        HORIZON,
        lines,
        projects,
        (success,),
        draws,
        shared,
        assumed,
        15e6,
        15e6,
        3e6,
        (2.0, 10e6),
    )
