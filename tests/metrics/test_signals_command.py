"""``python -m metrics signals``: any CSV, French or English, one JSON document, a mend for what cannot be read."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from metrics import rules
from metrics.__main__ import main
from metrics.seriesfile import day_of, number_of
from tests.shared import shared_file

Capture = pytest.CaptureFixture[str]
AE = "data/spc/ae_attendances.csv"


def run(capsys: Capture, file: Path, *words: str) -> dict[str, Any]:
    """Run ``signals … --json`` and return its document."""
    assert main(["signals", str(file), *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def csv(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Return a file of this text."""
    (tmp_path / "s.csv").write_bytes(text.encode(encoding))
    return tmp_path / "s.csv"


def column(tmp_path: Path, values: list[float]) -> Path:
    """Return a file of one column, ``value``."""
    return csv(tmp_path, "\n".join(["value", *(repr(float(v)) for v in values)]))


def test_the_golden_limits_through_the_command(tmp_path: Path, capsys: Capture) -> None:
    golden = json.loads(shared_file("data/spc/expected.json").read_text("utf-8"))
    for case in golden["xmr_limits"]["cases"]:
        screen = "--screen" if case["screen_outliers"] else "--no-screen"
        found = run(capsys, column(tmp_path, case["y"]), screen)
        assert (found["mean"], found["lower"], found["upper"]) == pytest.approx(
            (case["mean"], case["lpl"], case["upl"]), rel=1e-5
        )


def test_the_golden_trends_through_the_command(tmp_path: Path, capsys: Capture) -> None:
    golden = json.loads(shared_file("data/spc/expected.json").read_text("utf-8"))
    for case in golden["seven_point_trend"]["cases"]:
        points = run(capsys, column(tmp_path, case["y"]))["points"]
        assert ["trend" in p["detected"] for p in points] == [bool(flag) for flag in case["flag"]]
        whole = rules.over_the_seven(np.array(case["flag"])) != 0
        assert ["trend" in p["flags"] for p in points] == whole.tolist()


def test_the_golden_runs_through_the_command(tmp_path: Path, capsys: Capture) -> None:
    """Sides as values: +1 and -1 around their own mean, one far point to bring the mean to 0."""
    golden = json.loads(shared_file("data/spc/expected.json").read_text("utf-8"))
    for case in golden["seven_points_one_side"]["cases"]:
        rel = [float(side) for side in case["rel"]]
        values = [*rel, -sum(rel)]
        points = run(capsys, column(tmp_path, values))["points"][: len(rel)]
        assert ["run" in p["detected"] for p in points] == [bool(flag) for flag in case["flag"]]


def test_the_document(tmp_path: Path, capsys: Capture) -> None:
    rows = "\n".join(f"{m:02d}/2014;{v}" for m, v in enumerate(["1,5", "2,5"] * 6, start=1))
    found = run(capsys, csv(tmp_path, f"mois;valeur\n{rows}\n"), "--direction", "up", "--target", "9,5")
    assert {"mean", "lower", "upper", "near_lower", "near_upper", "points", "variation", "assurance"} <= set(
        found
    )
    assert (found["mean"], found["n"], found["provisional"]) == (2.0, 12, False)
    assert (found["variation"], found["assurance"]) == ("stable", "consistently_missed")
    assert found["points"][0] == {
        "x": "01/2014",
        "value": 1.5,
        "flags": [],
        "detected": [],
        "variation": "stable",
    }


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("date,value\n2015-02-01,2.5\n2015-01-01,1\n", "utf-8", [1, 2.5]),
        ("Période;Nombre\n2015-01-01;1 234,5\n2015-02-01;n/a\n", "cp1252", [1234.5, None]),
        ("année\ttaux\n2014\t12 %\n2015\t13 %\n", "utf-8-sig", [12, 13]),
        ("valeur\n12,5\n13,5\n", "utf-8", [12.5, 13.5]),
        ("1\n2\n3\n", "utf-8", [1, 2, 3]),
        ('nom,montant\na,"1,234.5"\nb,7\n', "utf-8", [1234.5, 7]),
    ],
)
def test_any_csv(tmp_path: Path, capsys: Capture, text: str, encoding: str, expected: list[float]) -> None:
    found = run(capsys, csv(tmp_path, text, encoding))
    assert [point["value"] for point in found["points"]] == expected


