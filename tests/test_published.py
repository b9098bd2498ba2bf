"""The two real public files, from the file to the readings, against the figures their publishers gave."""

import json
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any

import pytest

from data.access import local_actor
from data.store import Store
from metrics import compute
from metrics.definitions import Catalogue
from metrics.reading import Reading
from metrics.refresh import after_import, catalogue_of, rule_settings
from tests.shared import shared_file

ADMIN = local_actor()
Loaded = tuple[Store, Catalogue, dict[str, Any]]


def loaded(folder: Path, files: list[str], reader: str) -> Loaded:
    """Import shared files into a new store with a reader; return the store, its catalogue and what is expected."""
    paths = [shared_file(name) for name in files]
    store = Store(folder / "store.duckdb", after=after_import, settings=rule_settings)
    report = store.import_files(ADMIN, [(path.name, path.read_bytes()) for path in paths], reader=reader)
    assert not report.errors
    expected = json.loads((paths[0].parent / "expected.json").read_text("utf-8"))
    return store, catalogue_of(store.engine(ADMIN)), expected


@pytest.fixture(scope="module")
def grants(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(tmp_path_factory.mktemp("grants"), ["data/detr-dsil-2018/Projets_DI_2018.ods"], "detr_dsil")


def readings(store: Store, catalogue: Catalogue, kpi: str, by: str | None = None) -> list[Reading]:
    when = store.as_of(ADMIN)
    assert when is not None
    return compute.readings(store.engine(ADMIN), catalogue, [kpi], [when], by)


def test_each_theme_has_its_published_share_of_the_grants(grants: Loaded) -> None:
    store, catalogue, expected = grants
    (whole,) = readings(store, catalogue, "grant_amount")
    amounts = {r.scope["theme"]: r for r in readings(store, catalogue, "grant_amount", "theme")}
    counts = {r.scope["theme"]: r.value for r in readings(store, catalogue, "grant_projects", "theme")}
    for theme in expected["published_theme_share_of_subsidy_pct"]:
        found = amounts[theme["label"]]
        assert found.value is not None and whole.value
        assert f"{100 * found.value / whole.value:.2f}" == theme["published_share_pct"]
        assert counts[theme["label"]] == theme["projects"]


def test_each_departement_has_its_published_totals(grants: Loaded) -> None:
    store, catalogue, expected = grants
    counts = {
        r.scope["departement"]: r.value for r in readings(store, catalogue, "grant_projects", "departement")
    }
    amounts = {
        r.scope["departement"]: r.value for r in readings(store, catalogue, "grant_amount", "departement")
    }
    checked = 0
    for code, published in expected["published_by_departement"]["values"].items():
        if "projects" in published:
            assert counts[code] == published["projects"], code
            checked += 1
        if {"DSIL", "DETR"} <= set(published):
            assert amounts[code] == pytest.approx(
                float(published["DSIL"]) + float(published["DETR"]), abs=2
            ), code
    assert checked == expected["published_by_departement"]["figures"]["projects"]


def test_the_rate_is_a_ratio_of_sums(grants: Loaded) -> None:
    store, catalogue, expected = grants
    (rate,) = readings(store, catalogue, "grant_rate")
    assert rate.value is not None
    assert f"{100 * rate.value:.4f}" == expected["own_computation"]["subsidy_share_of_cost_pct"]
    assert rate.coverage is not None and 0.999 < rate.coverage < 1


@pytest.fixture(scope="module")
def scorecard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    name = "data/barometre/barometre-resultats-synthese-national.csv"
    yield loaded(tmp_path_factory.mktemp("scorecard"), [name], "barometre")


def test_every_published_attainment_is_the_score_rounded_half_to_even(scorecard: Loaded) -> None:
    store, catalogue, expected = scorecard
    when = store.as_of(ADMIN)
    assert when is not None and len(catalogue.kpis) == expected["rows_total"]
    found = compute.readings(store.engine(ADMIN), catalogue, list(catalogue.kpis), [when])
    by_line = dict(zip([row["line"] for row in expected["rows"]], found, strict=True))
    scored = 0
    for row in expected["rows"]:
        reading = by_line[row["line"]]
        assert reading.value == pytest.approx(row["current"])
        if row["published_pct"] is None:
            assert reading.score is None and reading.reason == "no_target"
            continue
        assert reading.score is not None
        assert (
            int(Decimal(repr(reading.score)).quantize(Decimal(1), ROUND_HALF_EVEN)) == row["published_pct"]
        ), row
        scored += 1
    assert scored == expected["rows_with_target"]


def test_reached_comes_from_the_values_not_from_the_rounded_score(scorecard: Loaded) -> None:
    store, catalogue, expected = scorecard
    when = store.as_of(ADMIN)
    assert when is not None
    found = compute.readings(store.engine(ADMIN), catalogue, list(catalogue.kpis), [when])
    rounded_up = [
        r for r in found if r.status != "on_target" and r.score is not None and round(r.score) == 100
    ]
    assert all(r.status == "watch" for r in rounded_up) and rounded_up
    # The publisher's count of 100 % includes the rates that only round up to it.
    assert sum(r.status == "on_target" for r in found) + len(rounded_up) == expected["reached"]


def test_undo_takes_the_brought_catalogue_back(tmp_path: Path) -> None:
    name = "data/barometre/barometre-resultats-synthese-national.csv"
    store, catalogue, _ = loaded(tmp_path, [name], "barometre")
    assert len(catalogue.kpis) == 59 and list(store.places.catalogue.glob("*.yml"))
    assert not store.undo(ADMIN, 1).errors
    assert "leverage_awarded" in catalogue_of(store.engine(ADMIN)).kpis
    assert not list(store.places.catalogue.glob("*.yml"))
