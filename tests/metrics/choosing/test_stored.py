"""Candidates of the store: what is known of each, what is assumed, what the scorecard makes of it."""

from datetime import date

import pytest

from data.engine import Engine
from metrics import whatif
from metrics.choosing.points import points, scored
from metrics.choosing.question import Candidate
from metrics.choosing.reading import read
from metrics.choosing.solving import choose
from metrics.definitions import Catalogue
from metrics.refusing import BadEntry
from metrics.scenario import from_text

LAST = date(2015, 6, 30)


def candidates(town: Engine, catalogue: Catalogue, **asked: object) -> dict[str, Candidate]:
    """Return the store's candidates by id."""
    raw = {"years": [2015, 2016, 2017], "candidates": {"from": "store", **asked}}
    return {one.id: one for one in read(raw, town, catalogue, LAST).candidates}


def test_funded_files_have_the_plans_of_the_sheet(town: Engine, catalogue: Catalogue) -> None:
    told = candidates(town, catalogue, which="funded")
    assert len(told) == 10 and sum(one.own for one in told.values()) == pytest.approx(3e6)
    assert sum(one.public for one in told.values()) == pytest.approx(10.5e6)
    assert sum(one.private for one in told.values()) == pytest.approx(4.5e6)
    second = told["P002"]
    assert (second.cost, second.leverage, second.pending, second.unasked) == (4e6, 9, 0, 0)
    assert second.needs["own"] == (200_000, 200_000) and second.needs["fte"] == (1.0, 1.0)
    assert second.traits["theme"] == "Aménagement urbain" and second.traits["works"] == "started"
    assert not second.own_missing and told["P003"].has_derogation


def test_pending_requests_are_partners_money_that_may_not_come(town: Engine, catalogue: Catalogue) -> None:
    told = candidates(town, catalogue, which="pending")
    assert len(told) == 8 and sum(one.pending for one in told.values()) == pytest.approx(11e6)
    assert all(one.unasked == pytest.approx(one.cost - one.own - one.pending) for one in told.values())


def test_those_not_begun_may_wait_where_years_are_free(town: Engine, catalogue: Catalogue) -> None:
    raw = {
        "years": [2015, 2016, 2017],
        "start_years": "free",
        "candidates": {"from": "store", "which": "open"},
    }
    asked = read(raw | {"committed": "started"}, town, catalogue, LAST)
    assert len(asked.candidates) == 100
    for one in asked.candidates:
        assert one.starts == ((2015,) if one.id in asked.committed else (2015, 2016, 2017))
    assert "P001" in asked.committed


def test_under_a_scenario_the_candidates_are_the_scenario_s(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("own_funds,change=1", LAST, catalogue.parameters)
    told = candidates(whatif.under(town, scenario), catalogue, which="funded")  # type: ignore[arg-type]
    assert sum(one.own for one in told.values()) == pytest.approx(6e6)


def test_rules_name_any_column(town: Engine, catalogue: Catalogue) -> None:
    raw = {
        "years": [2015, 2016],
        "candidates": {"from": "store", "which": "funded", "but": ["P001"]},
        "budgets": {"own": 700_000},
        "limits": [{"column": "lead_directorate", "value": "DADI", "most": 1}],
        "partner_caps": {"region": 1_000_000},
    }
    asked = read(raw | {"risk": {"solved": 0}}, town, catalogue, LAST)
    found = choose(asked).portfolio
    assert found is not None and found.ids and not found.breaks
    held = [asked.candidate(id) for id in found.ids]
    assert sum(one.traits["lead_directorate"] == "DADI" for one in held) <= 1
    assert sum(one.partners.get("region", 0) for one in held) <= 1_000_000


def test_no_candidate_is_refused(town: Engine, catalogue: Catalogue) -> None:
    with pytest.raises(BadEntry):
        candidates(town, catalogue, directorate="Nulle part")


def test_points_are_what_the_total_score_loses_without_the_project(
    town: Engine, catalogue: Catalogue
) -> None:
    one = candidates(town, catalogue, which="funded")["P002"]
    (told,) = scored(town, catalogue, LAST, [one])
    dropped = from_text("project_dropped,project=P002", LAST, catalogue.parameters)
    found = whatif.compare(town, catalogue, dropped, LAST)
    assert told.points_from == "scorecard" and found.base_score.score and found.scenario_score.score
    lost = found.base_score.score - found.scenario_score.score
    assert told.points == pytest.approx(lost) and lost > 0
    assert points(town, catalogue, LAST, "", "") == 0
