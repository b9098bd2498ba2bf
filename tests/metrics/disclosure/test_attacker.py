"""The attacker who is no part of the engine, against random small towns: alone, in pairs of waves, with an optional scale."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from metrics.disclosure import Published, RefusedList, answers_of, publish
from metrics.disclosure.questions import QWL, WHO5
from metrics.scaleentry import parse
from metrics.scales import Scale
from tests.metrics.disclosure.attacker import (
    Attacker,
    between_waves,
    counts,
    left_out,
    smallest_class,
    without_score,
)

K = 11
BY = ((), ("directorate_group",), ("category",))
Rows = list[dict[str, Any]]


@cache
def burnout() -> Scale:
    """Return an optional scale of six items, two of them reversed, two of them a subscale."""
    return parse(
        {
            "id": "strain",
            "label": {"fr": "Tension", "en": "Strain"},
            "items": {f"strain_{item}": None for item in range(1, 7)},
            "range": [1, 5],
            "reversed": ["strain_2", "strain_5"],
            "scoring": "mean",
            "missing": {"items": 4},
            "subscales": {"far": ["strain_5", "strain_6"]},
        }
    )


def rows(seed: int, with_scale: bool = False, leavers: int = 0) -> Rows:
    """Return the answers of a random small town, of which some leave an item or an attribute out; ``leavers`` fewer of them."""
    draw = np.random.default_rng(seed)
    found: Rows = []
    for group in ("D1", "D2", "D3"):
        for category in ("A", "B"):
            many = int(draw.integers(0, 9) if draw.random() < 0.35 else draw.integers(9, 40))
            found += [_row(draw, group, category, with_scale) for _ in range(many)]
    return found[leavers:]


def _row(draw: np.random.Generator, group: str, category: str, with_scale: bool) -> dict[str, Any]:
    mood = int(draw.integers(-1, 2))
    row: dict[str, Any] = {
        "directorate_group": group,
        "category": category,
        "sex": str(draw.choice(["F", "M"])),
    }
    row |= {item: int(np.clip(draw.integers(0, 6) + mood, 0, 5)) for item in WHO5}
    row |= {item: int(np.clip(draw.integers(1, 6) + mood, 1, 5)) for item in QWL}
    row["recommend"] = int(np.clip(draw.integers(0, 11) + 2 * mood, 0, 10))
    if with_scale:
        row |= {f"strain_{item}": int(draw.integers(1, 6)) for item in range(1, 7)}
    for name in list(row):
        if draw.random() < 0.01:
            row[name] = None
    return row


def listed(given: Rows, wave: str, *earlier: Published, with_scale: bool = False) -> Published | None:
    """Return what a town may publish; None where a table must go."""
    measures = ("who5", "qwl", "recommend", *(("strain", "strain_far") if with_scale else ()))
    answers = answers_of(wave, given, [burnout()] if with_scale else [])
    try:
        return publish(answers, [(by, name) for name in measures for by in BY], K, earlier, headcount=400)
    except RefusedList:
        return None


def stands(given: Mapping[str, Any]) -> bool:
    """Check a list by its JSON alone; say whether it tells anything."""
    assert all(len(found) == 1 for found in counts(given).values())
    if not counts(given):
        assert not given["summaries"] and not given["spreads"] and given["response"] is None
        return False
    assert Attacker(given).smallest() >= K
    assert smallest_class(given) >= K
    for spread in given["spreads"]:
        low, high = left_out(given, spread)
        assert low == 0 or high >= K, spread
    low, high = without_score(given)
    assert low <= 0 or high >= K
    return True


@pytest.mark.parametrize("seed", range(8))
def test_no_group_under_k_can_be_derived_from_a_wave(seed: int) -> None:
    published = listed(rows(seed), "2015")
    assert published is None or stands(published.as_json())


@pytest.mark.parametrize("seed", range(100, 104))
def test_nor_with_an_optional_scale_that_some_did_not_answer(seed: int) -> None:
    published = listed(rows(seed, with_scale=True), "2015", with_scale=True)
    if published is not None:
        told = published.as_json()
        assert stands(told) and {table["measure"] for table in told["tables"]} >= {"strain", "strain_far"}


@pytest.mark.parametrize("seed", range(200, 205))
def test_nor_from_two_waves_that_a_few_left_between(seed: int) -> None:
    first = listed(rows(seed), "2013")
    if first is None:
        return
    second = listed(rows(seed, leavers=3), "2015", first)
    if second is None:
        return
    one, two = first.as_json(), second.as_json()
    if stands(one) and stands(two):
        assert all(low == 0 or high >= K for low, high in between_waves(one, two))


def test_most_of_these_towns_can_publish() -> None:
    told = [listed(rows(seed), "2015") for seed in range(8)]
    assert sum(one is not None and bool(one.summaries) for one in told) >= 4


def test_the_attacker_sees_what_an_unprotected_list_tells() -> None:
    cell = {"n": 60, "mean": 52.0, "suppressed": False}
    part = {"group": {"category": "A"}, "n": 50, "mean": 52.0, "suppressed": False}
    gone = {"group": {"category": "B"}, "n": None, "mean": None, "suppressed": True}
    tables = [
        {"by": [], "measure": "who5", "cells": [{"group": {}, **cell}]},
        {"by": ["category"], "measure": "who5", "cells": [part, gone]},
    ]
    assert Attacker({"k": 11, "tables": tables}).smallest() == 14
    part["n"] = 55
    assert Attacker({"k": 11, "tables": tables}).smallest() == 9
