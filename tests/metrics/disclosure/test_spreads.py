"""What is told beside the tables: spreads, net scores, weighted means, the response; and what the attack finds in them."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from metrics.disclosure import Published, RefusedList, answers_of, attack, publish, refusal
from metrics.disclosure.spreading import merged
from metrics.disclosure.tables import Cell, Class, Net, Response, Spread, Summary, Table
from metrics.disclosure.weighing import weights_of
from tests.metrics.disclosure.test_one_base import whole
from tests.metrics.disclosure.towns import town, varied

MEAN = 52.0


def listed(
    *classes: tuple[float, float, float],
    n: int = 60,
    item: str = "who5_1",
    measure: str = "who5",
    mean: float | None = None,
    top2: float | None = None,
    wave: str = "2015",
) -> Published:
    """Return a list of the town alone with one spread, typed by hand; ``mean``: of the item."""
    tables = [Table((), measure, (Cell((), n, MEAN, 20.0),))]
    if mean is not None:
        tables = [Table((), item, (Cell((), n, mean, 20.0),)), *(tables if item != measure else ())]
    summaries = (Summary(measure, n, mean if item == measure and mean else MEAN, 20.0),)
    spread = Spread(item, measure, tuple(Class(*one) for one in classes), top2)
    return Published(wave, 11, tuple(tables), summaries, (spread,))


def kinds(published: Published, *earlier: Published) -> set[tuple[str, tuple[str, str] | None]]:
    return {(one.kind, one.part) for one in attack(published, earlier)}


def test_neighbouring_answers_are_merged_until_each_class_is_enough() -> None:
    assert merged([3, 20, 80, 120, 100, 25], 11) == [0, 2, 3, 4, 5, 6]
    assert merged([3, 20, 80, 120, 100, 2], 11) == [0, 2, 3, 4, 6]
    assert merged([12, 13, 13, 0, 0, 0], 11) == [0, 2, 6]  # 12 would read 10
    assert merged([5, 5, 5, 5], 11) == [0, 4]
    assert merged([20, 20, 20, 20], 11, [2]) == [0, 1, 2, 3, 4]
    assert (
        merged([6, 30, 12, 14, 6, 6], 11, [4]) == [0, 1 + 1, 4 + 2]
        or merged([6, 30, 12, 14, 6, 6], 11, [4])[-1] == 6
    )


@pytest.mark.parametrize("seed", range(30))
def test_no_class_is_ever_under_k(seed: int) -> None:
    draw = np.random.default_rng(seed)
    counted = draw.integers(0, 30, size=int(draw.integers(2, 12))).tolist()
    cuts = merged(counted, 11, [len(counted) // 2])
    sizes = [sum(counted[start:end]) for start, end in pairwise(cuts)]
    assert len(sizes) == 1 or min(sizes) >= 13
    assert cuts[0] == 0 and cuts[-1] == len(counted) and cuts == sorted(set(cuts))


def test_shares_are_those_of_the_answers() -> None:
    given = whole(5, many=200)
    published = publish(answers_of("2015", given), [((), "who5"), ((), "recommend")])
    for spread in published.spreads:
        for one in spread.classes:
            many = sum(one.low <= row[spread.item] <= one.high for row in given)
            assert one.share == round(many / 200, 2) and many >= 13
    spread = next(one for one in published.spreads if one.item == "who5_2")
    assert spread.top2 == round(sum(row["who5_2"] >= 4 for row in given) / 200, 2)
    net = published.summaries[1].net
    assert net is not None and net.promoters == round(sum(row["recommend"] >= 9 for row in given) / 200, 2)
    highs = [one.high for one in published.spreads[-1].classes]
    assert 6 in highs and 8 in highs


def test_two_best_answers_of_too_few_are_not_told() -> None:
    given = whole(6, many=60)
    for place, row in enumerate(given):
        row["who5_1"] = place % 4 if place > 5 else 5
    spread = next(
        one for one in publish(answers_of("2015", given), [((), "who5")]).spreads if one.item == "who5_1"
    )
    assert spread.top2 is None and spread.classes[-1].low <= 3


def test_a_spread_that_stands() -> None:
    assert not kinds(listed((0, 1, 0.25), (2, 3, 0.4), (4, 5, 0.35), top2=0.35))


def test_a_class_under_k_is_found_and_named() -> None:
    found = attack(listed((0, 0, 0.05), (1, 3, 0.55), (4, 5, 0.4)))
    assert [(one.kind, one.part) for one in found] == [("few", ("spread", "who5_1"))]
    assert refusal(found)[0].startswith("Retirer « répartition des réponses, who5_1 ».")
    assert refusal(found)[1].startswith("Remove “spread of the answers, who5_1”.")


def test_the_best_two_that_part_a_merged_class_or_lie() -> None:
    assert kinds(listed((0, 2, 0.4), (3, 5, 0.6), top2=0.35)) == {("contradiction", ("spread", "who5_1"))}


def test_shares_that_no_count_of_the_town_can_give() -> None:
    assert kinds(listed((0, 2, 0.4), (3, 5, 0.5))) == {("contradiction", ("spread", "who5_1"))}


def test_shares_that_tell_how_many_left_an_item_out() -> None:
    """7, 8 and 12 of 27 are 26 %, 30 % and 44 %, and no other number up to 32 gives them: one to five left the item out."""
    told = replace(listed((1, 2, 0.26), (3, 3, 0.3), (4, 5, 0.44), n=30, item="qwl_1", measure="qwl"), k=6)
    assert [(one.kind, one.part, one.n) for one in attack(told)] == [("items", ("spread", "qwl_1"), (1, 5))]
    halves = (Class(1, 3, 0.5), Class(4, 5, 0.5))
    assert not attack(replace(told, spreads=(Spread("qwl_1", "qwl", halves),)))


def test_an_item_s_mean_that_its_spread_cannot_give_or_only_at_one_end() -> None:
    classes = ((0.0, 1.0, 0.3), (2.0, 3.0, 0.3), (4.0, 5.0, 0.4))
    part = ("spread", "who5_1")
    assert ("contradiction", part) in kinds(listed(*classes, mean=20.0))
    assert ("alike", part) in kinds(listed(*classes, mean=42.5))
    assert not kinds(listed(*classes, mean=54.0))


def test_a_class_that_differs_by_a_few_between_waves_of_as_many() -> None:
    before = listed((0, 2, 0.40), (3, 5, 0.60), n=100, wave="2013")
    after = listed((0, 2, 0.46), (3, 5, 0.54), n=100)
    assert ("waves", ("spread", "who5_1")) in kinds(after, before)
    assert not kinds(listed((0, 2, 0.46), (3, 5, 0.54), n=160), before)  # dozens came: nobody in particular


def test_a_standard_deviation_that_tells_answers() -> None:
    def with_sd(sd: float) -> Published:
        return Published("2015", 11, (Table((), "who5", (Cell((), 60, 52.0, sd),)),))

    assert not attack(with_sd(20.0))
    assert [one.kind for one in attack(with_sd(0.0))] == ["alike"]
    assert [one.kind for one in attack(with_sd(50.0))] == ["ends"]


def test_a_group_at_both_ends_of_the_scale_is_hidden() -> None:
    answers = town(
        {("D1", "A", "F"): [0.0, 100.0] * 20, ("D2", "A", "F"): varied(40), ("D3", "A", "F"): varied(50)}
    )
    table = publish(answers, [((), "who5"), (("directorate_group",), "who5")]).tables[1]
    hidden = {cell.group[0][1] for cell in table.cells if cell.suppressed}
    assert "D1" in hidden and len(hidden - {None}) == 2


def test_a_net_score_of_too_few() -> None:
    def net(promoters: float, detractors: float) -> Published:
        one = Published("2015", 11, (Table((), "recommend", (Cell((), 60, 70.0, 20.0),)),))
        told = Net(round(100 * (promoters - detractors)), None, None, promoters, detractors)
        return replace(one, summaries=(Summary("recommend", 60, 70.0, 20.0, net=told),))

    assert not kinds(net(0.4, 0.3))
    assert kinds(net(0.1, 0.3)) == {("few", ("net", "recommend"))}
    assert kinds(net(0.5, 0.45)) == {("few", ("net", "recommend"))}  # those between


def test_a_response_of_too_few_or_of_nearly_everybody() -> None:
    one = Published("2015", 11, (Table((), "who5", (Cell((), 60, 52.0, 20.0),)),))
    assert not kinds(replace(one, response=Response(60, 100)))
    assert kinds(replace(one, response=Response(10, 100))) == {("few", ("response", ""))}
    assert kinds(replace(one, response=Response(60, 60))) == {("census", None)}
    assert kinds(replace(one, response=Response(70, 66))) == {("census", ("response", ""))}


def test_a_weighted_mean_that_tells_a_hidden_group_s_is_found() -> None:
    """At most four outside D1: the plain mean leaves theirs 12 points wide, one that weighs them three times 4."""
    names = {"directorate_group": None, "category": "A", "sex": "F"}
    first, second = (tuple((names | {"directorate_group": one}).items()) for one in ("D1", "D2"))
    cells = (Cell((("directorate_group", "D1"),), 60, 50.0), Cell((("directorate_group", "D2"),)))
    tables = (Table((), "strain", (Cell((), 60, 50.0),)), Table(("directorate_group",), "strain", cells))
    told = Published("2015", 11, tables, (Summary("strain", 60, 50.0, weighted=50.0),))
    assert not attack(told)
    found = attack(told, weights={first: 1.0, second: 3.0})
    assert {(one.kind, one.part) for one in found} == {("mean", ("weighted", "strain"))}
    assert "moyenne redressée" in refusal(found)[0] and "weighted mean" in refusal(found)[1]


def test_weights_are_those_of_the_strata() -> None:
    answers = town({("D1", "A", "F"): varied(60), ("D2", "A", "M"): varied(30)})
    heads = {("D1", "A", "F"): 90, ("D2", "A", "M"): 60}
    values = {"directorate_group": ("D1", "D2", None), "category": ("A", None), "sex": ("F", "M", None)}
    weights = weights_of(answers, "who5", heads, values)
    assert weights is not None
    each = {tuple(value for _, value in group): weight for group, weight in weights.items()}
    assert each[("D1", "A", "F")] == pytest.approx(1.5) and each[("D2", "A", "M")] == pytest.approx(2.0)
    assert each[("D1", "A", None)] == pytest.approx(
        150 / 90
    )  # who left something out weighs as the others do
    summary = publish(answers, [((), "who5")], headcounts=heads).summaries[0]
    score = answers.scores["who5"]
    assert summary.weighted == round(float((1.5 * score[:60].sum() + 2 * score[60:].sum()) / 150), 1)


def test_without_a_staff_register_nothing_is_weighted_and_the_limits_are_the_mean_s() -> None:
    summary = publish(town({("D1", "A", "F"): varied(60)}), [((), "who5")], headcount=100).summaries[0]
    sd = float(np.std(varied(60), ddof=1))
    half = 1.96 * sd / np.sqrt(60) * np.sqrt(0.4)
    assert summary.weighted is summary.effective_n is summary.design_effect is None
    assert summary.mean is not None and summary.low == pytest.approx(summary.mean - half, abs=0.11)


def test_a_town_that_cannot_be_told_is_not_published() -> None:
    for many, asked in ((12, 100), (60, 61)):
        with pytest.raises(RefusedList, match="not even the town"):
            publish(answers_of("2015", whole(8, many=many)), [((), "who5")], headcount=asked)
