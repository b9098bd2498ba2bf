"""``python -m metrics forecast``: one JSON document with the keys that docs/formats.md names, and lines for people."""

import json
from pathlib import Path
from typing import Any

import pytest

from metrics.__main__ import EMPTY, main
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
    assert (one["code"], one["reason"], one["reason_code"]) == ("F1.2", None, None)
    for key in [*one, *one["coverage"], *one["pace"]]:
        assert f"`{key}`" in section or f'"{key}"' in section, key
    assert all(f"| `{method}` |" in section for method in METHODS)


def test_a_kpi_without_forecast_says_why_in_the_language_asked(capsys: Capture) -> None:
    (one,) = asked(capsys, "F2.2", "--lang", "en")["forecasts"]
    assert (one["value"], one["code"], one["reason_code"]) == (None, "F2.2", "yearly")
    assert "one value a year" in one["reason"]


def test_the_example_of_the_docs_is_what_the_command_answers(capsys: Capture) -> None:
    """Every figure written there is the command's; of the steps the first alone is written."""
    written = json.loads(
        FORMATS.split("### forecast")[1].split("```json\n")[1].split("```")[0].replace(", …]", "]")
    )
    (example,) = written["forecasts"]
    found = asked(capsys, example["kpi"], "--as-of", written["as_of"])
    (one,) = found["forecasts"]
    assert found["as_of"] == written["as_of"] and list(example) == list(one)
    for name, value in example.items():
        now = one[name][: len(value)] if isinstance(value, list) else one[name]
        assert near(value, now), (name, value, now)


def near(written: Any, now: Any) -> bool:
    """Say whether a value is the one written, to three figures where it is a number that was drawn or divided."""
    if isinstance(written, dict):
        return list(written) == list(now) and all(near(written[name], now[name]) for name in written)
    if isinstance(written, list):
        return len(written) == len(now) and all(map(near, written, now))
    return (
        bool(now == pytest.approx(written, rel=5e-4)) if isinstance(written, float) else bool(written == now)
    )


def test_a_chance_says_whether_its_band_may_be_relied_on(capsys: Capture) -> None:
    told = {one["code"]: one for one in asked(capsys, "P2.2", "F1.1", "U2.2", "F2.2")["forecasts"]}
    assert told["P2.2"]["coverage"]["high"] < 0.8 and told["P2.2"]["reliable"] is False
    assert told["F1.1"]["coverage"] is None and told["F1.1"]["reliable"] is None
    assert told["U2.2"]["reliable"] is True and "reliable" not in told["F2.2"]
    assert main(["forecast", "P2.2", "F1.1", "U2.2"]) == 0
    said = capsys.readouterr().out
    assert "P = 15% (prudence" in said and "P = 50% (non vérifié)" in said and "P = 90% (marche" in said


def test_every_verb_is_in_the_usage_of_the_docs() -> None:
    usage = FORMATS.split("## Commands of the metrics room")[1].split("Exit code")[0]
    for verb in EMPTY:
        assert f"python -m metrics {verb}" in usage, verb


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
