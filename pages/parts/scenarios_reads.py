"""What the screen of scenarios reads: up to four of them as the address names them, each compared once and kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics import abreast, legality, saved, whatif
from metrics.abreast import KEYS, Abreast, Side
from metrics.cash import Cash
from metrics.chance.futures import Futures
from metrics.drivers import drivers
from metrics.refusing import BadEntry
from metrics.saved import Change, Saved
from metrics.scenario import Scenario
from metrics.whatif import Comparison
from pages.parts import whatif_reads
from pages.parts.once import SHEETS, VIEWS, kept
from pages.parts.source import Source
from pages.texts import said, scenarios
from schemas.text import Text

PATH = "scenarios"


@dataclass(frozen=True)
class Slot:
    """One of the four places: its letter, what the address says there, and its side or why there is none.

    ``saved`` is the saved scenario that the address names, or that moves the very same.
    """

    key: str
    text: str
    side: Side | None
    refused: BadEntry | None = None
    saved: Saved | None = None


def slots(source: Source, params: Mapping[str, str]) -> list[Slot]:
    """The places that the address fills, in order."""
    return [slot(source, key, params[key].strip()) for key in KEYS if params.get(key, "").strip()]


@kept(maxsize=VIEWS)
def slot(source: Source, key: str, text: str) -> Slot:
    """One place: the scenario that its text bears, or that was saved under it, compared with the base."""
    kept_one = saved_as(source, text)
    if kept_one is None and text.isalnum() and text not in drivers():
        return Slot(key, text, None, _gone(text))
    asked = whatif_reads.asked(source, kept_one.drivers if kept_one else text)
    if asked.found is None:
        return Slot(key, text, None, asked.refused)
    if not asked.scenario.uses:
        return Slot(key, text, None, _nothing())
    kept_one = kept_one or same_as(source, asked.scenario.as_text())
    engine = whatif.under(source.engine, asked.scenario)
    plans, money = _plans(source, engine), _cash(source, asked.scenario)[1]
    may = _coming(source, asked.scenario)
    side = Side(key, kept_one.name if kept_one else "", asked.found, plans, money, may)
    return Slot(key, text, side, saved=kept_one)


@kept(maxsize=SHEETS)
def saved_ones(source: Source) -> tuple[Saved, ...]:
    """The saved scenarios, the latest first."""
    return saved.read(source.engine)


def saved_as(source: Source, id: str) -> Saved | None:
    """The saved scenario of an id."""
    return next((one for one in saved_ones(source) if one.scenario_id == id), None)


def same_as(source: Source, text: str) -> Saved | None:
    """The latest saved scenario that moves exactly this."""
    return next((one for one in saved_ones(source) if one.drivers == text), None)


def drivers_in_words(source: Source, one: Saved) -> str:
    """What a saved scenario moves; why not, where these data no longer know it."""
    try:
        return scenarios.scenario(source.engine, one.scenario(source.catalogue.parameters))
    except BadEntry as refused:
        return said(refused.reason)


def changes(source: Source, one: Slot) -> tuple[Change, ...]:
    """What the data since its saving make of a saved scenario: nothing where they are the same, or where nothing was kept."""
    if one.saved is None or one.side is None or source.scope:
        return ()
    return tuple(each for each in saved.changes(one.saved, one.side.found) if each.has_changed)


@kept(maxsize=VIEWS)
def rungs(source: Source, text: str) -> tuple[Comparison, ...]:
    """The comparisons of a scenario's beginnings, up to the whole."""
    scenario = whatif_reads.asked(source, text).scenario
    beginnings = [Scenario(scenario.uses[:many]).as_text() for many in range(len(scenario.uses))]
    found = [whatif_reads.asked(source, one).found for one in (*beginnings, text)]
    return tuple(one for one in found if one is not None)


def _gone(text: str) -> BadEntry:
    return BadEntry(
        Text(f"Pas de scénario enregistré sous « {text} ».", f"No scenario is saved as “{text}”."),
        Text("Il a pu être supprimé : choisissez-en un autre.", "It may have been deleted: choose another."),
    )


def _nothing() -> BadEntry:
    return BadEntry(
        Text("Ce scénario ne contient aucune hypothèse.", "This scenario has no driver."),
        Text("Composez-le dans « Et si… ? ».", "Make it in “What if…?”."),
    )


def _plans(source: Source, engine: object) -> tuple[legality.Side, ...]:
    assert source.as_of is not None
    return abreast.plans(engine, source.catalogue, source.as_of, source.scope)  # type: ignore[arg-type]


@kept(maxsize=VIEWS)
def base_plans(source: Source) -> tuple[legality.Side, ...]:
    """The plans as they are."""
    return _plans(source, source.engine)


@kept(maxsize=VIEWS)
def base_cash(source: Source) -> Cash | None:
    """The cash of the plans as they are."""
    return _cash(source, whatif_reads.EMPTY)[0]


def _cash(source: Source, scenario: Scenario) -> tuple[Cash | None, Cash | None]:
    assert source.as_of is not None
    return abreast.money(source.engine, source.catalogue, scenario, source.as_of, source.scope)


@kept(maxsize=VIEWS)
def base_coming(source: Source) -> Futures | None:
    """What may come of things as they are."""
    return _coming(source, whatif_reads.EMPTY)


def _coming(source: Source, scenario: Scenario) -> Futures | None:
    assert source.as_of is not None
    return abreast.coming(source.engine, source.catalogue, scenario, source.as_of, source.scope)


def found(source: Source, filled: list[Slot]) -> Abreast:
    """The scenarios that can be compared, side by side."""
    assert source.as_of is not None
    sides = tuple(one.side for one in filled if one.side is not None)
    if not sides:
        return Abreast(source.as_of, source.scope, ())
    plans, cash, may = base_plans(source), base_cash(source), base_coming(source)
    return Abreast(source.as_of, source.scope, sides, plans, cash, may)


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
