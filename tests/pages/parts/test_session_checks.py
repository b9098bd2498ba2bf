"""What is said of a session before it is saved, and the sentence that it makes."""

from dataclasses import replace
from datetime import date

import pytest

from pages.parts import session_words
from pages.parts.session_checks import Context, checks, default_day, earliest
from pages.parts.session_entry import Session, blank, filled, of_row
from pages.texts import use
from schemas.tables import TABLES

TODAY = date(2015, 6, 30)
GOOD = Session("S1", "practice", "walt", date(2015, 6, 12), "DADI", True, 12, 3, 8, 8, 20.0, 0.0)
CONTEXT = Context(TODAY, date(2015, 6, 23), {"walt": date(2015, 2, 3), "rien": None}, strangers=40)


def said(session: Session, context: Context = CONTEXT) -> list[tuple[str, str]]:
    return [(one.field, one.severity) for one in checks(session, context)]


def test_a_good_session_has_nothing_said_of_it() -> None:
    assert said(GOOD) == []
    assert said(replace(GOOD, newcomers=None, opinions=None, opinions_relevant=None, hours=None)) == []


@pytest.mark.parametrize(
    ("more", "field", "severity"),
    [
        ({"practice": None}, "practice", "missing"),
        ({"held_on": None}, "held_on", "missing"),
        ({"is_run_by_team": None}, "is_run_by_team", "missing"),
        ({"participants": None}, "participants", "missing"),
        ({"held_on": date(2015, 7, 1)}, "held_on", "error"),
        ({"held_on": date(2015, 2, 2)}, "held_on", "error"),
        ({"newcomers": 13}, "newcomers", "error"),
        ({"participants": 50, "newcomers": 41}, "newcomers", "error"),
        ({"opinions": 13}, "opinions", "error"),
        ({"opinions_relevant": 9}, "opinions_relevant", "error"),
        ({"opinions": None}, "opinions", "error"),
        ({"score_before": 3.0}, "score_after", "warning"),
        ({"score_after": 3.0}, "score_before", "warning"),
        ({"kind": "mooc", "practice": None, "enrolled": 11}, "participants", "error"),
        ({"kind": "mooc", "practice": None, "enrolled": 20, "completed": 21}, "completed", "error"),
    ],
)
def test_each_slip_is_said_at_its_field(more: dict[str, object], field: str, severity: str) -> None:
    assert said(replace(GOOD, **more)) == [(field, severity)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "more",
    [
        {"held_on": date(2015, 2, 3)},
        {"held_on": TODAY},
        {"practice": "rien", "held_on": date(2014, 1, 1)},
        {"kind": "workshop", "practice": None, "held_on": date(2014, 1, 1)},
        {"newcomers": 12, "opinions": 12, "opinions_relevant": 12},
        {"participants": 40, "newcomers": 40},
        {"kind": "mooc", "practice": None, "enrolled": 12, "completed": 12},
        {"score_before": 3.0, "score_after": 2.0},
    ],
)
def test_the_limits_themselves_pass(more: dict[str, object]) -> None:
    assert said(replace(GOOD, **more)) == []  # type: ignore[arg-type]


def test_a_second_session_of_the_day_and_an_empty_one_ask_to_be_sure() -> None:
    assert said(GOOD, replace(CONTEXT, twins=2)) == [("directorate", "warning")]
    assert ("directorate", "warning") not in said(replace(GOOD, participants=None), replace(CONTEXT, twins=2))
    nobody = replace(GOOD, participants=0, newcomers=0, opinions=0, opinions_relevant=0)
    assert said(nobody) == [("participants", "warning")]


def test_a_session_long_after_the_data_says_what_it_would_move() -> None:
    archive = replace(CONTEXT, today=date(2026, 11, 22))
    assert said(GOOD, archive) == []
    assert said(replace(GOOD, held_on=date(2026, 11, 22)), archive) == [("held_on", "warning")]


