"""What a screen reads: the store as this visitor may see it, at the address's date and scope.

Everything costly is kept by (role, store, version): a publication changes the version, so nothing stale is served
and two roles never share an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from data.access import Actor, local_actor
from data.engine import Engine
from data.incidents import log_beside
from data.places import places
from data.store import Store
from metrics.definitions import Catalogue, Kpi
from metrics.disclosure.auditor import audit
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
    """

    reads: Reads
    lang: str
    asked: date | None
    scope: str

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

    def whole_town(self) -> "Source":
        """The same view without a scope."""
        return replace(self, scope="") if self.scope else self

    def link(self, path: str, **params: str) -> str:
        """An address that keeps language, date and scope: ``source.link("fiche", kpi="active_files")``."""
        return address.link(path, self.lang, self.as_of, self.scope, **params)

    def to(self, path: str, state: Address, **params: str) -> str:
        """An address with another language, date or scope."""
        return address.link(path, state.lang, state.as_of, state.scope, **params)


@lru_cache(maxsize=8)
def _store(path: str) -> Store:
    log_beside(places(path))
    return Store(path, after=after_import, settings=rule_settings, auditor=audit)


def open_source(state: Address, actor: Actor | None = None) -> Source:
    """Open the environment's store for a visit, its scorecard's words replacing the interface's; raises data.problems.StoreProblem or data.access.Forbidden."""
    store = _store(str(places().store))
    found = Reads(store, actor or local_actor())
    # Beyond the data nothing is known: no screen may bear a date that the data do not reach.
    latest = reads.view(found).latest
    asked = min(state.as_of, latest) if state.as_of and latest else state.as_of
    source = Source(found, state.lang, asked, state.scope)
    own(source.catalogue.scorecard.words)
    numbers.scale(source.catalogue.scorecard.score_out_of)
    return source
