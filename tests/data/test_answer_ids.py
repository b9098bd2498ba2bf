"""Identifiers of answers: drawn at random they pass; numbers of a register, names and those of another wave do not; ranks are told."""

import random
import secrets
import uuid
from collections.abc import Sequence
from pathlib import Path

import pytest

from data.answer_ids import pattern
from data.store import Store
from tests.data.samples import ADMIN, csv

DRAW = random.Random(7)  # registers: any draw does


def drawn(low: int, high: int, count: int = 40) -> list[int]:
    return DRAW.sample(range(low, high), count)


@pytest.mark.parametrize(
    ("ids", "kind"),
    [
        ([f"{n}" for n in drawn(1000, 10_000)], "numbers"),
        ([f"A{n:05d}" for n in drawn(0, 100_000)], "numbers"),
        ([f"{n:06d}K" for n in drawn(0, 1_000_000)], "numbers"),
        ([f"VIL-{n:06d}" for n in drawn(0, 1_000_000)], "numbers"),
        ([f"{letter}{n:05d}" for letter, n in zip("ABCDEFGH", drawn(0, 100_000, 8), strict=True)], "numbers"),
        ([str(1_425_000_000 + n) for n in drawn(0, 1_000_000)], "numbers"),  # seconds since 1970
        ([str(n) for n in range(1, 41)], "sequence"),
        ([f"R{n:03d}" for n in range(40)], "sequence"),
        ([f"2015-{n}" for n in range(1, 41) if n % 5], "sequence"),
        (["dupont", "martin", "le-gall", "petit", "R1"], "names"),
        (["dupont_j", "martin_a", "petit_cl", "durand_m"], None),  # no rule tells these from a draw: one letter alone
        (["1", "2", "3", "4"], None),
        (["4310", "9022"], None),  # too few to tell
        (["a", "b", "c", "d", "e"], None),
        (["12", "431", "7", "88", "302"], None),
    ],
)  # fmt: skip
def test_patterns(ids: Sequence[str], kind: str | None) -> None:
    assert pattern(ids) == kind
    assert pattern(sorted(ids, reverse=True)) == kind  # the order of the file changes nothing


@pytest.mark.parametrize(
    "draw", [lambda: secrets.token_hex(4), lambda: str(uuid.uuid4()), lambda: secrets.token_urlsafe(6)]
)
@pytest.mark.parametrize("count", [12, 350])
def test_what_is_drawn_at_random_has_no_pattern(draw: object, count: int) -> None:
    assert callable(draw)
    for _ in range(20):
        assert pattern([draw() for _ in range(count)]) is None


def wave(name: str, ids: Sequence[str]) -> tuple[str, bytes]:
    rows = [f"{name},{id},{at % 11}" for at, id in enumerate(ids)]
    return csv("survey_answers", "wave,answer_id,recommend", *rows, name=f"{name} survey_answers.csv")


def test_staff_numbers_refuse_the_wave_once(store: Store) -> None:
    report = store.import_files(
        ADMIN, [wave("2015", [f"{n}" for n in drawn(1000, 10_000)])], table="survey_answers"
    )
    (fault,) = report.errors
    assert (fault.rule, fault.column, fault.row, fault.value) == ("identifying", "answer_id", None, None)
    assert "matricule" in fault.message.fr and "hasard" in fault.mend.fr and report.import_id is None


def test_ranks_are_stored_with_a_warning_that_names_nobody(store: Store) -> None:
    report = store.import_files(ADMIN, [wave("2015", [f"{n}" for n in range(1, 30)])], table="survey_answers")
    (warning,) = report.warnings
    assert (
        report.stored == {"survey_answers": 29}
        and warning.rule == "identifying"
        and "rang" in warning.message.fr
    )
    (kept,) = store.warnings(ADMIN, 1)
    assert (kept.row, kept.value, kept.column) == (None, None, "answer_id")


@pytest.mark.parametrize("together", [True, False])
def test_a_person_is_not_followed_from_wave_to_wave(store: Store, together: bool) -> None:
    ids = [secrets.token_hex(4) for _ in range(20)]
    files = [wave("2013", ids), wave("2015", [*ids[:15], *(secrets.token_hex(4) for _ in range(5))])]
    if together:
        report = store.import_files(ADMIN, files, table="survey_answers")
    else:
        assert store.import_files(ADMIN, files[:1], table="survey_answers").ok
        report = store.import_files(ADMIN, files[1:], table="survey_answers")
    assert report.errors and all("vague en vague" in fault.message.fr for fault in report.errors)
    assert store.import_files(
        ADMIN, [wave("2016", [secrets.token_hex(4) for _ in range(20)])], table="survey_answers"
    ).ok


def test_a_corrected_file_of_the_same_wave_is_welcome(store: Store, tmp_path: Path) -> None:
    ids = [secrets.token_hex(4) for _ in range(20)]
    assert store.import_files(ADMIN, [wave("2015", ids)], table="survey_answers").ok
    report = store.import_files(ADMIN, [wave("2015", ids[::-1])], table="survey_answers")
    assert report.ok and not report.warnings and report.changed["survey_answers"] > 0
