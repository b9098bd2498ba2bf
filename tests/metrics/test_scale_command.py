"""``python -m metrics scale``: any CSV of answers, French or English, one JSON document, a refusal with its cell."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.access import local_actor
from data.importing import store_rows
from data.order import Order
from data.readers.batch import BoundCatalogue, Parsed
from data.store import Store
from metrics.__main__ import main
from metrics.definitions import load
from metrics.folders import catalogue_folders
from metrics.refresh import rule_settings
from schemas.text import Text
from tests.shared import shared_file

Capture = pytest.CaptureFixture[str]
CALM = """
id: calm
label: {fr: Calme, en: Calm}
items: {a: {fr: Je suis calme, en: I am calm}, b: , c: }
range: [1, 5]
reversed: [c]
scoring: mean
to: [0, 100]
missing: {items: 2}
missing_codes: [99, NSP]
answers: {1: {fr: jamais, en: never}, 5: {fr: toujours, en: always}}
"""


def files(tmp_path: Path, text: str, scale: str = CALM, encoding: str = "utf-8") -> list[str]:
    """Return the words of the command for answers and a scale of these texts."""
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    (tmp_path / "calm.yml").write_text(scale, "utf-8")
    return ["scale", str(tmp_path / "a.csv"), "--scale", str(tmp_path / "calm.yml")]


def run(capsys: Capture, words: list[str], code: int = 0) -> dict[str, Any]:
    """Run a command with --json and return its document."""
    assert main([*words, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_document(tmp_path: Path, capsys: Capture) -> None:
    words = files(tmp_path, "who;a;b;c\nx;5;5,0;1\ny;1;1.0;5\nz;3;;\n;;;\nt;NSP;3;99\nu;3;n/a;3\n;;;\n")
    found = run(capsys, [*words, "--headcount", "12"])
    assert (found["scale"], found["label"], found["rows"], found["headcount"]) == ("calm", "Calme", 6, 12)
    assert (found["n"], found["incomplete"], found["response_rate"]) == (3, 2, 0.25)
    assert (found["mean"], found["sd"], found["median"], found["range"]) == (50.0, 50.0, 50.0, [0.0, 100.0])
    half = 1.959964 * 50 / 3**0.5 * 0.75**0.5
    assert (found["low"], found["high"]) == pytest.approx((50 - half, 50 + half))
    assert (found["alpha"], found["alpha_reason"]) == (None, "too_few_answers")
    assert (found["net"], found["subscales"], found["licence"]) == (None, [], None)
    c = found["items"][2]
    assert (c["item"], c["reversed"], c["n"], c["missing"], c["mean"]) == ("c", True, 3, 3, 3.0)
    assert c["distribution"][0] == {"value": 1, "label": "jamais", "n": 1, "share": pytest.approx(1 / 3)}
    assert [spot["n"] for spot in c["distribution"]] == [1, 0, 1, 0, 1]


def test_windows_text_and_a_label_as_the_title(tmp_path: Path, capsys: Capture) -> None:
    accented = CALM.replace("Je suis calme", "Été calme")
    found = run(capsys, files(tmp_path, "Été calme,B,C\n5,5,1\n", accented, "cp1252"))
    assert (found["n"], found["mean"]) == (1, 100.0)
    assert (found["sd"], found["low"]) == (None, None)


def test_a_column_of_the_code_comes_before_one_of_the_label(tmp_path: Path, capsys: Capture) -> None:
    swapped = CALM.replace("{fr: Je suis calme, en: I am calm}", "{fr: b, en: I am calm}")
    found = run(capsys, files(tmp_path, "b;a;c\n1;5;3\n", swapped))
    assert [item["mean"] for item in found["items"]] == [5.0, 1.0, 3.0]


@pytest.mark.parametrize("cell", ["6", "0", "2,5", "deux", "4 %", "=1+1", "-1"])
def test_a_cell_that_is_no_answer_is_refused_at_its_place(tmp_path: Path, capsys: Capture, cell: str) -> None:
    words = files(tmp_path, f"a;b;c\n1;1;1\n\n1;{cell};1\n1;1;9\n")
    error = run(capsys, words, 1)["error"]
    assert (error["row"], error["column"], error["value"], error["wrong"]) == (4, "b", cell, 2)
    assert error["cells"][1] == {"row": 5, "column": "c", "value": "9", "expected": "1, 2, 3, 4, 5"}
    assert f"Ligne 4, colonne b : « {cell} »" in error["message"] and "1, 2, 3, 4, 5" in error["mend"]


def test_nothing_of_a_refused_file_is_told(tmp_path: Path, capsys: Capture) -> None:
    assert run(capsys, files(tmp_path, "a;b;c\n1;1;7\n"), 1)["items"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Aucune réponse"),
        ("a;b;c\n;;\n", "Aucune réponse"),
        ("a;b\n1;1\n", "Colonne absente du fichier : c."),
        ("a;b;c;A\n1;1;1;1\n", "Plusieurs colonnes pour l'item a"),
        ("a;b;c\n1;1;1;1\n", "Ligne 2 : plus de cellules"),
        ('a;b;c\n"1;1;1\n', "guillemet"),
    ],
)
def test_a_file_that_cannot_be_scored(tmp_path: Path, capsys: Capture, text: str, said: str) -> None:
    error = run(capsys, files(tmp_path, text), 1)["error"]
    assert said in error["message"] and error["mend"]


def test_usage_is_exit_2(tmp_path: Path, capsys: Capture) -> None:
    words = files(tmp_path, "a;b;c\n1;1;1\n2;2;2\n")
    assert "who5" in run(capsys, [*words[:3], "who6"], 2)["error"]["mend"]
    assert run(capsys, [*words, "--headcount", "1"], 2)["error"]["mend"]
    for wrong in (words[:2], [*words, "--headcount", "0"], [*words, "--headcount", "x"]):
        with pytest.raises(SystemExit) as stopped:
            main(wrong)
        assert stopped.value.code == 2


def test_a_refused_scale_says_its_field(tmp_path: Path, capsys: Capture) -> None:
    error = run(capsys, files(tmp_path, "a;b;c\n1;1;1\n", CALM.replace("reversed: [c]", "reversed: [d]")), 1)[
        "error"
    ]
    assert "reversed" in error["message"] and error["mend"]


def test_a_shipped_scale_by_its_id_with_its_net_score(tmp_path: Path, capsys: Capture) -> None:
    told = [10] * 32 + [6] * 24 + [7] * 44
    (tmp_path / "r.csv").write_text("recommend\n" + "\n".join(map(str, told)), "utf-8")
    found = run(capsys, ["scale", str(tmp_path / "r.csv"), "--scale", "recommend", "--headcount", "200"])
    half = 1.959964 * (0.5536 / 100) ** 0.5 * 0.5**0.5 * 100
    assert found["net"] == {
        "value": pytest.approx(8.0),
        "low": pytest.approx(8 - half),
        "high": pytest.approx(8 + half),
        "promoters": 0.32,
        "detractors": 0.24,
        "n": 100,
    }
    assert (found["mean"], found["alpha_reason"]) == (pytest.approx(7.72), "too_few_items")


def test_the_shared_survey_through_the_command(tmp_path: Path, capsys: Capture) -> None:
    file = shared_file("data/survey/employee_survey.csv")
    golden = json.loads(shared_file("data/survey/expected.json").read_text("utf-8"))["own_computation"]
    codes = [item["item"] for item in golden["items"]]
    scale = f"id: x\nlabel: {{fr: x, en: x}}\nitems: [{', '.join(codes)}]\nrange: [1, 4]\nscoring: mean\n"
    (tmp_path / "x.yml").write_text(scale, "utf-8")
    found = run(capsys, ["scale", str(file), "--scale", str(tmp_path / "x.yml")])
    for told, item in zip(found["items"], golden["items"], strict=True):
        assert {str(spot["value"]): spot["n"] for spot in told["distribution"]} == item["counts"]
        assert (told["n"], told["missing"], round(told["mean"], 6)) == (item["n"], 0, item["mean"])
    assert found["n"] == found["alpha"]["n"] == found["omega"]["n"] == 2833


def test_the_table_is_french(tmp_path: Path, capsys: Capture) -> None:
    words = files(tmp_path, "a;b;c\n1;1;5\n5;4;1\n")
    assert main(words) == 0
    told = capsys.readouterr().out
    assert "2 répondants, 2 notés, 0 incomplets" in told and "moyenne 45,8" in told
    assert "moins de 30 réponses complètes" in told and "(inversé)" in told
    assert main([*words, "--lang", "en"]) == 0
    assert "mean 45.8" in capsys.readouterr().out


def test_no_store_is_made(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(tmp_path / "none" / "levier.duckdb"))
    run(capsys, files(tmp_path, "a;b;c\n1;1;5\n"))
    assert not (tmp_path / "none").exists()


def test_a_scale_bound_with_the_store_s_catalogue_is_found_by_its_id(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "town.duckdb"
    monkeypatch.setenv("LEVIER_STORE", str(path))
    order = Order("test", {"x": "1"}, "levier", None)
    parsed = Parsed(
        catalogue=BoundCatalogue(files={"calm.yml": CALM + "right: {fr: Accord, en: Agreement}\n"})
    )
    assert store_rows(Store(path).places, order, parsed, None, None).ok
    words = files(tmp_path, "a;b;c\n1;1;5\n")
    assert run(capsys, [*words[:3], "calm"])["scale"] == "calm"
    assert "calm" in run(capsys, [*words[:3], "calmm"], 2)["error"]["mend"]
    held = Store(path).catalogue(local_actor())
    told = rule_settings(held)["scales"]
    assert [(item.code, item.right) for item in told if item.scale == "calm"] == [
        (code, Text("Accord", "Agreement")) for code in "abc"
    ]
    catalogue = load(catalogue_folders(held.shipped, held.files))
    assert not catalogue.refused and "wellbeing_who5" in catalogue.kpis  # a scale is no part of the catalogue
