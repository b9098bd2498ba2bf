"""What could tell who answered is recognised, in titles and in cells; answers and random identifiers are left alone."""

import secrets
import uuid

import pytest

from schemas import identifying as kinds
from schemas.identifying import announced, held, is_exactly, is_prose, is_word
from schemas.survey_answers import SurveyAnswers
from schemas.tables import TABLES
from schemas.text import Text


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Nom", kinds.NAME), ("Prénom", kinds.NAME), ("agent", kinds.NAME), ("Nom et prénom", kinds.NAME),
        ("Matricule", kinds.NUMBER), ("login", kinds.NUMBER), ("Identifiant agent", kinds.NUMBER), ("N° de badge", kinds.NUMBER),
        ("Horodateur", kinds.MOMENT), ("Date de réponse", kinds.MOMENT), ("HEURE", kinds.MOMENT), ("timestamp", kinds.MOMENT),
        ("submitdate", kinds.MOMENT), ("Durée totale", kinds.MOMENT), ("IP", kinds.MACHINE), ("Adresse IP", kinds.MACHINE),
        ("ipaddr", kinds.MACHINE), ("Date de naissance", kinds.BIRTH), ("Âge exact", kinds.BIRTH), ("age", kinds.BIRTH),
        ("Service", kinds.PLACE), ("bureau", kinds.PLACE), ("Site", kinds.PLACE), ("Poste occupé", kinds.PLACE),
        ("Fonction", kinds.PLACE), ("grade", kinds.PLACE), ("Direction", kinds.PLACE), ("Ancienneté", kinds.SENIORITY),
        ("Commentaire libre", kinds.WORDS), ("Verbatim", kinds.WORDS), ("Autre, précisez", kinds.WORDS),
        ("Adresse électronique", kinds.CONTACT), ("E-mail", kinds.CONTACT), ("Code postal", kinds.CONTACT),
    ],
)  # fmt: skip
def test_a_title_says_what_it_announces(title: str, kind: Text) -> None:
    assert announced(title) == kind


def test_no_column_of_the_answers_announces_anybody_but_by_its_large_group() -> None:
    assert SurveyAnswers
    told = {c.name for c in TABLES["survey_answers"].columns for t in (c.name, *c.title) if announced(t)}
    assert told <= {"directorate_group"}
    assert is_exactly("Âge") and not is_exactly("âge du bâtiment")


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("jeanne@exemple.fr", "e-mail"),
        ("06 12 34 56 78", "telephone"),
        ("192.168.12.3", "IP"),
        ("fe80::1ff:fe23:4567:890a", "IP"),
        ("2001:0db8:85a3:0000:0000:8a2e:0370:7334", "IP"),
        ("12/03/2015", "date"),
        ("2015-03-12", "date"),
        ("2015-03-12T10:04:00", "date"),
        ("le 12 mars 2015", "date"),
        ("10:15", "date"),
        ("10h15", "date"),
    ],
)
def test_a_cell_that_tells(cell: str, what: str) -> None:
    found = held(cell)
    assert found is not None and what in found.en


@pytest.mark.parametrize(
    "cell",
    [
        "20150312",
        "20150312101500",
        "Jeanne Martin",
        "MARTIN, Jeanne",
        "jeanne.martin",
        "J'ai trop de travail",
    ],
)
def test_an_identifier_is_neither_a_day_nor_a_name(cell: str) -> None:
    assert held(cell, identifier=True) is not None


@pytest.mark.parametrize(
    "cell",
    [
        "2015",
        "2013-audit",
        "Vague 2",
        "5",
        "4,5",
        "R11282af",
        "001",
        "x",
        "w1-0007",
        "Appui aux services",
        "10",
        "3.14",
    ],
)
def test_what_tells_nothing(cell: str) -> None:
    assert held(cell) is None


def test_identifiers_drawn_at_random_pass() -> None:
    for _ in range(300):
        for drawn in (secrets.token_hex(8), str(uuid.uuid4()), secrets.token_urlsafe(9)):
            assert held(drawn, identifier=True) is None, drawn


def test_prose_and_words() -> None:
    assert is_prose("tout le temps") and is_prose("Jeanne Martin") and is_prose("anticonstitutionnellement")
    assert not is_prose("douze") and not is_prose("1 000") and not is_prose("5")
    assert (
        is_word("dupont")
        and is_word("le-gall")
        and not is_word("a1b2")
        and not is_word("ab")
        and not is_word("xkcd")
    )
