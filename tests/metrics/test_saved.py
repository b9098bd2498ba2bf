"""Saved scenarios: kept by the store like any decision, the same on the same data, and what newer data make of them."""

from datetime import date
from pathlib import Path

import pytest

from data.access import Actor, Forbidden, local_actor
from data.engine import Engine
from data.store import Store
from metrics import saved
from metrics.definitions import Catalogue
from metrics.refusing import BadEntry
from metrics.saved import Change, Outcome, Saved, changes, outcome_of, read_outcome, renamed, row_of
from metrics.scenario import Scenario, from_text
from metrics.whatif import Comparison, compare

MAY, LAST = date(2015, 5, 31), date(2015, 6, 30)
TEXT = "awards_cut,share=0.2"
EDITOR, VIEWER = Actor("dadi", "editor"), Actor("maire", "viewer")


@pytest.fixture(scope="module")
def in_may(town: Engine, catalogue: Catalogue) -> Comparison:
    """The scenario of the tests, as it looked in May."""
    return compare(town, catalogue, from_text(TEXT, MAY, catalogue.parameters), MAY)


def test_a_scenario_is_kept_signed_renamed_taken_out_and_brought_back(
    own_town: Path, catalogue: Catalogue, in_may: Comparison
) -> None:
    store = Store(own_town)
    before = len(saved.read(store.engine(local_actor())))
    assert store.record(EDITOR, "scenarios", [row_of(in_may, " Région en baisse ", "À montrer au maire")]).ok
    (one, *others) = saved.read(store.engine(EDITOR))
    assert (one.name, one.as_of, one.decided_by, one.words) == (
        "Région en baisse", MAY, "dadi", "À montrer au maire",
    )  # fmt: skip
    assert len(others) == before and one.outcome is not None
    assert saved.find(store.engine(EDITOR), one.scenario_id) == one
    again = one.scenario(catalogue.parameters)
    assert again.uses == in_may.scenario.uses and again.label.fr == "Région en baisse"
    assert store.record(Actor("autre", "editor"), "scenarios", [renamed(one, "Moins d'aides")]).ok
    new = saved.find(store.engine(EDITOR), one.scenario_id)
    assert new is not None and (new.name, new.decided_by, new.words) == (
        "Moins d'aides",
        "dadi",
        one.words,
    )
    out = store.withdraw(EDITOR, "scenarios", [one.scenario_id])
    assert out.ok and saved.find(store.engine(EDITOR), one.scenario_id) is None
    assert store.undo(EDITOR, out.import_id or 0).ok
    assert saved.find(store.engine(EDITOR), one.scenario_id) == new
    with pytest.raises(Forbidden):
        store.record(VIEWER, "scenarios", [row_of(in_may, "Sans droit")])


def kept(in_may: Comparison, text: str = TEXT) -> Saved:
    return Saved("H1", "Essai", text, MAY, outcome=read_outcome(outcome_of(in_may).as_text()))


def test_on_the_same_data_nothing_has_changed(catalogue: Catalogue, in_may: Comparison) -> None:
    found = changes(kept(in_may), in_may)
    assert [one.kpi for one in found] == ["", *catalogue.kpis]
    assert not any(one.has_changed for one in found)


def test_newer_data_change_both_sides(town: Engine, catalogue: Catalogue, in_may: Comparison) -> None:
    one = kept(in_may)
    now = compare(town, catalogue, one.scenario(catalogue.parameters), LAST)
    found = {change.kpi: change for change in changes(one, now)}
    awarded = {
        day: float(amount or 0)
        for day in (MAY, LAST)
        for ((amount,),) in [
            town.rows(
                "SELECT SUM(awarded_amount) FROM financings WHERE project_id LIKE 'P0%' AND awarded_on >= DATE '2014-09-01' "
                f"AND awarded_on <= DATE '{day}'"
            )
        ]
    }
    raised = found["cofinancing_raised"]
    assert raised.then == pytest.approx((awarded[MAY], 0.8 * awarded[MAY]))
    assert raised.now == pytest.approx((15e6, 12e6)) and awarded[LAST] == 15e6
    assert raised.has_changed and raised.base == pytest.approx(15e6 - awarded[MAY])
    assert raised.effect_now == pytest.approx(-3e6)
    assert raised.effect_then == pytest.approx(-0.2 * awarded[MAY])


def test_what_was_left_open_is_as_on_the_day_it_was_saved(catalogue: Catalogue, in_may: Comparison) -> None:
    found = kept(in_may, "project_dropped,project=P001").scenario(catalogue.parameters)
    assert found.uses[0].given["dropped_on"] == MAY


def test_a_text_that_is_none_keeps_no_outcome_and_a_driver_that_is_gone_is_said(
    catalogue: Catalogue, in_may: Comparison
) -> None:
    for text in (
        "",
        "{}",
        "[1]",
        '{"readings": {"a": [1]}, "score": [1, 2]}',
        '{"readings": 3, "score": [1, 2]}',
    ):
        assert read_outcome(text) is None
    assert changes(Saved("H1", "Essai", TEXT, MAY), in_may) == ()
    with pytest.raises(BadEntry):
        Saved("H1", "Essai", "moon_landing", MAY).scenario(catalogue.parameters)


def test_the_demo_s_scenarios_said_on_their_day_what_is_computed_today(
    town: Engine, catalogue: Catalogue
) -> None:
    """Where this fails a definition, the demo or a driver changed: write data/demo/outcomes anew with ``outcome_of``."""
    kept_ones = saved.read(town)
    assert [one.scenario_id for one in kept_ones] == ["S03", "S02", "S01"]
    for one in kept_ones:
        assert one.as_of < (one.decided_on or LAST) < LAST
        then = compare(town, catalogue, one.scenario(catalogue.parameters), one.as_of)
        assert then.scenario.as_text() == one.drivers and one.outcome == read_outcome(
            outcome_of(then).as_text()
        )
        now = compare(town, catalogue, one.scenario(catalogue.parameters), LAST)
        moved = {change.kpi for change in changes(one, now) if change.has_changed}
        assert {"", "leverage_awarded", "cofinancing_raised"} <= moved and "user_satisfaction" not in moved


def test_unknown_is_not_zero() -> None:
    one = Change("x", (None, 4.0), (3.0, None))
    assert one.has_changed and one.base is one.scenario is one.effect_then is one.effect_now is None
    assert not Change("x", (None, 2.0), (None, 2.0 + 1e-9)).has_changed
    amount = Outcome({"x": (1_234_567_890.126, 0.0)})
    assert read_outcome(amount.as_text()) == Outcome({"x": (1_234_567_890.13, 0.0)})
    assert read_outcome(Outcome({"x": (None, 1 / 3)}).as_text()) == Outcome({"x": (None, 0.3333333)})


def test_an_outcome_of_all_kpis_fits_its_column(in_may: Comparison) -> None:
    from schemas.scenarios import LONGEST_OUTCOME

    assert len(outcome_of(in_may).as_text()) < LONGEST_OUTCOME / 3
    assert Scenario().as_text() == ""  # an empty one has no drivers to keep: the column is required
