"""What the screen of surveys reads: the waves, who may lead them, when each step was taken, the staff to ask."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from data.access import ALLOWED
from data.waves import WaveState
from pages.parts.source import Source
from schemas.survey_waves import FINAL, STATES

ORDER: tuple[str, ...] = tuple(STATES)
NEXT: dict[str, str] = dict(pairwise(ORDER))


class Taken(NamedTuple):
    """Who took a step, and when; None where the store does not say."""

    who: str | None
    when: date | None


def may_survey(source: Source) -> bool:
    """Whether the visitor's role leads surveys: for showing; the data layer checks on each call."""
    return "survey" in ALLOWED.get(source.actor.role, frozenset())


def waves(source: Source) -> tuple[WaveState, ...]:
    """The waves, the oldest first."""
    return tuple(source.store.waves(source.actor))


def chosen(found: Sequence[WaveState], asked: str) -> WaveState | None:
    """The wave that the address names, else the last one that waits for a step, else the last."""
    named = next((wave for wave in found if wave.wave == asked), None)
    waiting = [wave for wave in found if wave.state not in FINAL]
    return named or next(reversed(waiting or list(found)), None)


def taken(source: Source, wave: WaveState) -> dict[str, Taken]:
    """The steps that a wave has behind it or stands at, with who took each the last time; imported ones have no signature."""
    sql = "SELECT state, decided_by, decided_on FROM kept.survey_waves WHERE wave = ? ORDER BY _import, _id"
    signed = {state: Taken(who, when) for state, who, when in source.engine.rows(sql, [wave.wave])}
    reached = ORDER[: ORDER.index(wave.state) + 1]
    return {state: signed.get(state, Taken(None, None)) for state in reached}


def staff(source: Source, day: date) -> int | None:
    """The town's headcount at its last count by a day, else at its first one; None where no staff was imported."""
    at = "COALESCE((SELECT MAX(as_of) FROM staff WHERE as_of <= ?), (SELECT MIN(as_of) FROM staff))"
    found = source.engine.rows(f"SELECT SUM(headcount) FROM staff WHERE as_of = {at}", [day])
    return int(found[0][0]) if found and found[0][0] is not None else None


def audited(source: Source, wave: str) -> str | None:
    """The fingerprint that a wave's list had when the attack found nothing in it; None where there is none."""
    found = source.engine.rows("SELECT audit FROM survey_waves WHERE wave = ?", [wave])
    return found[0][0] if found else None
