"""What a screen reads: the store as this visitor may see it, at the address's date and scope.

Everything costly is kept by (role, store, version): a publication changes the version, so nothing stale is served
and two roles never share an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from data.access import ALLOWED, Actor, local_actor
from data.engine import Engine
from data.incidents import log_beside
from data.places import places
from data.seals import Seal
from data.store import Store
from metrics.definitions import Catalogue, Kpi
from metrics.disclosure.auditor import audit
from metrics.dues import due_day, today_at
from metrics.goals import Goals
from metrics.reading import Reading
from metrics.rebases import Note, Rebase
from metrics.refresh import after_import, rule_settings
from pages.parts import address, reads
from pages.parts.address import Address
from pages.parts.reads import Reads
from pages.texts import numbers, own, typography


@dataclass(frozen=True)
class Source:
    """One visitor's view: who, which store at which version, in which language, when and where.

    ``asked`` is the address's date, at most the data's own, or None; ``as_of`` is the date that counts. ``scope`` "" is the whole town.
    ``seal`` is that of the sealed week that is shown as it was known, None for the data of today.
    """

    reads: Reads
    lang: str
    asked: date | None
    scope: str
    seal: Seal | None = None

    @property
    def week(self) -> str:
        """The sealed week that is shown ("2015-W28"); "" for the data of today."""
        return self.seal.week if self.seal else ""

    @property
    def today(self) -> date:
        """The calendar's day; of a sealed week, the day of its sealing."""
        return self.seal.sealed_on if self.seal else date.today()

    @property
    def counted_on(self) -> date | None:
        """The day that lateness is counted on (metrics.dues), the same on every screen and document; None for an empty store."""
        if self.as_of is None or self.latest is None:
            return None
        held_on = self.seal.held_on if self.seal else None
        return due_day(self.engine, self.as_of, today_at(self.as_of, self.latest, self.today, held_on))

    @property
    def known_on(self) -> date | None:
        """The date that decisions and actions are told by; None, at the data's own date, for all of them."""
        return self.as_of if self.as_of != self.latest else None

    @property
    def live(self) -> Store:
        """The store of today, whatever week is shown: to list the sealed weeks, and to compare with."""
        return getattr(self.store, "live", self.store)

    @property
    def actor(self) -> Actor:
        """Who looks."""
        return self.reads.actor

    @property
    def store(self) -> Store:
        """The door to the data: every call names ``actor``."""
        return self.reads.store

    @property
    def engine(self) -> Engine:
        """The engine on the published copy, to hand to metrics."""
        return self.store.engine(self.actor)

    @property
    def catalogue(self) -> Catalogue:
        """The definitions that belong to this store, with the targets in force at this date and in this scope."""
        if self.as_of is None:
            return reads.view(self.reads).catalogue
        return reads.in_force(self.reads, self.as_of, self.scope)

    @property
    def goals(self) -> Goals:
        """The decisions on targets."""
        return reads.view(self.reads).goals

    def rebases(self, kpi: str) -> tuple[Rebase, ...]:
        """The new bases of a KPI in this scope up to this date, the oldest first."""
        found = reads.view(self.reads).rebases.get((kpi, self.scope), ())
        return tuple(r for r in found if self.as_of is not None and r.rebased_on <= self.as_of)

    def annotations(self, kpi: str) -> tuple[Note, ...]:
        """The notes on a KPI's points in this scope up to this date, the oldest first."""
        found = reads.view(self.reads).notes.get((kpi, self.scope), ())
        return tuple(n for n in found if self.as_of is not None and n.noted_on <= self.as_of)

    @property
    def latest(self) -> date | None:
        """The data's own date; None for an empty store."""
        return reads.view(self.reads).latest

    @property
    def as_of(self) -> date | None:
        """The date of this screen: the address's, else the data's own; None for an empty store."""
        return (self.asked or self.latest) if self.latest else None

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates with stored readings, the last first."""
        return reads.view(self.reads).dates

    @property
    def scopes(self) -> tuple[str, ...]:
        """The directorates that exist, or have rows, at this screen's date, by name."""
        return reads.scopes(self.reads, self.as_of) if self.as_of else ()

    @property
    def every_scope(self) -> tuple[str, ...]:
        """The directorates that have readings at any date, by name."""
        return reads.view(self.reads).scopes

    @property
    def is_scope_unknown(self) -> bool:
        """Whether the address names a scope that these data do not know at this date; an empty store knows none and refuses none."""
        return bool(self.scope) and self.latest is not None and self.scope not in self.scopes

    @property
    def town(self) -> str:
        """The name of the town, or of whatever the bound scorecard is about."""
        return typography(self.catalogue.scorecard.town)

    @property
    def key(self) -> tuple[object, ...]:
        """What an answer drawn from this source depends on: a key for whoever keeps one."""
        return (*self.reads.key, self.lang, self.as_of, self.scope)

    def readings(self) -> Mapping[str, Reading]:
        """Every KPI's reading at this date and scope; none in an empty store. Computed live between month ends."""
        if self.as_of is None:
            return MappingProxyType({})
        return reads.readings(self.reads, self.as_of, self.scope)

    def series(self, kpi: str) -> tuple[Reading, ...]:
        """A KPI's stored readings for this scope up to this date, the oldest first."""
        found = reads.series(self.reads, kpi, self.scope)
        last = self.as_of
        return tuple(r for r in found if r.as_of <= last) if last else ()

    def kpi(self, kpi: str) -> Kpi | None:
        """A definition by its id; None when the catalogue has none."""
        return self.catalogue.every.get(kpi)

    def defined(self, kpi: str) -> Kpi | None:
        """A definition as the catalogue itself has it, without what was decided since; None when it has none."""
        return reads.view(self.reads).catalogue.every.get(kpi)

    @property
    def defined_kpis(self) -> Mapping[str, Kpi]:
        """The town's KPIs as the catalogue itself has them."""
        return reads.view(self.reads).catalogue.kpis

    def in_week(self, week: str) -> "Source":
        """The same visit in another sealed week at that week's own date, or ("") in the data of today."""
        store = self.live.sealed(self.actor, week) if week else self.live
        return Source(Reads(store, self.actor), self.lang, None, self.scope, getattr(store, "seal_of", None))

    def whole_town(self) -> "Source":
        """The same view without a scope."""
        return replace(self, scope="") if self.scope else self

    def link(self, path: str, **params: str) -> str:
        """An address that keeps language, date, scope and week: ``source.link("fiche", kpi="active_files")``.

        With another ``week``, at that week's own date; ``week=""`` leads back to the data of today.
        """
        week = params.pop("week", self.week)
        as_of = self.as_of if week == self.week else None
        return address.link(path, self.lang, as_of, self.scope, week, **params)

    @property
    def state(self) -> dict[str, str]:
        """What the address says of language, date, scope and week: the hidden fields of a form that keeps them."""
        return address.state_of(self.lang, self.as_of, self.scope, self.week)

    def to(self, path: str, state: Address, **params: str) -> str:
        """An address with another language, date or scope, in the same week."""
        return address.link(path, state.lang, state.as_of, state.scope, self.week, **params)


