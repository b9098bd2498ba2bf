"""The overview: computed title, cards that lead to their sheet, reasons, and stores of every shape."""

import re
from datetime import date
from pathlib import Path

import pytest

from pages.parts import changes
from pages.parts.address import Address
from pages.parts.since import of_word
from pages.parts.source import open_source
from tests.pages.conftest import ROOT, Visit, shown


def test_title_is_computed_from_the_readings(town: Path, visit: Visit) -> None:
    assert "Les six promesses sont tenues" in shown(visit())
    before = shown(visit(as_of="2014-12-31"))
    assert "Les six promesses sont tenues" not in before
    assert re.search(r"(?:promesses? sur (?:cinq|six)|aucune des \w+ promesses)", before, re.IGNORECASE)


def test_the_six_claims_with_value_date_and_denominator(town: Path, visit: Visit) -> None:
    page = shown(visit())
    cards = re.findall(r'<a href="[^"]*" class="lv-card">.*?</a>', page)
    assert len(cards) == 6
    leverage = next(card for card in cards if "F1.1" in card)
    for words in (
        "1 pour 5,00",
        "Atteint",
        "15,0\u00a0M€ sur 3,0\u00a0M€",
        "30 juin 2015",
        "cible 5",
        "[3,8",
    ):
        assert words in leverage
    assert 'href="/fiche?kpi=leverage_awarded&amp;lang=fr&amp;as_of=2015-06-30&amp;scope=town"' in leverage


def test_every_card_has_a_drawing_with_words(town: Path, visit: Visit) -> None:
    page = shown(visit())
    assert page.count('class="lv-bullet"') == 6
    assert page.count('class="lv-spark"') == 6
    assert all(
        re.search(r'aria-label="[^"]+"', svg)
        for svg in re.findall(r'<svg class="lv-(?:spark|bullet)"[^>]*>', page)
    )


def test_four_perspectives_with_score_and_coverage(town: Path, visit: Visit) -> None:
    page = shown(visit())
    assert page.count('class="lv-side"') == 4
    assert "Quatre perspectives, treize objectifs" in page
    assert re.search(r"sur 100, couverture 100\u202f%", page)
    part = shown(visit(scope="DADI"))
    assert "il en faut 70\u202f%" in part  # a directorate has too few of the KPIs for a side's score


def test_only_those_that_miss_are_to_look_at(town: Path, visit: Visit) -> None:
    page = shown(visit())
    worst = page[page.index("à regarder") : page.index("Sensibilité")]
    assert "Débit" in worst and "Atteint" not in worst


def test_unknown_is_said_with_its_reason(town: Path, visit: Visit) -> None:
    page = shown(visit(as_of="2007-03-31"))
    assert "non calculé" in page
    assert "Aucune donnée pour cette période" in page or "Rien par quoi diviser" in page


def test_english(town: Path, visit: Visit) -> None:
    page = shown(visit(lang="en"))
    assert "All six promises are kept" in page and "€15.0m" in page and "30 June 2015" in page
    assert "lang=en" in page and "Atteint" not in page


def test_a_directorate_and_a_date_within_a_month(town: Path, visit: Visit) -> None:
    page = shown(visit(scope="DADI", as_of="2015-06-15"))
    assert "15 juin 2015 · DADI" in page
    assert "scope=DADI" in page and "as_of=2015-06-15" in page
    assert "promesse" not in page[: page.index("lv-cards")]  # the promises are the town's


def test_a_directorate_is_not_held_to_the_town_s_amounts(town: Path, visit: Visit) -> None:
    page = shown(visit(scope="DADI"))
    raised = next(c for c in re.findall(r'<a href="[^"]*" class="lv-card">.*?</a>', page) if "F1.2" in c)
    assert "Sans cible" in raised and "cible 15" not in raised


def test_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    page = shown(visit())
    assert "Aucune donnée pour l’instant" in page
    assert "/imports?" in page and "python -m data demo" in page


