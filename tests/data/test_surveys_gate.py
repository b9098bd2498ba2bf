"""Which waves take answers, which groups they may name, and that a wave which could identify somebody never half-lands."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.answers import of_wave
from data.connection import connect
from data.importing import store_rows
from data.order import Order
from data.readers.batch import Batch, Parsed, row_numbers
from data.store import Store
from schemas.frames import conform
from schemas.scale_items import ScaleItem
from schemas.survey_waves import STATES
from schemas.text import Text
from tests.data.samples import ADMIN, PARTNERS, content, csv

GROUPS = {"Appui": ["DADI"], "Terrain": ["Sports"]}
HEADER = "wave,answer_id,directorate_group,category,sex,recommend,help_1,help_2"
TEAM = Text("Climat", "Climate")
ITEMS = tuple(
    ScaleItem(code, None, "team", TEAM, 1, 5, 1, frozenset({"9"}), None, Text("Accord", "Agreement"))
    for code in ("help_1", "help_2")
)


def told(bound: Any) -> Mapping[str, Any]:
    return {"directorate_groups": GROUPS, "scales": ITEMS}


@pytest.fixture
def town(tmp_path: Path) -> Store:
    """An empty store whose catalogue has two groups and one scale."""
    return Store(tmp_path / "town.duckdb", settings=told)


def ids(count: int = 15) -> list[str]:
    return [secrets.token_hex(4) for _ in range(count)]


def answers(
    wave: str, names: list[str], *, group: str = "Appui", first: str = "4", last: str = "5"
) -> tuple[str, bytes]:
    rows = [f"{wave},{name},{group},A,F,{at % 11},{first},{last}" for at, name in enumerate(names)]
    return csv("survey_answers", HEADER, *rows)


def put(store: Store, wave: str, state: str) -> None:
    """Write a wave's row as the product's own steps do."""
    row = {
        "wave": wave,
        "state": state,
        "held_on": date(2015, 5, 15),
        "keep_until": date(2030, 1, 1),
        "k": 11,
    }
    frame = conform("survey_waves", pd.DataFrame([row], dtype="object"))
    parsed = Parsed([Batch("survey_waves", frame, "saisie", None, row_numbers([1]))])
    order = Order("test", {"saisie": secrets.token_hex(8)}, "saisie", "survey_waves")
    assert store_rows(store.places, order, parsed, None, told).ok


@pytest.mark.parametrize("state", STATES)
def test_only_an_open_wave_takes_answers(town: Store, state: str) -> None:
    names = ids()
    put(town, "2015", "open")
    assert town.import_files(ADMIN, [answers("2015", names)]).ok
    if state != "open":
        put(town, "2015", state)
    before = content(town)
    report = town.import_files(ADMIN, [answers("2015", names, first="3")])
    if state == "open":
        assert report.ok and report.changed["survey_items"] == 15
        return
    (fault,) = report.errors
    assert (fault.rule, fault.file, fault.column, fault.value) == (
        "wave_state",
        "survey_answers.csv",
        "wave",
        "2015",
    )
    assert "2015" in fault.message.fr and "2015" in fault.message.en
    assert fault.mend.fr and fault.mend.en and content(town) == before
    added = town.import_files(ADMIN, [answers("2015", ids(3))])
    assert [each.rule for each in added.errors] == ["wave_state"] and content(town) == before


def test_a_wave_without_a_row_is_a_file_of_a_finished_one(town: Store) -> None:
    put(town, "2015", "published")
    assert town.import_files(ADMIN, [answers("2013-audit", ids())]).ok


def test_another_spelling_is_no_other_wave(town: Store) -> None:
    put(town, "2013-audit", "published")
    report = town.import_files(ADMIN, [answers("2013 Audit", ids())])
    assert [fault.rule for fault in report.errors] == ["wave_state"] and "« 2013-audit »" in report.errors[
        0
    ].mend.fr


def test_one_closed_wave_refuses_the_whole_import(town: Store) -> None:
    put(town, "2015", "closed")
    report = town.import_files(
        ADMIN,
        [answers("2013", ids()), PARTNERS, ("2 survey_answers.csv", answers("2015", ids())[1])],
        table=None,
    )
    assert not report.ok and town.engine(ADMIN).rows("SELECT count(*) FROM partners") == [(0,)]


def test_a_group_that_the_scorecard_has_not_is_refused_with_the_list(town: Store) -> None:
    staff = csv("staff", "as_of,directorate,category,sex,headcount", "2014-12-31,DADI,A,F,40")
    report = town.import_files(ADMIN, [staff, answers("2015", ids(2), group="Service paie")])
    assert [(fault.rule, fault.row, fault.column, fault.value) for fault in report.errors] == [
        ("identifying", 2, "directorate_group", "Ser…"),
    ]  # said once a group, at its first row
    assert "Appui, Terrain" in report.errors[0].mend.fr and report.errors[0].message.en
    assert town.import_files(ADMIN, [answers("2015", ids(2), group="non renseigné")]).ok


def test_groups_of_a_town_that_the_scorecard_does_not_know_are_its_own(town: Store) -> None:
    staff = csv("staff", "as_of,directorate,category,sex,headcount", "2014-12-31,Voirie,A,F,40")
    assert town.import_files(ADMIN, [staff, answers("2015", ids(2), group="Technique")]).ok


def test_without_groups_no_group_may_be_named(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.duckdb", settings=lambda _: {"directorate_groups": {}})
    file = csv("survey_answers", "wave,answer_id,directorate_group", "2015,a1,Appui")
    (fault,) = store.import_files(ADMIN, [file]).errors
    assert "directorate_groups" in fault.mend.fr


def test_a_wide_file_fills_both_tables_and_a_corrected_one_takes_answers_out(town: Store) -> None:
    names = ids(12)
    report = town.import_files(ADMIN, [answers("2015", names, last="9")])
    assert report.stored == {"survey_answers": 12, "survey_items": 24}
    assert {(row["help_1"], row["help_2"]) for row in whole(town)} == {(4.0, None)}
    assert (
        town.import_files(ADMIN, [answers("2015", names, first="", last="2")]).changed["survey_items"] == 24
    )
    assert {(row["help_1"], row["help_2"]) for row in whole(town)} == {(None, 2.0)}
    town.undo(ADMIN, 2)
    assert {(row["help_1"], row["help_2"]) for row in whole(town)} == {(4.0, None)}


def whole(store: Store) -> list[dict[str, Any]]:
    connection = connect(store.places.store)
    try:
        return of_wave(connection, "2015")
    finally:
        connection.close()


def test_an_answer_twice_is_one_fault(town: Store) -> None:
    report = town.import_files(ADMIN, [answers("2015", ["a1", "b2", "a1"])])
    assert [(fault.rule, fault.row) for fault in report.errors] == [("duplicate", 4)]
    apart = [
        ("a survey_answers.csv", answers("2015", ["a1"])[1]),
        ("b survey_answers.csv", answers("2015", ["a1", "b2"])[1]),
    ]
    report = town.import_files(ADMIN, apart, table="survey_answers")
    assert [(fault.rule, fault.file) for fault in report.errors] == [("duplicate", "b survey_answers.csv")]


TELLING = ["Nom", "Prénom", "agent", "Matricule", "login", "Identifiant agent", "Date", "Horodateur", "IP", "Adresse IP",
    "Date de naissance", "Âge exact", "Service", "Bureau", "Site", "Poste", "Fonction", "Grade", "Ancienneté",
    "Commentaire", "Verbatim", "E-mail", "Téléphone", "NIR", "Humeur", "bat_1", ""]  # fmt: skip
CELLS = [
    "jeanne@exemple.fr",
    "0612345678",
    "12/03/2015",
    "10:15",
    "192.168.1.12",
    "Jeanne Martin",
    "je suis seul au bureau",
]


@pytest.fixture(scope="module")
def shared_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a wave in it, for what must change nothing."""
    store = Store(tmp_path_factory.mktemp("gate") / "town.duckdb", settings=told)
    assert store.import_files(ADMIN, [answers("2013", ids(20))]).ok
    yield store


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_wave_that_could_tell_never_half_lands(shared_town: Store, data: st.DataObject) -> None:
    """Any telling column anywhere, or any telling cell in any row, among good rows, other waves and another table."""
    header = HEADER.split(",")
    rows = [[wave, name, "Terrain", "B", "M", "7", "1", "2"] for wave in ("2015", "2016") for name in ids(12)]
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(header)))
        header.insert(at, data.draw(st.sampled_from(TELLING)))
        for row in rows:
            row.insert(at, data.draw(st.sampled_from(["x", "12", "Jeanne"])))
    else:
        data.draw(st.sampled_from(rows))[data.draw(st.sampled_from([1, 2, 4, 5, 6, 7]))] = data.draw(
            st.sampled_from(CELLS)
        )
    before = content(shared_town)
    file = csv("survey_answers", ",".join(header), *(",".join(row) for row in rows))
    report = shared_town.import_files(ADMIN, [file, PARTNERS])
    assert report.errors and report.import_id is None and not report.stored
    assert all(
        fault.message.fr and fault.mend.en and fault.file == "survey_answers.csv" for fault in report.errors
    )
    assert content(shared_town) == before
