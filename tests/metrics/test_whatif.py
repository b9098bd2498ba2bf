"""What if: definitions over replaced relations, worked out by hand where it can be, and nothing stored whatever is asked."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics import drivers, moment, whatif
from metrics.__main__ import main
from metrics.definitions import Catalogue
from metrics.drivers import driver
from metrics.moving import bound, literal, named, parsed, select, values
from metrics.refusing import BadEntry
from metrics.relations import columns_of, shipped
from metrics.scenario import Scenario, Use, from_data, from_text
from metrics.scenario import relations as scenario_relations
from metrics.whatif import Comparison, Line

LAST = date(2015, 6, 30)


@pytest.fixture(scope="module")
def asked(town: Engine, catalogue: Catalogue):  # type: ignore[no-untyped-def]
    """Compare a scenario given as text, once each."""
    known: dict[str, Comparison] = {}

    def run(text: str, as_of: date = LAST) -> dict[str, Line]:
        if text not in known:
            scenario = from_text(text, as_of, catalogue.parameters)
            known[text] = whatif.compare(town, catalogue, scenario, as_of)
        return {line.kpi: line for line in known[text].lines}

    return run


def test_nothing_moved_moves_nothing(asked, catalogue: Catalogue) -> None:  # type: ignore[no-untyped-def]
    lines = asked("")
    assert set(lines) == set(catalogue.kpis)
    assert not any(line.can_move or line.has_moved for line in lines.values())


def test_a_fifth_less_grant_is_four_for_one(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("awards_cut,share=0.2")
    assert lines["leverage_awarded"].scenario.value == pytest.approx(4.0)
    assert lines["cofinancing_raised"].difference == pytest.approx(-3_000_000)
    assert lines["investment_capacity_index"].scenario.value == pytest.approx((9 + 0.8 * 11) / 10)
    assert lines["leverage_awarded"].scenario.status == "watch"
    assert (
        not lines["partners_joined"].can_move
        and lines["partners_joined"].scenario == lines["partners_joined"].base
    )
    assert lines["throughput"].has_moved is False


def test_own_funds_move_the_denominator_alone(asked) -> None:  # type: ignore[no-untyped-def]
    lines = asked("own_funds,change=0.25")
    assert lines["leverage_awarded"].scenario.value == pytest.approx(15 / 3.75)
    assert lines["leverage_awarded"].scenario.numerator == 15_000_000
    assert not lines["cofinancing_raised"].has_moved and not lines["investment_capacity_index"].has_moved


def test_less_own_money_breaks_the_legal_share(asked) -> None:  # type: ignore[no-untyped-def]
    line = asked("own_funds,change=-0.05")["compliant_plans"]
    assert line.base.value == 1 and line.scenario.value < 1


def test_a_project_dropped_is_no_longer_open_and_its_money_is_gone(asked, town: Engine) -> None:  # type: ignore[no-untyped-def]
    lines = asked("project_dropped,project=P001")
    ((awarded, own),) = town.rows(
        "SELECT SUM(f.awarded_amount), MAX(p.own_funds_amount) FROM financings f JOIN projects p USING (project_id) "
        "WHERE p.project_id = 'P001' AND f.awarded_on IS NOT NULL AND f.nature IN "
        "('grant', 'partner_contribution', 'participation', 'sponsorship')"
    )
    assert lines["active_files"].difference == -1
    assert lines["cofinancing_raised"].scenario.value == 15_000_000 - float(awarded)
    assert lines["leverage_awarded"].scenario.value == pytest.approx(
        (15e6 - float(awarded)) / (3e6 - float(own))
    )


def test_later_decisions_are_those_of_an_earlier_date(asked, town: Engine) -> None:  # type: ignore[no-untyped-def]
    line = asked("decision_delay,months=3")["cofinancing_raised"]
    ((by_hand,),) = town.rows(
        "SELECT SUM(f.awarded_amount) FROM financings f JOIN projects p USING (project_id) WHERE f.awarded_on >= DATE '2014-09-01' "
        "AND f.awarded_on + INTERVAL 3 MONTH <= DATE '2015-06-30' AND COALESCE(p.project_owner, 'city') = 'city' "
        "AND f.nature IN ('grant', 'partner_contribution', 'participation', 'sponsorship')"
    )
    assert line.scenario.value == float(by_hand)


def test_a_refusal_counts_among_the_refused(asked) -> None:  # type: ignore[no-untyped-def]
    line = asked("awards_refused,partner_kind=region")["success_rate"]
    assert line.scenario.value < line.base.value
    assert line.scenario.denominator > line.base.denominator - 1  # what was asked replaces what was awarded


def test_drivers_add_up_in_their_order(asked) -> None:  # type: ignore[no-untyped-def]
    both = asked("awards_cut,share=0.2;awards_cut,share=0.5;own_funds,change=1")
    assert both["leverage_awarded"].scenario.value == pytest.approx(15 * 0.8 * 0.5 / 6)


def test_a_directorate_s_part_moves_too(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("project_dropped,project=P002", LAST, catalogue.parameters)
    ((lead,),) = town.rows("SELECT lead_directorate FROM projects WHERE project_id = 'P002'")
    found = {line.kpi: line for line in whatif.compare(town, catalogue, scenario, LAST, lead).lines}
    assert found["active_files"].difference == -1
    assert "investment_capacity_index" not in found


def test_the_base_is_what_screens_show(asked, town: Engine, catalogue: Catalogue) -> None:  # type: ignore[no-untyped-def]
    shown = moment.readings(town, catalogue, LAST)
    assert all(line.base == shown[line.kpi] for line in asked("awards_cut,share=0.2").values())


def test_every_driver_is_a_select_over_the_same_columns(catalogue: Catalogue) -> None:
    for one in drivers.drivers().values():
        assert one.label.fr and one.label.en and one.note.fr and one.note.en
        for part in one.replaces:
            made = parsed(select(part, (), "moved_1"))
            assert made.named_selects == columns_of(part.relation, shipped())  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text", ["awards_cut,share=0.2", "project_dropped,project=P001", "decision_delay,months=3"]
)
def test_nothing_is_ever_stored(text: str, own_town: Path, catalogue: Catalogue) -> None:
    store = Store(own_town)
    before = store.verify(local_actor()).content_sha256
    files = {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in own_town.parent.rglob("*.duckdb")
        if path.is_file()
    }
    scenario = from_text(text, LAST, catalogue.parameters)
    assert whatif.compare(store.engine(local_actor()), catalogue, scenario, LAST).moved
    assert store.verify(local_actor()).content_sha256 == before
    assert files == {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("award_cut,share=0.2", "awards_cut"),
        ("awards_cut,shar=0.2", "share"),
        ("awards_cut,share=2", "0 à 1"),
        ("awards_cut,share=nan", "0 à 1"),
        ("awards_cut,share=un peu", "0 à 1"),
        ("decision_delay,months=1.5", "nombre entier"),
        ("decision_delay,months=3,since=hier", "une date"),
        ("project_dropped", "Projet"),
        ("awards_refused", "partner_kind"),
    ],
)
def test_what_cannot_be_is_refused_with_its_mend(text: str, words: str, catalogue: Catalogue) -> None:
    with pytest.raises(BadEntry) as refused:
        from_text(text, LAST, catalogue.parameters)
    assert words in refused.value.mend.fr


def test_a_choice_that_these_data_do_not_have_is_refused(town: Engine, catalogue: Catalogue) -> None:
    scenario = from_text("project_dropped,project=P999", LAST, catalogue.parameters)
    with pytest.raises(BadEntry, match="P999"):
        whatif.compare(town, catalogue, scenario, LAST)


def test_a_value_is_never_read_as_sql(town: Engine) -> None:
    evil = "P001' OR 1=1; DROP TABLE projects; --"
    kinds = (("project", "project"), ("change", "change"), ("since", "date"), ("left_out", "partner"))
    one = values(kinds, {"project": evil, "change": -0.5, "since": LAST}, 3)
    assert town.rows(one) == [(evil, -0.5, LAST, None, 3)]
    assert literal(LAST).sql("duckdb") == "CAST('2015-06-30' AS DATE)"


def test_the_values_stand_apart_from_the_texts(catalogue: Catalogue) -> None:
    """A moved slider changes one tiny relation, nothing else."""
    made = [
        scenario_relations(
            from_text(f"awards_cut,share={share};own_funds,change=0.1", LAST, catalogue.parameters)
        )
        for share in (0.2, 0.35)
    ]
    assert [name for name in made[0] if made[0][name] != made[1][name]] == ["moved_1"]
    assert set(made[0]) == {"moved_1", "financings", "moved_2", "projects"}


def test_a_driver_reads_tables_as_they_were_before_it() -> None:
    sql = "x > :low AND project_id IN (SELECT p.project_id FROM projects AS p WHERE p.theme = :theme)"
    assert bound(sql, {"projects": "projects_1"}, "moved_2") == (
        "x > moved_2.p_low AND project_id IN (SELECT p.project_id FROM projects_1 AS p WHERE p.theme = "
        "(SELECT moved_2.p_theme FROM moved_2))"
    )
    assert named(sql) == ["low", "theme"]


def test_a_scenario_travels_as_text_and_as_yaml(catalogue: Catalogue) -> None:
    text = "awards_cut,share=0.2,partner_kind=region,since=2014-09-01;project_dropped,project=P001,dropped_on=2015-06-30"
    scenario = from_text(text, LAST, catalogue.parameters)
    assert scenario.as_text() == text
    assert from_data(scenario.as_data(), LAST, catalogue.parameters) == scenario
    odd = Scenario((Use("project_dropped", (("project", "a,b;c=d %"), ("dropped_on", LAST))),))
    assert from_text(odd.as_text(), LAST, catalogue.parameters) == odd


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({"label": {"fr": "x", "en": "x"}}, "replaces"),
        ({"label": {"fr": "x", "en": "x"}, "replaces": {"projets": {"when": "TRUE"}}}, "projets"),
        ({"label": {"fr": "x", "en": "x"}, "replaces": {"projects": {"when": ":who = 1"}}}, "who"),
        (
            {
                "label": {"fr": "x", "en": "x"},
                "replaces": {"projects": {"when": "TRUE", "columns": {"cost": "1"}}},
            },
            "cost",
        ),
        (
            {
                "label": {"fr": "x", "en": "x"},
                "parameters": {"p": {"kind": "colour", "label": {"fr": "x", "en": "x"}}},
            },
            "colour",
        ),
    ],
)
def test_a_bad_driver_is_refused(raw: dict[str, object], words: str) -> None:
    with pytest.raises(BadEntry) as refused:
        driver("mine", raw)
    assert words in refused.value.reason.fr


SCENARIO = """label: {fr: La Région se retire, en: The Region withdraws}
drivers:
  - {driver: awards_refused, partner_kind: region}
  - {driver: own_funds, change: 0.1}
