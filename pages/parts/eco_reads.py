"""What the screen of the 12 levers reads, kept by (role, store, version): the practices, and how far the approach has gone."""

from datetime import date

from data.access import require
from metrics.ecosystem import Ecosystem, ecosystem
from metrics.spread import (
    Beneficiaries,
    Course,
    Milestone,
    Share,
    beneficiaries,
    course,
    group,
    milestones,
)
from pages.parts import reads, sheet_reads
from pages.parts.once import VIEWS, kept
from pages.parts.reads import Reads
from pages.parts.sheet_reads import Row
from pages.parts.source import Source

SESSIONS = """
    SELECT _id, session_id, held_on, directorate, is_run_by_team, participants, newcomers, opinions, opinions_relevant,
        hours, external_cost_amount, score_before, score_after
    FROM practice_sessions WHERE practice = ? AND held_on <= DATE '{day}' ORDER BY held_on DESC, session_id DESC
"""


def practices_of(source: Source) -> Ecosystem | None:
    """The practices at the source's date, their sessions those of its scope; None for an empty store."""
    return _practices(source.reads, source.as_of, source.scope) if source.as_of else None


def course_of(source: Source) -> Course | None:
    """The online course of the whole town at the source's date."""
    return _course(source.reads, source.as_of) if source.as_of else None


def group_of(source: Source) -> tuple[Share, ...]:
    """The project group beside the staff of the whole town."""
    return _group(source.reads, source.as_of) if source.as_of else ()


def milestones_of(source: Source) -> tuple[Milestone, ...]:
    """What had been done or announced at the source's date."""
    return _milestones(source.reads, source.as_of) if source.as_of else ()


def beneficiaries_of(source: Source) -> Beneficiaries | None:
    """Whom the approach serves."""
    return _beneficiaries(source.reads, source.as_of) if source.as_of else None


def sessions(source: Source, practice: str) -> list[Row]:
    """A practice's sessions up to the date, the last first, of the source's scope. Requires ``read_rows``."""
    require(source.actor, "read_rows")
    found = sheet_reads.listed(source, SESSIONS.format(day=source.as_of), practice)
    return [row for row in found if not source.scope or row["directorate"] == source.scope]


@kept(maxsize=VIEWS)
def _practices(kept: Reads, as_of: date, scope: str) -> Ecosystem:
    return ecosystem(kept.store.engine(kept.actor), reads.view(kept).catalogue, as_of, scope)


@kept(maxsize=VIEWS)
def _course(kept: Reads, as_of: date) -> Course | None:
    return course(kept.store.engine(kept.actor), reads.view(kept).catalogue, as_of)


@kept(maxsize=VIEWS)
def _group(kept: Reads, as_of: date) -> tuple[Share, ...]:
    return group(kept.store.engine(kept.actor), reads.view(kept).catalogue, as_of)


@kept(maxsize=VIEWS)
def _milestones(kept: Reads, as_of: date) -> tuple[Milestone, ...]:
    return milestones(kept.store.engine(kept.actor), reads.view(kept).catalogue, as_of)


@kept(maxsize=VIEWS)
def _beneficiaries(kept: Reads, as_of: date) -> Beneficiaries:
    return beneficiaries(kept.store.engine(kept.actor), reads.view(kept).catalogue, as_of)
