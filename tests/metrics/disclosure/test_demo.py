"""The demo town's own waves: what they tell, and what a table too many would."""

import csv
from functools import cache
from pathlib import Path

import pytest

from metrics.definitions import Catalogue, load
from metrics.disclosure import DEFAULT_LIST, Answers, Published, answers_of, attack, publish, results, thin
from metrics.disclosure.heads import Headcounts
from metrics.folders import SHIPPED

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
    return publish(answers(wave), earlier=earlier, headcounts=heads(wave))


@pytest.mark.parametrize("wave", list(COUNTED))
def test_the_town_s_own_list_tells_all_of_its_groups(wave: str) -> None:
    earlier = [closed_list("2013-audit")] if wave == "2015" else []
    assert not attack(closed_list(wave), earlier, heads(wave))
    assert [table.key for table in closed_list(wave).tables] == list(DEFAULT_LIST)
    hidden = [cell.group for table in closed_list(wave).tables for cell in table.cells if cell.suppressed]
    assert all(value is None for group in hidden for _, value in group)  # only who left the attribute out


def test_the_mean_is_that_of_the_answers_and_the_count_is_rounded() -> None:
    told = results({}, "2015", published=lambda wave: [closed_list(wave)])
    whole = [
        4 * sum(int(row[f"who5_{item}"]) for item in range(1, 6))
        for row in rows("survey_answers")
        if row["wave"] == "2015" and all(row[f"who5_{item}"] for item in range(1, 6))
    ]
    assert told == {"n": 350, "mean": round(sum(whole) / len(whole), 1), "suppressed": False}
    assert len(whole) == 349


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
