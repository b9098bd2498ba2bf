"""The section « Sensibilité » on the overview and the perspectives; scores said out of ten."""

import re
from pathlib import Path

import pytest

from metrics.definitions import load
from metrics.folders import SHIPPED
from pages.texts import numbers
from tests.pages.conftest import Visit, shown


def test_a_perspective_says_what_its_score_hides(town: Path, visit: Visit) -> None:
    page = shown(visit("projets", lang="fr"))
    assert "Sensibilité : d" in page.replace("\u00a0", " ") and "lv-range" in page
    assert "moyenne géométrique" in page and "tirages de poids" in page and "tau de Kendall" in page
    assert page.count('class="lv-range"') >= 3  # the perspective and its objectives that have a score


def test_the_overview_has_it_in_english_too(town: Path, visit: Visit) -> None:
    page = shown(visit("", lang="en"))
    assert "Sensitivity" in page and "Geometric mean" in page


def test_scores_out_of_ten_everywhere(
    town: Path, visit: Visit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scorecard.yml").write_text("extends: town\ndisplay: {score_out_of: 10}\n", "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(tmp_path))
    page = shown(visit("projets"))
    assert "sur 10, couverture" in page and "sur 100, couverture" not in page
    assert "sur 10" in shown(visit("fiche", kpi="leverage_awarded"))


def test_another_scale_is_refused() -> None:
    found = load([SHIPPED, {"scorecard.yml": "display: {score_out_of: 20}"}])
    assert found.scorecard.score_out_of == 100
    assert [(one.id, one.mend.en) for one in found.refused] == [("display", "Expected: 100 or 10.")]


@pytest.mark.parametrize(
    ("value", "met", "of", "words"),
    [
        (66.666, False, 100, "67"),
        (66.666, False, 10, "6,7"),
        (100, True, 10, "10"),
        (99.97, False, 10, "9,99"),
        (99.75, False, 100, "99,7"),
        (None, False, 10, "–"),
    ],
)
def test_a_score_on_either_scale(value: float | None, met: bool, of: int, words: str) -> None:
    numbers.scale(of)
    try:
        assert numbers.score(value, met) == words
    finally:
        numbers.scale(100)


def test_a_move_within_the_uncertainty_says_both_scores(town: Path, visit: Visit) -> None:
    page = shown(visit())
    assert re.search(
        r"Il est à \d+, contre \d+ le 31 mai 2015\u00a0: l’écart ne dépasse pas l’incertitude", page
    )
