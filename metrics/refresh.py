"""Readings kept: every month end, for the town and by directorate, of the KPIs that an import may have moved."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics import compute, folders, kept, signals, stored
from metrics.compile import Question
from metrics.compute import DIMENSION
from metrics.datadates import data_dates
from metrics.dates import is_month_end, month_ends
from metrics.definitions import Catalogue, Kpi, load
from metrics.freshness import mark_stale
from metrics.goals import NO_GOALS, Goals, read_goals
from metrics.intervals import add_intervals
from metrics.loading import Folder, Texts, texts_of
from metrics.reading import UNJUDGED
from metrics.rebases import Rebases, read_rebases
from metrics.results import Engine, Judgement, Result, judged
from metrics.running import mark_running
from metrics.scaleshelf import items, shelf, shelves_of
from metrics.statement import TOWN, decoded

JUDGING = frozenset({"targets", "rebases"})  # journals that change how values are judged, not the values
# Journals that no reading depends on: what is said in a review must not wait for a catalogue to be read.
SAID = frozenset(
    (
        "annotations",
        "meetings",
        "agenda_items",
        "decisions",
        "actions",
        "notes",
        "brief_items",
        "brief_reviews",
        "scenarios",
        "seals",
    )
)
LONGEST = 40  # years before the data date: a mistyped year must not cost thousands of months
NUMBERS = ("value", "numerator", "denominator", "n", "low", "high", "coverage")
log = logging.getLogger("levier.metrics")


class WritingEngine(Engine, Protocol):
    """An engine that also keeps readings: see data.engine."""

    def replace_readings(self, frame: pd.DataFrame, kpis: Sequence[str]) -> None:
        """Replace all readings of ``kpis``."""


def after_import(engine: WritingEngine, tables: set[str]) -> None:
    """Recompute what an import touched: what data.store calls once the rows are in."""
    if tables and tables <= SAID:
        return
    dates = data_dates(engine)
    refresh(engine, catalogue_of(engine), tables if dates else None, dates[1] if dates else None)


def rule_settings(bound: Any) -> Mapping[str, Any]:
    """Return what the catalogue in force says to rules and surveys: rebase_on, groups, waves (date, staff), threshold, scales, signatures.

    ``layers`` are its texts, folder by folder, as a sealed week keeps them.
    """
    places = folders.folders_of(bound)
    return _settings(texts_of(places), texts_of(shelves_of(places)))


@lru_cache(maxsize=8)
def _settings(seen: Texts, scale_texts: Texts) -> Mapping[str, Any]:
    # Every screen and step of a survey asks: the texts are read each time, and parsed when one of them changed.
    catalogue = load([dict(folder) for folder in seen])
    groups = {name: list(items) for name, items in catalogue.scorecard.directorate_groups.items()}
    waves = {wave.name: (wave.held_on, wave.headcount) for wave in catalogue.scorecard.waves}
    told = {name: catalogue.parameters.get(name) for name in ("rebase_on", "disclosure_k")}
    scales = items(shelf([dict(place) for place in scale_texts])[0].values())
    layers = (*map(dict, seen), _apart(scale_texts))
    signs = {"signatures": catalogue.scorecard.signatures}
    return told | signs | {"directorate_groups": groups, "waves": waves, "scales": scales, "layers": layers}


def _apart(scale_texts: Texts) -> dict[str, str]:
    """Return the scales as one more folder, under names that no entry's file has."""
    named = (pair for place in scale_texts for pair in place)
    return {f"scale-{at}-{name}": text for at, (name, text) in enumerate(named)}


def catalogue_of(engine: Engine) -> Catalogue:
    """Return the catalogue that the engine's store is bound to."""
    frozen: dict[int, dict[str, str]] = {}
    for layer, name, text in engine.rows("SELECT layer, name, text FROM sealed_texts ORDER BY layer, name"):
        frozen.setdefault(layer, {})[name] = text
    if frozen:  # a sealed week
        return load(list(frozen.values()))
    last = "SELECT shipped, name, text FROM catalogues WHERE import = (SELECT MAX(import) FROM catalogues)"
    rows = engine.rows(last)
    shipped = next((row[0] for row in rows if row[0]), None)
    files: Folder | None = {name: text for _, name, text in rows if name} or None
    return load(folders.catalogue_folders(shipped, files))


