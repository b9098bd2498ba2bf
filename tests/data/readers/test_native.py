"""The product's own tables: which table a sheet is, and every fault of every file at once."""

import numpy as np

from data.readers import READERS, native
from schemas.tables import TABLES
from schemas.validate import validate
from tests.data.readers.made import xlsx

HEADER = "Identifiant projet;Intitulé;Objectif;Direction pilote;Date d'ouverture;Coût total HT;Fonds propres"
ROW = "P1;École;F1;DADI;01/03/2014;1 250 000,50;250000"
PARTNERS = [
    ["partner_id", "name", "kind", "sector", "joined_on"],
    ["R1", "Région", "région", "public", "01/01/2014"],
]


def read_text(*rows: str, name: str = "projets.csv", table: str | None = None):
    """Read one CSV."""
    return native.read([(name, "\n".join(rows).encode())], table=table)


def errors(parsed):
    """Return (row, column, rule) of each error."""
    return [(fault.row, fault.column, fault.rule) for fault in parsed.faults if fault.severity == "error"]


def test_every_reader_has_what_the_store_asks_for() -> None:
    assert list(READERS) == ["levier", "detr_dsil", "barometre"]
    for name, module in READERS.items():
        assert name == module.NAME and module.TITLE.fr and module.TITLE.en
        assert set(module.FILLS) <= set(TABLES)


def test_a_csv_becomes_one_valid_batch_with_its_row_numbers() -> None:
    parsed = read_text("", HEADER, "", ROW, ROW.replace("P1", "P2"))
    (batch,) = parsed.batches
    assert parsed.faults == [] and parsed.catalogue is None
    assert (batch.table, batch.file, batch.sheet) == ("projects", "projets.csv", None)
    assert batch.rows.tolist() == [4, 5] and batch.rows.dtype == np.int64
    assert list(batch.frame) == [column.name for column in TABLES["projects"].columns]
    assert batch.frame["total_cost_amount"].tolist() == [1250000.5, 1250000.5]
    assert batch.frame["vat_rate"].tolist() == [0.2, 0.2]
    assert batch.frame["works_started_on"].isna().all()
    assert validate("projects", batch.frame) == []


def test_headers_are_known_in_both_languages_and_as_identifiers_however_typed() -> None:
    for header in (
        "project_id;title;objective;lead_directorate;opened_on;total_cost_amount;own_funds_amount",
        "Project identifier;Title;Objective;Lead directorate;Opened on;Total cost excluding VAT;Own funds",
        "IDENTIFIANT PROJET;intitule;objectif;Direction  pilote;Date d’ouverture;Cout total HT;FONDS PROPRES ",
    ):
        assert errors(read_text(header, ROW)) == []


def test_the_table_is_the_sheet_the_file_or_the_best_header() -> None:
    assert read_text(HEADER, ROW, name="export.csv").batches[0].table == "projects"
    content = xlsx({"Partenaires": PARTNERS, "Feuil2": [HEADER.split(";"), ROW.split(";")]})
    assert [batch.table for batch in native.read([("x.xlsx", content)]).batches] == ["partners", "projects"]


def test_a_forced_table_refuses_another_tables_columns() -> None:
    parsed = read_text(HEADER, ROW, table="Partenaires")
    assert parsed.batches == []
    assert (1, "Intitulé", "unknown_column") in errors(parsed)
    assert (1, "partner_id", "required") in errors(parsed)
    assert errors(read_text(HEADER, ROW, table="projetz"))[0][2] == "table"


def test_unknown_missing_and_repeated_columns_are_all_named() -> None:
    parsed = read_text(HEADER.replace("Fonds propres", "Fond propre") + ";Intitulé;E-mail", ROW + ";a;b")
    assert set(errors(parsed)) == {
        (1, "Fond propre", "unknown_column"),
        (1, "Intitulé", "duplicate_column"),
        (1, "E-mail", "R20"),
        (1, "own_funds_amount", "required"),
    }
    said = next(fault for fault in parsed.faults if fault.column == "Fond propre")
    assert "« Fonds propres »" in said.mend.fr and "“Own funds”" in said.mend.en
    assert parsed.batches == []


def test_all_faults_of_all_files_come_at_once() -> None:
    bad = ROW.replace("01/03/2014", "30/02/2014").replace("250000", "12 k€")
    files = [("projets.csv", f"{HEADER}\n{bad}".encode()), ("vide.csv", b""), ("x.pdf", b"%PDF")]
    found = [(fault.file, fault.row, fault.column, fault.value) for fault in native.read(files).faults]
    assert found == [
        ("projets.csv", 2, "opened_on", "30/02/2014"),
        ("projets.csv", 2, "own_funds_amount", "12 k€"),
        ("vide.csv", None, None, None),
        ("x.pdf", None, None, None),
    ]


def test_a_row_wider_than_its_header_is_refused_with_its_line() -> None:
    parsed = read_text(HEADER.replace(";", ","), "P1,École,F1,DADI,01/03/2014,1250,50,250000")
    assert errors(parsed) == [(2, None, "fields")]
    assert "Ligne 2" in parsed.faults[0].message.fr


def test_other_and_hidden_sheets_are_ignored_with_a_warning() -> None:
    content = xlsx(
        {"Lisez-moi": [["Bonjour"], ["Voici"]], "Partenaires": PARTNERS, "Cache": PARTNERS}, hidden=["Cache"]
    )
    parsed = native.read([("x.xlsx", content)])
    assert [(fault.sheet, fault.severity) for fault in parsed.faults] == [
        ("Cache", "warning"),
        ("Lisez-moi", "warning"),
    ]
    assert [batch.sheet for batch in parsed.batches] == ["Partenaires"]


def test_a_header_alone_is_an_error_but_not_beside_a_filled_sheet() -> None:
    assert errors(read_text(HEADER)) == [(None, None, "empty")]
    content = xlsx({"Partenaires": PARTNERS, "Projets": [HEADER.split(";")]})
    parsed = native.read([("x.xlsx", content)])
    assert parsed.ok and len(parsed.batches) == 1


def test_a_file_that_is_no_table_is_an_error() -> None:
    assert errors(read_text("Bonjour;Madame", "a;b", name="lettre.csv")) == [(None, None, "table")]