"""


def command(path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, object]]:
    code = main(["whatif", str(path), "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_says_the_same(
    town_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    asked,
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    path = tmp_path / "region.yml"
    path.write_text(SCENARIO, "utf-8")
    code, told = command(path, capsys)
    assert code == 0 and told["as_of"] == "2015-06-30"
    readings = {one["kpi"]: one for one in told["readings"]}  # type: ignore[attr-defined]
    here = asked("awards_refused,partner_kind=region;own_funds,change=0.1")
    assert {id: one["scenario"]["value"] for id, one in readings.items()} == {
        id: line.scenario.value for id, line in here.items()
    }
    assert {id for id, one in readings.items() if one["moved"]} == {
        id for id, line in here.items() if line.has_moved
    }
    assert main(["whatif", str(path)]) == 0
    assert "7 indicateurs sur 40 bougent" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    ["drivers: [{driver: award_cut}]", "drivers: {", "- a\n- b", "drivers: [{driver: awards_cut, share: 3}]"],
)
def test_the_command_refuses_a_bad_file(
    text: str,
    town_path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(town_path))
    path = tmp_path / "bad.yml"
    path.write_text(text, "utf-8")
    code, told = command(path, capsys)
    assert code == 2 and told["readings"] == [] and told["error"]["mend"]  # type: ignore[index]
    code, told = command(tmp_path / "absent.yml", capsys)
    assert code == 2 and "absent.yml" in told["error"]["message"]  # type: ignore[index]


def test_what_asks_the_engine_of_a_scenario_sees_the_scenario(town: Engine, catalogue: Catalogue) -> None:
    """The financing plans and their legal share are read through it, stored tables included."""
    from metrics.leverage import leverage

    told = from_text("awards_cut,share=0.2;own_funds,change=-0.05", LAST, catalogue.parameters)
    base, moved = (leverage(one, catalogue, LAST) for one in (town, whatif.under(town, told)))
    assert moved.partner_per_own == pytest.approx(base.partner_per_own * 0.8 / 0.95)
    assert [plan.public for plan in moved.plans] == pytest.approx([plan.public * 0.8 for plan in base.plans])
    dropped = whatif.under(town, from_text("project_dropped,project=P001", LAST, catalogue.parameters))
    assert {plan.project_id for plan in base.plans} - {
        plan.project_id for plan in leverage(dropped, catalogue, LAST).plans
    } == {"P001"}
    assert whatif.under(town, Scenario()) is town


def test_rows_fetched_beside_the_values_give_the_same_intervals(
    town: Engine, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = from_text("awards_cut,share=0.37;appraisal_time,change=0.2", LAST, catalogue.parameters)
    together = whatif.compare(town, catalogue, told, LAST).lines
    monkeypatch.setattr("metrics.intervals.ahead", lambda *_: {})
    assert whatif.compare(town, catalogue, told, LAST).lines == together
    assert any(line.has_moved and line.scenario.low is not None for line in together)
