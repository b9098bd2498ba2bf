"""The national list of State grants: invented rows, then the published figures of the real file."""

import json
from collections import defaultdict
from decimal import Decimal

import pytest

from data.readers import detr_dsil
from schemas.validate import validate
from tests.data.readers.made import ods, ods_row, xlsx
from tests.shared import shared_file

HEADER = ["IDENTIFIANT", "DOT", "ECHELON", "INSEEDEP", "INSEECOM", "INSEEEPCI", "CODGEO", "BENEFICIAIRE"]
HEADER += ["NUMCATEGORIE", "CATGEORIE", "DESCRIPTION", "COUT", "SUBVENTION", "LEVIER"]
ROWS = [
    [
        "2018DI00001",
        "DSIL",
        "Commune",
        "01",
        "01002",
        0.0,
        "01002",
        "ARBENT",
        2.0,
        "Economie et emploi",
        "École",
        "19 180,5",
        9590.25,
        "0,5",
    ],
    [
        "2018DI00002",
        "detr",
        "EPCI",
        "20A",
        "",
        2e8,
        "200000000",
        "CC",
        2.0,
        "Économie  et emploi",
        "Raccordement @ctes",
        "",
        600.005,
        "#DIV/0 !",
    ],
    ["2018DI00003", "DETR", "Syndicat", "971", "", 0.0, "", "SIVOM", 9.0, "Culture", "", 0.0, 100.0, ""],
]


def typed(cell: object) -> str:
    """Return a cell as French Excel writes it."""
    return f"{cell:.10g}".replace(".", ",") if isinstance(cell, float) else str(cell)


def csv_of(rows: list[list]) -> bytes:
    """Return rows as French Excel writes them."""
    return "\r\n".join(";".join(map(typed, row)) for row in rows).encode("cp1252")


def read(rows: list[list] = ROWS, name: str = "Projets_DI_2018.csv"):
    """Read the header and rows as a CSV."""
    return detr_dsil.read([(name, csv_of([HEADER, *rows]))])


def frame_of(parsed, table: str):
    """Return the frame of a table."""
    return next(batch.frame for batch in parsed.batches if batch.table == table)


def test_projects_and_lines_are_filled_and_the_rest_is_unknown() -> None:
    parsed = read()
    assert parsed.ok and parsed.catalogue.shipped == "detr_dsil"
    projects, lines = frame_of(parsed, "projects"), frame_of(parsed, "financings")
    assert projects["project_id"].tolist() == ["2018DI00001", "2018DI00002", "2018DI00003"]
    assert projects["title"].tolist() == ["École", "Raccordement @ctes", "SIVOM (projet non décrit)"]
    assert projects["theme"].tolist() == ["Économie et emploi", "Économie et emploi", "Culture"]
    assert projects["territory_code"].tolist() == ["01002", "200000000", None]
    assert projects["departement"].tolist() == ["01", "2A", "971"]
    assert projects["total_cost_amount"].tolist()[::2] == [19180.5, 0.0]
    assert projects["total_cost_amount"].isna().tolist() == [False, True, False]
    for name in (
        "own_funds_amount",
        "objective",
        "lead_directorate",
        "opened_on",
        "vat_rate",
        "min_own_share",
    ):
        assert projects[name].isna().all(), name
    assert lines["awarded_amount"].tolist() == [9590.25, 600.0, 100.0]
    assert lines["programme"].tolist() == ["DSIL", "DETR", "DETR"]
    assert {str(day.date()) for day in lines["awarded_on"]} == {"2018-12-31"}
    assert lines[["requested_amount", "requested_on", "contracted_amount"]].isna().all().all()


def test_every_batch_is_valid_but_for_what_it_declares_lacking() -> None:
    for batch in read().batches:
        assert validate(batch.table, batch.frame, batch.lacking) == [], batch.table
        assert len(batch.rows) == len(batch.frame)
    assert [batch.rows.tolist() for batch in read().batches] == [[2, 3], [2], [2, 3, 4], [2, 3, 4]]


