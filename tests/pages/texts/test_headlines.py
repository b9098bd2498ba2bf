"""The overview's title: promises kept out of those made, cards met out of those shown."""

from dataclasses import replace
from datetime import date

import pytest

from metrics.claims import headline
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED
from metrics.reading import Reading
from pages.texts import use
from pages.texts.headlines import title


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load([SHIPPED])


def readings(catalogue: Catalogue, said: str) -> dict[str, Reading]:
    """One reading a card: ``m`` met, ``w`` watch, ``o`` off target, ``n`` not judged, ``u`` unknown."""
    met = Reading("", "", date(2015, 6, 30), "2015-06", {}, 1.0, "n", score=100.0, status="on_target")
    kinds = {
        "m": met,
        "w": replace(met, score=90.0, status="watch"),
        "o": replace(met, score=10.0, status="off_target"),
        "n": replace(met, score=None, status="unknown", reason="no_target"),
        "u": replace(met, value=None, score=None, status="unknown", reason="no_data"),
    }
    return {kpi.id: kinds[kind] for kpi, kind in zip(headline(catalogue), said, strict=True)}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("mmmmmm", "Les six promesses sont tenues"),
        ("mmmmuu", "Quatre promesses sur six sont tenues\u202f; deux ne sont pas calculées"),
        ("mmmmmu", "Cinq promesses sur six sont tenues\u202f; une n’est pas calculée"),
        (
            "mmmwwu",
            "Trois promesses sur six sont tenues\u202f; deux sont à surveiller, une n’est pas calculée",
        ),
        ("mmmmoo", "Quatre promesses sur six sont tenues\u202f; deux sont en écart"),
        ("uuuuuu", "Aucun indicateur n’est encore calculé"),
    ],
)
def test_the_town_s_promises(catalogue: Catalogue, said: str, words: str) -> None:
    assert title(catalogue, readings(catalogue, said)) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("mmmmmm", "Les six indicateurs atteignent leur cible"),
        (
            "mmmnnu",
            "Trois indicateurs atteignent leur cible\u202f; trois ne sont pas jugés dans ce périmètre",
        ),
        ("mnnnnn", "Un indicateur atteint sa cible\u202f; cinq ne sont pas jugés dans ce périmètre"),
        (
            "mmoonn",
            "Deux indicateurs sur quatre atteignent leur cible\u202f; deux sont en écart, deux ne sont pas jugés dans ce périmètre",
        ),
    ],
)
def test_a_part_counts_the_cards_shown(catalogue: Catalogue, said: str, words: str) -> None:
    assert title(catalogue, readings(catalogue, said), of_a_part=True) == words


def test_english(catalogue: Catalogue) -> None:
    use("en")
    found = title(catalogue, readings(catalogue, "mmmmuu"))
    assert found == "Four promises out of six are kept; two are not computed"
