"""Bytes into sheets: what is read, at which line, and what is refused."""

import warnings
from datetime import date

import pytest

from data.readers import archive, limits
from data.readers.files import Refused, read_sheets
from data.readers.sheet import NOT_CALCULATED
from tests.data.readers.made import ods, ods_row, rewritten, xlsx, zipped

TITLES = [{"code", "nom", "montant"}]
SHEET_XML = "xl/worksheets/sheet1.xml"


def one(content: bytes, name: str = "x.csv"):
    """Return the only sheet of a file."""
    (sheet,) = read_sheets(name, content, TITLES)
    return sheet


def refusal(content: bytes, name: str = "x.csv"):
    """Return the fault of a file that must be refused."""
    with pytest.raises(Refused) as refused:
        read_sheets(name, content, TITLES)
    (fault,) = refused.value.faults
    assert (
        fault.severity == "error"
        and fault.message.fr
        and fault.message.en
        and fault.mend.fr
        and fault.mend.en
    )
    return fault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_is_read_in_every_honest_encoding_and_separator(encoding: str, separator: str) -> None:
    words = "Code;Nom\nP1;Été « à l’œuvre »\n".replace(";", separator)
    assert one(words.encode(encoding)).rows == [["P1", "Été « à l’œuvre »"]]


def test_a_cp1252_file_is_not_taken_for_damaged_utf8_nor_the_reverse() -> None:
    assert one("Code;Nom\nP1;d\xe9j\xe0\n".encode("cp1252")).rows == [["P1", "déjà"]]
    fault = refusal("Code;Nom\nP1;déjà vu, été\nP2;".encode() + b"\xed\xa0\x80\n")
    assert (fault.rule, fault.row) == ("encoding", 3)


def test_a_byte_that_no_encoding_has_is_named_by_its_line() -> None:
    assert refusal(b"Code;Nom\nP1;\x81\n").row == 2


def test_row_numbers_are_the_line_on_which_the_row_begins() -> None:
    sheet = one(b'Code;Nom\r\nP1;"deux\r\nlignes"\r\n\r\nP2;"a ""b"""\nP3;c\rP4;d\n')
    assert sheet.row_numbers == [2, 5, 6, 7]
    assert sheet.rows[0][1] == "deux\r\nlignes"
    assert sheet.rows[1][1] == 'a "b"'


def test_titles_and_blank_rows_above_the_header_are_skipped() -> None:
    sheet = one(b"Tableau de bord;;\nExtrait le 03/11/2025;;\n;;\nCode;Nom;Montant\nP1;a;3\n")
    assert (sheet.header, sheet.header_row, sheet.row_numbers) == (["Code", "Nom", "Montant"], 4, [5])


def test_empty_columns_at_the_end_are_cut_and_values_beyond_the_header_are_kept_apart() -> None:
    sheet = one(b"Code;Nom;;;\nP1;a;;;\nP2;b;c;;\n")
    assert sheet.header == ["Code", "Nom"]
    assert sheet.rows == [["P1", "a"], ["P2", "b"]]
    assert sheet.overflow == [(3, "c")]


def test_an_open_quote_is_refused_at_the_line_where_its_row_begins() -> None:
    fault = refusal(b'Code;Nom\nP1;a\nP2;"b\nP3;c\n')
    assert (fault.rule, fault.row) == ("quote", 3)


@pytest.mark.parametrize(
    ("content", "rule", "word"),
    [
        (b"", "empty", "vide"),
        (b" \r\n\t", "empty", "vide"),
        (b";;;\n;;;\n", "empty", "vide"),
        (b"%PDF-1.4 trailer", "format", "PDF"),
        (b"<!DOCTYPE html><table><tr><td>Code", "format", "HTML"),
        (b"\xef\xbb\xbf <html>", "format", "HTML"),
        (b'[{"code": 1}]', "format", "JSON"),
        (b"\x00\x00\x00", "binary", "illisible"),
        (b"Code;Nom\nP1;a\x00b\n", "binary", "ligne 2"),
        (b"PK\x03\x04cut", "damaged", "illisible"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old_excel", ".xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
            "mot de passe",
        ),
    ],
)
def test_what_is_no_spreadsheet_is_refused_in_words(content: bytes, rule: str, word: str) -> None:
    fault = refusal(content, "a.xlsx")
    assert fault.rule == rule
    assert word in fault.message.fr


def test_a_workbook_gives_typed_cells_sheet_names_and_row_numbers() -> None:
    content = xlsx(
        {"Projets": [[], ["Code", "Nom", "Montant"], ["P1", date(2015, 6, 30), 12.5], [], ["P2", True, 3]]}
    )
    sheet = one(content, "a.txt")
    assert (sheet.sheet, sheet.header_row, sheet.row_numbers) == ("Projets", 2, [3, 5])
    assert sheet.rows == [["P1", date(2015, 6, 30), 12.5], ["P2", True, 3]]


