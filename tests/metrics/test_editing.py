"""Entries put into a file's text: the others and their comments stay, versions move with the definition alone."""

from pathlib import Path

import pytest
import yaml

from metrics import editing
from metrics.definitions import load
from metrics.entries import KEYS, kpi
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
    for id, one in shipped.every.items():
        raw = editing.raw_of([SHIPPED], id)
        text = editing.entry_text(id, raw)
        assert yaml.safe_load(text)[id] == raw
        assert list(yaml.safe_load(text)[id])[:2] == ["code", "label"]
        assert one.version == raw.get("version", 1)


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


FLOW = "{a: {code: A, label: {fr: a, en: b}}, b: {code: B, by: [x]}}\n"


@pytest.mark.parametrize("id", ["a", "b", "c"])
@pytest.mark.parametrize("raw", [{"code": "Z"}, None])
@pytest.mark.parametrize(
    "text", [FLOW, "# mine\n---\n" + FLOW + "...\n", "a: {label: &p {fr: f, en: e}}\nb: {label: *p}\n", "{}"]
)
def test_no_entry_of_a_file_is_lost_however_it_is_written(
    text: str, raw: dict[str, str] | None, id: str
) -> None:
    before = yaml.safe_load(text)
    after = yaml.safe_load(editing.with_entry(text, id, raw)) or {}
    assert after == {key: value for key, value in before.items() if key != id} | ({id: raw} if raw else {})


def test_what_cannot_be_read_is_not_lost_in_writing_a_file_anew() -> None:
    with pytest.raises(BadEntry, match="twice"):
        editing.with_entry("{a: {code: A}, b: {code: 1, code: 2}}", "a", {"code": "Z"})
    block = "a: {code: A}\nb: {code: 1, code: 2}\n"
    assert editing.with_entry(block, "a", {"code": "Z"}) == "a: {code: Z}\nb: {code: 1, code: 2}\n"


def test_a_key_taken_out_makes_another_definition() -> None:
    was = {"sql": "COUNT(*)", "denominator": {"sql": "SUM(x)"}, "target": 1, "version": 3}
    assert editing.versioned({"sql": "COUNT(*)", "target": 1}, was)["version"] == 4
    assert editing.versioned({key: was[key] for key in ("sql", "denominator")}, was)["version"] == 3


@pytest.mark.parametrize("version", ["deux", 0, -1, True, 1.5, None, [2]])
def test_a_version_that_is_none_breaks_nothing(version: object) -> None:
    assert editing.versioned({"sql": "SUM(x)"}, {"sql": "COUNT(*)", "version": version})["version"] == 2
    folders = [
        {"a.yml": "a: {code: A, version: 4}\n"},
        {"b.yml": yaml.safe_dump({"a": {"version": version}})},
    ]
    assert editing.raw_of(folders, "a") == {"code": "A", "version": 4}


def test_a_key_of_an_earlier_folder_is_taken_out_by_null() -> None:
    shipped = editing.raw_of([SHIPPED], "leverage_awarded")
    less = {key: value for key, value in shipped.items() if key not in ("coverage", "strict", "interval")}
    own = {"own.yml": editing.entry_text("leverage_awarded", editing.replacing(less, shipped))}
    found = load([SHIPPED, own])
    assert found.refused == ()
    assert found.kpis["leverage_awarded"].coverage is None and found.kpis["leverage_awarded"].interval is None
    assert editing.raw_of([SHIPPED, own], "leverage_awarded") == less


@pytest.mark.parametrize("key", KEYS)
def test_a_key_without_a_value_is_one_left_out(key: str) -> None:
    """Null says nothing more than a missing key, but for what an entry must have."""
    raw = editing.raw_of([SHIPPED], "leverage_awarded")
    left = {name: value for name, value in raw.items() if name != key}
    assert _read(left) == _read({**left, key: None})


def _read(raw: dict[str, object]) -> object:
    """Return the Kpi of an entry, or why it is refused."""
    try:
        return kpi("leverage_awarded", raw, load([SHIPPED]).parameters, "own.yml")
    except BadEntry as error:
        return error.reason