def test_a_claim_is_made_by_the_catalogue_s_target_not_by_a_lower_one_in_force(
    town: Path, visit: Visit
) -> None:
    page = shown(visit(as_of="2014-12-31"))
    partners = next(c for c in re.findall(r'<a href="[^"]*" class="lv-card">.*?</a>', page) if ">162" in c)
    assert "Atteint" in partners and "Plus de 200" not in partners
    assert "Plus de 200 partenaires" in shown(visit())
    assert "une est en écart" in page or "sont en écart" in page or "reste" in page


def test_half_a_month_is_neither_judged_nor_news(town: Path, visit: Visit) -> None:
    page = shown(visit(as_of="2015-05-14"))
    news = (
        page[page.index("Ce qui a changé") : page.index("Sensibilité")] if "Ce qui a changé" in page else ""
    )
    assert "Débit" not in news.split("à regarder")[0]


def test_the_best_of_many_equals_are_those_furthest_beyond(town: Path, visit: Visit) -> None:
    assert re.search(r"\d+ indicateurs à 100, dont les cinq qui vont le plus au-delà", shown(visit()))


CARD = """
town: "Autre <b>lieu</b>"
mission: {fr: Servir, en: Serve}
perspectives:
  X:
    label: {fr: "Côté <script>alert(1)</script>", en: Side}
    objectives:
      X1: {label: {fr: "But <img src=x onerror=alert(1)>", en: Goal}}
"""
ENTRY = """
projects_seen:
  code: X1.1
  label: {fr: "Projets <svg onload=alert(1)>", en: Projects}
  objective: X1
  from: open_projects
  sql: COUNT(*)
  period: {date: opened_on, span: cumulative}
  unit: n
  direction: up
  frequency: monthly
  note: {fr: "note", en: "note"}
"""


@pytest.fixture
def other_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of one KPI, without target, whose words carry markup."""
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "scorecard.yml").write_text(CARD, "utf-8")
    (folder / "kpis.yml").write_text(ENTRY, "utf-8")
    monkeypatch.setenv("LEVIER_CATALOGUE", str(folder))
    return folder


def test_another_catalogue_without_targets_escaped(
    own_town: Path, other_catalogue: Path, visit: Visit
) -> None:
    page = shown(visit(as_of="2015-06-15"))
    assert page.count('class="lv-card"') == 1
    assert "Sans cible" in page and "lv-bullet" not in page
    for bad in ("<script>", "<img", "onload=alert(1)>", "<b>lieu"):
        assert bad not in page.replace("&lt;", "")
    assert "Autre &lt;b&gt;lieu&lt;/b&gt;" in page


def test_a_status_that_noise_flipped_is_said_so_and_comes_last(town: Path) -> None:
    source = open_source(Address())
    since = of_word(source, "month")
    assert since is not None and since.day == date(2015, 5, 31)
    found = changes.changes(source, since)
    assert [one.is_noise for one in found] == sorted(one.is_noise for one in found)
    (flipped,) = (one for one in found if one.key == "status:throughput")
    assert flipped.is_noise and flipped.facts["has_new_status"]
    assert "dans le bruit habituel" in changes.line(source, flipped)
    assert not [one.key for one in found[:6] if "dans le bruit" in changes.line(source, one)]
    assert "Débit" not in changes.news(source, since)


def test_projected_nothing_is_shown_that_a_room_cannot_press() -> None:
    sheet = (ROOT / "pages" / "static" / "projection.css").read_text(encoding="utf-8")
    hidden = " ".join(line for line in sheet.splitlines() if "display: none" in line)
    for name in (".lv-alert-line", ".lv-takeaway", ".lv-files", ".lv-end button"):
        assert name in hidden, name
    assert ".lv-claimed .lv-card .lv-top { min-height: 2lh" in sheet, "labels of one and two lines align"
