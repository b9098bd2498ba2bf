"""Each driver against arithmetic by hand on the demo town, and the language that they are written in."""

from datetime import date

import pytest

from data.engine import Engine
from metrics import drivers, whatif
from metrics.definitions import Catalogue
from metrics.drivers import driver
from metrics.present import now
from metrics.refusing import BadEntry
from metrics.scenario import from_text, moved, without_moved
from metrics.whatif import Line

LAST = date(2015, 6, 30)
LABEL = {"fr": "x", "en": "x"}


@pytest.fixture(scope="module")
def asked(town: Engine, catalogue: Catalogue):  # type: ignore[no-untyped-def]
    """Compare a scenario given as text: its lines by KPI."""

    def run(text: str, as_of: date = LAST) -> dict[str, Line]:
        scenario = from_text(text, as_of, catalogue.parameters)
        return {line.kpi: line for line in whatif.compare(town, catalogue, scenario, as_of).lines}

    return run


def today(town: Engine, driver: str, name: str, **given: object) -> float | None:
    return now(town, drivers.drivers()[driver], name, given, LAST)  # type: ignore[arg-type]


def test_pending_requests_at_their_expected_value(asked, town: Engine) -> None:  # type: ignore[no-untyped-def]
    """11 M€ pending: 60 % succeed for 5/6 of what was asked, 20.5 M€ in all; their own funds enter for 60 %."""
    lines = asked("success_rate,share=0.6")
    ((own,),) = town.rows(
        "SELECT SUM(own_funds_amount) FROM projects WHERE project_id IN (SELECT project_id FROM financings "
        "WHERE awarded_on IS NULL AND refused_on IS NULL)"
    )
    assert lines["cofinancing_raised"].scenario.value == pytest.approx(20.5e6, abs=1)
    assert lines["leverage_awarded"].scenario.value == pytest.approx(
        20.5e6 / (3e6 + 0.6 * float(own)), rel=1e-6
    )
    assert lines["success_rate"].scenario.value == pytest.approx(20.5 / (20.5 + 8 + 0.4 * 11), rel=1e-6)
    assert lines["investment_capacity_index"].scenario.value == pytest.approx((9 + 11 + 5.5) / 10, rel=1e-6)
    assert not lines["active_files"].has_moved


def test_pending_requests_all_refused(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("success_rate,share=0")
    assert not lines["leverage_awarded"].has_moved and not lines["cofinancing_raised"].has_moved
    assert lines["success_rate"].scenario.value == pytest.approx(15 / (15 + 8 + 11))


def test_a_programme_s_requests_alone(asked) -> None:  # type: ignore[no-untyped-def]
    """Two of the eight requests are of FEDER."""
    line = asked("success_rate,share=1,awarded_ratio=1,programme=FEDER")["cofinancing_raised"]
    assert line.difference == pytest.approx(2 * 1_375_000)


def test_what_the_data_say_today(town: Engine) -> None:
    ((won, decided, awarded, requested),) = town.rows(
        "SELECT COUNT(awarded_on), COUNT(*), SUM(awarded_amount), SUM(CASE WHEN awarded_amount > 0 THEN requested_amount END) "
        "FROM financings WHERE COALESCE(awarded_on, refused_on) > DATE '2012-06-30'"
    )
    assert today(town, "success_rate", "share") == pytest.approx(won / decided)
    assert today(town, "success_rate", "awarded_ratio") == pytest.approx(float(awarded) / float(requested))
    assert today(town, "success_rate", "share", programme="FEDER") != today(town, "success_rate", "share")
    assert today(town, "awards_cut", "share") == 0
    assert today(town, "success_rate", "programme") is None
    with pytest.raises(KeyError):
        today(town, "success_rate", "chance")


def test_futures_are_told_what_is_assumed(catalogue: Catalogue) -> None:
    scenario = from_text(
        "awards_cut,share=0.2;success_rate,share=0.7;decision_time,days=90", LAST, catalogue.parameters
    )
    assert {one.assumption: one.value for one in moved(scenario)} == {
        "success": 0.7,
        "awarded_ratio": pytest.approx(5 / 6),
        "decision_days": 90,
    }
    assert [use.driver for use in without_moved(scenario).uses] == ["awards_cut"]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"parameters": {"p": {"kind": "choice", "label": LABEL}}}, "choices"),
        ({"replaces": {"projects": {"columns": {"title": "'x'"}}}}, "when"),
        ({"replaces": {"projects": {"rows": [{"from": "project"}]}}}, "project"),
        ({"replaces": {"projects": {"rows": [{"columns": {"name": "'x'"}}]}}}, "name"),
        ({"replaces": {"projects": {"rows": [{"columns": {"title": ":title"}}]}}}, "title"),
        (
            {"replaces": {"projects": {"when": "EXISTS (SELECT 1 FROM won_lines)", "columns": {}}}},
            "won_lines",
        ),
        (
            {
                "replaces": {"projects": {"when": "TRUE"}},
                "parameters": {"p": {"kind": "eur", "label": LABEL, "now": ":q"}},
            },
            "q",
        ),
    ],
)
def test_an_entry_that_cannot_be_is_refused(raw: dict[str, object], words: str) -> None:
    with pytest.raises(BadEntry) as refused:
        driver("mine", {"label": LABEL, **raw})
    assert words in refused.value.reason.fr
