"""The files behind every table: their addresses, what they say they are true of, who may have them."""

import asyncio
import csv
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.responses import Response

from data.access import Actor
from pages.parts import files, tables
from pages.parts.address import Address
from pages.parts.source import open_source
from tests.pages.conftest import Visit, shown

ASKED = {
    "carte-lien": {"link": "P3-P1"},
    "outil-seances": {"id": "cadran-total"},
    "partenaire-echanges": {"id": "PUB-REGION"},
    "partenaire-financements": {"id": "PUB-REGION"},
    "projet-financements": {"id": "P001"},
    "revue-releve": {"meeting": "2015-W27"},
    "etsi-ecarts": {"s": "awards_cut,share=0.2"},
    "etsi-avenirs": {"s": "awards_cut,share=0.2"},
    "etsi-but": {
        "s": "awards_cut,share=0.2",
        "but": "leverage_awarded",
        "valeur": "4,5",
        "par": "own_funds.change",
    },
    "etsi-tornade": {"s": "awards_cut,share=0.2", "issue": "raised"},
    "carte-scenario": {"s": "awards_cut,share=0.2"},
    "perspective-scenario": {"s": "awards_cut,share=0.2", "side": "F"},
    "scenarios-indicateurs": {"a": "awards_cut,share=0.2", "b": "decision_delay,months=3"},
    "scenarios-plans": {"a": "awards_cut,share=0.2", "b": "decision_delay,months=3"},
    "scenarios-etapes": {"a": "awards_cut,share=0.2", "b": "decision_delay,months=3"},
    "scenarios-tresorerie": {"a": "awards_cut,share=0.2", "b": "decision_delay,months=3"},
    "scenarios-avenirs": {"a": "awards_cut,share=0.2", "b": "decision_delay,months=3"},
    "scenarios-couts": {"a": "awards_cut,share=0.2", "b": "decision_delay,months=3"},
    "preuve-lignes": {"kpi": "leverage_awarded", "side": "denominator"},
    "preuve-fraicheur": {"kpi": "leverage_awarded"},
    "preuve-controles": {"kpi": "leverage_awarded"},
    "preuve-modifications": {"kpi": "leverage_awarded"},
    "fiche-cibles": {"kpi": "appraisal_median_days"},
    "fiche-lignes": {"kpi": "leverage_awarded"},
    "fiche-serie": {"kpi": "leverage_awarded"},
    "fiche-periodes": {"kpi": "leverage_awarded"},
    "fiche-ecart": {"kpi": "leverage_awarded", "why_by": "theme"},
    "directions-comparaison": {"kpi": "appraisal_median_days"},
    "direction-dossiers": {"directorate": "Finances"},
    "fiche-repartition": {"kpi": "leverage_awarded", "by": "year"},
    "fiche-prevision": {"kpi": "throughput"},
    "bienetre-groupes": {"measure": "who5", "by": "sex"},
    "bienetre-questions": {"measure": "qwl"},
    "perspective-indicateurs": {"side": "F", "audience": "partenaires"},
}


def asked_of(name: str) -> dict[str, str]:
    """What a table is asked for: any KPI with a chart and a forecast will do for a sheet's."""
    return ASKED.get(name) or ({"kpi": "throughput"} if name.startswith("fiche-") else {})


class Client:
    """Asks for a file as the route does."""

    def get(self, address: str, params: dict[str, str] | None = None) -> Response:
        path, _, query = address.removeprefix("/fichiers/").partition("?")
        name, _, form = path.rpartition(".")
        asked = dict(pair.split("=") for pair in query.split("&") if pair)
        return files.answer(name, form, asked | (params or {}))


@pytest.fixture
def client() -> Client:
    return Client()


def lines(content: bytes, delimiter: str = ";") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("name", tables.names())
def test_every_table_comes_in_both_forms(
    name: str, town: Path, client: Client, request: pytest.FixtureRequest
) -> None:
    if name.startswith("semaines-"):  # those of a town that has sealed some
        request.getfixturevalue("sealed")
    asked = asked_of(name)
    made = tables.make(open_source(Address()), name, asked)
    assert made is not None, name
    text = client.get(f"/fichiers/{name}.csv", params=asked)
    assert text.status_code == 200 and bytes(text.body).startswith(b"\xef\xbb\xbf")
    assert text.headers["content-disposition"].endswith('-2015-06-30.csv"')
    assert len(lines(bytes(text.body))) == len(made.rows)
    book = openpyxl.load_workbook(io.BytesIO(bytes(client.get(f"/fichiers/{name}.xlsx", params=asked).body)))
    assert book.worksheets[0].max_row == len(made.rows) + 1
    about = {row[0].value: row[1].value for row in book["À propos"].iter_rows()}
    assert f"{about['Données au']:%Y-%m-%d}" == "2015-06-30" and about["Collectivité"] == "Ville de Valombre"


