"""The attacks that textbooks tell, on lists typed by hand and on towns that were to be published."""

import json

import numpy as np
import pytest

from metrics.disclosure import Published, RefusedList, attack, publish, publish_from, refusal, results
from metrics.disclosure.tables import LOWEST_K
from tests.metrics.disclosure.towns import listed, town, varied

GROUP = ("directorate_group",)
BOTH = ("directorate_group", "category")


def kinds(
    published: Published, *earlier: Published, heads: dict[tuple[str, str, str], int] | None = None
) -> set[str]:
    return {one.kind for one in attack(published, earlier, heads)}


def told(published: Published, *by: str) -> dict[tuple[str | None, ...], tuple[int | None, float | None]]:
    table = next(one for one in published.tables if one.by == by)
    return {tuple(value for _, value in cell.group): (cell.n, cell.mean) for cell in table.cells}


def test_29_and_25_tell_the_four_others() -> None:
    found = attack(
        listed({(): {(): (30, 52.0)}, GROUP: {("D1",): (25, 52.0), ("team",): None}}), steps={"who5": 0}
    )
    few = [one for one in found if one.kind == "few"]
    assert few and few[0].n[0] >= 1 and few[0].n[1] < 11
    assert few[0].table == (GROUP, "who5")
    fr, en = refusal(found)
    assert "Retirer le tableau « OMS-5 par groupe de directions »" in fr and "Remove the table" in en


def test_far_enough_apart_tells_nobody() -> None:
    assert not attack(listed({(): {(): (60, 52.0)}, GROUP: {("D1",): (30, 51.0), ("D2",): None}}))


def test_publishing_hides_a_second_group() -> None:
    answers = town(
        {("D1", "A", "F"): varied(40), ("D2", "A", "F"): varied(30), ("team", "A", "F"): varied(4)}
    )
    cells = told(publish(answers, [((), "who5"), (GROUP, "who5")]), *GROUP)
    assert cells[("team",)] == cells[("D2",)] == cells[(None,)] == (None, None)
    assert cells[("D1",)][0] == 40


def test_two_hidden_cells_in_one_row_only() -> None:
    """The columns' totals give each of them: D1 C is its column's total without D2 C."""
    row: dict[tuple[str | None, ...], tuple[int, float] | None]
    row = {("D1", "A"): (40, 50.0), ("D1", "B"): None, ("D1", "C"): None}
    row |= {("D2", "A"): (40, 50.0), ("D2", "B"): (40, 50.0), ("D2", "C"): (40, 50.0)}
    totals: dict[tuple[str | None, ...], tuple[int, float] | None]
    totals = {("A",): (80, 50.0), ("B",): (45, 50.0), ("C",): (45, 50.0)}
    found = attack(listed({(): {(): (170, 50.0)}, ("category",): totals, BOTH: row}))
    assert "few" in {one.kind for one in found}
    assert (BOTH, "who5") in {one.table for one in found}


def test_one_leaver_between_waves_is_told_when_the_means_tell_the_counts() -> None:
    """Items move in steps of 25: 14 people and 13 people have no mean in common but the plainest."""
    before = listed({(): {(): (15, 51.8)}}, wave="2013", measure="qwl_1")
    after = listed({(): {(): (15, 51.9)}}, measure="qwl_1")
    assert [one.n for one in attack(after, [before])] == [(1, 1)]
    assert [one.kind for one in attack(after, [before])] == ["waves"]
    assert not attack(after)


def test_waves_far_apart_or_rounded_alike_tell_nobody() -> None:
    assert not kinds(listed({(): {(): (40, 52.0)}}), listed({(): {(): (25, 52.0)}}, wave="2013"))
    assert not kinds(listed({(): {(): (40, 52.0)}}), listed({(): {(): (40, 52.0)}}, wave="2013"))
    assert kinds(listed({(): {(): (40, 52.0)}}), listed({(): {(): (35, 52.0)}}, wave="2013")) == {"waves"}


def test_an_item_that_one_person_left_out() -> None:
    """12 answered the item and 11 the scale: under what a count may read, neither is told."""
    answers = town({("D1", "A", "F"): varied(12, 20)}, measure="who5_1")
    whole = varied(11)
    answers = type(answers)("2015", answers.who, {**answers.scores, "who5": np.array([*whole, np.nan])})
    with pytest.raises(RefusedList, match="No group can be told"):
        publish(answers, [((), "who5"), ((), "who5_1")])


def test_an_item_beside_its_scale_isolates_those_who_left_another_out() -> None:
    scale = listed({(): {(): (40, 52.0)}})
    item = listed({(): {(): (45, 52.0)}}, measure="who5_1")
    both = Published("2015", 11, (*scale.tables, *item.tables))
    assert kinds(both) == {"items"}


def test_two_questions_that_share_nothing_isolate_as_well_who_left_one_out() -> None:
    scale = listed({(): {(): (40, 52.0)}})
    near = listed({(): {(): (45, 52.0)}}, measure="recommend")
    far = listed({(): {(): (60, 52.0)}}, measure="recommend")
    same = listed({(): {(): (40, 52.0)}}, measure="recommend")
    assert kinds(Published("2015", 11, (*scale.tables, *near.tables))) == {"items"}
    assert not kinds(Published("2015", 11, (*scale.tables, *far.tables)))
    assert not kinds(Published("2015", 11, (*scale.tables, *same.tables)))


