"""Inside a sealed week, proofs and scenarios read what was known then, and write nothing."""

from datetime import date
from pathlib import Path

from data.access import local_actor
from data.store import Store
from metrics.refresh import after_import, rule_settings
from tests.pages.conftest import Visit, shown

WEEK = "2015-W27"
PARTNER = "partner_id,name,kind,sector,joined_on,left_on,engagement_level,network\nPRI-NEUF,Atelier,company,private,2015-06-29,,1,\n"


def test_a_sealed_week_proves_and_tries_out_what_was_known_then(own_town: Path, visit: Visit) -> None:
    store, actor = Store(own_town, after=after_import, settings=rule_settings), local_actor()
    store.record(actor, "meetings", [{"meeting_id": WEEK, "held_on": date(2015, 6, 29)}])
    store.seal(actor, WEEK)
    assert store.import_files(actor, [("partners.csv", PARTNER.encode())]).ok
    live, then = visit("preuve", kpi="partners_joined"), visit("preuve", kpi="partners_joined", week=WEEK)
    assert "215" in shown(live) and "PRI-NEUF" not in shown(then)
    assert "les données disent 214" in shown(then)
    assert [button.key for button in live.button] == ["proof.verify"] and not then.button
    assert f"week={WEEK}" in shown(then)
    assert "6 indicateurs bougent" in shown(visit("etsi", s="awards_cut,share=0.2", week=WEEK))