def refresh(
    engine: WritingEngine, catalogue: Catalogue, tables: set[str] | None, as_of: date | None
) -> list[str]:
    """Recompute and keep the readings of the KPIs that read one of ``tables`` (None: of all); return their ids.

    Every month end from the first data month to the data date, and the data date itself. All KPIs are recomputed when the
    calendar moved or when some have no reading; those that left the catalogue lose theirs.
    """
    held = stored.definitions(engine)
    gone = [id for id in held if id not in catalogue.every]
    if as_of is None:
        engine.replace_readings(_frame([], catalogue, NO_GOALS, {}), [*catalogue.every, *gone])
        return []
    days = _calendar(engine, as_of)
    everything = tables is None or _moved(engine, days) or held != _definitions(catalogue)
    if not everything and tables and tables <= JUDGING:
        return _judge_again(engine, catalogue)
    moved = [
        kpi
        for kpi in catalogue.every.values()
        if everything or _reads(catalogue, kpi, engine, tables or set())
    ]
    found = measured(engine, catalogue, moved, days)
    put_intervals(engine, catalogue, found, days[-1])
    mark_stale(engine, catalogue, found)
    mark_running(found)
    frame = _frame(found, catalogue, read_goals(engine), read_rebases(engine))
    engine.replace_readings(frame, [*(kpi.id for kpi in moved), *gone])
    return [kpi.id for kpi in moved]


def _judge_again(engine: WritingEngine, catalogue: Catalogue) -> list[str]:
    """Judge the kept values by the targets and bases of now; no value is computed."""
    found = kept.results(engine, catalogue, catalogue.every.values())
    frame = _frame(found, catalogue, read_goals(engine), read_rebases(engine))
    engine.replace_readings(frame, list(catalogue.every))
    return list(catalogue.every)


def _definitions(catalogue: Catalogue) -> dict[str, str]:
    return {id: kpi.fingerprint for id, kpi in catalogue.every.items()}


def _moved(engine: Engine, days: Sequence[date]) -> bool:
    """Say whether the kept readings have another calendar."""
    first, last, count = engine.rows("SELECT MIN(as_of), MAX(as_of), COUNT(DISTINCT as_of) FROM readings")[0]
    return (first, last, count) != (days[0], days[-1], len(days))


def _calendar(engine: Engine, as_of: date) -> list[date]:
    known = data_dates(engine)
    first = known[0] if known else as_of
    first = max(min(first, as_of), date(as_of.year - LONGEST, 1, 1))
    days = month_ends(first, as_of)
    return days if days and days[-1] == as_of else [*days, as_of]


def _reads(catalogue: Catalogue, kpi: Kpi, engine: Engine, tables: set[str]) -> bool:
    return bool(compute.tables_behind(catalogue, kpi, engine.relations) & tables)


def measured(
    engine: Engine, catalogue: Catalogue, kpis: Sequence[Kpi], days: Sequence[date], *, bounds: bool = True
) -> list[Result]:
    """Return the results of ``kpis`` at each day, town and directorates, without bootstrap.

    Month ends are added up month by month; a last day within a month is computed from its rows.
    """
    ends = [day for day in days if is_month_end(day)]
    found: list[Result] = []
    if ends:
        question = Question(ends, DIMENSION, monthly=True, bounds=bounds)
        found += compute.results(engine, catalogue, kpis, question)
    if len(ends) < len(days):
        rest = Question([day for day in days if not is_month_end(day)], DIMENSION, bounds=bounds)
        found += compute.results(engine, catalogue, kpis, rest)
    return [_kept(result) for result in found]