def test_a_unanimous_group_is_hidden_and_one_at_the_end_of_the_scale_found() -> None:
    answers = town(
        {("D1", "A", "F"): [60.0] * 30, ("D2", "A", "F"): varied(40), ("D3", "A", "F"): varied(50)}
    )
    cells = told(publish(answers, [((), "who5"), (GROUP, "who5")]), *GROUP)
    assert cells[("D1",)] == cells[("D2",)] == (None, None)
    assert kinds(listed({(): {(): (30, 100.0)}})) == {"alike"}


def test_a_hidden_unanimous_group_is_found_by_its_sum() -> None:
    """About 100 people at 52.9, about 50 of them at 0.1: the others can only have answered 100."""
    found = kinds(listed({(): {(): (100, 52.9)}, GROUP: {("D1",): (50, 0.1), ("D2",): None}}))
    assert "alike" in found


def test_a_group_covered_as_a_census() -> None:
    heads = {("D1", "A", "F"): 22, ("D2", "A", "F"): 80, ("D3", "A", "F"): 80}
    answers = town({("D1", "A", "F"): varied(20), ("D2", "A", "F"): varied(40), ("D3", "A", "F"): varied(50)})
    open_list = publish(answers, [((), "who5"), (GROUP, "who5")])
    closed = publish(answers, [((), "who5"), (GROUP, "who5")], headcounts=heads)
    assert told(open_list, *GROUP)[("D1",)][0] == 20
    assert told(closed, *GROUP)[("D1",)] == (None, None)
    assert kinds(listed({(): {(): (20, 52.0)}}), heads={("D1", "A", "F"): 20}) == {"census"}


def test_rounding_that_still_isolates_by_the_means() -> None:
    """The counts allow nobody outside D1, but 46 is no mean of a town whose only group has 50: somebody else pulls it down."""
    alike = listed({(): {(): (100, 50.0)}, GROUP: {("D1",): (100, 50.0), ("D2",): None}})
    apart = listed({(): {(): (100, 49.0)}, GROUP: {("D1",): (100, 50.0), ("D2",): None}})
    assert not attack(alike)
    found = attack(apart)
    assert found and found[0].n[0] >= 1 and found[0].n[1] < 11


def test_counts_that_would_read_under_k_are_not_told() -> None:
    for many in (10, 12):
        with pytest.raises(RefusedList, match="No group can be told"):
            publish(town({("D1", "A", "F"): varied(many)}), [((), "who5")])
    assert not publish(town({("D1", "A", "F"): varied(13)}), [((), "who5")]).tables[0].cells[0].suppressed


def test_k_is_never_below_five() -> None:
    assert publish(town({("D1", "A", "F"): varied(8)}), [((), "who5")], k=1).k == LOWEST_K
    with pytest.raises(RefusedList):
        publish(town({("D1", "A", "F"): varied(4)}), [((), "who5")], k=1)


def test_a_table_of_three_attributes_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 2"):
        publish(town({}), [(("directorate_group", "category", "sex"), "who5")])


def test_a_list_that_loses_a_whole_table_is_refused_and_says_which() -> None:
    answers = town({("D1", "A", "F"): varied(40), ("D2", "A", "F"): varied(4)})
    with pytest.raises(RefusedList) as refused:
        publish(answers, [((), "who5"), (GROUP, "who5")])
    assert refused.value.tables == ((GROUP, "who5"),)
    assert "groupe de directions" in refused.value.fr and "directorate group" in refused.value.en


def test_results_come_from_published_cells_alone() -> None:
    answers = town({("D1", "A", "F"): varied(40), ("D2", "A", "F"): varied(50), ("D3", "B", "M"): varied(3)})
    frozen = json.loads(json.dumps(publish(answers, [((), "who5"), (GROUP, "who5")]).as_json()))
    hidden = {"n": None, "mean": None, "suppressed": True}
    assert results({}, "2015") == hidden
    publish_from(lambda wave: [frozen])
    try:
        assert results({}, "2015")["n"] == 95
        assert results({"directorate_group": "D2"}, "2015")["n"] == 50
        for filters in (
            {"directorate_group": "D3"},
            {"directorate_group": "nowhere"},
            {"sex": "F"},
            {"shoe": "42"},
        ):
            assert results(filters, "2015") == hidden
        assert results({"directorate_group": "D2", "category": "A"}, "2015") == hidden
        assert results({}, "2016") == hidden
        assert results({"measure": "qwl"}, "2015") == hidden
    finally:
        publish_from(None)
    assert Published.from_json(frozen).as_json() == frozen


def test_a_list_that_no_answers_give_does_not_pass_for_a_safe_one() -> None:
    with pytest.raises(ValueError, match="no answers give"):
        attack(listed({(): {(): (30, 52.0)}, GROUP: {("D1",): (40, 52.0), ("D2",): None}}))
