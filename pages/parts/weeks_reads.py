"""What the screen of the sealed weeks reads: the weeks, and what lies between two moments of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.seals import Seal
from metrics.change import Change
from metrics.changing import changes
from metrics.claims import headline
from metrics.definitions import Kpi
from metrics.meetings import Meeting, read_meeting
from metrics.reading import Reading
from metrics.states import State
from pages.parts.once import kept
from pages.parts.source import Source
from pages.texts import t
from pages.texts.weeks import week
from schemas.text import Text

MOST = 2  # facts that tell why something stands no longer
TODAY = "today"  # the address's word for the data that are known now


@dataclass(frozen=True)
class Pair:
    """Two moments to compare, the one that was sealed first first; ``until`` may be today's."""

    since: Source
    until: Source

    @property
    def words(self) -> str:
        """Both in words: "de la semaine 28 de 2015 à aujourd'hui"."""
        return t("de la {start} à {end}", start=week(self.since.week), end=name(self.until))

    @property
    def start(self) -> str:
        """What the address says of the earlier one."""
        return self.since.week

    @property
    def end(self) -> str:
        """What the address says of the later one."""
        return self.until.week or TODAY


@dataclass(frozen=True)
class Side:
    """One KPI at both moments; None where a moment does not know it."""

    kpi: Kpi
    then: Reading | None
    now: Reading | None

    @property
    def has_new_status(self) -> bool:
        """Whether it was judged otherwise."""
        return (self.then.status if self.then else None) != (self.now.status if self.now else None)

    @property
    def has_moved(self) -> bool:
        """Whether its value is another."""
        return (self.then.value if self.then else None) != (self.now.value if self.now else None)


def name(source: Source) -> str:
    """A moment in a sentence: "la semaine 28 de 2015", "aujourd'hui"."""
    return t("la {week}", week=week(source.week)) if source.week else t("aujourd’hui")


def weeks(source: Source) -> list[Seal]:
    """The sealed weeks, the last sealed first, whatever week is shown."""
    return list(reversed(source.live.seals(source.actor)))


def problems(source: Source) -> Mapping[str, list[Text]]:
    """What is wrong with sealed weeks, as they lie now."""
    return source.live.seal_problems(source.actor)


def pair(source: Source, since: str, until: str) -> Pair | None:
    """The two moments of an address: by default the last sealed week and today, or, when nothing was written since, the last two.

    In a sealed week, that week and the one before it; the first one with the one after it. None without two to compare.
    Raises NoSuchWeek for a week that is not sealed, SealAltered for one that cannot be opened.
    """
    order = [seal.week for seal in reversed(weeks(source))] + [""]
    if not (since or until or source.week) and len(order) > 2 and not _is_later(source, order[-2]):
        until = order[-2]
    last = "" if until == TODAY else until or source.week
    for week_asked in {since, last} - set(order):
        source.live.sealed(source.actor, week_asked)  # raises, and says why
    at = order.index(last)
    first = since or (order[at - 1] if at else "")
    if not first and not until and source.week and len(order) > 2:
        first = order[1]  # nothing was sealed before it: what came after
    if not first or first == last:
        return None
    ends = sorted((first, last), key=order.index)
    return Pair(source.in_week(ends[0]), source.in_week(ends[1]))


def _is_later(source: Source, sealed: str) -> bool:
    """Whether anything was written after a week was sealed."""
    sql = "SELECT count(*) FROM main.imports WHERE import > (SELECT max(_import) FROM kept.seals WHERE week = ?)"
    return bool(source.live.engine(source.actor).rows(sql, [sealed])[0][0])


def state(source: Source) -> State:
    """A moment as metrics compares it, with what it aimed at then."""
    assert source.as_of is not None, "a sealed week has data, and so has what came after it"
    return State(source.engine, source.catalogue, source.as_of, source.scope, source.counted_on)


@kept(maxsize=64)
def between(since: Source, until: Source) -> tuple[Change, ...] | None:
    """What changed between the two and what still stands; None where the later moment's data end before the earlier's."""
    if until.as_of is None or since.as_of is None or since.as_of > until.as_of:
        return None
    return changes(state(since), state(until))


@kept(maxsize=64)
def gone(since: Source, until: Source) -> tuple[Change, ...]:
    """What stood at the earlier moment and stands no longer."""
    told = {change.key for change in between(since, until) or ()}
    stood = changes(state(since), state(since))
    return tuple(change for change in stood if change.key not in told)


def since_then(change: Change, found: Sequence[Change]) -> list[Change]:
    """What is new at the later moment about the same project, partner or KPI: why something stands no longer."""
    about = (change.project, change.partner, change.kpi)

    def is_same(one: Change) -> bool:
        pairs = zip(about, (one.project, one.partner, one.kpi), strict=True)
        return any(mine and mine == other for mine, other in pairs)

    return [one for one in found if one.is_new and one.kind != "correction" and is_same(one)][:MOST]


@kept(maxsize=64)
def sides(since: Source, until: Source) -> tuple[Side, ...]:
    """Every KPI of either moment, the headline first, then those judged otherwise, then those that moved, then the others."""
    then, now = since.readings(), until.readings()
    kpis = {**since.catalogue.kpis, **until.catalogue.kpis}
    found = [Side(kpi, then.get(id), now.get(id)) for id, kpi in kpis.items()]
    first = [kpi.id for kpi in headline(until.catalogue)]
    return tuple(sorted(found, key=lambda side: (_rank(side, first), side.kpi.code)))


def _rank(side: Side, first: list[str]) -> tuple[int, int]:
    if side.kpi.id in first:
        return 0, first.index(side.kpi.id)
    return (1 if side.has_new_status else 2 if side.has_moved else 3), 0


def is_first(side: Side, source: Source) -> bool:
    """Whether a screen shows it: the headline, and what is judged otherwise."""
    return side.has_new_status or side.kpi.id in {kpi.id for kpi in headline(source.catalogue)}


def meeting(source: Source) -> Meeting | None:
    """The review of a sealed week, as it was sealed; None for today, or where its row was taken out since."""
    return read_meeting(source.engine, source.week) if source.week else None
