"""A sheet of survey answers: columns and cells that could tell who answered, and items of declared scales."""

from collections.abc import Sequence

import pytest

from data.readers import native
from data.readers.batch import Parsed
from schemas.fault import Fault
from schemas.scale_items import ScaleItem
from schemas.text import Text
from tests.data.readers.made import xlsx

RIGHT = Text("Accord du 12 mars 2015.", "Agreement of 12 March 2015.")
TEAM = Text("Climat d'équipe", "Team climate")


def item(code: str, *, right: Text | None = RIGHT, scale: str = "team", high: float = 100) -> ScaleItem:
    label = Text(f"Entraide {code[-1]}", f"Help {code[-1]}")
    return ScaleItem(
        code, label, scale, TEAM, 0, high, 25, frozenset({"999", "nsp"}), Text("À X.", "X's."), right
    )


def read(text: str, items: Sequence[ScaleItem] = (), name: str = "reponses.csv") -> Parsed:
    return native.read([(name, text.encode())], scales=lambda: items)


def errors(parsed: Parsed) -> list[Fault]:
    return [fault for fault in parsed.faults if fault.severity == "error"]


@pytest.mark.parametrize(
    "title", ["Service", "Date de réponse", "Âge", "Ancienneté", "Commentaire", "Adresse IP", "Grade"]
)
def test_a_column_that_could_tell_refuses_the_sheet_with_reason_and_mend(title: str) -> None:
    parsed = read(f"wave;answer_id;recommend;{title}\n2015;a1;3;x\n")
    (fault,) = errors(parsed)
    assert (fault.rule, fault.row, fault.column, fault.file) == ("identifying", 1, title, "reponses.csv")
    assert title in fault.message.fr and title in fault.message.en and fault.mend.fr and fault.mend.en
    assert parsed.batches == []


@pytest.mark.parametrize("title", ["E-mail", "Prénom", "Matricule"])
def test_a_personal_column_keeps_its_rule(title: str) -> None:
    parsed = read(f"wave;answer_id;{title}\n2015;a1;x\n")
    assert [fault.rule for fault in errors(parsed)] == ["R20"] and parsed.batches == []


@pytest.mark.parametrize("title", ["Q7", "bat_1", "Humeur du chien"])
def test_a_column_that_nobody_declared_is_refused_not_ignored(title: str) -> None:
    parsed = read(f"wave;answer_id;recommend;{title}\n2015;a1;3;1\n")
    (fault,) = errors(parsed)
    assert fault.rule == "unknown_column" and "échelle déclarée" in fault.message.fr and parsed.batches == []


def test_a_sheet_of_answers_is_known_by_its_identifiers_whatever_stands_beside_them() -> None:
    parsed = read("answer_id;wave;a;b;c;d;e;f\na1;2015;1;1;1;1;1;1\n", name="export.csv")
    assert {fault.rule for fault in errors(parsed)} == {"unknown_column"} and len(errors(parsed)) == 6


def test_a_slip_in_a_title_is_helped() -> None:
    (fault,) = errors(read("wave;answer_id;Recomandation\n2015;a1;3\n"))
    assert "« Recommandation »" in fault.mend.fr


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("answer_id", "jeanne@exemple.fr", "R20"),
        ("answer_id", "06 12 34 56 78", "R20"),
        ("answer_id", "2 55 08 14 168 025 38", "R20"),
        ("answer_id", "Jeanne Martin", "identifying"),
        ("answer_id", "192.168.1.12", "identifying"),
        ("answer_id", "2015-03-12 10:15", "identifying"),
        ("answer_id", "20150312101500", "identifying"),
        ("wave", "2015-03-12", "identifying"),
        ("wave", "2015 10:15", "identifying"),
        ("directorate_group", "06 12 34 56 78", "R20"),
        ("sex", "Jeanne Martin", "identifying"),
        ("recommend", "je ne sais pas trop", "identifying"),
        ("who5_1", "12/03/2015", "identifying"),
        ("who5_1", "jeanne@exemple.fr", "R20"),
    ],
)
def test_a_cell_that_could_tell_is_named_and_masked(column: str, cell: str, rule: str) -> None:
    row = {
        "wave": "2015",
        "answer_id": "a1",
        "directorate_group": "",
        "sex": "",
        "recommend": "3",
        "who5_1": "4",
    }
    lines = [
        ";".join(row),
        ";".join(row.values()),
        ";".join({**row, "answer_id": "b2", column: cell}.values()),
    ]
    (fault,) = errors(read("\n".join(lines)))
    assert (fault.rule, fault.row, fault.column, fault.value) == (rule, 3, column, cell[:3] + "…")
    assert cell not in fault.message.fr + fault.mend.fr + fault.message.en and fault.mend.en


