"""The weekly reviews as they are kept: agendas with their minutes, decisions, actions that are carried until they are closed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Protocol

from metrics.perengine import per_engine
from schemas.week import monday_of

MEETING = "meeting_id, held_on, COALESCE(opened_at, ''), minutes, COALESCE(decided_by, ''), decided_on"
ABOUT = "COALESCE(kpi, ''), COALESCE(project, ''), COALESCE(partner, '')"
ITEM = f"item_id, meeting_id, position, kind, title, COALESCE(change, ''), {ABOUT}, COALESCE(minutes, 0), COALESCE(is_done, FALSE), COALESCE(said, '')"
DECISION = (
    f"decision_id, meeting_id, COALESCE(item_id, ''), words, {ABOUT}, COALESCE(decided_by, ''), decided_on"
)
ACTION = f"action_id, meeting_id, COALESCE(item_id, ''), words, owner, due_on, {ABOUT}, state, closed_on, COALESCE(outcome, ''), COALESCE(decided_by, ''), decided_on"
USUAL_MINUTES = 60


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class AgendaItem:
    """One point of a review; ``said`` are its minutes, ``change`` the key of the change that it comes from, or several with a space between."""

    item_id: str
    meeting_id: str
    position: int
    kind: str
    title: str
    change: str
    kpi: str
    project: str
    partner: str
    minutes: int
    is_done: bool
    said: str

    @property
    def changes(self) -> tuple[str, ...]:
        """The keys of the changes that it comes from."""
        return tuple(self.change.split())


@dataclass(frozen=True)
class Decision:
    """One decision, in words, with what it is about."""

    decision_id: str
    meeting_id: str
    item_id: str
    words: str
    kpi: str
    project: str
    partner: str
    decided_by: str
    decided_on: date | None


@dataclass(frozen=True)
class Action:
    """One action: whose (a role), for when, how it ended. ``carried`` counts the reviews that were sealed while it stayed open."""

    action_id: str
    meeting_id: str
    item_id: str
    words: str
    owner: str
    due_on: date
    kpi: str
    project: str
    partner: str
    state: str
    closed_on: date | None
    outcome: str
    decided_by: str
    decided_on: date | None
    carried: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == "open"

    def is_overdue(self, on: date) -> bool:
        """Whether it is open past its date."""
        return self.is_open and self.due_on < on

    def days_late(self, on: date) -> int:
        """Days past its date, 0 where it is not overdue."""
        return (on - self.due_on).days if self.is_overdue(on) else 0


@dataclass(frozen=True)
class Meeting:
    """One review with its agenda, and the decisions and actions taken in it. ``opened_at`` is when its clock started, in UTC."""

    meeting_id: str
    held_on: date
    opened_at: datetime | None
    minutes: int
    decided_by: str
    decided_on: date | None
    is_sealed: bool = False
    items: tuple[AgendaItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[Action, ...] = field(default=())

    def item(self, item_id: str) -> AgendaItem | None:
        """Return the point of that id, None where there is none."""
        return next((item for item in self.items if item.item_id == item_id), None)

    def planned_before(self, item: AgendaItem) -> int:
        """Minutes planned for the points before this one."""
        return sum(other.minutes for other in self.items if other.position < item.position)


@per_engine
def read_meetings(engine: Engine) -> tuple[Meeting, ...]:
    """Return all reviews, the oldest first, without what was said in them."""
    sealed = _sealed(engine)
    found = engine.rows(f"SELECT {MEETING} FROM meetings ORDER BY meeting_id")
    return tuple(_meeting(row, row[0] in sealed) for row in found)


@per_engine
def read_meeting(engine: Engine, meeting_id: str, by: date | None = None) -> Meeting | None:
    """Return a review with its points in order, its decisions and actions (``by`` a date: as they stood); None for no such one."""
    known = next((one for one in read_meetings(engine) if one.meeting_id == meeting_id), None)
    if known is None:
        return None
    items = engine.rows(
        f"SELECT {ITEM} FROM agenda_items WHERE meeting_id = ? ORDER BY position, _id", [meeting_id]
    )
    return Meeting(
        known.meeting_id,
        known.held_on,
        known.opened_at,
        known.minutes,
        known.decided_by,
        known.decided_on,
        known.is_sealed,
        tuple(AgendaItem(*row) for row in items),
        tuple(one for one in read_decisions(engine, by) if one.meeting_id == meeting_id),
        tuple(one for one in read_actions(engine, by) if one.meeting_id == meeting_id),
    )


@per_engine
def read_decisions(engine: Engine, by: date | None = None) -> tuple[Decision, ...]:
    """Return the decisions taken ``by`` a date (None: all), the oldest first."""
    found = [Decision(*row) for row in engine.rows(f"SELECT {DECISION} FROM decisions ORDER BY _id")]
    return tuple(one for one in found if by is None or _taken_on(engine, one) <= by)


@per_engine
def read_actions(engine: Engine, by: date | None = None) -> tuple[Action, ...]:
    """Return the actions by due date, whatever their state: as they stood ``by`` a date, None for all as they stand now.

    By a date, an action taken later is not there, and one closed later is still open.
    """
    sealed = {week: held_on for week, held_on in _sealed(engine).items() if by is None or held_on <= by}
    found = [Action(*row) for row in engine.rows(f"SELECT {ACTION} FROM actions ORDER BY due_on, _id")]
    if by is not None:
        found = [_as_it_stood(one, by) for one in found if _taken_on(engine, one) <= by]
    return tuple(_carried(action, sealed) for action in found)


def _taken_on(engine: Engine, one: Action | Decision) -> date:
    """The day it was decided: that of its review, or the day it was written where that is earlier."""
    held = {meeting.meeting_id: meeting.held_on for meeting in read_meetings(engine)}
    review = held.get(one.meeting_id) or monday_of(one.meeting_id)
    return min(review, one.decided_on or review)


def _as_it_stood(action: Action, by: date) -> Action:
    """The action on a day: open, with no outcome, where it was closed after it."""
    if action.closed_on is None or action.closed_on <= by:
        return action
    return replace(action, state="open", closed_on=None, outcome="")


def open_actions(engine: Engine, on: date, by: date | None = None) -> tuple[Action, ...]:
    """Return what is to be done (``by`` a date: what was): the overdue on that day first, the latest of them first; then by date."""
    found = [action for action in read_actions(engine, by) if action.is_open]
    return tuple(sorted(found, key=lambda action: (-action.days_late(on), action.due_on)))


def owners(engine: Engine) -> tuple[str, ...]:
    """Return the roles that have had an action, the most often named first."""
    sql = "SELECT owner FROM actions GROUP BY owner ORDER BY COUNT(*) DESC, owner"
    return tuple(owner for (owner,) in engine.rows(sql))


@per_engine
def _sealed(engine: Engine) -> dict[str, date]:
    """Return the sealed weeks with the day of their review."""
    return dict(engine.rows("SELECT week, held_on FROM seals ORDER BY week"))


def _carried(action: Action, sealed: dict[str, date]) -> Action:
    """Count the later reviews that were sealed while it stayed open: the one that took it does not count."""
    later = (held_on for week, held_on in sealed.items() if week > action.meeting_id)
    count = sum(action.closed_on is None or held_on < action.closed_on for held_on in later)
    return Action(**{**action.__dict__, "carried": count})


def _meeting(row: tuple[Any, ...], is_sealed: bool) -> Meeting:
    meeting_id, held_on, opened_at, minutes, decided_by, decided_on = row
    return Meeting(
        meeting_id,
        held_on,
        moment(opened_at),
        minutes or USUAL_MINUTES,
        decided_by,
        decided_on,
        is_sealed,
    )


def moment(text: str) -> datetime | None:
    """Return an ISO moment as UTC; None for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