@lru_cache(maxsize=8)
def _store(path: str) -> Store:
    log_beside(places(path))
    return Store(path, after=after_import, settings=rule_settings, auditor=audit)


def open_source(state: Address, actor: Actor | None = None) -> Source:
    """Open the environment's store for a visit, its scorecard's words replacing the interface's.

    Raises data.problems.StoreProblem (NoSuchWeek and SealAltered for a week that cannot be shown) or data.access.Forbidden.
    """
    store, seen_by = _store(str(places().store)), actor or local_actor()
    seal = None
    if state.week:
        store = store.sealed(seen_by, state.week)
        seal = getattr(store, "seal_of", None)
        seen_by = _reader(seen_by)
    found = Reads(store, seen_by)
    # Beyond the data nothing is known: no screen may bear a date that the data do not reach.
    latest = reads.view(found).latest
    asked = min(state.as_of, latest) if state.as_of and latest else state.as_of
    source = Source(found, state.lang, asked, state.scope, seal)
    own(source.catalogue.scorecard.words)
    numbers.scale(source.catalogue.scorecard.score_out_of)
    return source


def _reader(actor: Actor) -> Actor:
    """The same person in a sealed week: who may read rows reads them, nobody writes."""
    return Actor(actor.name, "reader") if "read_rows" in ALLOWED[actor.role] else actor
