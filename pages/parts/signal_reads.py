"""The control chart behind a sheet, kept by (role, store, version), language, date and scope: chart, notes, proposals."""

from metrics import rebasing, signals
from metrics.rebases import Note
from metrics.rebasing import Proposal
from metrics.signals import ControlChart
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source


@kept(maxsize=SHEETS)
def control(source: Source, kpi_id: str) -> ControlChart:
    """A KPI's chart at the source's date and scope."""
    kpi = source.catalogue.every[kpi_id]
    return signals.control_chart(
        kpi, source.series(kpi_id), [base.rebased_on for base in source.rebases(kpi_id)]
    )


@kept(maxsize=SHEETS)
def proposals(source: Source, kpi_id: str) -> tuple[Proposal, ...]:
    """The new bases to consider at the source's date and scope."""
    if source.as_of is None:
        return ()
    found = control(source, kpi_id)
    if found.chart is None:
        return ()
    known = rebasing.known_changes(
        source.engine, source.catalogue, source.goals, kpi_id, source.as_of, source.scope
    )
    return tuple(rebasing.proposals(found, known))


def notes_at(source: Source, kpi_id: str) -> dict[int, list[int]]:
    """The numbers (from 1) of the notes on each point, by the point's place; a note stands on the first point at or after it."""
    days = control(source, kpi_id).days
    found: dict[int, list[int]] = {}
    for number, note in enumerate(source.annotations(kpi_id), start=1):
        place = point_of(note, source, kpi_id)
        if place is not None and place < len(days):
            found.setdefault(place, []).append(number)
    return found


def point_of(note: Note, source: Source, kpi_id: str) -> int | None:
    """The place of the point that a note is about, None for one that the chart does not have."""
    days = control(source, kpi_id).days
    return next((i for i, day in enumerate(days) if day >= note.noted_on), None)
