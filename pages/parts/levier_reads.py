"""What the leverage screen reads, kept by (role, store, version): the plans behind the ratio."""

from datetime import date

from metrics.definitions import Catalogue, Kpi
from metrics.leverage import Leverage, leverage
from pages.parts import reads
from pages.parts.once import VIEWS, kept
from pages.parts.reads import DIMENSION, Reads
from pages.parts.source import Source

KPI, VIEW = "leverage_awarded", "financed_plans"


def kpi_of(catalogue: Catalogue) -> Kpi | None:
    """The catalogue's leverage KPI: by its name, else the first ratio of euros over the financed plans; None without."""
    named = catalogue.kpis.get(KPI)
    same = (kpi for kpi in catalogue.kpis.values() if kpi.source == VIEW and kpi.unit == "eur_per_eur")
    return named or next(same, None)


def plans_of(source: Source) -> Leverage | None:
    """The plans won at the source's date and scope; None for an empty store."""
    return _plans(source.reads, source.as_of, source.scope) if source.as_of else None


@kept(maxsize=VIEWS)
def _plans(kept: Reads, as_of: date, scope: str) -> Leverage:
    engine, catalogue = kept.store.engine(kept.actor), reads.view(kept).catalogue
    return leverage(engine, catalogue, as_of, {DIMENSION: scope} if scope else None)