def test_what_stands_beyond_the_header_is_masked_too() -> None:
    (fault,) = errors(read("wave;answer_id\n2015;a1;Jeanne Martin\n"))
    assert fault.value == "Jea…"


def test_a_date_of_a_spreadsheet_is_a_date() -> None:
    from datetime import datetime

    content = xlsx(
        {
            "Réponses à l'enquête": [
                ["Vague", "Identifiant réponse", "Recommandation"],
                [2015, datetime(2015, 3, 12, 10, 4), 3],
            ]
        }
    )
    found = errors(native.read([("x.xlsx", content)]))
    assert [(fault.rule, fault.sheet, fault.row, fault.column, fault.value) for fault in found] == [
        ("identifying", "Réponses à l'enquête", 2, "answer_id", "201…")
    ]


def test_items_of_a_declared_scale_go_to_their_own_table_by_code_or_label() -> None:
    text = "wave;answer_id;recommend;HELP_1;Entraide 2\n2015;a1;3;25;\n2015;b2;4;NSP;100\n"
    parsed = read(text, [item("help_1"), item("help_2")])
    answers, items = parsed.batches
    assert not errors(parsed) and (answers.table, items.table) == ("survey_answers", "survey_items")
    assert [column for column in answers.frame if column.startswith("help")] == []
    told = items.frame.astype(object).where(items.frame.notna(), None).to_numpy().tolist()
    assert told == [
        ["2015", "a1", "help_1", 25.0], ["2015", "b2", "help_1", None],
        ["2015", "a1", "help_2", None], ["2015", "b2", "help_2", 100.0],
    ]  # fmt: skip
    assert items.rows.tolist() == [2, 3, 2, 3]


def test_a_number_that_is_no_answer_names_scale_range_and_value() -> None:
    parsed = read(
        "wave;answer_id;help_1\n2015;a1;30\n2015;b2;beaucoup\n2015;c3;tout le temps\n", [item("help_1")]
    )
    out, word, prose = errors(parsed)
    assert (out.rule, out.row, out.column, out.value) == ("identifying", 4, "help_1", "tou…")
    assert (word.rule, word.row, word.value) == ("range", 2, "30")
    assert (
        "Climat d'équipe" in word.message.fr
        and "30" in word.message.fr
        and "0 à 100, de 25 en 25" in word.message.fr
    )
    assert (prose.rule, prose.row) == ("not_a_number", 3)


def test_without_a_stated_right_the_licence_is_told_and_nothing_enters() -> None:
    parsed = read("wave;answer_id;help_1\n2015;a1;25\n", [item("help_1", right=None)])
    (fault,) = errors(parsed)
    assert (
        fault.rule == "licence"
        and "À X." in fault.message.fr
        and "right" in fault.mend.fr
        and not parsed.batches
    )


def test_two_scales_may_share_an_item_that_takes_the_same_answers_only() -> None:
    text = "wave;answer_id;help_1\n2015;a1;25\n"
    assert not errors(read(text, [item("help_1", right=None), item("help_1", scale="short")]))
    (fault,) = errors(read(text, [item("help_1"), item("help_1", scale="other", high=50)]))
    assert fault.rule == "ambiguous" and "other.help_1" in fault.message.fr


def test_no_scale_makes_an_age_an_item() -> None:
    parsed = read("wave;answer_id;age\n2015;a1;25\n", [item("age")])
    assert [fault.rule for fault in errors(parsed)] == ["identifying"]


def test_an_answer_twice_is_told_once() -> None:
    parsed = read("wave;answer_id;help_1\n2015;a1;25\n2015;a1;50\n", [item("help_1")])
    assert len(parsed.batches[1].frame) == 1


def test_the_items_table_is_no_sheet() -> None:
    parsed = native.read([("survey_items.csv", b"wave;answer_id;item;value\n2015;a1;help_1;25\n")])
    assert {fault.rule for fault in errors(parsed)} == {"register"} and not parsed.batches
