"""Open data read back: the readings of the screens, the same keys everywhere, no figure that is to stay inside."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.engine import Engine
from metrics import moment, surveys
from metrics.definitions import Catalogue
from metrics.reading import Reading
from metrics.states import State
from pages.exports import opendata
from pages.exports.opendata_words import FIELDS
from pages.texts import use
from schemas.text import Text
from tests.pages.exports.conftest import JUNE, Edit

MARCH = date(2015, 3, 31)


@pytest.fixture(scope="module")
def state(engine: Engine, catalogue: Catalogue) -> State:
    return State(engine, catalogue, JUNE)


@pytest.fixture(scope="module")
def files(state: State) -> dict[str, bytes]:
    use("fr")
    return unzipped(opendata.write(state))


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def rows_of(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["readings.csv"].decode("utf-8-sig"))))


def test_csv_and_json_hold_the_same_rows_under_the_schema_s_keys(files: dict[str, bytes]) -> None:
    rows, document = rows_of(files), json.loads(files["readings.json"])
    fields = json.loads(files["schema.json"])["fields"]
    assert (
        [field["name"] for field in fields] == list(FIELDS) == list(rows[0]) == list(document["readings"][0])
    )
    assert len(rows) == len(document["readings"]) > 10_000
    for told, row in zip(document["readings"], rows, strict=True):
        for name, value in told.items():
            if isinstance(value, float):
                assert float(row[name]) == pytest.approx(value, rel=1e-14)
            else:
                assert row[name] == ("" if value is None else str(value))


def test_the_town_s_values_are_those_of_the_screens(
    files: dict[str, bytes], edit: Edit, state: State
) -> None:
    figures = edit().figures
    last: dict[str, Any] = {}
    for row in json.loads(files["readings.json"])["readings"]:
        if row["directorate"] is None:
            last[row["kpi"]] = row
    assert set(figures) <= set(last)
    for id, figure in figures.items():
        assert (last[id]["value"], last[id]["status"], last[id]["n"]) == (
            figure.value,
            figure.status,
            figure.n,
        )
    assert last["leverage_awarded"]["value"] == 5 and last["leverage_awarded"]["as_of"] == "2015-06-30"


def test_a_directorate_s_values_are_those_of_its_screen_but_for_what_is_hidden(
    files: dict[str, bytes], engine: Engine, catalogue: Catalogue
) -> None:
    scope = "DADI"
    readings = moment.readings(engine, catalogue, JUNE, scope)
    told = [row for row in json.loads(files["readings.json"])["readings"] if row["directorate"] == scope]
    here = [row for row in told if row["as_of"] == "2015-06-30"]
    assert len(here) > 10
    for row in here:
        if row["reason"] not in opendata.HIDDEN:
            assert row["value"] == readings[row["kpi"]].value


def test_what_rests_on_too_few_has_no_figure(files: dict[str, bytes]) -> None:
    rows = [row for row in rows_of(files) if row["reason"] in opendata.HIDDEN]
    assert {row["reason"] for row in rows} == {"few", "suppressed"}
    for row in rows:
        assert not any(row[name] for name in opendata.FIGURES), row
        assert row["status"] == "unknown" and not row["variation"] and not row["assurance"]


def reading(directorate: str, value: float, under: float, reason: str | None = None) -> Reading:
    scope = {"lead_directorate": directorate} if directorate else {}
    return Reading(
        "x", "X", JUNE, "2015-06", scope, value, "ratio", value * under, under, int(under), reason=reason
    )


def test_the_one_that_is_hidden_is_not_the_town_less_the_others() -> None:
    town, small, large = reading("", 0.5, 53), reading("B", 0.5, 20), reading("C", 0.5, 30)
    alone = opendata.protected([town, reading("A", 1.0, 3, "few"), large, small])
    assert [(one.reason, one.value) for one in alone] == [
        (None, 0.5),
        ("few", None),
        (None, 0.5),
        ("suppressed", None),
    ]
    assert all(one.denominator is None and one.n is None for one in alone if one.reason)
    two = opendata.protected([town, reading("A", 1.0, 3, "few"), reading("D", 1.0, 2, "few"), large, small])
    assert [one.reason for one in two] == [None, "few", "few", None, None]
    assert opendata.protected([town, large, small]) == [town, large, small]


def test_never_one_directorate_alone_is_hidden(files: dict[str, bytes]) -> None:
    groups: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(files):
        if row["directorate"] and (row["value"] or row["reason"] in opendata.HIDDEN):
            groups.setdefault((row["kpi"], row["period"]), []).append(row["reason"])
    hidden = [
        sum(reason in opendata.HIDDEN for reason in reasons)
        for reasons in groups.values()
        if len(reasons) > 1
    ]
    assert max(hidden) > 1 and 1 not in hidden


def test_surveys_speak_by_their_frozen_lists_alone(
    state: State, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {id: kpi for id, kpi in catalogue.kpis.items() if kpi.is_survey}
    lists = {
        one.published.wave: one.published
        for one in surveys.told(state.engine, catalogue, state.engine.relations)
    }
    rows = [one for one in opendata.published(state) if one.kpi in asked]
    assert rows and asked and not any(one.scope for one in rows)
    for one in rows:
        summary = lists[one.period].summary(surveys.measure_of(asked[one.kpi]))
        assert summary is not None and one.value == pytest.approx(summary.weighted)
    monkeypatch.setattr(surveys, "told", lambda *_: [])
    assert not [one for one in opendata.published(state) if one.kpi in asked]


def test_definitions_are_in_both_languages_with_formulas_as_words(
    files: dict[str, bytes], catalogue: Catalogue
) -> None:
    document = json.loads(files["definitions.json"])
    found = {one["kpi"]: one for one in document["kpis"]}
    assert set(catalogue.kpis) <= set(found)
    assert {row["kpi"] for row in rows_of(files)} <= set(found)
    one = found["leverage_awarded"]
    assert one["sql"] == catalogue.kpis["leverage_awarded"].sql and "divisé par" in one["formula"]["fr"]
    assert one["label"] == {"fr": "Effet de levier notifié", "en": "Leverage on awarded funding"}


def test_both_languages_have_the_same_keys_and_the_same_bytes_but_for_the_page(state: State) -> None:
    use("fr")
    french, again = opendata.write(state), opendata.write(state)
    use("en")
    english = opendata.write(state)
    assert french == again
    told, other = unzipped(french), unzipped(english)
    assert {name for name in told if told[name] != other[name]} == {"README.md"}
    assert "Licence Ouverte" in told["README.md"].decode() and "Published KPIs" in other["README.md"].decode()


def test_the_town_chooses_its_licence_and_the_date(engine: Engine, catalogue: Catalogue) -> None:
    use("fr")
    card = replace(catalogue.scorecard, licence=Text("ODbL 1.0", "ODbL 1.0"))
    files = unzipped(opendata.write(State(engine, replace(catalogue, scorecard=card), MARCH)))
    document = json.loads(files["readings.json"])
    assert document["licence"] == {"fr": "ODbL 1.0", "en": "ODbL 1.0"} and document["as_of"] == "2015-03-31"
    assert "ODbL 1.0" in files["README.md"].decode()
    assert max(row["as_of"] for row in document["readings"]) == "2015-03-31"
