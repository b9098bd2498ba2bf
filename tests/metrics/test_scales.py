"""A scale is data: each field is read or refused with its mend; scores follow its reversal, its missing rule and its map."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from metrics.refusing import BadEntry
from metrics.scaleentry import KEYS, parse
from metrics.scales import Scale
from metrics.scalescores import respondents, scored, turned
from metrics.scaleshelf import shelf, wanted
from metrics.seriesfile import BadFile

ROOT = Path(__file__).resolve().parents[2]

NA = np.nan
PLAIN: dict[str, Any] = {
    "id": "calm",
    "label": {"fr": "Calme", "en": "Calm"},
    "items": ["a", "b", "c", "d"],
    "range": [1, 5],
    "scoring": "mean",
}


def scale(**changes: Any) -> Scale:
    """Return the plain scale with these fields instead."""
    return parse(PLAIN | changes)


def scores(found: Scale, rows: list[list[float]]) -> list[float]:
    """Return the respondents' scores on the whole scale."""
    return respondents(found, turned(found, np.array(rows, dtype=float)), found.least).tolist()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([0, 0, 0, 0, 0], 0.0),
        ([5, 5, 5, 5, 5], 100.0),
        ([1, 2, 3, 4, 5], 60.0),
        ([2, 2, 2, 2, 5], 52.0),
        ([0, 0, 0, 0, 1], 4.0),
        ([NA, 5, 5, 5, 5], NA),
        ([NA] * 5, NA),
    ],
)
def test_who5_is_four_times_the_sum_of_five_answers(row: list[float], expected: float) -> None:
    """Topp 2015: raw 0..25, times 4; never imputed."""
    assert scores(wanted("who5"), [row]) == pytest.approx([expected], nan_ok=True)


def test_who5_counts_who_left_an_item_out() -> None:
    found = scored(wanted("who5"), np.array([[1, 1, 1, 1, 1], [1, 1, 1, 1, NA], [NA] * 5]))
    assert (found.rows, found.whole.n, found.whole.incomplete, found.whole.mean) == (3, 1, 1, 20.0)
    assert (found.items["who5_5"].n, found.items["who5_5"].missing) == (1, 2)


def test_the_local_scale_is_the_view_s() -> None:
    """100 x (mean - 1) / 4 of three answers or more, as data/views/survey_scores.sql says."""
    rows = [[1, 2, 3, NA, NA, NA], [5] * 6, [4, 4, NA, NA, NA, NA]]
    assert scores(wanted("qwl"), rows) == pytest.approx([25.0, 100.0, NA], nan_ok=True)


def test_the_shipped_scales_are_whole_and_say_their_licence() -> None:
    found, refused = shelf()
    assert {"who5", "qwl", "recommend"} <= set(found) and not refused
    assert all(each.licence and each.label.en for each in found.values())


@pytest.mark.parametrize("name", ["bat12", "uwes9"])
def test_the_examples_are_codes_alone_and_give_nobody_a_right(name: str) -> None:
    found = wanted(str(ROOT / "docs" / "scales" / f"{name}.yml"))
    assert found.licence and found.right is None and not found.answers
    assert all(item.label is None for item in found.items)
    assert sorted(code for part in found.subscales for code in part.items) == sorted(found.codes)
    assert name not in shelf()[0]


def test_an_item_turned_round() -> None:
    found = scale(reversed=["d"])
    assert scores(found, [[1, 1, 1, 5], [5, 5, 5, 1]]) == [1.0, 5.0]
    item = scored(found, np.array([[1, 1, 1, 5], [1, 1, 1, 1.0]])).items["d"]
    assert item.counts.tolist() == [1, 0, 0, 0, 1]  # told as answered
    assert item.top2 == 0.5  # the best are the lowest


@pytest.mark.parametrize(
    ("changes", "row", "expected"),
    [
        ({}, [2, 4, NA, NA], 3.0),  # half by default
        ({}, [2, NA, NA, NA], NA),
        ({"missing": {"items": 1}}, [2, NA, NA, NA], 2.0),
        ({"missing": {"share": 0.75}}, [2, 4, NA, NA], NA),
        ({"missing": {"share": 0.75}}, [2, 4, 3, NA], 3.0),
        ({"scoring": "sum"}, [2, 4, 3, NA], NA),  # a sum asks for all
        ({"scoring": "sum", "missing": {"items": 2}}, [2, 4, NA, NA], 12.0),  # 4 x their mean
        ({"scoring": "sum", "to": [0, 100]}, [5, 5, 5, 5], 100.0),
        ({"scoring": "sum", "to": [0, 100]}, [1, 1, 1, 1], 0.0),
        ({"scoring": "mean", "times": 20}, [1, 1, 1, 1], 20.0),
        ({"scoring": "mean", "to": [0, 10]}, [3, 3, 3, 3], 5.0),
    ],
)
def test_missing_rules_and_maps(changes: dict[str, Any], row: list[float], expected: float) -> None:
    assert scores(scale(**changes), [row]) == pytest.approx([expected], nan_ok=True)


