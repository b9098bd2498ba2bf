"""Which catalogue is in force: the shipped town's, completed by one's own, another one, or one that stands alone."""

from pathlib import Path

import pytest

from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED, catalogue_folders, completed, shipped

OWN = """
big_files:
  code: Z1
  label: {fr: Gros dossiers, en: Big files}
  objective: P2
  from: open_projects
  sql: COUNT(*) FILTER (WHERE total_cost_amount > 1000000)
  period: {date: opened_on, span: stock, until: closed_on}
  unit: n
  direction: up
  frequency: monthly
"""
ALONE = "town: Ailleurs\nperspectives:\n  P:\n    label: {fr: P, en: P}\n    objectives:\n      P2: {label: {fr: P2, en: P2}}\n"


def folder(path: Path, **texts: str) -> Path:
    """Write a folder of YAML files."""
    path.mkdir(parents=True)
    for name, text in texts.items():
        (path / f"{name}.yml").write_text(text, encoding="utf-8")
    return path


def in_force(*bound: object) -> Catalogue:
    return load(catalogue_folders(*bound))  # type: ignore[arg-type]


def test_a_folder_without_scorecard_extends_the_town(tmp_path: Path) -> None:
    found = load(completed(folder(tmp_path / "own", kpis=OWN)))
    assert found.refused == ()
    assert {"big_files", "leverage_awarded"} <= set(found.kpis)
    assert found.scorecard.town == "Ville de Valombre"


def test_a_folder_with_a_scorecard_stands_alone(tmp_path: Path) -> None:
    found = load(completed(folder(tmp_path / "own", kpis=OWN, scorecard=ALONE)))
    assert found.refused == ()
    assert list(found.kpis) == ["big_files"]
    assert found.scorecard.town == "Ailleurs" and found.scorecard.headline == ()


@pytest.mark.parametrize("line", ["extends: town", 'extends: "town"  # the shipped one', "extends:   'town'"])
def test_a_scorecard_may_say_that_it_extends_the_town(line: str, tmp_path: Path) -> None:
    found = load(completed(folder(tmp_path / "own", kpis=OWN, scorecard=f"{line}\ntown: Romans\n")))
    assert found.refused == ()
    assert {"big_files", "leverage_awarded"} <= set(found.kpis)
    assert found.scorecard.town == "Romans" and len(found.scorecard.objectives) == 13


def test_extending_something_else_is_standing_alone(tmp_path: Path) -> None:
    found = completed(folder(tmp_path / "own", scorecard="# extends: town\ntown: Romans\n"))
    assert found == [tmp_path / "own"]


def test_ones_own_entry_overrides_keys_of_a_shipped_one(tmp_path: Path) -> None:
    found = load(completed(folder(tmp_path / "own", targets="leverage_awarded: {target: 4, version: 2}\n")))
    kpi, before = found.kpis["leverage_awarded"], load([SHIPPED]).kpis["leverage_awarded"]
    assert (kpi.target, kpi.version, before.target) == (4, 2, 5)
    assert (kpi.sql, kpi.code, kpi.label) == (before.sql, before.code, before.label)


def test_ones_own_bad_override_leaves_the_rest_standing(tmp_path: Path) -> None:
    found = load(completed(folder(tmp_path / "own", targets="leverage_awarded: {targt: 4}\n", kpis=OWN)))
    assert [(one.file, one.id) for one in found.refused if one.id == "leverage_awarded"] == [
        ("targets.yml", "leverage_awarded")
    ]
    assert "big_files" in found.kpis and "cofinancing_raised" in found.kpis


def test_by_default_the_shipped_town(tmp_path: Path) -> None:
    assert catalogue_folders() == [SHIPPED]
    assert list(in_force().kpis) == list(load([SHIPPED]).kpis)


def test_the_folder_of_the_installation_completes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics.folders.OWN", folder(tmp_path / "catalogue", kpis=OWN))
    assert "big_files" in in_force().kpis and "leverage_awarded" in in_force().kpis


def test_the_store_may_be_bound_to_another_shipped_one() -> None:
    found = in_force("detr_dsil")
    assert "grant_amount" in found.kpis and "leverage_awarded" not in found.kpis


def test_the_store_may_bring_its_own_texts() -> None:
    assert list(in_force(None, {"kpis.yml": OWN, "scorecard.yml": ALONE}).kpis) == ["big_files"]
    assert "leverage_awarded" in in_force(None, {"kpis.yml": OWN}).kpis


def test_its_own_texts_win_over_a_shipped_name() -> None:
    assert list(in_force("detr_dsil", {"kpis.yml": OWN, "scorecard.yml": ALONE}).kpis) == ["big_files"]


def test_the_environment_names_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVIER_CATALOGUE", str(folder(tmp_path / "own", kpis=OWN, scorecard=ALONE)))
    assert list(in_force("detr_dsil").kpis) == ["big_files"]


@pytest.mark.parametrize(
    ("name", "kpi", "absent"),
    [("detr_dsil", "grant_amount", "leverage_awarded"), ("town", "leverage_awarded", "grant_amount")],
)
def test_the_environment_names_a_shipped_one(
    name: str, kpi: str, absent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEVIER_CATALOGUE", name)
    found = in_force(None, {"kpis.yml": OWN, "scorecard.yml": ALONE})
    assert kpi in found.kpis and absent not in found.kpis and "big_files" not in found.kpis


@pytest.mark.parametrize("name", ["", "nowhere", "..", "../catalogue", "detr_dsil/..", "/"])
def test_a_shipped_name_is_a_name_and_not_a_path(name: str) -> None:
    assert shipped(name) is None


def test_the_other_shipped_catalogue_stands_too() -> None:
    found = in_force("detr_dsil")
    assert found.refused == () and len(found.kpis) >= 3 and found.scorecard.headline


MOOD = """
mood:
  code: Z2
  label: {fr: Humeur, en: Mood}
  objective: A1
  from: survey_scores
  sql: AVG(mood)
  unit: score_100
  direction: up
  interval: weighted
  frequency: wave
"""


def test_an_entry_stands_as_soon_as_its_scale_is_on_the_shelf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entry's own text does not change when its scale comes beside it."""
    own = folder(tmp_path / "own", kpis=MOOD)
    monkeypatch.setenv("LEVIER_CATALOGUE", str(own))
    assert "mood" not in in_force().kpis
    scale = (SHIPPED / "scales" / "qwl.yml").read_text("utf-8").replace("id: qwl", "id: mood")
    folder(own / "scales", mood=scale)
    found = in_force()
    assert "mood" in found.kpis, found.refused
