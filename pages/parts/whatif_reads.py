"""What the screen of scenarios reads: the address's scenario, its comparison, and what its forms may choose; kept by version."""

from dataclasses import dataclass

from metrics import whatif
from metrics.refusing import BadEntry
from metrics.scenario import Scenario, Use, from_text
from metrics.whatif import Comparison
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source

PARAM = "s"
EMPTY = Scenario()


@dataclass(frozen=True)
class Asked:
    """The address's scenario compared, or why it cannot be."""

    scenario: Scenario
    found: Comparison | None
    refused: BadEntry | None = None


@kept(maxsize=VIEWS)
def asked(source: Source, text: str) -> Asked:
    """The scenario that an address bears, compared at the source's date and scope."""
    assert source.as_of is not None
    catalogue, scenario = source.catalogue, EMPTY
    try:
        scenario = from_text(text, source.as_of, catalogue.parameters)
        return Asked(scenario, whatif.compare(source.engine, catalogue, scenario, source.as_of, source.scope))
    except BadEntry as refused:
        return Asked(scenario, None, refused)


def with_use(scenario: Scenario, one: Use) -> Scenario:
    """The scenario with one driver more, at its end."""
    return Scenario((*scenario.uses, one), scenario.label)


def without(scenario: Scenario, place: int) -> Scenario:
    """The scenario without its driver at a place."""
    return Scenario(tuple(use for at, use in enumerate(scenario.uses) if at != place), scenario.label)
