"""The command: one document on standard output, exit codes, refusals with their mend."""

import json
from pathlib import Path

import pytest
import yaml

from metrics.__main__ import main
from tests.metrics.choosing.example import TEN, ten


@pytest.fixture
def run(town_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command on a document; returns (exit code, standard output)."""
    monkeypatch.setenv("LEVIER_STORE", str(town_path))

    def ask(document: object, *more: str) -> tuple[int, str]:
        path = tmp_path / "choice.yml"
        path.write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
        code = main(["choose", str(path), *more])
        return code, capfd.readouterr().out

    return ask


def test_the_example_as_json(run) -> None:  # type: ignore[no-untyped-def]
    code, out = run(ten(), "--json")
    told = json.loads(out)
    assert (code, told["status"], told["objective"], told["gap"]) == (0, "optimal", 11_600_000, 0)
    assert told["chosen"] == ["P002", "P003", "P004", "P006", "P009", "P010"]
    assert {one["objective"] for one in told["shadow_values"]} == {12_080_000, 12_020_000, 12_380_000}
    assert [one["used"] for one in told["best"]["uses"]["own"]] == [830_000, 870_000]


def test_the_example_in_words(run) -> None:  # type: ignore[no-untyped-def]
    french, english = (run(ten(), "--lang", lang)[1] for lang in ("fr", "en"))
    assert "Meilleur choix : 6 projets, 11,6 M€ (optimum prouvé" in french and "10,8 M€" in french
    assert "Best choice: 6 projects, €11.6m (proven optimum" in english and "P007" in english


def test_a_conflict_is_an_answer_that_fails(run) -> None:  # type: ignore[no-untyped-def]
    code, out = run(ten(committed=["P001"], excluded=["P001"]), "--json")
    told = json.loads(out)
    assert (code, told["status"], told["chosen"], told["best"]) == (1, "impossible", [], None)
    assert [one["id"] for one in told["conflict"]] == ["committed:P001", "excluded:P001"]
    assert "P001 est écarté" in run(ten(committed=["P001"], excluded=["P001"]))[1]


def test_the_store_s_files_are_candidates(run) -> None:  # type: ignore[no-untyped-def]
    choice = {
        "candidates": {"from": "store", "which": "funded"},
        "budgets": {"own": 1_000_000},
        "risk": {"solved": 0},
    }
    code, out = run(choice, "--json")
    told = json.loads(out)
    assert code == 0 and told["candidates"] == 10 and told["assumed"]
    assert told["best"]["uses"]["own"][0]["used"] <= 1_000_000
    assert [one["name"] for one in told["rivals"]][-1] == "present_plan"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"limits": [{"column": "themes", "most": 2}]}, "« theme »"),
        ({"committed": ["P0001"]}, "« P001 »"),
        ({"budgets": {"own": [1]}}, "2 montants"),
        ({"objective": "levier"}, "total"),
        ({"years": [2015, 2017]}, "2016"),
        ({"candidates": []}, "candidates"),
        ({"candidates": [{"id": "A", "cost": 1, "own": 2}]}, "own + public + private"),
        ({"candidates": [{"id": "A", "cost": 1}, {"id": "A", "cost": 1}]}, "Gardez-en un"),
        ({"but": 1}, "budgets"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_mend(run, changed: dict[str, object], said: str) -> None:  # type: ignore[no-untyped-def]
    assert run(ten(**changed))[0] == 2
    code, out = run(ten(**changed), "--json")
    assert code == 2 and said in out


def test_the_shipped_example_is_the_documented_one() -> None:
    assert TEN.is_file() and "suppositions" in str(ten()["note"]["fr"])
