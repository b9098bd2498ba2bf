"""The catalogue that a published scorecard brings: YAML texts, never text pasted together."""

from collections.abc import Sequence
from typing import Any

import yaml

from data.readers.barometre_rows import Indicator

SIDE = "B"
HEADLINE = 6

TOWN = "Baromètre des résultats de l'action publique"
MISSION = {
    "fr": "Rendre compte, mesure par mesure, des résultats de l'action publique : d'où l'on part, où l'on en est, où l'on veut aller.",
    "en": "Account, measure by measure, for the results of public action: where it started, where it stands, where it should go.",
}


def catalogue_files(rows: Sequence[Indicator]) -> dict[str, str]:
    """Return the YAML texts by file name: one objective a measure, one KPI an indicator."""
    measures = list(dict.fromkeys(row.measure for row in rows))
    codes = {measure: f"{SIDE}{at}" for at, measure in enumerate(measures, 1)}
    ranks: dict[str, int] = dict.fromkeys(measures, 0)
    entries: dict[str, Any] = {}
    for row in rows:
        ranks[row.measure] += 1
        entries[row.id] = _entry(row, codes[row.measure], ranks[row.measure])
    return {"scorecard.yml": _yaml(_scorecard(rows, codes)), "indicators.yml": _yaml(entries)}


def direction(row: Indicator) -> str:
    """Return the sense in which an indicator is better: that of its target seen from its initial value."""
    if row.target is not None and row.initial is not None and row.target < row.initial:
        return "down"
    return "up"


def _scorecard(rows: Sequence[Indicator], codes: dict[str, str]) -> dict[str, Any]:
    objectives = {code: {"label": _both(measure)} for measure, code in codes.items()}
    side = {
        "label": {"fr": "Résultats de l'action publique", "en": "Results of public action"},
        "objectives": objectives,
    }
    headline = [{"kpi": row.id} for row in rows if row.target is not None][:HEADLINE]
    scorecard: dict[str, Any] = {"town": TOWN, "mission": MISSION, "headline": headline}
    # Each indicator is published with its own date: all stand as they were published together.
    return scorecard | {"perspectives": {SIDE: side}, "thresholds": {"stale_after": 0}}


def _entry(row: Indicator, objective: str, rank: int) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": f"{objective}.{rank}",
        "label": _both(row.name),
        "objective": objective,
        "from": "kpi_values",
        "unit": row.unit or "-",
        "direction": direction(row),
        "frequency": "monthly",
        "owner": "État",
        "note": _note(row),
    }
    if row.target is not None:
        entry["target"] = row.target
        if row.initial is not None and row.initial != row.target:
            entry["floor"] = row.initial
    return entry


def _note(row: Indicator) -> dict[str, str]:
    french, english = [f"Mesure : {row.measure}."], [f"Measure: {row.measure}."]
    if row.published_id:
        french.append(f"Identifiant publié : {row.published_id}.")
        english.append(f"Published identifier: {row.published_id}.")
    if row.target is None:
        french.append("Sans cible : aucun score, et le sens favorable n'est pas connu.")
        english.append("No target: no score, and the better direction is not known.")
    elif row.target_on:
        french.append(f"Cible au {row.target_on:%d/%m/%Y}.")
        english.append(f"Target for {row.target_on:%Y-%m-%d}.")
    return {"fr": " ".join(french), "en": " ".join(english)}


def _both(words: str) -> dict[str, str]:
    """Return the published words for both languages: they exist in one only."""
    return {"fr": words or "-", "en": words or "-"}


def _yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
