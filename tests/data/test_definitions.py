"""Definitions on disk: names are never a path, a viewer writes nothing, former texts are kept."""

from pathlib import Path

import pytest

from data import definitions
from data.access import Actor, Forbidden
from data.problems import BadRequest

EDITOR, VIEWER = Actor("dadi", "editor"), Actor("mayor", "viewer")


def test_written_whole_and_removed_when_empty(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    definitions.write(EDITOR, folder, "saisie.yml", "a: {code: é}\n")
    assert (folder / "saisie.yml").read_text("utf-8") == "a: {code: é}\n"
    assert [path.name for path in folder.iterdir()] == ["saisie.yml"]
    definitions.write(EDITOR, folder, "saisie.yml", " \n")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../evil.yml", "/etc/x.yml", "a/b.yml", "scorecard.yml", ".hidden.yml", "x.yaml", "X.yml", "a\x00.yml", "", "x.yml\n"]
)  # fmt: skip
def test_a_name_is_never_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadRequest):
        definitions.write(EDITOR, tmp_path / "catalogue", name, "a: 1")
    assert list(tmp_path.iterdir()) == []


def test_a_viewer_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        definitions.write(VIEWER, tmp_path, "saisie.yml", "a: 1")
    with pytest.raises(Forbidden):
        definitions.keep(VIEWER, tmp_path, "a", 1, "a: 1")
    assert list(tmp_path.iterdir()) == []


def test_former_versions_newest_first(tmp_path: Path) -> None:
    for version in (2, 10, 1):
        definitions.keep(EDITOR, tmp_path, "a", version, f"v{version}")
    assert definitions.former(VIEWER, tmp_path, "a") == [(10, "v10"), (2, "v2"), (1, "v1")]
    assert definitions.former(VIEWER, tmp_path, "../a") == []
    with pytest.raises(BadRequest):
        definitions.keep(EDITOR, tmp_path, "../a", 1, "x")
