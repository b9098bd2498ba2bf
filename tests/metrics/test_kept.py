"""A new target or base judges the kept values anew, exactly as computing everything again would."""

from datetime import date
from pathlib import Path

from data.access import local_actor
from data.store import Store
from metrics.refresh import after_import, rule_settings
from tests.town import copy_of

ACTOR = local_actor()
EVERYTHING = "SELECT * FROM readings ORDER BY kpi, dimension, scope, as_of"


def test_judging_again_is_computing_again(town_path: Path, tmp_path: Path) -> None:
    store = Store(copy_of(town_path, tmp_path), after=after_import, settings=rule_settings)
    before = store.engine(ACTOR).frame(EVERYTHING)
    target = {
        "kpi": "throughput",
        "valid_from": date(2015, 3, 1),
        "target": 10.0,
        "floor": 2.0,
        "reason": "x",
    }
    base = {"kpi": "secured_share", "rebased_on": date(2014, 9, 1), "reason": "x"}
    part = target | {"kpi": "active_files", "directorate": "DADI", "target": 12.0}
    assert store.record(ACTOR, "targets", [target, part]).ok
    assert store.record(ACTOR, "rebases", [base]).ok
    quick = store.engine(ACTOR).frame(EVERYTHING)
    assert not store.refresh(ACTOR)
    whole = store.engine(ACTOR).frame(EVERYTHING)
    assert quick.equals(whole)
    changed = before.compare(quick)
    assert set(before.kpi[changed.index]) == {"throughput", "secured_share", "active_files"}
