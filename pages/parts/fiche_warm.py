"""What the first click on a promise would have to compute, computed before it comes."""

import logging

from pages.parts import fiche_groups, fiche_rows, fiche_trend, levier_panels
from pages.parts.address import Address
from pages.parts.fiche_meaning import meaning
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.source import Source, open_source
from pages.texts import use

LOG = logging.getLogger("levier")


def warm() -> None:
    """Make the leverage screen and its sheet once; never raises: a visit says what is wrong better than a start."""
    use("fr")
    try:
        _make(open_source(Address()))
    except Exception:
        LOG.exception("warm-up of the sheets")


def _make(source: Source) -> None:
    kpi, found = kpi_of(source.catalogue), plans_of(source)
    if kpi is None or found is None or not found.plans:
        return
    for theme in ("light", "dark"):
        fiche_trend.drawn(source, kpi.id, False, theme)
    meaning(source, kpi)
    fiche_groups.breakdown(source, kpi, "")
    fiche_rows.shortcut(source, kpi)
    levier_panels.panels(source, kpi.id)