def test_subscales_follow_the_scale_s_rule_or_their_own() -> None:
    parts = {
        "one": ["a", "b"],
        "two": {"label": {"fr": "Deux", "en": "Two"}, "items": ["c", "d"], "missing": {"items": 2}},
    }
    found = scored(scale(subscales=parts), np.array([[1, NA, 5, NA], [3, 3, 5, 4]]))
    assert (found.subscales["one"].n, found.subscales["one"].mean) == (2, 2.0)
    assert (found.subscales["two"].n, found.subscales["two"].mean) == (1, 4.5)


def test_a_count_of_the_whole_asks_a_subscale_for_all_it_has_at_most() -> None:
    assert scale(missing={"items": 3}, subscales={"one": ["a", "b"]}).subscales[0].least == 2


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"id": None}, "id"),
    ({"label": {"fr": "Calme"}}, "label.en"),
    ({"items": []}, "items"),
    ({"items": ["a", "a"]}, "items"),
    ({"items": [["a"]]}, "items"),
    ({"items": [None]}, "items"),
    ({"items": ["yes", False]}, "items"),  # no, without its quotes
    ({"items": 3}, "items"),
    ({"id": " "}, "id"),
    ({"range": [1, float("nan")]}, "range"),
    ({"missing": 3}, "missing"),
    ({"items": {"a": "Texte"}}, "items.a"),
    ({"range": None}, "range"),
    ({"range": [5, 1]}, "range"),
    ({"range": [1, 1]}, "range"),
    ({"range": [0, 1000]}, "step"),
    ({"step": 3}, "step"),
    ({"step": -1}, "step"),
    ({"reversed": ["z"]}, "reversed"),
    ({"reversed": "a"}, "reversed"),
    ({"subscales": {"one": ["z"]}}, "subscales.one"),
    ({"subscales": {"one": []}}, "subscales.one.items"),
    ({"subscales": {"one": 3}}, "subscales.one"),
    ({"subscales": {"one": {"items": ["a"], "missing": {"items": 2}}}}, "subscales.one.missing.items"),
    ({"scoring": "median"}, "scoring"),
    ({"scoring": None}, "scoring"),
    ({"times": 0}, "times"),
    ({"times": 4, "to": [0, 100]}, "times"),
    ({"to": [1, 1]}, "to"),
    ({"missing": {"items": 5}}, "missing.items"),
    ({"missing": {"items": 1.5}}, "missing.items"),
    ({"missing": {"share": 2}}, "missing.share"),
    ({"missing": {"items": 2, "share": 0.5}}, "missing"),
    ({"missing": {"at_least": 2}}, "missing.at_least"),
    ({"missing_codes": [5]}, "missing_codes"),
    ({"answers": {9: {"fr": "x", "en": "x"}}}, "answers"),
    ({"answers": {1: "jamais"}}, "answers.1"),
    ({"net": {"promoters_from": 5}}, "net.detractors_to"),
    ({"net": {"promoters_from": 5, "detractors_to": 2}}, "net"),
    ({"items": ["a"], "net": {"promoters_from": 2, "detractors_to": 4}}, "net"),
    ({"licence": "MIT"}, "licence"),
    ({"form": {"title": "Calme"}}, "title"),
    ({"form": {"wording": "mine"}}, "wording"),
    ({"right": "oui"}, "right"),
    ({"itmes": ["a"]}, "itmes"),
]


@pytest.mark.parametrize(
    ("changes", "field"), REFUSED, ids=[f"{next(iter(c))}-{i}" for i, (c, _) in enumerate(REFUSED)]
)
def test_a_wrong_field_is_refused_by_name_with_a_mend(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadEntry) as refused:
        scale(**changes)
    assert field in refused.value.reason.fr and field in refused.value.reason.en
    assert refused.value.mend.fr and refused.value.mend.en


def test_every_field_is_refused_somewhere() -> None:
    assert {name for changes, _ in REFUSED for name in changes} >= set(KEYS)


def test_an_unknown_scale_is_the_question_s_fault_a_bad_file_its_own(tmp_path: Any) -> None:
    with pytest.raises(BadFile) as unknown:
        wanted("who6")
    assert unknown.value.code == 2 and "who5" in unknown.value.mend.fr
    with pytest.raises(BadFile) as absent:
        wanted(str(tmp_path / "none.yml"))
    assert absent.value.code == 2
    (tmp_path / "bad.yml").write_text("id: x\nitems: [a\n", "utf-8")
    with pytest.raises(BadFile) as bad:
        wanted(str(tmp_path / "bad.yml"))
    assert bad.value.code == 1 and bad.value.what.fr.startswith("bad.yml : ")