def test_a_real_series_against_a_second_computation(capsys: Capture) -> None:
    """Limits of three hospitals worked out with pandas, before and after a new base."""
    file, frame = shared_file(AE), pd.read_csv(shared_file(AE), parse_dates=["period"])
    whole = frame[frame.type == "1"].groupby("org_code").size()
    for name in whole[whole == 36].index[:3]:
        series = frame[(frame.org_code == name) & (frame.type == "1")].sort_values("period")
        found = run(
            capsys, file, "--column", "breaches", "--where", f"org_code={name}", "--where", "type=1",
            "--no-screen", "--breaks", "2018-04-01",
        )  # fmt: skip
        for part, segment in zip((series[:24], series[24:]), found["segments"], strict=True):
            mean, ranges = part.breaches.mean(), part.breaches.diff().abs().mean()
            assert (segment["mean"], segment["lower"], segment["upper"]) == pytest.approx(
                (mean, mean - 2.66 * ranges, mean + 2.66 * ranges)
            )
        assert [p["value"] for p in found["points"]] == series.breaches.tolist()
        assert (found["mean"], found["n"]) == (found["segments"][-1]["mean"], 12)


@pytest.mark.parametrize(
    ("text", "words", "code", "said"),
    [
        ("a;b\n1;2\n", [], 2, "--column"),
        ("a;b\n1;2\n", ["--column", "c"], 2, "c"),
        ("a;b\n1;x\n", ["--column", "b"], 1, "x"),
        ("1,10\n2,11\n3,12\n", [], 2, "column_2"),
        ("a;b\nx;y\n", [], 1, "nombres"),
        ("", [], 1, "ligne"),
        ("date;v\n2015-01-01;1\n2015-01-01;2\n", [], 1, "--where"),
        ("date;v\n2015-01-01;1\n", ["--breaks", "2016-01-01"], 2, "2016-01-01"),
    ],
)
def test_what_cannot_be_used_says_why(
    tmp_path: Path, capsys: Capture, text: str, words: list[str], code: int, said: str
) -> None:
    assert main(["signals", str(csv(tmp_path, text)), *words, "--json"]) == code
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert said in document["error"]["message"] + document["error"]["mend"] and document["points"] == []
    assert said in told.err


def test_a_missing_file_and_a_wrong_word(tmp_path: Path, capsys: Capture) -> None:
    assert main(["signals", str(tmp_path / "none.csv")]) == 1
    assert "none.csv" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stop:
        main(["signals", str(csv(tmp_path, "v\n1\n")), "--direction", "sideways"])
    assert stop.value.code == 2


def test_for_people_a_few_lines(tmp_path: Path, capsys: Capture) -> None:
    assert main(["signals", str(column(tmp_path, [1, 2] * 8 + [40])), "--direction", "down"]) == 0
    told = capsys.readouterr().out
    assert "17: 40 (hors limites)" in told and told.endswith("dégradation\n")


def test_dates_and_numbers_as_people_write_them() -> None:
    days = ("2015-06-30", "30/06/2015", "2015-06", "06/2015", "2015-Q2", "2015T2", "2015", "2015-13", "n. 4")
    found = [str(day_of(text)) for text in days]
    assert found == [
        *("2015-06-30", "2015-06-30", "2015-06-01", "2015-06-01", "2015-04-01", "2015-04-01"),
        *("2015-01-01", "None", "None"),
    ]
    assert [number_of(text) for text in ("1 234,5", "1.234,5", "1,234.5", "-12 %", "1e3")] == [
        *(1234.5, 1234.5, 1234.5, -12.0, 1000.0),
    ]


@pytest.mark.parametrize("values", [[0.1] * 9, [3] * 20])
def test_a_constant_series_has_its_mean_as_limits(
    tmp_path: Path, capsys: Capture, values: list[float]
) -> None:
    found = run(capsys, column(tmp_path, values), "--direction", "up", "--target", "9")
    assert [found[name] for name in ("lower", "mean", "upper")] == pytest.approx([values[0]] * 3)
    assert (found["variation"], found["assurance"], found["reason"]) == (
        "stable",
        "consistently_missed",
        None,
    )
    assert not any(point["flags"] for point in found["points"])


def test_signals_go_a_way_under_provisional_limits_too(tmp_path: Path, capsys: Capture) -> None:
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 60]
    found = run(capsys, column(tmp_path, values), "--direction", "down")
    assert found["provisional"] and found["variation"] == found["points"][-1]["variation"] == "concern"
    assert run(capsys, column(tmp_path, values))["variation"] == "special"


