"""What the first visit would have to read, read before it comes."""

import importlib
import threading

from pages.parts import fiche_warm, overview
from pages.parts.address import Address
from pages.parts.source import open_source
from pages.texts import english, use

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
    overview.body(source)
    threading.Thread(target=fiche_warm.warm, name="sheets", daemon=True).start()
