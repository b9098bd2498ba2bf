"""From KPIs to objectives, perspectives and the whole: on the weight there is, said beside it, nothing imputed."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.definitions import Catalogue, Kpi, Objective, Perspective, Scorecard, Thresholds
from metrics.reading import Reading
from metrics.scores import RollUp, roll_up
from schemas.text import Text

NAME = Text("Essai", "Trial")


def kpi(id: str, objective: str, weight: float = 1.0, **goal: object) -> Kpi:
    """Return a KPI whose target is 100 and floor 0."""
    given = {"target": 100.0, "floor": 0.0} | goal
    return Kpi(id, id, NAME, objective, "n", "up", "monthly", weight=weight, **given)  # type: ignore[arg-type]


def town(*kpis: Kpi, **thresholds: float) -> Catalogue:
    """Return a scorecard of two perspectives: A with A1 (weight 3) and A2 (weight 1), B with B1 alone."""
    a = Perspective("A", NAME, (Objective("A1", NAME, 3.0), Objective("A2", NAME, 1.0)))
    b = Perspective("B", NAME, (Objective("B1", NAME),))
    card = Scorecard("Essai", NAME, (a, b), thresholds=Thresholds(**thresholds))
    return Catalogue(card, {one.id: one for one in kpis})


def scored(catalogue: Catalogue, **points: float | None) -> RollUp:
    """Return the roll-up of these scores; None is an unknown reading, a KPI not named has no reading at all."""
    readings = {id: _reading(catalogue.kpis[id], score) for id, score in points.items()}
    return roll_up(catalogue, readings)


def _reading(one: Kpi, score: float | None) -> Reading:
    status = (
        "unknown"
        if score is None
        else "on_target"
        if score == 100
        else "watch"
        if score >= 50
        else "off_target"
    )
    return Reading(one.id, one.code, date(2015, 6, 30), "2015-06", {}, score, "n", score=score, status=status)  # type: ignore[arg-type]


def test_an_objective_is_the_weighted_mean_of_its_kpis() -> None:
    found = scored(town(kpi("x", "A1", 0.75), kpi("y", "A1", 0.25)), x=80, y=40)
    assert found.objectives["A1"].score == pytest.approx(70)
    assert found.objectives["A1"].coverage == 1


def test_weights_go_all_the_way_up() -> None:
    found = scored(town(kpi("x", "A1"), kpi("y", "A2"), kpi("z", "B1")), x=100, y=20, z=40)
    assert found.perspectives["A"].score == pytest.approx(80)  # 3 x 100 and 1 x 20
    assert found.total.score == pytest.approx(60)  # 80 and 40
    assert found.total.coverage == 1


def test_a_missing_kpi_is_left_out_of_score_and_counted_in_coverage() -> None:
    found = scored(town(kpi("x", "B1", 0.75), kpi("y", "B1", 0.25)), x=60, y=None)
    assert found.objectives["B1"].score == pytest.approx(60)  # neither 45 (as 0) nor 70 (as 100)
    assert found.objectives["B1"].coverage == pytest.approx(0.75)


def test_a_kpi_never_read_counts_as_missing() -> None:
    catalogue = town(kpi("x", "B1", 0.75), kpi("y", "B1", 0.25))
    assert scored(catalogue, x=60) == scored(catalogue, x=60, y=None)


@pytest.mark.parametrize(("weight", "score"), [(0.70, 60.0), (0.69, None)])
def test_below_70_percent_of_the_weight_nothing_is_computed(weight: float, score: float | None) -> None:
    found = scored(town(kpi("x", "B1", weight), kpi("y", "B1", 1 - weight)), x=60)
    assert found.objectives["B1"].score == (None if score is None else pytest.approx(score))
    assert found.objectives["B1"].coverage == pytest.approx(weight)
    assert (found.objectives["B1"].status == "unknown") is (score is None)


def test_the_town_may_ask_for_another_coverage() -> None:
    kpis = kpi("x", "B1", 0.5), kpi("y", "B1", 0.5)
    assert scored(town(*kpis, min_coverage=0.5), x=60).objectives["B1"].score == 60
    assert scored(town(*kpis), x=60).objectives["B1"].score is None


def test_an_objective_not_computed_weighs_nothing_further_up() -> None:
    found = scored(town(kpi("x", "A1"), kpi("y", "A2")), x=40)
    assert found.objectives["A2"].score is None and found.objectives["A2"].coverage == 0
    assert found.perspectives["A"].score == 40 and found.perspectives["A"].coverage == pytest.approx(0.75)
    other = scored(town(kpi("x", "A1"), kpi("y", "A2")), y=40)
    assert other.perspectives["A"].score is None and other.perspectives["A"].coverage == pytest.approx(0.25)


def test_coverage_is_carried_up_not_forgotten() -> None:
    found = scored(town(kpi("x", "A1", 0.8), kpi("w", "A1", 0.2), kpi("y", "A2")), x=50, y=50)
    assert found.perspectives["A"].coverage == pytest.approx((3 * 0.8 + 1) / 4)


def test_nothing_known_is_unknown_not_zero() -> None:
    found = scored(town(kpi("x", "A1"), kpi("z", "B1")))
    for score in (*found.objectives.values(), *found.perspectives.values(), found.total):
        assert (score.score, score.coverage, score.status) == (None, 0, "unknown")


def test_a_zero_is_a_score() -> None:
    found = scored(town(kpi("z", "B1")), z=0)
    assert (found.objectives["B1"].score, found.objectives["B1"].coverage) == (0, 1)
    assert found.objectives["B1"].status == "off_target"


def test_a_kpi_without_goal_weighs_nothing() -> None:
    catalogue = town(
        kpi("z", "B1"), kpi("note", "B1", target=None, floor=None), kpi("bare", "B1", floor=None)
    )
    assert scored(catalogue, z=60).objectives["B1"].coverage == 1


def test_the_whole_is_on_target_only_when_every_part_is() -> None:
    catalogue = town(kpi("x", "B1", 0.9), kpi("y", "B1", 0.1))
    assert scored(catalogue, x=100, y=100).objectives["B1"].status == "on_target"
    assert scored(catalogue, x=100, y=99).objectives["B1"].status == "watch"
    assert scored(catalogue, x=45, y=45).objectives["B1"].status == "off_target"


def test_the_demo_town_scores_what_it_can(catalogue: Catalogue) -> None:
    """Fewer than half of the objectives of perspective A have a KPI: it has no score, and the map says so."""
    readings = {id: replace(_reading(one, 100.0), kpi=id) for id, one in catalogue.kpis.items()}
    found = roll_up(catalogue, readings)
    measured = {one.objective for one in catalogue.kpis.values()}
    assert all((found.objectives[code].score == 100) is (code in measured) for code in found.objectives)
    for side in catalogue.scorecard.perspectives:
        share = sum(goal.code in measured for goal in side.objectives) / len(side.objectives)
        assert found.perspectives[side.code].coverage == pytest.approx(share)
        assert found.perspectives[side.code].score == (100 if share >= 0.7 else None)
