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
    assert "P001 (Pôle d'échanges gare) est écarté" in run(ten(committed=["P001"], excluded=["P001"]))[1]


def test_a_conflict_says_what_is_needed_and_by_how_much_to_loosen(run) -> None:  # type: ignore[no-untyped-def]
    """P002 takes 60 % of 400 k€ in its first year."""
    tight = {"committed": ["P002"], "budgets": {"own": [200_000, 1_000_000], "fte": 4}}
    told = json.loads(run(ten(**tight), "--json")[1])["conflict"]
    assert [(one["id"], one.get("limit"), one.get("need")) for one in told] == [
        ("own:2015", 200_000, 240_000),
        ("committed:P002", None, None),
    ]
    french, english = (run(ten(**tight), "--lang", lang)[1].replace("\u202f", " ") for lang in ("fr", "en"))
    assert "Fonds propres 2015 : 200 000 € au plus ; il en faut 240 000 €, soit 40 000 € de plus" in french
    assert "Own funds 2015: €200,000 at most; €240,000 needed, €40,000 more" in english


def test_money_still_to_find_is_told_and_can_be_left_out(run) -> None:  # type: ignore[no-untyped-def]
    """A's plan covers 400 of its 1,000 k€; B's all of it."""
    both = {
        "candidates": [
            {"id": "A", "title": "Halle", "cost": 1_000_000, "own": 300_000, "public": 100_000},
            {"id": "B", "cost": 500_000, "own": 200_000, "public": 300_000},
        ],
        "limits": [],
    }
    told = json.loads(run(ten(**both), "--json")[1])
    assert told["chosen"] == ["A", "B"] and told["best"]["to_find"] == 600_000
    assert [one["to_find"] for one in told["picks"]] == [600_000, 0] and not told["fully_funded"]
    assert "1,5 M€ dont 0,6 M€ à trouver" in run(ten(**both))[1]
    funded = ten(**both, fully_funded=True)
    told = json.loads(run(funded, "--json")[1])
    assert told["chosen"] == ["B"] and told["best"]["to_find"] == 0 and told["fully_funded"]
    assert [one["id"] for one in told["barred"]] == ["funded:A"]
    assert "600 000 € à trouver pour A (Halle)" in told["barred"][0]["words"]["fr"].replace("\u202f", " ")
    assert "1 projets laissés de côté" in run(funded)[1]


def test_leverage_is_said_as_on_every_screen(run) -> None:  # type: ignore[no-untyped-def]
    assert "levier 1 pour 5,82" in run(ten())[1]
    assert "leverage 1 to 5.82" in run(ten(), "--lang", "en")[1]


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
