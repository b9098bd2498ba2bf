"""What the rules of alerts see for a screen, kept by (role, store, version, moments)."""

from dataclasses import replace
from datetime import date

from data.access import ALLOWED
from metrics import alertrules, moment
from metrics.alertrules import Rules
from metrics.alerts import Alert
from metrics.states import State
from pages.exports import outgoing
from pages.parts import reads
from pages.parts.once import VIEWS, kept
from pages.parts.reads import Reads
from pages.parts.source import Source


@kept(maxsize=16)
def rules(of: Reads) -> Rules:
    """The rules in force, and those refused."""
    return alertrules.in_force(of.folders, reads.view(of).catalogue)


def state(source: Source) -> State:
    """The screen's own moment, its catalogue as defined, counted on the screen's day; ``as_of`` must be known."""
    assert source.as_of is not None
    defined = reads.view(source.reads).catalogue
    return State(source.engine, defined, source.as_of, source.scope, source.counted_on)


def earlier(source: Source, asked: date | None = None) -> date | None:
    """The day to compare with: the one asked for where it lies before, else the last month end before; None for no such day."""
    if source.as_of is None:
        return None
    return asked if asked and asked < source.as_of else moment.before(source.engine, source.as_of)


def alerts(source: Source, since: date | None) -> tuple[Alert, ...]:
    """What the rules see in this scope; () for an empty store."""
    if source.as_of is None:
        return ()
    return _alerts(source, since, source.counted_on)


@kept(maxsize=VIEWS)
def _alerts(source: Source, since: date | None, _on: date | None) -> tuple[Alert, ...]:
    here = state(source)
    asked = rules(source.reads)
    if source.scope:
        asked = alertrules.narrowed(asked, source.scope)
    found = outgoing.seen(here, replace(here, as_of=since) if since else None, asked, force(source))
    return tuple(alert for alert in found if sees_rows(source) or not _is_row(alert))


def force(source: Source) -> outgoing.Force:
    """The definitions in force by date and scope, kept for all screens."""
    return lambda day, scope: reads.in_force(source.reads, day, scope)


def sees_rows(source: Source) -> bool:
    """Whether the visitor's role reads rows: projects, partners and actions are some."""
    return "read_rows" in ALLOWED.get(source.actor.role, frozenset())


def _is_row(alert: Alert) -> bool:
    return alert.change is None or bool(alert.change.project or alert.change.partner)
