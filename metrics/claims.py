"""What the scorecard puts forward: the KPIs of its headline, and whether what it claims of one is true."""

from metrics.definitions import USUAL, Catalogue, Kpi
from metrics.judge import has_goal, judge
from metrics.reading import Reading

FEW = 6


def headline(catalogue: Catalogue) -> list[Kpi]:
    """Return the KPIs that come first: those the scorecard names, else its first ones."""
    named = [catalogue.kpis[id] for id in catalogue.scorecard.headline if id in catalogue.kpis]
    return named or list(catalogue.kpis.values())[:FEW]


def is_kept(own: Kpi, reading: Reading) -> bool:
    """Say whether what the scorecard claims of a KPI is true: met by the catalogue's ``own`` target, not only by the one in force."""
    if reading.status != "on_target":
        return False
    return not has_goal(own) or judge(own, reading.value, USUAL)[1] == "on_target"