@pytest.mark.parametrize("name", tables.names())
def test_every_table_in_english_of_a_part_and_of_an_empty_store(
    name: str, town: Path, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = asked_of(name) | {"lang": "en", "scope": "DADI", "as_of": "2015-05-31"}
    part = client.get(f"/fichiers/{name}.csv", params=asked)
    assert part.status_code in (200, 404)
    if part.status_code == 200:
        assert 'dadi-2015-05-31.csv"' in part.headers["content-disposition"]
    monkeypatch.setenv("LEVIER_STORE", str(tmp_path / "empty.duckdb"))
    assert client.get(f"/fichiers/{name}.xlsx", params=asked).status_code in (200, 404)


def test_objectives_with_their_scores_and_versions(town: Path, client: Client) -> None:
    answer = client.get("/fichiers/synthese-objectifs.csv")
    assert 'filename="synthese-objectifs-2015-06-30.csv"' in answer.headers["content-disposition"]
    found = lines(bytes(answer.body))
    assert [row["Niveau"] for row in found].count("objectif") == 13
    f1 = next(row for row in found if row["Code"] == "F1")
    assert (
        f1["Statut"] == "Atteint" and f1["Données au"] == "2015-06-30" and f1["Périmètre"] == "Toute la ville"
    )
    assert f1["Version des définitions"]


def test_the_file_of_rows_has_all_rows_with_their_origin(town: Path, client: Client) -> None:
    answer = client.get("/fichiers/fiche-lignes.csv", params={"kpi": "leverage_awarded"})
    found = lines(bytes(answer.body))
    assert (
        len(found) == 47
        and 'filename="fiche-lignes-leverage-awarded-2015' in answer.headers["content-disposition"]
    )
    assert all(
        row["Fichier"] in ("projects.csv", "financings.csv") and row["Ligne"].isdigit() for row in found
    )


def test_the_file_of_readings_has_every_period_in_the_base_unit(town: Path, client: Client) -> None:
    answer = client.get("/fichiers/fiche-serie.csv", params={"kpi": "cofinancing_raised", "lang": "en"})
    last = lines(bytes(answer.body), ",")[-1]
    assert (last["Period"], last["Value (€)"], last["As of"]) == ("2015-06", "15000000", "2015-06-30")


def test_the_file_of_plans_is_in_euros(town: Path, client: Client) -> None:
    found = lines(bytes(client.get("/fichiers/levier-plans.csv").body))
    assert sum(float(row["Fonds propres (€)"]) for row in found) == 3_000_000
    assert sum(float(row["Public (€)"]) + float(row["Privé (€)"]) for row in found) == 15_000_000


def test_what_does_not_exist_is_not_found(town: Path, client: Client) -> None:
    for address in (
        "/fichiers/nothing.csv",
        "/fichiers/levier-plans.pdf",
        "/fichiers/fiche-serie.csv?kpi=nobody",
        "/fichiers/levier-plans.csv?scope=Nope",
    ):
        assert client.get(address).status_code == 404, address


def test_a_viewer_has_no_rows_but_has_the_series(
    town: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.source.local_actor", lambda: Actor("somebody", "viewer"))
    rows = client.get("/fichiers/fiche-lignes.csv", params={"kpi": "leverage_awarded"})
    assert rows.status_code == 403 and "financings" not in bytes(rows.body).decode()
    assert client.get("/fichiers/fiche-serie.csv", params={"kpi": "leverage_awarded"}).status_code == 200


def test_a_failure_gives_a_number_and_no_trace(
    town: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret /path")

    monkeypatch.setattr("pages.parts.tables.make", fail)
    answer = client.get("/fichiers/levier-plans.csv")
    assert (
        answer.status_code == 500
        and "incident" in bytes(answer.body).decode()
        and "secret" not in bytes(answer.body).decode()
    )


def test_the_address_of_a_file_is_routed(town: Path) -> None:
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/fichiers/levier-plans.csv",
        "query_string": b"lang=en",
    }
    served = Starlette(routes=files.routes())(scope | {"headers": [], "http_version": "1.1"}, receive, send)
    # In a thread of its own: a browser test of the same worker leaves its loop running in this one.
    with ThreadPoolExecutor(1) as alone:
        alone.submit(asyncio.run, served).result()
    assert sent[0]["status"] == 200 and b"Own funds" in sent[1]["body"]


SCREENS = {
    "": {},
    "levier": {},
    "catalogue": {},
    "imports": {},
    "fiche": {"kpi": "leverage_awarded"},
    "usagers": {},
    "agents": {"audience": "agents"},
    "directions": {},
    "direction": {"name": "DADI"},
}


@pytest.mark.parametrize("path", SCREENS)
def test_every_table_of_a_screen_has_its_files(path: str, town: Path, visit: Visit) -> None:
    page = shown(visit(path, **SCREENS[path]))
    drawn_otherwise = {
        "": 2,
        "catalogue": 1,
    }  # objectives and changes, definitions: not tables, with files nevertheless
    assert page.count('class="lv-files"') == page.count('class="lv-table') + drawn_otherwise.get(path, 0)
