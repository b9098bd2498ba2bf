"""What the data mean. ``changes(since, until)`` says what changed between two moments; all else is in the modules."""

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from metrics.change import Change


def changes(since: Any, until: Any) -> "tuple[Change, ...]":
    """Return what changed between two moments, the most important first, and what still stands at the later one.

    A moment is a ``metrics.changing.State``, or, of the environment's store, a date or the name of a sealed week
    ("2015-W28"). Raises ValueError for a date that is none or moments the wrong way round; the store's own problem for a week
    that is not sealed, or no longer what was sealed.
    """
    from metrics.changing import changes as between

    return between(_moment(since), _moment(until))


def _moment(given: Any) -> Any:
    """Return a State as it is; a date or a week of the environment's store through the command that is wired to it."""
    if not isinstance(given, (date, str)):
        return given
    from metrics.__main__ import moment

    return moment(given)
