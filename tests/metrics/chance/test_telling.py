"""``metrics whatif`` tells the futures of base and scenario."""

import json
from pathlib import Path

import pytest

from metrics.__main__ import main

SCENARIO = "as_of: 2015-06-30\ndrivers:\n  - {driver: success_rate, share: 0.3}\n"


def test_the_command_tells_both_sides(
    town_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    path = tmp_path / "success.yml"
    path.write_text(SCENARIO, "utf-8")
    assert main(["whatif", str(path), "--horizon", "2015-12-31", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["horizon"] == "2015-12-31" and told["requests"] == {"base": 8, "scenario": 8}
    sides = {one["outcome"]: one for one in told["distributions"]}
    assert list(sides) == ["raised", "leverage", "own_cost", "capacity"]
    raised = sides["raised"]
    assert raised["base"]["mean"] == pytest.approx(19.42e6, abs=5e3)
    assert raised["scenario"]["mean"] - 15e6 == pytest.approx((raised["base"]["mean"] - 15e6) / 2)
    assumed = {one["id"]: one for one in told["assumptions"]}["success"]
    assert assumed["base"] == {"wins": 12, "losses": 8} and assumed["scenario"] == {"wins": 6, "losses": 14}
    assert assumed["supported"] is False


def test_a_terminal_reads_the_middle_and_the_band(
    town_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    path = tmp_path / "success.yml"
    path.write_text(SCENARIO, "utf-8")
    assert main(["whatif", str(path), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "On 2015-12-31, 8 pending requests" in said
    assert "€19.5m [€17.2m ; €21.9m] ->" in said
