"""``python -m metrics forecast``: one JSON document with the keys that docs/formats.md names, and lines for people."""

import json
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import main
from metrics.forecast_words import METHODS, REASONS, SIGNALS

FORMATS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text("utf-8")
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def at_town(town_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads the demo town's store."""
    monkeypatch.setenv("LEVIER_STORE", str(town_path))


def asked(capsys: Capture, *words: str) -> dict[str, Any]:
    assert main(["forecast", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_document_and_its_keys(capsys: Capture) -> None:
    found = asked(capsys, "cofinancing_raised")
    assert found["as_of"] == "2015-06-30"
    (one,) = found["forecasts"]
    assert one["method"] == "pipeline" and one["start"] == 15e6 and one["horizon"] == "2015-12-31"
    assert one["low"] < one["value"] < one["high"] and one["steps"][-1]["value"] == one["value"]
    assert one["coverage"]["n"] > 25 and one["pace"]["standing"] == "met"
    section = FORMATS.split("### forecast")[1].split("## Catalogue")[0]
    for key in [*one, *one["coverage"], *one["pace"]]:
        assert f"`{key}`" in section or f'"{key}"' in section, key
    assert all(f"| `{method}` |" in section for method in METHODS)


def test_a_kpi_without_forecast_says_why_in_the_language_asked(capsys: Capture) -> None:
    (one,) = asked(capsys, "F2.2", "--lang", "en")["forecasts"]
    assert (one["value"], one["code"]) == (None, "yearly") and "one value a year" in one["reason"]


def test_all_kpis_at_a_past_date_as_lines(capsys: Capture) -> None:
    assert main(["forecast", "--as-of", "2014-06-30"]) == 0
    told = capsys.readouterr().out
    assert "F1.2  Cofinancements levés: pas de prévision, le décompte ne commence que le 2014-09-01" in told
    assert "rythme :" in told and "la bande à 80 % a contenu" in told


def test_an_unknown_kpi_has_its_mend(capsys: Capture) -> None:
    assert main(["forecast", "throughpt", "--json"]) == 2
    assert "throughput" in json.loads(capsys.readouterr().out)["error"]["mend"]


def test_every_reason_and_signal_is_said_in_both_languages() -> None:
    for words in (*REASONS.values(), *SIGNALS.values(), *METHODS.values()):
        assert words.fr and words.en and words.fr != words.en
        assert sorted(part.split("}")[0] for part in words.fr.split("{")[1:]) == sorted(
            part.split("}")[0] for part in words.en.split("{")[1:]
        )
