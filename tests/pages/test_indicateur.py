"""The guided form: a KPI written, tried and saved; refusals beside it; what was shipped comes back."""

import time
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from data.access import Actor
from tests.pages.conftest import Visit, shown

PASTED = """
meetings_held:
  code: Z1
  label: {fr: Rendez-vous tenus, en: Meetings held}
  objective: U2
  from: interactions
  sql: COUNT(*)
  period: {date: held_on, span: rolling_12_months}
  unit: n
  direction: up
  frequency: monthly
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town's own folder, empty."""
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path / "own"))
    return tmp_path / "own"


def put(at: AppTest, key: str, value: str) -> AppTest:
    """Type into the field of a key, or choose in it."""
    for kind in (at.text_input, at.text_area, at.selectbox):
        for one in kind:
            if one.key == key:
                return one.set_value(value).run()
    raise AssertionError(key)


def press(at: AppTest, key: str) -> AppTest:
    """Press the button of a key."""
    return at.button(key=key).click().run()


def test_a_shipped_entry_changed_and_returned(own_town: Path, folder: Path, visit: Visit) -> None:
    at = visit("indicateur", kpi="throughput")
    assert "Aperçu sur les données" in shown(at)
    at = put(at, "def.sql", "COUNT(projct_id)")
    assert "Vouliez-vous dire" in shown(at) and not [b for b in at.button if b.key == "def.save"]
    at = put(at, "def.sql", "COUNT(project_id)")
    at = press(at, "def.save")
    assert "Le catalogue est enregistré." in shown(at)
    written = yaml.safe_load((folder / "saisie.yml").read_text("utf-8"))["throughput"]
    assert (written["sql"], written["version"], written["code"]) == ("COUNT(project_id)", 2, "P2.2")
    page = shown(visit("fiche", kpi="throughput"))
    assert (
        "Définitions et versions" in page
        and "COUNT(*)" in page
        and "version\u00a02" in page.replace("version 2", "version\u00a02")
    )
    at = visit("indicateur", kpi="throughput")
    at.checkbox(key="def.sure").check().run()
    press(at, "def.back")
    assert not (folder / "saisie.yml").exists() and (folder / ".history" / "throughput" / "2.yml").exists()


def test_pasted_yaml_is_checked_and_saved(own_town: Path, folder: Path, visit: Visit) -> None:
    at = put(visit("indicateur"), "def.paste", PASTED.replace("COUNT(*)", "DROP TABLE x"))
    assert not [b for b in at.button if b.key == "def.bring"]
    at = put(at, "def.paste", PASTED)
    assert "meetings_held" in shown(at)
    press(at, "def.bring")
    assert "meetings_held" in (folder / "saisie.yml").read_text("utf-8")
    assert "Rendez-vous tenus" in shown(visit("catalogue"))


def test_an_entry_edited_by_hand_shows_at_the_next_rerun_with_its_version(
    town: Path, folder: Path, visit: Visit
) -> None:
    before = shown(visit("fiche", kpi="throughput"))
    for number, entry in enumerate(("{sql: COUNT(*) * 2, version: 7}", "{sql: COUNT(*) * 3}"), 2):
        (folder / "mine.yml").write_text(f"throughput: {entry}\n", "utf-8")
        time.sleep(1.1)  # the folder is looked at once a second
        after = shown(visit("fiche", kpi="throughput")).replace("\u00a0", " ")
        assert f'<span class="lv-value">{11 * number}' in after  # even where the version was not raised
        assert ("version 7" in after) == (number == 2)
    assert '<span class="lv-value">11' in before


def test_a_new_entry_needs_an_id_of_its_own(town: Path, folder: Path, visit: Visit) -> None:
    at = visit("indicateur")
    assert "Restent à écrire" in shown(at) and "lv-notice bad" not in shown(at)
    for key, words in {
        "def.id": "throughput",
        "def.code": "Z9",
        "def.fr": "Essai",
        "def.en": "Trial",
    }.items():
        at = put(at, key, words)
    assert "existe déjà" in shown(at)


def test_a_date_column_is_a_date_and_a_sum_is_of_numbers(town: Path, folder: Path, visit: Visit) -> None:
    at = visit("indicateur")
    days = at.selectbox(key="def.date").options
    assert any(one.startswith("opened_on") for one in days) and not any(
        one.startswith("title") for one in days
    )
    at.selectbox(key="def.way").set_value("SUM").run()
    added = at.selectbox(key="def.column").options
    assert any(one.startswith("total_cost_amount") for one in added)
    assert not any(one.startswith(("opened_on", "title")) for one in added)


def test_what_does_not_compute_is_not_saved(own_town: Path, folder: Path, visit: Visit) -> None:
    # a quoted word may be a date: only the run tells that this one is not
    failing = "SUM(CASE WHEN opened_on > 'demain' THEN 1 ELSE 0 END)"
    at = visit("indicateur")
    for key, words in {"def.id": "broken", "def.code": "Z9", "def.fr": "Essai", "def.en": "Trial"}.items():
        at = put(at, key, words)
    at = put(at, "def.way", "sql")
    at = put(at, "def.sql", failing)
    assert "ne s’enregistre pas" in shown(at)
    assert not [b for b in at.button if b.key == "def.save"]


def test_a_viewer_changes_nothing(
    town: Path, folder: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("maire", "viewer"))
    at = visit("indicateur", kpi="throughput")
    assert "Votre rôle ne permet pas cela." in shown(at) and not at.selectbox


@pytest.mark.parametrize(
    "entry",
    ["{version: deux}", "deux", "{label: x, period: x, note: x, target: x, floor: x, band: x, by: x}"],
)
def test_what_was_refused_opens_in_the_form_and_is_mended_by_saving(
    own_town: Path, folder: Path, visit: Visit, entry: str
) -> None:
    (folder / "mine.yml").write_text(f"throughput: {entry}\n", "utf-8")
    at = visit("indicateur", kpi="throughput")
    assert not at.exception
    if "label" in entry:
        for key, words in {"def.fr": "Débit", "def.en": "Throughput"}.items():
            at = put(at, key, words)
        at = put(at, "def.date", "ended_on")
    at = put(at, "def.target", "130")
    at = press(put(at, "def.floor", "60"), "def.save")
    assert not at.exception and "Le catalogue est enregistré." in shown(at)
    written = yaml.safe_load((folder / "mine.yml").read_text("utf-8"))["throughput"]
    assert isinstance(written["version"], int) and written["target"] == 130


def test_an_entry_brought_whole_replaces_the_former_one(own_town: Path, folder: Path, visit: Visit) -> None:
    divided = PASTED + "  denominator: {sql: COUNT(DISTINCT partner_id)}\n"
    press(put(visit("indicateur"), "def.paste", divided), "def.bring")
    at = put(visit("indicateur"), "def.paste", PASTED)
    press(at, "def.bring")
    written = yaml.safe_load((folder / "saisie.yml").read_text("utf-8"))["meetings_held"]
    assert "denominator" not in written and written["version"] == 2
    press(put(visit("indicateur"), "def.paste", "meetings_held: {target: 9}\n"), "def.bring")
    written = yaml.safe_load((folder / "saisie.yml").read_text("utf-8"))["meetings_held"]
    assert (written["target"], written["code"], written["version"]) == (9, "Z1", 2)
