"""What the well-being screen reads, kept by (role, store, version): the waves' frozen lists, and nothing else of a survey."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from metrics import compute, scaleshelf
from metrics.definitions import Kpi
from metrics.disclosure.compare import Change, compare
from metrics.disclosure.tables import Cell, Group, Published, Table
from metrics.scales import Scale
from metrics.surveys import measure_of
from pages.parts import reads
from pages.parts.once import VIEWS, kept
from pages.parts.reads import Reads
from pages.parts.source import Source

WELLBEING, LOAD = "wellbeing_who5", "files_per_manager"
WHO5, RECOMMEND = "who5", "recommend"
AUDIT = "-audit"  # how the wave of an external audit is named: 2013-audit
UNDER_WAY = ("open", "closed", "audited")


@dataclass(frozen=True)
class Stage:
    """A wave that is not published yet: its name, its state and the day it is held."""

    wave: str
    state: str
    held_on: date


@dataclass(frozen=True)
class Survey:
    """The published lists of the waves held by a date, the oldest first; waves under way; waves whose answers are purged."""

    lists: tuple[Published, ...]
    under_way: tuple[Stage, ...] = ()
    purged: frozenset[str] = frozenset()

    @cached_property
    def now(self) -> Published | None:
        """The last published wave."""
        return self.lists[-1] if self.lists else None

    @cached_property
    def reference(self) -> Published | None:
        """What the last wave is measured against: the external audit, else the first wave; None of a single one."""
        before = self.lists[:-1]
        return next((one for one in before if is_audit(one.wave)), before[0] if before else None)

    @cached_property
    def previous(self) -> Published | None:
        """The wave before the last one."""
        return self.lists[-2] if len(self.lists) > 1 else None


def is_audit(wave: str) -> bool:
    """Whether a wave is that of an external audit."""
    return wave.endswith(AUDIT)


def survey_of(source: Source) -> Survey:
    """What was published of the waves held by the source's date; empty for an empty store."""
    return _survey(source.reads, source.as_of) if source.as_of else Survey(())


@kept(maxsize=VIEWS)
def _survey(kept: Reads, as_of: date) -> Survey:
    lists = [Published.from_json(one) for one in kept.store.published(kept.actor)]
    states = kept.store.waves(kept.actor)
    known = {one.wave for one in lists}
    return Survey(
        tuple(sorted((one for one in lists if _day(kept, one) <= as_of), key=lambda one: _day(kept, one))),
        tuple(
            Stage(one.wave, one.state, one.held_on)
            for one in states
            if one.state in UNDER_WAY and one.wave not in known and one.held_on <= as_of
        ),
        frozenset(one.wave for one in states if one.state == "purged"),
    )


def held_on(source: Source, published: Published) -> date:
    """The day a wave was held: its list's, else the scorecard's, else its year's last day."""
    return _day(source.reads, published)


def _day(kept: Reads, published: Published) -> date:
    if published.held_on:
        return published.held_on
    known = {wave.name: wave.held_on for wave in reads.view(kept).catalogue.scorecard.waves}
    year = published.wave[:4]
    return known.get(published.wave) or date(int(year) if year.isdecimal() and int(year) else 1, 12, 31)


def changes(before: Published | None, now: Published | None) -> Mapping[tuple[str, Group], Change]:
    """What changed between two waves by (measure, group), judged together; none where one of them is missing."""
    return _changes(before, now) if before and now else {}


@kept(maxsize=VIEWS)
def _changes(before: Published, now: Published) -> Mapping[tuple[str, Group], Change]:
    return {(one.measure, one.group): one for one in compare(before, now)}


def measures(survey: Survey) -> list[str]:
    """The measures that the last wave tells something of, in the order of its list."""
    if survey.now is None:
        return []
    told = [one.measure for one in survey.now.summaries] + [table.measure for table in survey.now.tables]
    return list(dict.fromkeys(told))


def breakdowns(survey: Survey, measure: str) -> list[str]:
    """The attributes by which the last wave has a table of a measure, one at a time."""
    tables = survey.now.tables if survey.now else ()
    return [table.by[0] for table in tables if table.measure == measure and len(table.by) == 1]


def table_of(published: Published | None, by: str, measure: str) -> Table | None:
    """A wave's table of a measure by one attribute."""
    if published is None:
        return None
    return next((one for one in published.tables if one.key == ((by,), measure)), None)


def cells_of(published: Published | None, by: str, measure: str) -> Mapping[Group, Cell]:
    """The cells of such a table by group; none without it."""
    found = table_of(published, by, measure)
    return {cell.group: cell for cell in found.cells} if found else {}


def kpi_of(source: Source, measure: str) -> Kpi | None:
    """The KPI that is a survey's mean of a measure; None where the scorecard has none."""
    for kpi in source.catalogue.kpis.values():
        if kpi.is_survey and measure_of(kpi) == measure:
            return kpi
    return None


def scales(source: Source) -> Mapping[str, Scale]:
    """The scales of this store's catalogue by their id, which is their measure's."""
    return _scales(source.reads)


@kept(maxsize=16)
def _scales(kept: Reads) -> Mapping[str, Scale]:
    return scaleshelf.shelf(scaleshelf.shelves_of(kept.folders))[0]


@kept(maxsize=VIEWS)
def wordings(source: Source) -> Mapping[str, str]:
    """The questions as the town pasted them, by item; those that were not are missing."""
    if source.as_of is None:
        return {}
    rows = source.engine.rows("SELECT item, words FROM survey_wordings WHERE words IS NOT NULL")
    return dict(rows)


@kept(maxsize=VIEWS)
def loads(source: Source) -> Mapping[str, float | None]:
    """Files per senior staff member on the day of each wave, by wave; None where it is not known."""
    survey = survey_of(source)
    if LOAD not in source.catalogue.every:
        return {}
    days = {one.wave: held_on(source, one) for one in survey.lists}
    catalogue = reads.view(source.reads).catalogue
    found = compute.readings(source.engine, catalogue, [LOAD], sorted(set(days.values())))
    value = {reading.as_of: reading.value for reading in found if not reading.scope}
    return {wave: value.get(day) for wave, day in days.items()}
