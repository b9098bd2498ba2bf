"""The day that lateness is counted on, and what was known by then: one rule for screens, documents and sealed weeks."""

from datetime import date

from metrics.clock import working_day
from metrics.meetings import Engine, read_meetings
from metrics.states import State


def today_at(as_of: date, latest: date, calendar: date, held_on: date | None = None) -> date:
    """Return what is "today" at a moment of data that end on ``latest``: what a State is given.

    Of a date before the data's own it is that date: nothing later was known. Of a sealed week it is the day its review was
    held (``held_on``), or the data's date where that is later: neither moves when the week is opened again. Else ``calendar``.
    """
    if as_of < latest:
        return as_of
    return max(held_on, as_of) if held_on else calendar


def due_day(engine: Engine, as_of: date, today: date) -> date:
    """Return the day that lateness is counted on: the working day, or the last review held by ``today`` where it is later."""
    if today == as_of:
        return as_of
    held = [one.held_on for one in read_meetings(engine) if one.held_on <= today]
    return max([working_day(as_of, today), *held])


def counted_on(state: State) -> date:
    """Return the day that lateness is counted on at a moment; its date where it has no ``today``."""
    return due_day(state.engine, state.as_of, state.today or state.as_of)


def known_on(state: State) -> date | None:
    """Return the date that decisions and actions are told by; None for all that the engine holds."""
    return state.as_of if state.today in (None, state.as_of) else None
