"""What the first clicks would have to compute, computed before they come: the perspectives, the leverage and its sheet."""

import logging

from pages.parts import fiche_groups, fiche_rows, fiche_trend, levier_panels, perspective
from pages.parts.address import Address
from pages.parts.fiche_meaning import meaning
from pages.parts.filters import Filters
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.screens import of_sides, resolved
from pages.parts.source import Source, open_source
from pages.texts import use

LOG = logging.getLogger("levier")


def warm() -> None:
    """Make these screens once; never raises: a visit says what is wrong better than a start."""
    use("fr")
    try:
        source = open_source(Address())
        _perspectives(source)
        _make(source)
    except Exception:
        LOG.exception("warm-up of the sheets")


def _perspectives(source: Source) -> None:
    for screen in of_sides(source.catalogue.scorecard.perspectives):
        at = resolved(screen, source.catalogue.scorecard.perspectives, screen.code)
        perspective.head(source, at)
        perspective.objectives(source, at, Filters())
        perspective.weighed(source, at)
        perspective.listed(source, at, Filters())


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
