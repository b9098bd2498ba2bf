"""Scenarios' YAML files compared and written: PDF, or a workbook where the name ends so. The door of ``pages.exports scenario``."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics import fields
from metrics.abreast import abreast, check_many
from metrics.goals import read_goals
from metrics.scenario import Scenario
from metrics.states import State
from metrics.whatif_answer import document, read
from pages.exports import compared, compared_book


def write(state: State, paths: Sequence[str], asked: date | None, out: str) -> bytes:
    """Return the file of one to four scenarios, in the order of ``paths``; ``asked`` is the date asked for, if any.

    Else the first scenario's own date counts, never one beyond the data's. Raises BadEntry, setting.NotSet.
    """
    raws = [document(path) for path in paths]
    own = None if asked else fields.day(raws[0], "as_of", {})
    state = replace(state, as_of=min(own, state.as_of)) if own else state
    found = [read(raw, state.as_of, state.as_of, state.catalogue)[0] for raw in raws]
    check_many(found)
    told = _told(state, found)
    return compared_book.write(told) if out.lower().endswith(".xlsx") else compared.write(told)


def _told(state: State, found: Sequence[Scenario]) -> compared.Told:
    """The scenarios beside the base, judged by the goals in force as screens do."""
    catalogue = read_goals(state.engine).in_force(state.catalogue, state.as_of, state.scope)
    side_by_side = abreast(state.engine, catalogue, [("", one) for one in found], state.as_of, state.scope)
    return compared.told(state.engine, catalogue, side_by_side)
