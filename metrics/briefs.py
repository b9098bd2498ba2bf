"""What the chief of staff chose for the mayor's brief of a date, and whether exactly what it says now was reviewed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Protocol, TypeVar

LEAD = "lead"  # the subject of the words that open the brief
KPI = "kpi:"  # a KPI by itself: what is claimed of it and its rank are computed, and cannot be taken out
LAST = 10**6  # the place of what was pinned without one
T = TypeVar("T")
ITEMS = (
    "SELECT change, position, is_pinned, is_hidden, words, decided_by, decided_on FROM brief_items "
    "WHERE as_of = ? ORDER BY _id"
)
REVIEWS = (
    "SELECT review_id, edition, words, decided_by, decided_on FROM brief_reviews WHERE as_of = ? "
    "ORDER BY decided_on NULLS FIRST, _id"
)


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class Choice:
    """What was chosen for one line: ``change`` is a Change's key, ``kpi:`` and a KPI's id, or LEAD."""

    change: str
    position: int | None = None
    is_pinned: bool = False
    is_hidden: bool = False
    words: str = ""
    decided_by: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Review:
    """That somebody read what bears the sha256 ``edition``."""

    review_id: str
    edition: str
    words: str = ""
    decided_by: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Choices:
    """The choices for the brief of one date, by subject, and its reviews, the oldest first."""

    items: Mapping[str, Choice] = field(default_factory=dict)
    reviews: tuple[Review, ...] = ()

    @property
    def lead(self) -> str:
        """The words that open the brief, "" for none."""
        return self.words(LEAD)

    @property
    def pinned(self) -> tuple[str, ...]:
        """The subjects that were pinned, in their order."""
        kept = [one for one in self.items.values() if one.is_pinned and not self.is_hidden(one.change)]
        return tuple(one.change for one in sorted(kept, key=_place))

    def words(self, change: str) -> str:
        """Return the comment on a line, "" for none."""
        found = self.items.get(change)
        return found.words if found else ""

    def is_hidden(self, change: str) -> bool:
        """Say whether a line was taken out; a KPI never is: the titles count all that is claimed."""
        found = self.items.get(change)
        return bool(found and found.is_hidden) and not change.startswith(KPI)

    def arranged(self, things: Iterable[T], subject: Callable[[T], str]) -> list[T]:
        """Return ``things`` without the hidden ones, the pinned ones first and in their order, the others as they came."""
        ranks = {change: rank for rank, change in enumerate(self.pinned)}
        shown = [thing for thing in things if not self.is_hidden(subject(thing))]
        return sorted(shown, key=lambda thing: ranks.get(subject(thing), len(ranks)))

    def review_of(self, edition: str) -> Review | None:
        """Return the last review of exactly the content with this sha256, None when it was not reviewed."""
        return next((one for one in reversed(self.reviews) if one.edition == edition), None)


NONE = Choices()


def _place(choice: Choice) -> tuple[int, str]:
    return LAST if choice.position is None else choice.position, choice.change


def read_choices(engine: Engine, as_of: date) -> Choices:
    """Return what was chosen and reviewed for the brief of a date."""
    items = [
        Choice(change, position, bool(pinned), bool(hidden), words or "", by or "", on)
        for change, position, pinned, hidden, words, by, on in engine.rows(ITEMS, [as_of])
    ]
    reviews = [
        Review(id, edition, words or "", by or "", on)
        for id, edition, words, by, on in engine.rows(REVIEWS, [as_of])
    ]
    return Choices({one.change: one for one in items}, tuple(reviews))


def item_id(as_of: date, change: str) -> str:
    """Return the id of the row of a line, the same each time: chosen again, it is corrected."""
    return sha256(f"{as_of.isoformat()} {change}".encode()).hexdigest()[:16]


def row_of(as_of: date, choice: Choice) -> dict[str, Any]:
    """Return a choice as a row of table ``brief_items``; who decided it and when are filled in where it is stored."""
    return {
        "brief_item_id": item_id(as_of, choice.change),
        "as_of": as_of,
        "change": choice.change,
        "position": choice.position,
        "is_pinned": choice.is_pinned,
        "is_hidden": choice.is_hidden,
        "words": choice.words or None,
    }
