"""The words of the map and the perspectives under a scenario: what moves, from how much to how much."""

from collections.abc import Sequence

from metrics.scores import Score
from metrics.whatif import Line
from pages.parts import whatif_words
from pages.parts.source import Source
from pages.parts.under_reads import Under
from pages.texts import numbers, said, t, tn

LEAST = 1e-9  # a score's change smaller than this is none


def map_title(source: Source, under: Under) -> str:
    """The finding of the map: how many objectives move, and which one's score moves most."""
    goals = source.catalogue.scorecard.objectives
    moved = [code for code in goals if under.moved(source, code)]
    if not moved:
        return t("Scénario : aucun objectif ne bouge")
    told = tn("un objectif sur {of} bouge", "{n} objectifs sur {of} bougent", len(moved), of=len(goals))
    most = max(moved, key=lambda code: abs(change(*under.goals(code)) or 0.0))
    if not has_moved(*under.goals(most)):
        return t("Scénario : {moved}, aucun score ne change", moved=told)
    base, scenario = under.goals(most)
    return t(
        "Scénario : {moved} ; « {label} » passe de {base} à {scenario}",
        moved=told,
        label=said(goals[most].label),
        base=figure(base),
        scenario=figure(scenario),
    )


def side_title(source: Source, lines: Sequence[Line]) -> str:
    """The finding of a perspective: how many of its KPIs move, and where the one whose score moves most goes."""
    moved = [line for line in lines if line.has_moved]
    if not moved:
        return t("Scénario : aucun indicateur de cette perspective ne bouge")
    told = tn("un indicateur sur {of} bouge", "{n} indicateurs sur {of} bougent", len(moved), of=len(lines))
    first = max(moved, key=_weight)
    return t(
        "Scénario : {moved} ; « {label} » passe de {base} à {scenario}",
        moved=told,
        label=said(source.catalogue.kpis[first.kpi].label),
        base=whatif_words.value(first, scenario=False),
        scenario=whatif_words.value(first),
    )


def _weight(line: Line) -> tuple[float, float]:
    """How much a line moves: by its score, else by its value's share."""
    scored = abs((line.scenario.score or 0.0) - (line.base.score or 0.0))
    return scored, abs(line.difference or 0.0) / (abs(line.base.value or 0.0) or 1.0)


def change(base: Score, scenario: Score) -> float | None:
    """Scenario minus base on 0..100, None where either is unknown."""
    if base.score is None or scenario.score is None:
        return None
    return scenario.score - base.score


def has_moved(base: Score, scenario: Score) -> bool:
    """Whether a score, or whether it is known, differs."""
    found = change(base, scenario)
    return (base.score is None) != (scenario.score is None) if found is None else abs(found) > LEAST


def figure(score: Score, digits: int = 0) -> str:
    """A score in figures, or that it is not computed."""
    if score.score is None:
        return t("non calculé")
    return numbers.score(score.score, score.status == "on_target", digits)


def change_figure(base: Score, scenario: Score) -> str:
    """A score's change with its sign, on the run's scale; "" where there is none."""
    found = change(base, scenario)
    if found is None or abs(found) <= LEAST:
        return ""
    words = numbers.decimal(abs(found) * numbers.out_of() / 100, _digits())
    return f"{'+' if found > 0 else '−'}{words}"


def _digits() -> int:
    """The decimals of a change, on the run's scale."""
    return 1 if numbers.out_of() == 100 else 2


def both(base: Score, scenario: Score) -> str:
    """``97,2 → 84,1`` where a score moved, so that its change is the difference of what is read; else ``97``."""
    if not has_moved(base, scenario):
        return figure(scenario)
    return f"{figure(base, 1)} → {figure(scenario, 1)}"


def counted(moved: int) -> str:
    """How many KPIs move."""
    return tn("un indicateur bouge", "{n} indicateurs bougent", moved)


def still(line: Line) -> str:
    """Why a KPI is grey: nothing it reads is replaced, or what is replaced comes to the same."""
    return t("ne bouge pas") if line.can_move else t("ne dépend pas de ces hypothèses")
