"""Kept readings as results again: what is to be judged anew when a target or a base changed, and nothing else did."""

from collections.abc import Iterable

import numpy as np

from metrics.definitions import Catalogue, Kpi
from metrics.plan import Plan
from metrics.reading import JUDGED
from metrics.results import PARTS, Engine, Result
from metrics.statement import TOWN


def results(engine: Engine, catalogue: Catalogue, kpis: Iterable[Kpi]) -> list[Result]:
    """Return the kept values of ``kpis``, without the judgements passed on them.

    A value that came with a period of its own keeps it; one that was found too old stays so.
    """
    columns = ", ".join(("kpi", "as_of", "period", "dimension", "scope", "reason", *PARTS))
    answer = engine.columns(f"SELECT {columns} FROM readings ORDER BY kpi, dimension, scope, as_of")
    ids = np.asarray(answer["kpi"], dtype=object)
    return [_one(kpi, answer, np.flatnonzero(ids == kpi.id), catalogue) for kpi in kpis]


def _one(kpi: Kpi, answer: dict[str, np.ndarray], here: np.ndarray, catalogue: Catalogue) -> Result:
    town = np.asarray(answer["dimension"][here], dtype=object) == ""
    scope = np.array(
        [TOWN if whole else f"={name}" for whole, name in zip(town, answer["scope"][here], strict=True)],
        dtype=object,
    )
    return Result(
        kpi,
        np.asarray(answer["as_of"][here], dtype="datetime64[D]"),
        scope,
        {name: np.asarray(answer[name][here], dtype=np.float64) for name in PARTS},
        [None if reason in JUDGED else reason for reason in answer["reason"][here]],
        _is_amount(kpi, catalogue),
        [str(period) for period in answer["period"][here]],
    )


def _is_amount(kpi: Kpi, catalogue: Catalogue) -> bool:
    """Say whether the value grows with the scope; one that is not computed from rows does not."""
    return kpi.sql is not None and kpi.period is not None and Plan(catalogue.every).add(kpi.id).is_amount
