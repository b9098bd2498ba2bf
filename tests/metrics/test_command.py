"""``python -m metrics``: one JSON document, any date, any breakdown, and a mend for what does not exist."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import main
from metrics.definitions import load
from metrics.folders import SHIPPED

KEYS = {
    *("kpi", "code", "period", "scope", "value", "unit", "numerator", "denominator", "n", "low", "high"),
    *("coverage", "score", "status", "reason", "version"),
}
ROOT = Path(__file__).resolve().parents[2]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def at_town(town_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the demo town's store."""
    monkeypatch.setenv("LEVIER_STORE", str(town_path))


def shown(capsys: Capture, *words: str) -> dict[str, Any]:
    """Run ``show … --json`` and return its document."""
    assert main(["show", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_one_document_and_nothing_else_on_standard_output(town_path: Path) -> None:
    """The command as people type it, in a process of its own."""
    run = subprocess.run(
        [sys.executable, "-m", "metrics", "show", "leverage_awarded", "--json"],
        cwd=ROOT,
        env={"LEVIER_STORE": str(town_path), "LEVIER_CATALOGUE": "town", "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["as_of"] == "2015-06-30" and found["readings"][0]["value"] == 5.0


def test_the_keys_and_the_values_of_a_reading(at_town: None, capsys: Capture) -> None:
    found = shown(capsys, "leverage_awarded", "--as-of", "2015-06-30")
    assert set(found) == {"as_of", "readings"}
    (one,) = found["readings"]
    assert set(one) >= KEYS
    assert (one["kpi"], one["code"], one["period"], one["scope"]) == (
        "leverage_awarded",
        "F1.1",
        "2015-06",
        {},
    )
    assert (one["value"], one["unit"], one["numerator"], one["denominator"], one["n"]) == (
        5.0,
        "eur_per_eur",
        15e6,
        3e6,
        10,
    )
    assert (round(one["low"], 1), round(one["high"], 1), one["coverage"]) == (3.8, 6.9, pytest.approx(0.09))
    assert (one["score"], one["status"], one["reason"], one["version"]) == (100.0, "on_target", None, 1)


def test_without_a_name_every_kpi_in_the_scorecards_order(at_town: None, capsys: Capture) -> None:
    found = shown(capsys)
    codes = [one["code"] for one in found["readings"]]
    assert codes == [kpi.code for kpi in load([SHIPPED]).kpis.values()]
    assert len(codes) == len(set(codes)) == 40
    assert [code[0] for code in codes] == sorted((code[0] for code in codes), key="UFPA".index)


def test_a_code_is_as_good_as_an_id_and_the_order_is_the_askers(at_town: None, capsys: Capture) -> None:
    assert [one["kpi"] for one in shown(capsys, "P2.1", "leverage_awarded")["readings"]] == [
        "active_files",
        "leverage_awarded",
    ]


@pytest.mark.parametrize(
    ("name", "lang", "guess"),
    [("leverage_award", "fr", "« leverage_awarded »"), ("activ_files", "en", "“active_files”")],
)
def test_an_unknown_kpi_gets_a_guess_and_code_2(
    name: str, lang: str, guess: str, at_town: None, capsys: Capture
) -> None:
    assert main(["show", name, "--json", "--lang", lang]) == 2
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["as_of"] is None and found["readings"] == [] and set(found["error"]) == {"message", "mend"}
    assert name in found["error"]["message"] and guess in found["error"]["mend"]
    assert name in told.err and guess in told.err
    assert main(["show", name, "--lang", lang]) == 2 and capsys.readouterr().out == ""


def test_an_unknown_breakdown_is_told_in_the_same_document(at_town: None, capsys: Capture) -> None:
    assert main(["show", "--by", "colour", "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert "colour" in found["error"]["message"] and "lead_directorate" in found["error"]["mend"]


@pytest.mark.parametrize("words", [["show", "--as-of", "30/06/2015"], ["show", "--nothing"], ["reckon"], []])
def test_a_command_that_is_none_is_code_2(words: list[str], at_town: None, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2 and capsys.readouterr().out == ""


def test_a_day_within_a_month_is_computed_then(at_town: None, capsys: Capture) -> None:
    found = shown(capsys, "cofinancing_raised", "throughput", "--as-of", "2015-06-15")
    assert found["as_of"] == "2015-06-15"
    amounts = {one["kpi"]: one["value"] for one in found["readings"]}
    ends = {
        day: shown(capsys, "cofinancing_raised", "--as-of", day)["readings"][0]["value"]
        for day in ("2015-05-31", "2015-06-30")
    }
    assert ends["2015-05-31"] <= amounts["cofinancing_raised"] <= ends["2015-06-30"]
    assert 0 < amounts["throughput"] < 11  # eleven in the whole of June


@pytest.mark.parametrize("by", ["lead_directorate", "theme"])
def test_one_reading_per_part(by: str, at_town: None, capsys: Capture) -> None:
    found = shown(capsys, "active_files", "--by", by)["readings"]
    names = [one["scope"][by] for one in found]
    assert len(names) == len(set(names)) >= 5
    assert sum(one["value"] for one in found) == 100
    assert all(list(one["scope"]) == [by] for one in found)


def test_a_part_that_makes_no_sense_is_said(at_town: None, capsys: Capture) -> None:
    found = shown(capsys, "active_files", "debt_payback_years", "--by", "theme")["readings"]
    (one,) = (one for one in found if one["kpi"] == "debt_payback_years")
    assert (one["value"], one["reason"], one["scope"]) == (None, "not_a_dimension", {})
    assert len(found) > 5


def test_people_get_one_line_per_kpi(at_town: None, capsys: Capture) -> None:
    assert main(["show", "leverage_awarded", "active_files"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert (
        first.startswith("F1.1")
        and "Effet de levier notifié" in first
        and "5 eur_per_eur" in first
        and "atteint" in first
    )
    assert second.startswith("P2.1") and "100 n" in second
    assert main(["show", "leverage_awarded", "--lang", "en"]) == 0
    assert "Leverage on awarded funding" in capsys.readouterr().out


def test_an_empty_store_has_no_date_and_no_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(tmp_path / "empty.duckdb"))
    assert shown(capsys) == {"as_of": None, "readings": []}


def test_a_bad_entry_is_told_aside_and_the_document_stays_whole(
    at_town: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "bad.yml").write_text("wrong: {targett: 5}\n", encoding="utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path / "own"))
    assert main(["show", "active_files", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["readings"][0]["value"] == 100
    assert "bad.yml" in told.err and "targett" in told.err


def test_refresh_recomputes_what_a_new_target_moves(
    own_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(own_town))
    before = shown(capsys, "debt_payback_years")["readings"][0]
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "targets.yml").write_text(
        "debt_payback_years: {target: 4, version: 2}\n", encoding="utf-8"
    )
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path / "own"))
    assert main(["refresh", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"faults": []}
    after = shown(capsys, "debt_payback_years")["readings"][0]
    assert (before["score"], before["version"]) == (100, 1)
    assert (after["value"], after["score"], after["status"], after["version"]) == (7.0, 62.5, "watch", 2)


def test_what_is_only_shown_beside_a_kpi_comes_when_asked_for(at_town: None, capsys: Capture) -> None:
    (one,) = shown(capsys, "A2.8a", "--as-of", "2015-06-30")["readings"]
    assert (one["kpi"], one["value"], one["status"], one["reason"]) == (
        *("project_group_size", 8, "unknown", "no_target"),
    )
    assert "A2.8a" not in {one["code"] for one in shown(capsys)["readings"]}
