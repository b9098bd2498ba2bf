"""``python -m metrics disclosure``: the closed list and nothing else; and the callable that reads the environment's store."""

import json
from pathlib import Path
from typing import Any

import pytest

from metrics import disclosure
from metrics.__main__ import main
from tests.town import CSV


@pytest.fixture
def said(own_town: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Return what runs the command on a town of one's own: exit code, standard output, standard error."""
    monkeypatch.setenv("LEVIER_STORE", str(own_town))

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["disclosure", *arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_the_list_as_json(said: Any) -> None:
    code, out, _ = said("2015", "--json")
    told = json.loads(out)
    assert code == 0 and (told["wave"], told["k"], told["response"]["headcount"]) == ("2015", 11, 640)
    cells = [cell for table in told["tables"] for cell in table["cells"]]
    assert all(set(cell) == {"group", "n", "mean", "sd", "suppressed"} for cell in cells)
    assert all(cell["n"] % 5 == 0 and cell["n"] >= 11 for cell in cells if not cell["suppressed"])
    assert all(cell["n"] is cell["mean"] is cell["sd"] is None for cell in cells if cell["suppressed"])


def test_the_list_in_words(said: Any) -> None:
    code, out, _ = said("2015")
    assert code == 0 and "OMS-5 par sexe" in out and "moins de 11" in out
    assert "fewer than 11" in said("2015", "--lang", "en")[1]


def test_an_unknown_wave_is_named_with_its_nearest(said: Any) -> None:
    code, _, err = said("2105")
    assert code == 2 and "2105" in err and "2015" in err
    assert json.loads(said("2105", "--json")[1])["tables"] == []


def test_the_callable_reads_published_cells_and_nothing_else(said: Any) -> None:
    _, out, _ = said("2015", "--json")
    table = next(t for t in json.loads(out)["tables"] if t["by"] == ["sex"] and t["measure"] == "who5")
    women = next(cell for cell in table["cells"] if cell["group"] == {"sex": "F"})
    assert disclosure.results({"sex": "F"}, "2015") == {
        "n": women["n"], "mean": women["mean"], "suppressed": False,
    }  # fmt: skip
    nothing = {"n": None, "mean": None, "suppressed": True}
    for filters in ({"sex": "F", "category": "C"}, {"sex": "X"}, {"answer_id": "R1"}, {"who5_1": 3}):
        assert disclosure.results(filters, "2015") == nothing
    assert disclosure.results({}, "1999") == nothing


def test_publish_takes_the_steps_that_are_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from data.access import local_actor
    from metrics.__main__ import wired

    monkeypatch.setenv("LEVIER_STORE", str(tmp_path / "new" / "town.duckdb"))
    names = ("staff.csv", "survey_answers.csv")
    wired().import_files(local_actor(), [(name, (CSV / name).read_bytes()) for name in names])
    assert main(["disclosure", "2013-audit", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"] == []
    assert main(["disclosure", "2013-audit", "--publish", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["tables"]
    assert [wave.state for wave in wired().waves(local_actor())] == ["published", "closed"]
