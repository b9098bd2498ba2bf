"""What the map reads besides the scores: the links' readings, kept by (role, store, version), and where objectives open."""

from datetime import date

from metrics import links, scores, stored
from metrics.links import LinkReading
from metrics.scores import RollUp
from pages.parts import reads
from pages.parts.once import VIEWS, kept
from pages.parts.reads import Reads
from pages.parts.screens import SIDES, of_sides
from pages.parts.source import Source


def link_readings(source: Source) -> tuple[LinkReading, ...]:
    """What the data of the whole town say of each link at this date: a directorate alone is too small to test it."""
    return _link_readings(source.reads, source.as_of) if source.as_of else ()


@kept(maxsize=VIEWS)
def _link_readings(kept: Reads, as_of: date) -> tuple[LinkReading, ...]:
    return links.read_links(reads.in_force(kept, as_of, ""), _months(kept), as_of)


@kept(maxsize=4)
def _months(kept: Reads) -> links.Kept:
    return stored.months(kept.store.engine(kept.actor))


@kept(maxsize=VIEWS)
def rolled(source: Source) -> RollUp:
    """The scores of this date and scope."""
    return scores.roll_up(source.catalogue, source.readings())


def objective(source: Source, code: str, **more: str) -> str:
    """Where an objective's KPIs are: its perspective's screen, at the objective; ``more`` is said in its address."""
    card = source.catalogue.scorecard
    side = card.perspective_of(code)
    found = next((s for s in of_sides(card.perspectives) if side and s.code == side.code), None)
    href = (
        source.link(found.path, **found.params, **more)
        if found
        else source.link(SIDES, code=side.code if side else "", **more)
    )
    return f"{href}#{code}"