@pytest.mark.parametrize("values", [[5] * 11 + [6, 5, 5]])
def test_a_series_that_hardly_moves_has_no_limits_and_says_why(
    tmp_path: Path, capsys: Capture, values: list[float]
) -> None:
    found = run(capsys, column(tmp_path, values), "--direction", "up", "--target", "9")
    assert found["reason"] == found["segments"][0]["reason"] == "still"
    assert {found[name] for name in ("lower", "upper", "near_lower", "near_upper", "provisional")} == {None}
    assert (found["variation"], found["assurance"]) == (None, None)
    assert not any(point["flags"] for point in found["points"])
    assert main(["signals", str(column(tmp_path, values))]) == 0
    assert "ne bouge presque pas" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("n", "provisional", "reason"),
    [(7, None, "too_few"), (8, True, None), (11, True, None), (12, False, None)],
)
def test_provisional_is_said_of_limits_alone(
    tmp_path: Path, capsys: Capture, n: int, provisional: bool | None, reason: str | None
) -> None:
    found = run(capsys, column(tmp_path, [float(i % 3) for i in range(n)]))
    assert (found["provisional"], found["reason"]) == (provisional, reason)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('date;v\n2015-01-01;1\n"2015-02-01;2\n2015-03-01;3\n', "Ligne 3 : un guillemet"),
        ("date;v\n2015-02-01;1\n2015-13-01;2\n", "2015-13-01"),
        ("mois;v\n02/2015;1\n13/2015;2\n", "13/2015"),
        ("jour;v\n30.06.15;1\n29.06.15;2\n", "30.06.15"),
        ("date;v\nhier;1\nlundi;2\n", "hier"),
        ("date,v\n2015-01,10,5\n2015-02,11,5\n", "plus de cellules"),
        ("v\n1e308\n-1e308\n2\n", "trop grand"),
    ],
)
def test_what_would_be_read_wrong_is_refused(tmp_path: Path, capsys: Capture, text: str, said: str) -> None:
    assert main(["signals", str(csv(tmp_path, text)), "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert said in error["message"] and error["mend"]


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("10,5\n11,2\n9,8\n", "utf-8", [10.5, 11.2, 9.8]),
        ("-1 010,5\n2,5\n", "utf-8", [-1010.5, 2.5]),
        ("10,5\n11,2\n12,8\n", "utf-8", [10.5, 11.2, 12.8]),
        ("2014,10\n2015,11\n", "utf-8", [10, 11]),
        ('"Montant; en k€",lieu\n3,a\n4,b\n', "utf-8", [3, 4]),
        ("v\n1.234.567\n-2.000.000\n1,234,567\n", "utf-8", [1234567, -2000000, 1234567]),
        ("date;v\n2015-02-01;2\n2015-01-01;é\n".replace("é", "1"), "utf-16", [1, 2]),
        ("période;v\nfévrier 2015;2\njanvier 2015;1\n", "utf-16", [1, 2]),
        ("jour;v\n01/02/15;2\n31/12/98;1\n", "utf-8", [1, 2]),
        ('v;note\n1;a\n2;il a dit "oui"\n3;"a"b\n', "utf-8", [1, 2, 3]),
    ],
)
def test_files_as_spreadsheets_write_them(
    tmp_path: Path, capsys: Capture, text: str, encoding: str, expected: list[float]
) -> None:
    assert [p["value"] for p in run(capsys, csv(tmp_path, text, encoding))["points"]] == expected


def test_months_in_words() -> None:
    for words, month in {"janvier": 1, "Janv.": 1, "févr.": 2, "mars": 3, "MAI": 5, "juil.": 7, "août": 8, "Sept": 9,
                         "December": 12}.items():  # fmt: skip
        assert str(day_of(f"{words} 2015")) == str(day_of(f"{words}-15")) == f"2015-{month:02}-01"
    assert [str(day_of(text)) for text in ("1er mars 2015", "15 août 2015", "note 2015", "marseille 2015", "ma 2015")] == [
        *("2015-03-01", "2015-08-15", "None", "None", "None"),
    ]  # fmt: skip
    assert (str(day_of("30/06/15")), day_of("1.2.3"), day_of("31/02/15")) == ("2015-06-30", None, None)