def test_the_day_a_form_starts_with() -> None:
    assert default_day(date(2015, 9, 1), date(2015, 6, 30)) == date(2015, 9, 1)
    assert default_day(date(2026, 11, 22), date(2015, 6, 30)) == date(2015, 6, 30)
    assert default_day(TODAY, None) == TODAY
    assert earliest(date(2013, 9, 24), None, TODAY) == date(2013, 1, 1)
    assert earliest(date(2013, 9, 24), date(2012, 5, 1), TODAY) == date(2012, 1, 1)
    assert earliest(None, None, TODAY) == date(2014, 1, 1)


def test_a_correction_need_not_guess_what_a_file_did_not_say() -> None:
    unsaid = replace(GOOD, is_run_by_team=None)
    assert said(unsaid, replace(CONTEXT, before=unsaid)) == []
    assert said(unsaid, replace(CONTEXT, before=GOOD)) == [("is_run_by_team", "missing")]


def test_a_new_form_takes_what_the_last_session_had_and_no_count() -> None:
    new = blank(TODAY, GOOD)
    assert (new.kind, new.practice, new.directorate, new.is_run_by_team) == ("practice", "walt", "DADI", True)
    assert (new.participants, new.opinions, new.hours, new.external_cost_amount) == (None, None, None, 0.0)
    assert len(new.session_id) == 12 and new.session_id != blank(TODAY, GOOD).session_id
    asked = blank(TODAY, replace(GOOD, kind="mooc", practice=None), "rien", "Culture")
    assert (asked.kind, asked.practice, asked.directorate) == ("practice", "rien", "Culture")


def test_another_kind_forgets_what_belonged_to_the_first() -> None:
    mooc = filled(GOOD, {"kind": "mooc", "enrolled": 20, "completed": 5})
    assert (mooc.practice, mooc.enrolled) == (None, 20)
    back = filled(replace(mooc, practice=None), {"kind": "practice", "practice": "walt"})
    assert (back.enrolled, back.completed, back.practice) == (None, None, "walt")
    held = replace(GOOD, kind="workshop", enrolled=7)  # what a file gave and the form does not show
    assert filled(held, {"participants": 9}).enrolled == 7


def test_the_row_has_the_table_s_columns() -> None:
    assert list(GOOD.row()) == [column.name for column in TABLES["practice_sessions"].columns]
    assert of_row(GOOD.row()) == GOOD


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (
            {},
            "12 participants dont 3 nouveaux, 8 avis dont 8 pertinents, 20 h mobilisées, sans coût externe.",
        ),
        (
            {"newcomers": None, "opinions": None, "opinions_relevant": None, "hours": None}
            | {"external_cost_amount": None},
            "12 participants (nouveaux non comptés), avis non relevés, heures non relevées, coût externe non relevé.",
        ),
        (
            {"participants": 1, "newcomers": 1, "opinions": 1, "opinions_relevant": 1, "hours": 1.5}
            | {"external_cost_amount": 120.0, "score_before": 3.0, "score_after": 4.5},
            "1 participant dont 1 nouveau, 1 avis dont 1 pertinent, 1,5 h mobilisées, 120 € de coût externe, score 3 avant et 4,5 après.",
        ),
        (
            {"kind": "mooc", "participants": 44, "newcomers": 17, "enrolled": 80, "completed": 27},
            "80 inscrits, 27 terminés, 44 actifs dont 17 nouveaux, 8 avis dont 8 pertinents, 20 h mobilisées, sans coût externe.",
        ),
        ({"participants": None}, "Le nombre de participants manque encore."),
    ],
)
def test_the_sentence(more: dict[str, object], words: str) -> None:
    use("fr")
    plain = session_words.summary(replace(GOOD, **more))  # type: ignore[arg-type]
    assert plain.replace("\u00a0", " ").replace("\u202f", " ") == words


def test_the_sentence_in_english() -> None:
    use("en")
    assert session_words.summary(GOOD).startswith("12 participants, 3 of them new, 8 opinions, 8 of them")
    assert (
        session_words.held(GOOD, {"walt": "dans la peau de Walt"})
        == "dans la peau de Walt, 12 June 2015, DADI"
    )
