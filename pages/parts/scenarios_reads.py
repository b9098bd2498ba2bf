"""What the screen of scenarios reads: up to four of them as the address names them, each compared once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics import abreast, whatif
from metrics.abreast import KEYS, Abreast, Side
from metrics.leverage import Plan
from metrics.refusing import BadEntry
from pages.parts import whatif_reads
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from schemas.text import Text

PATH = "scenarios"


@dataclass(frozen=True)
class Slot:
    """One of the four places: its letter, what the address says there, and its side or why there is none."""

    key: str
    text: str
    side: Side | None
    refused: BadEntry | None = None


def slots(source: Source, params: Mapping[str, str]) -> list[Slot]:
    """The places that the address fills, in order."""
    return [slot(source, key, params[key]) for key in KEYS if params.get(key, "").strip()]


@kept(maxsize=VIEWS)
def slot(source: Source, key: str, text: str) -> Slot:
    """One place: the scenario that its text bears, compared with the base."""
    asked = whatif_reads.asked(source, text)
    if asked.found is None:
        return Slot(key, text, None, asked.refused)
    if not asked.scenario.uses:
        return Slot(key, text, None, _nothing())
    engine = whatif.under(source.engine, asked.scenario)
    return Slot(key, text, Side(key, "", asked.found, _plans(source, engine)))


def _nothing() -> BadEntry:
    return BadEntry(
        Text("Ce scénario ne contient aucune hypothèse.", "This scenario has no driver."),
        Text("Composez-le dans « Et si… ? ».", "Make it in “What if…?”."),
    )


def _plans(source: Source, engine: object) -> tuple[Plan, ...]:
    assert source.as_of is not None
    return abreast.plans(engine, source.catalogue, source.as_of, source.scope)  # type: ignore[arg-type]


@kept(maxsize=VIEWS)
def base_plans(source: Source) -> tuple[Plan, ...]:
    """The plans as they are."""
    return _plans(source, source.engine)


def found(source: Source, filled: list[Slot]) -> Abreast:
    """The scenarios that can be compared, side by side."""
    assert source.as_of is not None
    sides = tuple(one.side for one in filled if one.side is not None)
    return Abreast(source.as_of, source.scope, sides, base_plans(source))


def asked(source: Source, params: Mapping[str, str]) -> Abreast:
    """The scenarios of an address, side by side."""
    return found(source, slots(source, params))


def texts(filled: list[Slot]) -> dict[str, str]:
    """What the address says of the places, for its links."""
    return {one.key: one.text for one in filled}


def without(said: Mapping[str, str], key: str) -> dict[str, str]:
    """The places without one, those after it moved up."""
    return dict(zip(KEYS, (text for at, text in said.items() if at != key), strict=False))


def with_added(said: Mapping[str, str], text: str) -> dict[str, str] | None:
    """The places with one more; None when all four are taken."""
    left = [key for key in KEYS if key not in said]
    return {**said, left[0]: text} if left else None
