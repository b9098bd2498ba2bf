"""The agenda of a weekly review, by rule: last week's actions, what went wrong since, the standing items; minutes that sum to the hour.

Nothing is read here: changes and actions are handed in, so that the rule can be tried on any week.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Generic, Literal, Protocol, TypeVar

from metrics.definitions import Standing

Kind = Literal["followup", "exception", "standing", "new"]
KINDS: tuple[Kind, ...] = ("followup", "exception", "standing", "new")

EACH = 7  # minutes that an exception takes: as many of them as the time holds
LEAST = 4  # minutes of an exception; what is over goes by importance
MOST = 7  # exceptions: more of them are read, not discussed
ALIKE = 2  # exceptions of one kind before another kind has its turn
TOGETHER = ("ageing", "late", "silent")  # kinds whose exceptions are one point with its list
LONGEST = 15  # minutes of an exception, as long as others may have the rest
SHORTEST = 1  # minutes of an item
FOLLOWED = 3, 15  # minutes of the follow-up, least and most: two an action, one more where it is late


class Fact(Protocol):
    """What the rule reads of a change."""

    @property
    def key(self) -> str:
        """Its name, stable between weeks."""

    @property
    def tone(self) -> str:
        """``bad``, ``good`` or ``neutral``."""

    @property
    def weight(self) -> float:
        """Its importance, larger first."""

    @property
    def is_news(self) -> bool:
        """Whether it was not so before, or was and has become worse."""


class Due(Protocol):
    """What the rule reads of an action."""

    @property
    def state(self) -> str:
        """``open``, ``done`` or ``dropped``."""

    def is_overdue(self, on: date) -> bool:
        """Whether it is late on a day."""


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Item(Generic[F]):
    """One point of an agenda. An exception has its ``changes``, a standing item its ``standing``, the follow-up neither."""

    kind: Kind
    minutes: int
    changes: tuple[F, ...] = ()
    standing: Standing | None = None

    @property
    def change(self) -> F | None:
        """The first of its changes, the most important; None where it has none."""
        return self.changes[0] if self.changes else None


def agenda(
    changes: Sequence[F],
    actions: Sequence[Due],
    decided: Collection[str],
    held_on: date,
    minutes: int,
    standing: Sequence[Standing] = (),
    wanted: Collection[str] = (),
) -> list[Item[F]]:
    """Return the points of a review of ``minutes``, in order; their minutes sum to it exactly.

    The follow-up of open actions comes first, where there is one; then the exceptions, as many as the time holds; then the
    standing items. ``decided`` are the keys of changes that were on an earlier agenda, ``wanted`` those of facts that
    somebody asked for: they have a point whatever the rule says of them. Exceptions of one kind are one point.
    """
    opened = [action for action in actions if action.state == "open"]
    fixed = [Item[F]("followup", _followed(opened, held_on))] if opened else []
    usual = [Item[F]("standing", one.minutes, standing=one) for one in standing]
    room = minutes - sum(item.minutes for item in (*fixed, *usual))
    chosen = _chosen(changes, decided, wanted, max(0, min(MOST, room // EACH)))
    if not chosen:
        return _sized([*fixed, *usual], minutes)
    given = min(max(room, SHORTEST * len(chosen)), LONGEST * len(chosen))
    shares = apportioned(given, [group[0].weight for group in chosen], LEAST)
    found = [Item("exception", share, group) for group, share in zip(chosen, shares, strict=True)]
    return _sized([*fixed, *found, *usual], minutes) if given != room else [*fixed, *found, *usual]


def _chosen(
    changes: Sequence[F], decided: Collection[str], wanted: Collection[str], most: int
) -> list[tuple[F, ...]]:
    """Return the points by rule, then those asked for that are in none of them."""
    groups = grouped(exceptions(changes, decided))
    first = {fact.key for fact in varied([group[0] for group in groups], most)}
    by_rule = [group for group in groups if group[0].key in first]
    there = {fact.key for group in by_rule for fact in group}
    return by_rule + grouped([fact for fact in changes if fact.key in wanted and fact.key not in there])


def grouped(facts: Sequence[F]) -> list[tuple[F, ...]]:
    """Return facts in their order, those of one kind of TOGETHER and one tone as one group where the first stands."""
    found: dict[tuple[str, ...], list[F]] = {}
    for fact in facts:
        kind = fact.key.partition(":")[0]
        found.setdefault((kind, fact.tone) if kind in TOGETHER else (fact.key,), []).append(fact)
    return [tuple(group) for group in found.values()]


def exceptions(changes: Sequence[F], decided: Collection[str] = ()) -> list[F]:
    """Return what deserves a point, the most important first: what went wrong since, and what no review has seen yet.

    So nothing that an hour left out is lost, and what was discussed comes back when it happens anew.
    """
    wrong = [fact for fact in changes if fact.tone == "bad" and (fact.is_news or fact.key not in decided)]
    return sorted(wrong, key=lambda fact: -fact.weight)


def varied(facts: Sequence[F], most: int) -> list[F]:
    """Return the first ``most`` facts, no more than a few of one kind as long as there are others, in their order.

    A kind is what stands before the colon of a key: ten ageing files are one subject, and hide a plan that breaks the law.
    """
    met: Counter[str] = Counter()
    first: list[F] = []
    then: list[F] = []
    for fact in facts:
        kind = fact.key.partition(":")[0]
        met[kind] += 1
        (first if met[kind] <= ALIKE else then).append(fact)
    chosen = {fact.key for fact in [*first, *then][:most]}
    return [fact for fact in facts if fact.key in chosen]


def apportioned(total: int, weights: Sequence[float], least: int = SHORTEST) -> list[int]:
    """Share ``total`` minutes by weight, ``least`` each at first, by largest remainders; the sum is exact.

    Where the total does not give everyone ``least``, all get the same but for the minutes left over, which go to the first.
    """
    if not weights:
        return []
    each = min(least, total // len(weights))
    rest = total - each * len(weights)
    whole = sum(weights)
    parts = [rest * (weight / whole if whole > 0 else 1 / len(weights)) for weight in weights]
    found = [floor(part) for part in parts]
    order = sorted(range(len(parts)), key=lambda place: (found[place] - parts[place], place))
    for place in order[: rest - sum(found)]:
        found[place] += 1
    return [each + part for part in found]


def _followed(actions: Sequence[Due], on: date) -> int:
    wished = 2 * len(actions) + sum(action.is_overdue(on) for action in actions)
    return min(max(wished, FOLLOWED[0]), FOLLOWED[1])


def _sized(items: list[Item[F]], minutes: int) -> list[Item[F]]:
    """Give points the whole meeting in the proportion of what they ask for."""
    shares = apportioned(minutes, [float(item.minutes) for item in items])
    return [
        Item(item.kind, share, item.changes, item.standing) for item, share in zip(items, shares, strict=True)
    ]
