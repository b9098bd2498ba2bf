"""What the first visit would have to read, read before it comes."""

import importlib
import logging
import threading

from metrics import moment
from pages.parts import fiche_warm, overview, reads, since
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from pages.texts import english, use

LOG = logging.getLogger("levier")
HEAVY = ("pandas", "pyarrow", "scipy.special")


def warm() -> None:
    """Import what screens need, read the town's readings and series once, and draw the first screen."""
    for name in HEAVY:
        importlib.import_module(name)
    english()
    use("fr")
    source = open_source(Address())
    source.readings()
    for kpi in source.catalogue.kpis:
        source.series(kpi)
    overview.body(source, False, since.of_word(source, since.USUAL))
    threading.Thread(target=_behind, args=(source,), name="sheets", daemon=True).start()


def _behind(source: Source) -> None:
    """After the first visitor is let in: recompute what another definition or release left, then warm the sheets."""
    try:
        seen = reads.view(source.reads)
        every = seen.catalogue.every
        if seen.latest and not all(moment.is_kept(source.engine, seen.catalogue, id) for id in every):
            source.store.refresh(source.actor)
    except Exception:  # a visit says what is wrong better than a start
        LOG.exception("readings of another definition")
    fiche_warm.warm()
