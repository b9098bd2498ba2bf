"""What a scenario can move is told from the texts alone; computed all the same, the rest stays as it is."""

from datetime import date
from typing import Any

import pytest

from data.engine import Engine
from metrics import compile, compute, drivers
from metrics.definitions import Catalogue
from metrics.moving import Replacement, Rows
from metrics.reach import can_move
from metrics.relations import shipped
from metrics.scenario import from_text, relations

LAST = date(2015, 6, 30)
CHOSEN = {"awards_refused": ",partner_kind=region", "project_dropped": ",project=P002"}


def reached(catalogue: Catalogue, *made: Replacement) -> set[str]:
    return {id for id in catalogue.kpis if can_move(catalogue, id, shipped(), made)}


def test_a_column_reaches_what_reads_it(catalogue: Catalogue) -> None:
    own = reached(catalogue, Replacement("projects", "TRUE", (("own_funds_amount", "0"),)))
    assert own == {"leverage_awarded", "secured_share", "compliant_plans"}
    paid = reached(catalogue, Replacement("payments", "TRUE", (("paid_on", "NULL"),)))
    assert paid == {"active_partner_share", "partner_retention"}  # through the second branch of a union
    assert reached(catalogue, Replacement("projects", "TRUE", (("territory_code", "''"),))) == set()
    more = reached(catalogue, Replacement("payments", "FALSE", (), (Rows("", "TRUE", ()),)))
    assert more >= paid  # rows come on top: whatever reads the table
    base = reached(catalogue, Replacement("projects", "TRUE", (("closed_on", "NULL"),)))
    assert "files_per_manager" in base  # through another KPI


@pytest.mark.parametrize(
    "id", ["awards_cut", "own_funds", "payment_delay", "works_inflation", "min_own_share", "success_rate"]
)
def test_what_is_out_of_reach_stays(id: str, town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text(id + CHOSEN.get(id, ""), LAST, catalogue.parameters)
    made = drivers.drivers()[id].replaces
    still = [
        kpi
        for kpi, one in catalogue.kpis.items()
        if not one.has_own_periods and not one.is_survey and not can_move(catalogue, kpi, shipped(), made)
    ]
    both = [
        [
            (one.kpi, one.value, one.n, one.reason)
            for one in compute.readings(town, catalogue, still, [LAST], None, over)
        ]
        for over in (None, relations(scenario))
    ]
    assert still and both[0] == both[1]


def test_a_moved_slider_keeps_its_statements(
    town: Engine, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compiled once, whatever the value; each value gives its own answer."""
    compiled: list[object] = []
    true = compile.compile_kpis

    def counted(*args: Any) -> compile.Compiled:
        compiled.append(args)
        return true(*args)

    monkeypatch.setattr(compile, "compile_kpis", counted)
    found = [
        compute.readings(
            town,
            catalogue,
            ["cofinancing_raised"],
            [LAST],
            None,
            relations(from_text(f"awards_cut,share={share}", LAST, catalogue.parameters)),
        )[0].value
        for share in (0.11, 0.12, 0.13)
    ]
    assert found == pytest.approx([15e6 * 0.89, 15e6 * 0.88, 15e6 * 0.87]) and len(compiled) == 1