def test_hidden_sheets_and_rows_are_told() -> None:
    content = xlsx({"A": [["Code", "Nom"], ["P1", "a"]], "B": [["Code", "Nom"], ["P2", "b"]]}, hidden=["B"])
    content = rewritten(content, SHEET_XML, '<row r="2"', '<row r="2" hidden="1"')
    sheets = read_sheets("a.xlsx", content, TITLES)
    assert [(sheet.hidden, sheet.hidden_rows) for sheet in sheets] == [(False, 1), (True, 0)]


def test_an_error_or_an_uncalculated_formula_is_never_an_empty_cell() -> None:
    content = xlsx({"A": [["Code", "Montant"], ["P1", "=1/0"], ["P2", '=""']]})
    assert one(content).rows[0] == ["P1", NOT_CALCULATED]
    wrong = rewritten(
        content, SHEET_XML, '<c r="B2"><f>1/0</f><v /></c>', '<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    blank = rewritten(
        wrong, SHEET_XML, '<c r="B3"><f>""</f><v /></c>', '<c r="B3" t="str"><f>""</f><v></v></c>'
    )
    assert one(blank).rows == [["P1", "#DIV/0!"], ["P2", None]]


def test_an_error_in_an_opendocument_sheet_is_never_an_empty_cell() -> None:
    bad = '<table:table-row><table:table-cell/><table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"/></table:table-row>'
    sheet = one(ods(ods_row("Code", "Montant") + bad))
    assert sheet.rows == [[None, "#ERREUR!"]]


def test_phantom_cells_cost_nothing_and_far_filled_ones_are_refused() -> None:
    content = xlsx({"A": [["Code", "Nom"], ["P1", "a"]]})
    end = "</sheetData>"
    phantom = rewritten(content, SHEET_XML, end, '<row r="1048576"><c r="XFD1048576" s="0"/></row>' + end)
    assert one(phantom).rows == [["P1", "a"]]
    far = rewritten(content, SHEET_XML, end, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + end)
    assert refusal(far).rule == "too_far"


def test_a_declared_dimension_is_ignored() -> None:
    content = xlsx({"A": [["Code", "Nom"], ["P1", "a"], ["P2", "b"]]})
    assert len(one(rewritten(content, SHEET_XML, 'ref="A1:B3"', 'ref="A1:A1"')).rows) == 2


def test_repeated_rows_count_only_where_they_are_filled() -> None:
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert len(one(ods(ods_row("Code", "Nom") + ods_row("P1", 3.0) + empty)).rows) == 1
    assert refusal(ods(ods_row("Code", "Nom", *["x"] * 30, repeated=1_000_000))).rule == "too_far"


def test_the_inflated_bytes_are_counted_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_INFLATED", 100_000)
    assert refusal(ods(ods_row("Code", "Nom") * 5_000)).rule == "too_big"


@pytest.mark.parametrize(
    ("entries", "rule"),
    [
        ([("xl/workbook.xml", "<a/>"), ("../../evil.xml", "<a/>")], "archive"),
        ([("xl/workbook.xml", "<a/>"), ("/etc/evil", "<a/>")], "archive"),
        ([("xl/workbook.xml", "<a/>"), ("xl/workbook.xml", "<b/>")], "archive"),
        ([("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a/>')], "security"),
        ([("content.xml", "<a/>"), ("META-INF/manifest.xml", "<encryption-data/>")], "password"),
        ([("readme.txt", "hello")], "format"),
        ([("xl/workbook.xml", "<a>")], "damaged"),
    ],
)
def test_a_hostile_or_foreign_zip_is_refused(entries: list[tuple[str, str]], rule: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of the repeated name it is asked to write
        content = zipped(entries)
    assert refusal(content).rule == rule


def test_a_flipped_bit_is_refused() -> None:
    content = bytearray(xlsx({"A": [["Code", "Nom"], ["P1", "a"]]}))
    content[content.find(b"xl/worksheets/sheet1.xml") + 40] ^= 0x10
    assert refusal(bytes(content)).rule == "damaged"


def test_rows_columns_and_bytes_are_capped_on_what_is_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(b";".join(b"c%d" % at for at in range(limits.MAX_COLUMNS + 1))).rule == "too_many_columns"
    monkeypatch.setattr("data.readers.delimited.MAX_ROWS", 3)
    assert refusal(b"Code;Nom\n" + b"P;a\n" * 4).rule == "too_many_rows"
    monkeypatch.setattr("data.readers.files.MAX_BYTES", 10)
    assert refusal(b"Code;Nom\nP;a\n").rule == "too_big"
