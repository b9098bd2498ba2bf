"""The panel « Rythme et prévision »: what it says for each kind of KPI, at other dates, in both languages, and how fast."""

import re
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from metrics.definitions import load
from metrics.folders import catalogue_folders
from metrics.forecast import Forecast
from metrics.pacing import Line, pace
from pages.parts import fiche_forecast, forecast_reads
from pages.parts.address import Address
from pages.parts.forecast_words import badge, chance, pace_line, pace_words
from pages.parts.source import open_source
from pages.texts import use
from tests.pages.conftest import Visit
from tests.pages.test_fiche import said

KPIS = tuple(load(catalogue_folders(None, None)).kpis)
YEAR = Line(date(2014, 12, 31), 0.0, date(2015, 12, 31), 365.0)


def test_the_pipeline_with_its_assumptions(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="cofinancing_raised"))
    for words in (
        "Cible déjà atteinte ; à ce rythme, 21,6 M€ fin 2015",
        "8 demandes en attente (11,0 M€) sont jouées 10 000 fois",
        "37 réponses favorables sur 50",
        "Rythme sur 3 mois 1,8 M€ par mois",
    ):
        assert words in page, words
    assert re.search(r"la bande à 80 % a contenu \d+ fois sur \d+ la valeur atteinte 6 mois plus tard", page)


def test_the_year_s_total_of_a_monthly_count(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="throughput"))
    for words in (
        "Sur la ligne à ce jour, mais la prévision attend 150 décisions sur l’année 2015 : 3 chances sur 20 d’atteindre 168 "
        "(prudence : bande trop étroite par le passé)",
        "Rythme sur la ligne à ce jour (ligne vers 168 au 31 décembre 2015), mais il faudrait 13,9 par mois et la prévision "
        "en attend 10,9",
        "Chances d’atteindre 168 3 chances sur 20 (prudence : bande trop étroite par le passé)",
        "Attendu à cette date 83 (écart +0,69)",
        "Rythme nécessaire jusqu’au 31 décembre 2015 13,9 par mois",
        "D’après 10 mois (11,0 par mois)",
    ):
        assert words in page, words


def test_a_stock_has_no_pace_but_a_forecast_with_its_warning(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="active_files"))
    assert "Autour de 100 fin 2015 :" in page and "de finir dans la bande de 90 à 110" in page
    assert "Rythme nécessaire" not in page


def test_a_chance_that_no_past_forecast_could_check_says_so(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="leverage_awarded"))
    assert "1 chance sur 2 d’atteindre" in page and page.count("1 chance sur 2 (non vérifié)") == 1
    assert "non vérifiée : aucune date passée ne permettait cette prévision" in page


def test_the_pace_and_the_rates_agree() -> None:
    """On the line but too slow to come, late but fast enough, and where both say the same."""
    kpi = load(catalogue_folders(None, None)).kpis["throughput"]
    day, end = date(2015, 6, 30), date(2015, 12, 31)
    for value, coming, words in (
        (181.0, 20.0, "mais il faudrait 30,4 par mois et la prévision en attend 20,0"),
        (100.0, 60.0, "mais il suffirait de 43,8 par mois et la prévision en attend 60,0"),
        (181.0, 40.0, ""),
        (100.0, 20.0, ""),
    ):
        total = value + coming * (end - day).days / (365.25 / 12)
        found = Forecast("k", day, end, "counts", value, total, 0.0, 1.0, 365.0, 0.1, 9, True, {}, ())
        line = pace_line(kpi, pace(YEAR, value, day), found)
        assert (words in line) if words else ("mais" not in line), line


def test_where_there_is_no_forecast_it_says_why_in_one_line(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="debt_payback_years"))
    assert "Pas de prévision : une valeur par an ne suffit pas à prévoir la fin de l’année." in page
    signal = said(visit("fiche", kpi="partners_joined", lang="en"))
    assert "No forecast: the last points show a change (seven points on one side of the mean)" in signal


def test_the_english_panel(town: Path, visit: Visit) -> None:
    page = said(visit("fiche", kpi="throughput", lang="en"))
    assert "3 chances in 20 of reaching 168" in page and "Caution" in page


@pytest.mark.parametrize("as_of", ["2010-03-31", "2014-12-31", "2015-05-12", "2015-06-30"])
def test_every_kpi_has_its_panel_at_every_date(as_of: str, town: Path) -> None:
    source = open_source(Address("fr", date.fromisoformat(as_of), ""))
    for kpi in KPIS:
        panel = fiche_forecast.drawn(source, kpi, "light")
        reading = source.readings().get(kpi)
        assert (panel is None) == (reading is None or reading.value is None), kpi
        assert panel is None or (panel.title and panel.words), kpi


def test_a_directorate_s_amount_has_no_target_but_a_forecast(town: Path) -> None:
    source = open_source(Address("fr", None, "DADI"))
    found = forecast_reads.forecast_of(source, "cofinancing_raised")
    assert isinstance(found, Forecast) and found.target is None and found.chance is None
    assert forecast_reads.pace_of(source, "cofinancing_raised") is None
    whole = forecast_reads.forecast_of(source.whole_town(), "cofinancing_raised")
    assert isinstance(whole, Forecast) and found.facts["requests"] < whole.facts["requests"]


def test_a_panel_never_drawn_before_takes_less_than_a_blink(town: Path) -> None:
    source = open_source(Address("fr", date(2015, 3, 31), ""))
    fiche_forecast.drawn(source, "cofinancing_raised", "light")  # libraries, readings
    taken = []
    for kpi in ("throughput", "active_files", "partners_joined", "secured_share"):
        start = perf_counter()
        fiche_forecast.drawn(source, kpi, "dark")
        taken.append(perf_counter() - start)
    assert min(taken) < 0.3  # 0.1 s on a quiet machine
    start = perf_counter()
    fiche_forecast.drawn(source, "throughput", "dark")
    assert perf_counter() - start < 0.01


def test_the_pace_in_a_few_words() -> None:
    day = date(2015, 6, 30)
    assert badge(pace(YEAR, 193.0, day)) == "rythme\u00a0: en avance de 12 jours"
    assert badge(pace(YEAR, 178.0, day)) == "rythme\u00a0: en retard de 3 jours"
    assert badge(pace(YEAR, 400.0, day)) == "rythme\u00a0: cible atteinte" and badge(None) == ""
    assert pace_words(pace(YEAR, 300.0, date(2016, 1, 5))) == "échéance passée sans atteindre la cible"
    use("en")
    assert badge(pace(YEAR, 193.0, day)) == "pace: 12 days ahead"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.8, "8 chances sur 10"),
        (0.5, "1 chance sur 2"),
        (0.75, "3 chances sur 4"),
        (0.85, "17 chances sur 20"),
        (0.05, "1 chance sur 20"),
        (0.0, "moins d’une chance sur 20"),
        (1.0, "plus de 19 chances sur 20"),
    ],
)
def test_chances_as_people_say_them(share: float, words: str) -> None:
    assert chance(share) == words
