"""The demo town's own waves: what they tell, and what a table too many would."""

import csv
import json
from functools import cache
from pathlib import Path

import pytest

from metrics.definitions import Catalogue, load
from metrics.disclosure import DEFAULT_LIST, Answers, Published, answers_of, attack, publish, results, thin
from metrics.disclosure.heads import Headcounts
from metrics.disclosure.questions import QWL, WHO5
from metrics.folders import SHIPPED
from tests.metrics.disclosure.attacker import Attacker, between_waves, counts, left_out, smallest_class

CSV = Path(__file__).resolve().parents[3] / "data" / "demo" / "csv"
COUNTED = {"2013-audit": "2012-12-31", "2015": "2014-12-31"}
TWO_WAY = (("directorate_group", "category"), "who5")


def rows(name: str) -> list[dict[str, str]]:
    with (CSV / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def answers(wave: str) -> Answers:
    return answers_of(wave, [row for row in rows("survey_answers") if row["wave"] == wave])


@cache
def heads(wave: str) -> Headcounts:
    catalogue: Catalogue = load([SHIPPED])
    groups = {
        name: group for group, names in catalogue.scorecard.directorate_groups.items() for name in names
    }
    found: dict[tuple[str, str, str], int] = {}
    for row in rows("staff"):
        if row["as_of"] == COUNTED[wave]:
            key = (groups[row["directorate"]], row["category"], row["sex"])
            found[key] = found.get(key, 0) + int(row["headcount"])
    return found


@cache
def closed_list(wave: str) -> Published:
    earlier = [closed_list("2013-audit")] if wave == "2015" else []
    return publish(answers(wave), earlier=earlier, headcounts=heads(wave), headcount=640)


@pytest.mark.parametrize("wave", list(COUNTED))
def test_the_town_s_own_list_tells_all_of_its_groups(wave: str) -> None:
    earlier = [closed_list("2013-audit")] if wave == "2015" else []
    assert not attack(closed_list(wave), earlier, heads(wave))
    assert [table.key for table in closed_list(wave).tables] == list(DEFAULT_LIST)
    hidden = [cell.group for table in closed_list(wave).tables for cell in table.cells if cell.suppressed]
    assert all(value is None for group in hidden for _, value in group)  # only who left the attribute out


@pytest.mark.parametrize("wave", list(COUNTED))
def test_another_attacker_finds_nobody_either(wave: str) -> None:
    """By the JSON alone, with its own programmes: groups, classes of spreads, items that some left out."""
    given = json.loads(json.dumps(closed_list(wave).as_json()))
    assert Attacker(given, is_whole=False).smallest() >= 11
    assert smallest_class(given) >= 11
    assert all(left_out(given, spread)[0] == 0 for spread in given["spreads"])
    assert all(len(found) == 1 for found in counts(given).values())


def test_nor_between_the_two_waves() -> None:
    one, two = (closed_list(wave).as_json() for wave in COUNTED)
    assert all(low == 0 or high >= 11 for low, high in between_waves(one, two, is_whole=False))


def test_the_list_tells_the_town_s_summaries_spreads_and_response() -> None:
    found = closed_list("2015")
    who5, recommend = found.summary("who5"), found.summary("recommend")
    assert who5 is not None and recommend is not None and recommend.net is not None
    assert (who5.n, who5.mean, who5.sd) == (345, 60.9, 20.0)
    assert who5.low is not None and who5.high is not None and who5.weighted is not None
    assert who5.low < who5.weighted < who5.high and who5.design_effect == 1.0 and who5.effective_n == 340
    assert who5.alpha is not None and who5.omega is not None and 0.8 < who5.alpha < 0.95
    assert recommend.alpha is None and recommend.net.promoters == 0.32 and recommend.net.detractors == 0.24
    assert found.response is not None and (found.response.answers, found.response.headcount) == (350, 640)
    assert [one.item for one in found.spreads] == [*WHO5, *QWL, "recommend"]
    for spread in found.spreads:
        assert sum(one.share for one in spread.classes) == pytest.approx(1, abs=0.03)


def test_the_mean_is_that_of_the_answers_and_the_count_is_rounded() -> None:
    told = results({}, "2015", published=lambda wave: [closed_list(wave)])
    whole = [
        4 * sum(int(row[f"who5_{item}"]) for item in range(1, 6))
        for row in rows("survey_answers")
        if row["wave"] == "2015"
        and all(row[f"who5_{item}"] for item in range(1, 6))
        and row["directorate_group"]  # the seven who left it out are too few to be told apart
    ]
    assert told == {"n": 345, "mean": round(sum(whole) / len(whole), 1), "suppressed": False}
    assert 343 <= len(whole) <= 347


def test_group_by_category_loses_its_small_cells_and_is_named() -> None:
    kept = publish(answers("2015"), [*DEFAULT_LIST, TWO_WAY], headcounts=heads("2015"))
    table = next(one for one in kept.tables if one.key == TWO_WAY)
    named = [cell for cell in table.cells if None not in dict(cell.group).values()]
    assert len(table.cells) == 16
    assert sum(cell.suppressed for cell in named) >= 4
    assert not attack(kept, headcounts=heads("2015"))
    assert "« OMS-5 par groupe de directions × catégorie » ne dit que" in thin(kept)[0]
    assert thin(kept)[0].count("tableau") == 1
    assert thin(closed_list("2015")) == ("", "")
