"""The demo town into an empty store as it came about: an earlier edition, its week sealed, then today's files and theirs.

Every step is done once: a filling that was stopped goes on where it stopped, a store with anything else in it is left alone.
"""

from collections.abc import Sequence

from data.access import Actor
from data.demo.edition import earlier_files, files
from data.order import fingerprints
from data.report import Report
from data.seals import Seal
from data.store import Store

BEFORE, AFTER = "2015-W26", "2015-W27"  # the weeks that are sealed
STEPS = ("audited", "published")
KINDS = ("stored", "added", "changed", "unchanged")
ONCE = "survey_answers.csv"  # answers that are published are not brought again
Files = Sequence[tuple[str, bytes]]


def is_fillable(store: Store, actor: Actor, *, is_wired: bool) -> bool:
    """Say whether the store is empty, or holds nothing but a filling that was stopped; ``is_wired`` as for ``fill``."""
    if not any(each.rows for each in store.freshness(actor)):
        return True
    ours = {sha for each in (earlier_files(), files()) for sha in fingerprints(each).values()}
    brought = _brought(store, actor)
    first = set(fingerprints(earlier_files()).values())
    undone = any(record.undone_by or record.undoes for record in store.history(actor))
    last = fingerprints(_changed()).values()
    sealed = {seal.week for seal in store.seals(actor)}
    is_done = set(last) <= brought and (not is_wired or {BEFORE, AFTER} <= sealed)
    return first <= brought <= ours and not undone and not is_done


def fill(store: Store, actor: Actor, *, is_wired: bool) -> tuple[Report, list[Seal]]:
    """Import both editions, publish the surveys and seal both weeks; ``is_wired``: the store audits and computes.

    The report counts the rows that both imports stored; it bears the number of the last one.
    """
    reports = [_import(store, actor, earlier_files())]
    if not reports[0].ok:
        return reports[0], []
    if is_wired:
        _publish(store, actor)
        _seal(store, actor, BEFORE)
    reports.append(_import(store, actor, _changed()))
    if is_wired and reports[1].ok:
        _seal(store, actor, AFTER)
    return _together(reports), store.seals(actor)


def _changed() -> Files:
    """Return today's files that are not the earlier ones."""
    known = dict(earlier_files())
    return [(name, content) for name, content in files() if known[name] != content and name != ONCE]


def _brought(store: Store, actor: Actor) -> set[str]:
    """Return the fingerprints of the files that the store holds, without what its own steps noted."""
    named = [name for name, _ in files()]
    sql = "SELECT sha256 FROM sources WHERE list_contains(?, file)"
    return {sha for (sha,) in store.engine(actor).rows(sql, [named])}


def _import(store: Store, actor: Actor, given: Files) -> Report:
    """Import files unless they were."""
    if set(fingerprints(given).values()) <= _brought(store, actor):
        return Report(None)
    return store.import_files(actor, given)


def _publish(store: Store, actor: Actor) -> None:
    """Publish the surveys, which were held long ago."""
    for wave in store.waves(actor):
        done = STEPS.index(wave.state) + 1 if wave.state in STEPS else 0
        for to in STEPS[done:]:
            store.step(actor, wave.wave, to)


def _seal(store: Store, actor: Actor, week: str) -> None:
    if week not in {seal.week for seal in store.seals(actor)}:
        store.seal(actor, week)


def _together(reports: Sequence[Report]) -> Report:
    """Return two imports as one report."""
    last = reports[-1]
    warnings = [fault for report in reports for fault in report.warnings]
    stored, added, changed, unchanged = (_sum(reports, kind) for kind in KINDS)
    return Report(last.import_id, stored, added, changed, unchanged, warnings, list(last.errors))


def _sum(reports: Sequence[Report], kind: str) -> dict[str, int]:
    """Return the counts of one kind over all imports, by table."""
    tables = dict.fromkeys(name for report in reports for name in report.stored)
    return {name: sum(getattr(report, kind).get(name) or 0 for report in reports) for name in tables}
