"""Personal data is recognised, and what only looks like it is not."""

import pytest

from schemas.personal import is_personal_header, masked, personal_data


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("écrire à prenom.nom@exemple.fr", "e-mail"),
        ("contact: a_b+c@sous.domaine.org.", "e-mail"),
        ("Tél. 01 23 45 67 89", "telephone"),
        ("0123456789", "telephone"),
        ("01.23.45.67.89", "telephone"),
        ("+33 1 23 45 67 89", "telephone"),
        ("+33 (0)6 12 34 56 78", "telephone"),
        ("0033123456789", "telephone"),
        ("2 55 08 14 168 025 38", "social security"),
    ],
)
def test_personal_data(text: str, kind: str) -> None:
    found = personal_data(text)
    assert found is not None and kind in found.en


@pytest.mark.parametrize(
    "text",
    [
        "Raccordement à l'application @ctes",
        "Projet Ilot@ge",
        "Projet Ilot@ge.",
        "SIRET 21260281000016",
        "SIREN 212602810",
        "2018DI05034",
        "2018-01-02",
        "1 234 567,89",
        "1 0123456789012",
        "255081416802539",  # fifteen digits whose key is wrong
        "",
    ],
)
def test_what_is_not_personal(text: str) -> None:
    assert personal_data(text) is None


def test_headers() -> None:
    assert (
        is_personal_header("E-mail") and is_personal_header("Téléphone") and is_personal_header("MATRICULE")
    )
    assert not is_personal_header("Nom de l'organisme")


def test_a_mask_keeps_little() -> None:
    assert masked("prenom.nom@exemple.fr") == "pre…"