def test_what_the_list_leaves_open_is_said_once_with_its_rows() -> None:
    said = {fault.rule: fault for fault in read().faults}
    assert set(said) == {"rounded", "unknown_cost", "zero_cost", "untitled"}
    assert (said["unknown_cost"].row, said["unknown_cost"].column) == (3, "COUT")
    assert all(fault.severity == "warning" for fault in said.values())


def test_an_unreadable_amount_is_named_by_row_and_column() -> None:
    rows = [[*row] for row in ROWS]
    rows[0][11], rows[1][12] = "environ 100", "#DIV/0 !"
    found = [
        (fault.row, fault.column, fault.value) for fault in read(rows).faults if fault.severity == "error"
    ]
    assert found == [(2, "COUT", "environ 100"), (3, "SUBVENTION", "#DIV/0 !")]


def test_three_decimals_are_only_read_where_the_comma_is_proven_decimal() -> None:
    rows = [[*row] for row in ROWS]
    rows[1][11] = "571,429"
    assert frame_of(read(rows), "projects")["total_cost_amount"].tolist()[1] == 571.43
    rows[0][11] = "19180"
    assert [fault.rule for fault in read(rows).faults if fault.severity == "error"] == ["ambiguous"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_another_year_with_its_titles_in_another_order_is_read_alike(kind: str) -> None:
    rename = {
        "CATGEORIE": "Catégorie",
        "INSEEEPCI": "INSEEPCI",
        "COUT": "coût",
        "IDENTIFIANT": "identifiant ",
    }
    order = [12, 11, 10, 9, 8, 6, 0, 1, 3, 2, 4, 5, 7]
    rows = [[*row] for row in ROWS]
    for row in rows:
        row[0] = row[0].replace("2018", "2019", 1)
    table = [
        [rename.get(title, title) for title in (HEADER[at] for at in order)],
        *([row[at] for at in order] for row in rows),
    ]
    content = {
        "csv": lambda: csv_of(table),
        "xlsx": lambda: xlsx({"METADONNEES": [["#Données"], ["DOT", "dotation"]], "Projets_DI_2019": table}),
        "ods": lambda: ods("".join(ods_row(*row) for row in table), "Projets_DI_2019"),
    }[kind]()
    both = detr_dsil.read(
        [("Projets_DI_2018.csv", csv_of([HEADER, *ROWS])), (f"Projets_DI_2019.{kind}", content)]
    )
    assert both.ok
    assert [batch.table for batch in both.batches].count("partners") == 1
    assert [batch.table for batch in both.batches].count("programmes") == 1
    first, second = (batch.frame for batch in both.batches if batch.table == "projects")
    assert second["project_id"].tolist() == ["2019DI00001", "2019DI00002", "2019DI00003"]
    kept = ["title", "theme", "territory_code", "departement", "total_cost_amount"]
    assert second[kept].equals(first[kept])
    lines = [batch.frame for batch in both.batches if batch.table == "financings"][1]
    assert lines["awarded_on"].dt.year.tolist() == [2019] * 3


def test_the_year_comes_from_the_file_where_the_identifier_has_none() -> None:
    rows = [["A" + row[0][4:], *row[1:]] for row in ROWS]
    assert (
        frame_of(read(rows, "Projets_DI_2021.csv"), "financings")["awarded_on"].dt.year.tolist() == [2021] * 3
    )
    assert [fault.rule for fault in read(rows, "projets.csv").faults if fault.severity == "error"] == ["year"]


def test_codes_typed_as_numbers_keep_their_zeros() -> None:
    rows = [[*row] for row in ROWS[:1]]
    rows[0][3], rows[0][6] = 1.0, 1002.0
    projects = frame_of(detr_dsil.read([("Projets_DI_2018.xlsx", xlsx({"A": [HEADER, *rows]}))]), "projects")
    assert projects[["departement", "territory_code"]].values.tolist() == [["01", "01002"]]


def test_a_file_that_is_not_the_list_says_which_columns_it_lacks() -> None:
    (fault,) = detr_dsil.read([("x.csv", b"IDENTIFIANT;COUT\n1;2\n")]).faults
    assert "DOT, SUBVENTION" in fault.message.fr
    assert [fault.rule for fault in detr_dsil.read([("x.csv", b"")]).faults] == ["empty"]


@pytest.fixture(scope="module")
def real():
    """Return the parsed real file and its expected figures."""
    file = shared_file("data/detr-dsil-2018/Projets_DI_2018.ods")
    expected = json.loads(shared_file("data/detr-dsil-2018/expected.json").read_text("utf-8"))
    return detr_dsil.read([(file.name, file.read_bytes())]), expected


def sums_by(parsed, name: str) -> dict[str, Decimal]:
    """Return the exact sum of the grants by a column of their projects."""
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    projects, lines = frame_of(parsed, "projects"), frame_of(parsed, "financings")
    for group, programme, amount in zip(
        projects[name], lines["programme"], lines["awarded_amount"], strict=True
    ):
        totals[group] += Decimal(repr(float(amount)))
        totals[f"{group} {programme}"] += Decimal(repr(float(amount)))
    return totals


def test_the_theme_shares_of_the_real_file_are_those_published(real) -> None:
    parsed, expected = real
    assert parsed.ok and len(frame_of(parsed, "projects")) == expected["rows"]
    totals = sums_by(parsed, "theme")
    published = expected["published_theme_share_of_subsidy_pct"]
    whole = sum(totals[theme["label"]] for theme in published)
    assert set(frame_of(parsed, "projects")["theme"]) == {theme["label"] for theme in published}
    for theme in published:
        assert f"{100 * totals[theme['label']] / whole:.2f}" == theme["published_share_pct"]
        assert (frame_of(parsed, "projects")["theme"] == theme["label"]).sum() == theme["projects"]
        # 984 grants of the file have more than two decimals and are kept to the cent.
        assert abs(totals[theme["label"]] - Decimal(theme["subsidy"])) < Decimal("0.50")


def test_the_totals_by_departement_of_the_real_file_are_those_published(real) -> None:
    parsed, expected = real
    totals, counts = (
        sums_by(parsed, "departement"),
        frame_of(parsed, "projects")["departement"].value_counts(),
    )
    for code, published in expected["published_by_departement"]["values"].items():
        assert counts[code] == published.get("projects", counts[code])
        for programme in ("DSIL", "DETR"):
            if programme in published:
                assert abs(totals[f"{code} {programme}"] - Decimal(published[programme])) <= 1, code
    assert {"2A", "2B"} <= set(counts.index)


def test_the_traps_of_the_real_file(real) -> None:
    parsed, expected = real
    projects = frame_of(parsed, "projects").set_index("project_id")
    traps = {trap["what"]: trap for trap in expected["traps"]}
    missing = projects.index[projects["total_cost_amount"].isna()]
    assert sorted(missing) == sorted(traps["missing cost"]["identifiers"])
    assert projects.index[projects["total_cost_amount"] == 0].tolist() == traps["zero cost"]["identifiers"]
    cost = sum(Decimal(repr(float(value))) for value in projects["total_cost_amount"].dropna())
    assert cost == Decimal(expected["own_computation"]["sum_COUT"])
    ids = frame_of(parsed, "financings").set_index("financing_id")["awarded_amount"]
    above = ids.index[(ids > projects["total_cost_amount"]).to_numpy()]
    assert sorted(above) == sorted(traps["subsidy above cost"]["identifiers"])
    assert projects["territory_code"].isna().sum() == 2
    for batch in parsed.batches:
        assert validate(batch.table, batch.frame, batch.lacking) == []
