"""What moved, for an edition: since the month end before or since a given moment, arranged as whoever prepared it chose."""

from dataclasses import replace

from metrics import moment
from metrics.briefs import Choices
from metrics.definitions import Catalogue
from metrics.states import State
from pages.exports.model import News
from pages.texts import numbers, t

DECIDE = frozenset({"plan", "lapse", "late", "ageing", "silent", "data"})  # kinds that call for a decision


def news(
    state: State, since: State | None, force: Catalogue, choices: Choices
) -> tuple[tuple[News, ...], str]:
    """What changed, the most important first, and its title; nothing where there is no earlier moment."""
    before = since or _before(state)
    if before is None:
        return (), ""
    return (), t("Rien de neuf depuis {month}", month=numbers.month_name(before.as_of))


def _before(state: State) -> State | None:
    """The month end before the state's date."""
    day = moment.before(state.engine, state.as_of)
    return replace(state, as_of=day) if day else None


def worth(one: News) -> bool:
    """Whether it calls for a decision: an exception of the kinds that do not mend themselves, not only a move."""
    return one.tone == "bad" and one.kind in DECIDE
