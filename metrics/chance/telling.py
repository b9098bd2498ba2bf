"""Futures told: for programs, and in lines for a terminal."""

from dataclasses import asdict
from typing import Any

from metrics import figures
from metrics.assumptions import Assumption
from metrics.chance.futures import KPIS, Distribution, Futures
from metrics.definitions import Catalogue
from schemas.text import Text

OWN_COST = Text("Coût à la charge de la Ville", "Cost borne by the town")
HEAD = Text(
    "Au {horizon}, {requests} demandes en attente ; milieu, puis 8 fois sur 10, base -> scénario :",
    "On {horizon}, {requests} pending requests; middle, then 8 times in 10, base -> scenario:",
)
LINE = Text("{label} : {base} -> {scenario}", "{label}: {base} -> {scenario}")


def as_json(base: Futures, scenario: Futures) -> dict[str, Any]:
    """Return what ``metrics whatif --json`` says of the futures: the two sides of each outcome, and what is assumed in each."""
    return {
        "horizon": scenario.horizon.isoformat(),
        "requests": {"base": base.requests, "scenario": scenario.requests},
        "pending": {"base": asdict(base.pending), "scenario": asdict(scenario.pending)},
        "distributions": [
            {"outcome": one, "base": _side(base.of(one)), "scenario": _side(scenario.of(one))}
            for one in outcomes(base, scenario)
        ],
        "assumptions": [
            _assumed(mine, other) for mine, other in zip(base.assumptions, scenario.assumptions, strict=True)
        ],
    }


def outcomes(base: Futures, scenario: Futures) -> list[str]:
    """Return the outcomes that either side can tell, in their order."""
    return [*dict.fromkeys(one.outcome for side in (base, scenario) for one in side.distributions)]


def _side(found: Distribution | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "unit": found.unit,
        "now": found.now,
        "mean": found.mean,
        "sd": found.sd,
        "quantiles": [{"level": level, "value": value} for level, value in found.quantiles],
        "edges": list(found.edges),
        "shares": list(found.shares),
        "targets": [{"target": target, "probability": chance} for target, chance in found.targets],
        "marks": [{"value": mark, "probability": chance} for mark, chance in found.marks],
        "method": found.method,
        "error": found.error,
    }


def _assumed(base: Assumption, scenario: Assumption) -> dict[str, Any]:
    return {
        "id": base.id,
        "law": base.law,
        "unit": base.unit,
        "base": base.given,
        "scenario": scenario.given,
        "supported": base.is_supported,
    }


def lines(catalogue: Catalogue, base: Futures, scenario: Futures, lang: str) -> list[str]:
    """Return the futures for a terminal, [] when there is nothing to tell."""
    head = HEAD.format(horizon=scenario.horizon.isoformat(), requests=scenario.requests).get(lang)
    told = [
        LINE.format(
            label=label(catalogue, one).get(lang),
            base=_words(base.of(one), lang),
            scenario=_words(scenario.of(one), lang),
        ).get(lang)
        for one in outcomes(base, scenario)
    ]
    return [head, *told] if told else []


def label(catalogue: Catalogue, outcome: str) -> Text:
    """Return an outcome's name: its KPI's, or its own."""
    kpi = catalogue.every.get(KPIS.get(outcome, ""))
    return kpi.label if kpi else OWN_COST


def _words(found: Distribution | None, lang: str) -> str:
    if found is None:
        return "-"
    low, middle, high = (
        figures.value(found.quantile(level), found.unit).get(lang) for level in (0.1, 0.5, 0.9)
    )
    return f"{middle} [{low} ; {high}]"
