"""What the screen of scenarios reads: the address's scenario, its comparison, and what its forms may choose; kept by version."""

from dataclasses import dataclass

import streamlit as st

from metrics import whatif
from metrics.abreast import KEYS
from metrics.moving import Value
from metrics.refusing import BadEntry
from metrics.scenario import Scenario, Use, check, from_text, used
from metrics.whatif import Comparison
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source

PARAM = "s"
KEPT = ("v", *KEYS)  # what else this screen's address says
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


def current(source: Source) -> Scenario:
    """The scenario of the address, without computing anything; none where it cannot be read."""
    assert source.as_of is not None
    try:
        return from_text(st.query_params.get(PARAM, ""), source.as_of, source.catalogue.parameters)
    except BadEntry:
        return EMPTY


def bearable(source: Source, text: str) -> str:
    """The parts of an address's scenario that can be, each by itself: what is left without the drivers that are refused."""
    assert source.as_of is not None
    kept = []
    for part in filter(None, text.split(";")):
        try:
            made = from_text(part, source.as_of, source.catalogue.parameters)
            check(source.engine, made)
        except BadEntry:
            continue
        kept.append(part)
    return ";".join(kept)


def to(source: Source, text: str, **more: str) -> str:
    """The address of this screen with a scenario, and what else it shows now."""
    kept = {name: one for name, one in st.query_params.items() if name in KEPT} | more
    return source.link("etsi", **{PARAM: text}, **kept)


def put(text: str) -> None:
    """Make a scenario the address's; "" is the base."""
    if text:
        st.query_params[PARAM] = text
    else:
        st.query_params.pop(PARAM, None)


def with_value(source: Source, scenario: Scenario, place: int, name: str, value: Value | None) -> Scenario:
    """The scenario with one parameter of its driver at ``place`` changed; None leaves it out. Raises BadEntry."""
    assert source.as_of is not None
    use = scenario.uses[place]
    cells = {key: one for key, one in use.values if key != name} | ({} if value is None else {name: value})
    made = used(use.driver, cells, source.as_of, source.catalogue.parameters)
    uses = (*scenario.uses[:place], made, *scenario.uses[place + 1 :])
    return Scenario(uses, scenario.label)


def with_use(scenario: Scenario, one: Use) -> Scenario:
    """The scenario with one driver more, at its end."""
    return Scenario((*scenario.uses, one), scenario.label)


def without(scenario: Scenario, place: int) -> Scenario:
    """The scenario without its driver at a place."""
    return Scenario(tuple(use for at, use in enumerate(scenario.uses) if at != place), scenario.label)
