"""What the screens of the weekly review read: its day, the review of a week, what is to be discussed, what is to be done."""

from datetime import UTC, date, datetime, timedelta

from data.problems import StoreProblem
from data.seals import Seal
from metrics.agenda import exceptions
from metrics.changing import Change, State, changes
from metrics.clock import working_day
from metrics.meetings import Action, AgendaItem, Meeting, open_actions, read_meeting, read_meetings
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from schemas.week import monday_of, week_of

WEEK = timedelta(days=7)
LATELY = timedelta(minutes=10)  # what was stored since then tells that somebody may still be typing


def is_sealed(source: Source) -> bool:
    """Whether the screen shows a sealed week: everything is read, nothing written."""
    return bool(source.week)


def today(source: Source) -> date | None:
    """The day that lateness is counted on; None in an empty store."""
    return source.counted_on


def proposed(source: Source) -> date:
    """The Monday of the next review: the working day's week, or the first one after it without a sealed review."""
    assert source.latest is not None
    day = working_day(source.latest, source.today)
    monday = day - timedelta(days=day.weekday())
    sealed = {meeting.meeting_id for meeting in read_meetings(source.engine) if meeting.is_sealed}
    while week_of(monday) in sealed:
        monday += WEEK
    return monday


def under_way(source: Source) -> Meeting | None:
    """The review that is open: the last one that was opened, of this week or a later one, and not sealed.

    An older one that nobody sealed is over: sealing it now would freeze what was not known then.
    """
    opened = [one for one in read_meetings(source.engine) if is_under_way(source, one)]
    return read_meeting(source.engine, opened[-1].meeting_id) if opened else None


def is_under_way(source: Source, meeting: Meeting) -> bool:
    """Whether a review still takes minutes and may be sealed."""
    if not meeting.opened_at or meeting.is_sealed or source.latest is None or is_sealed(source):
        return False
    day = working_day(source.latest, source.today)
    return meeting.held_on >= day - timedelta(days=day.weekday())


def meeting(source: Source, week: str) -> Meeting | None:
    """The review of a week, whole."""
    return read_meeting(source.engine, week)


def until(source: Source) -> State:
    """This moment, for the whole town."""
    assert source.as_of is not None
    return State(source.engine, source.whole_town().catalogue, source.as_of, today=today(source))


def since(source: Source) -> State:
    """The moment of the last sealed week; before the first, the last date with readings a week ago or earlier."""
    assert source.as_of is not None
    sealed = _sealed_state(source)
    if sealed is not None and sealed.as_of <= source.as_of:
        return sealed
    before = [day for day in source.dates if day <= source.as_of - WEEK]
    day = max(before, default=source.as_of - WEEK)
    return State(source.engine, source.whole_town().catalogue, day)


def _sealed_state(source: Source) -> State | None:
    """The sealed copy of the last week, where there is one to open."""
    if is_sealed(source) or not (seals := source.live.seals(source.actor)):
        return None
    frozen = in_week(source, seals[-1].week)
    if frozen is None or frozen.as_of is None:
        return None
    return State(frozen.engine, frozen.whole_town().catalogue, frozen.as_of)


def in_week(source: Source, week: str) -> Source | None:
    """The same visit in a sealed week; None where its copy is altered or gone: verify says so, and the review goes on."""
    try:
        return source.in_week(week)
    except StoreProblem:
        return None


def seal_of(source: Source, week: str) -> Seal | None:
    """The seal of a week, None where there is none."""
    return next((seal for seal in source.live.seals(source.actor) if seal.week == week), None)


@kept(maxsize=SHEETS)
def _facts(source: Source, _today: date | None) -> tuple[Change, ...]:
    return changes(since(source), until(source))


def facts(source: Source) -> tuple[Change, ...]:
    """What changed since the last sealed week and what still stands, the most important first."""
    return _facts(source, today(source)) if source.as_of else ()


def of_item(source: Source, item: AgendaItem) -> tuple[Change, ...]:
    """What a point of an agenda comes from, as it stands now: one change or several of a kind; () where it no longer does."""
    return tuple(one for one in facts(source) if one.key in item.changes)


def left_out(source: Source, meeting: Meeting) -> list[Change]:
    """What went wrong and is not on the agenda, the most important first."""
    there = {key for item in meeting.items for key in item.changes}
    return [one for one in exceptions(facts(source)) if one.key not in there]


def discussed(source: Source, but: str = "") -> frozenset[str]:
    """The keys of changes that were on an agenda of another week than ``but``."""
    sql = "SELECT DISTINCT change FROM agenda_items WHERE change IS NOT NULL AND meeting_id <> ?"
    return frozenset(key for (keys,) in source.engine.rows(sql, [but]) for key in keys.split())


def to_do(source: Source, on: date | None = None) -> tuple[Action, ...]:
    """The open actions, the overdue first."""
    day = on or today(source)
    return open_actions(source.engine, day, source.known_on) if day else ()


def about(actions: tuple[Action, ...], item: AgendaItem) -> tuple[Action, ...]:
    """The actions that concern a point: taken on it, or linked to the same KPI, project or partner."""

    def concerns(action: Action) -> bool:
        same = ((item.kpi, action.kpi), (item.project, action.project), (item.partner, action.partner))
        return action.item_id == item.item_id or any(a and a == b for a, b in same)

    return tuple(action for action in actions if concerns(action))


def stored_lately(source: Source, meeting_id: str, now: datetime | None = None) -> list[tuple[str, int]]:
    """Who stored points of a review in the last minutes and how many, the most first; its opening stored them all and says nothing."""
    sql = """
        SELECT i.actor, COUNT(*) FROM kept.agenda_items AS a JOIN main.imports AS i ON i."import" = a._import
        WHERE a.meeting_id = ? AND a._until IS NULL AND i.at >= ?
            AND a._import NOT IN (SELECT m._import FROM kept.meetings AS m WHERE m.meeting_id = a.meeting_id)
        GROUP BY i.actor ORDER BY COUNT(*) DESC, i.actor
    """
    since = (now or datetime.now(UTC)) - LATELY
    return [
        (actor, count) for actor, count in source.engine.rows(sql, [meeting_id, since.replace(tzinfo=None)])
    ]


def day_of(week: str) -> date | None:
    """The Monday of a week of the address; None for what names none."""
    try:
        return monday_of(week)
    except ValueError:
        return None