def _kept(result: Result) -> Result:
    """Return a result without the scopes that are not kept: unnamed ones, and all but the town where it has no parts."""
    has_parts = DIMENSION in result.kpi.by
    keep = np.array([scope == TOWN or (has_parts and scope != "?") for scope in result.scope], dtype=bool)
    parts = {name: array[keep] for name, array in result.parts.items()}
    reason = [text for text, kept in zip(result.reason, keep, strict=True) if kept]
    periods = [name for name, kept in zip(result.names(), keep, strict=True) if kept]
    dated = None if result.dated is None else result.dated[keep]
    return Result(
        result.kpi, result.as_of[keep], result.scope[keep], parts, reason, result.is_amount, periods, dated
    )


def put_intervals(engine: Engine, catalogue: Catalogue, found: Sequence[Result], last: date) -> None:
    """Add the bootstrap intervals: of the town at each period's end, of the directorates at the data date."""
    latest = np.datetime64(last)

    def wanted(result: Result) -> NDArray[np.bool_]:
        ends = np.array(
            [_ends_period(day, result.kpi.frequency) for day in result.as_of.astype(object)], dtype=bool
        )
        return (result.as_of == latest) | ((result.scope == TOWN) & ends)

    add_intervals(engine, catalogue, found, DIMENSION, wanted=wanted)


def _ends_period(day: date, frequency: str) -> bool:
    months = {"monthly": 1, "quarterly": 3}.get(frequency, 12)
    return day.month % months == 0


def _frame(found: Iterable[Result], catalogue: Catalogue, goals: Goals, rebases: Rebases) -> pd.DataFrame:
    """Return the rows of table ``readings``."""
    parts = [_rows(result, catalogue, goals, rebases) for result in found]
    names = ["kpi", "as_of", "period", "dimension", "scope", *NUMBERS, "score", "status", "reason", "version"]
    names += ["target", "variation", "assurance", "definition"]
    if not parts:
        return pd.DataFrame({name: [] for name in names})
    return pd.DataFrame({name: np.concatenate([part[name] for part in parts]) for name in names})


def _rows(result: Result, catalogue: Catalogue, goals: Goals, rebases: Rebases) -> dict[str, np.ndarray]:
    kpi, size = result.kpi, len(result.as_of)
    judgement = judged(result, catalogue.scorecard.thresholds, goals)
    scopes = {key: "" if key == TOWN else decoded(key) or "" for key in set(result.scope)}
    town = result.scope == TOWN
    fixed = {
        "kpi": np.full(size, kpi.id, dtype=object),
        "as_of": result.as_of,
        "period": np.array(result.names(), dtype=object),
        "dimension": np.where(town, "", DIMENSION).astype(object),
        "scope": np.array([scopes[key] for key in result.scope], dtype=object),
        "score": judgement.scores,
        "status": np.array(judgement.statuses, dtype=object),
        "reason": np.array(judgement.reasons, dtype=object),
        "target": judgement.targets,
        "version": np.full(size, kpi.version),
        "definition": np.full(size, kpi.fingerprint, dtype=object),
    }
    variation, assurance = _marks(result, judgement, scopes, rebases)
    fixed |= {"variation": variation, "assurance": assurance}
    return fixed | {name: result.part(name) for name in NUMBERS}


def _marks(
    result: Result, judgement: Judgement, scopes: Mapping[str, str], rebases: Rebases
) -> tuple[np.ndarray, np.ndarray]:
    """Return what the control chart of each scope said at each date; a value that is not judged has no mark."""
    variation = np.full(len(result.as_of), None, dtype=object)
    assurance = variation.copy()
    names, values = np.array(result.names(), dtype=object), result.part("value")
    for key, scope in scopes.items():
        here = np.flatnonzero(result.scope == key)
        here = here[np.argsort(result.as_of[here], kind="stable")]
        breaks = [rebase.rebased_on for rebase in rebases.get((result.kpi.id, scope), ())]
        variation[here], assurance[here] = signals.marks(
            result.kpi,
            result.as_of[here],
            values[here],
            breaks,
            periods=names[here].tolist(),
            targets=judgement.targets[here],
        )
    kept_out = np.array([reason in UNJUDGED for reason in judgement.reasons], dtype=bool)
    variation[kept_out] = assurance[kept_out] = None
    return variation, assurance
