"""Entries put into a file's text: the others and their comments stay, versions move with the definition alone."""

from pathlib import Path

import pytest
import yaml

from metrics import editing
from metrics.definitions import load
from metrics.folders import SHIPPED
from metrics.refusing import BadEntry

FILE = "# the town's own\na:\n  x: 1  # one\n\n# about b\nb:\n  y: 2\n"


def test_an_entry_is_replaced_and_nothing_else_moves() -> None:
    assert (
        editing.with_entry(FILE, "a", {"code": "Z"})
        == "# the town's own\na: {code: Z}\n\n# about b\nb:\n  y: 2\n"
    )
    assert editing.with_entry(FILE, "b", None) == "# the town's own\na:\n  x: 1  # one\n\n# about b\n"
    assert editing.with_entry(FILE, "c", {"code": "C"}).endswith("b:\n  y: 2\n\nc: {code: C}\n")
    assert editing.with_entry("", "c", {"code": "C"}) == "c: {code: C}\n"
    assert editing.with_entry("c: {code: C}\n", "c", None) == ""


def test_a_file_that_cannot_be_read_is_not_touched() -> None:
    with pytest.raises(BadEntry):
        editing.with_entry("a: [", "b", {"code": "B"})


def test_every_shipped_entry_is_written_and_read_back_the_same() -> None:
    shipped = load([SHIPPED])
    for id, kpi in shipped.every.items():
        raw = editing.raw_of([SHIPPED], id)
        text = editing.entry_text(id, raw)
        assert yaml.safe_load(text)[id] == raw
        assert list(yaml.safe_load(text)[id])[:2] == ["code", "label"]
        assert kpi.version == raw.get("version", 1)


def test_a_version_moves_with_the_definition_only() -> None:
    was = {"sql": "COUNT(*)", "target": 1, "version": 3}
    assert editing.versioned({"sql": "COUNT(*)", "target": 2}, was)["version"] == 3
    assert editing.versioned({"sql": "SUM(x)"}, was)["version"] == 4
    assert editing.versioned({"sql": "COUNT(*)"}, {})["version"] == 1


def test_a_candidate_stands_or_says_why_without_being_written(tmp_path: Path) -> None:
    good = editing.entry_text(
        "leverage_awarded", editing.raw_of([SHIPPED], "leverage_awarded") | {"target": 6}
    )
    found = editing.candidate([SHIPPED], tmp_path, "saisie.yml", good, ["leverage_awarded"])
    assert found.kpi is not None and found.kpi.target == 6 and not found.refused
    bad = editing.candidate(
        [SHIPPED], tmp_path, "saisie.yml", good.replace("SUM(own_funds", "SUM(own_fund"), ["leverage_awarded"]
    )
    assert bad.kpi is None and "own_funds_amount" in bad.refused[0].mend.en
    assert list(tmp_path.iterdir()) == []
