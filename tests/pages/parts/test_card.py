"""The parts of a card: slots, axis, target in words, fraction."""

from dataclasses import replace
from datetime import date

from metrics.definitions import Kpi, Period
from metrics.reading import Reading
from pages.charts import small
from pages.parts import card, fiche_facts, marks
from pages.texts import beside, judgements, use
from schemas.text import Text

KPI = Kpi("k", "F1.1", Text("Levier", "Leverage"), "F1", "n", "up", "monthly", target=100, floor=0)
JUNE = date(2015, 6, 30)


def reading(value: float | None, as_of: date = JUNE, **more: object) -> Reading:
    return Reading("k", "F1.1", as_of, "2015-06", {}, value, "n", **more)  # type: ignore[arg-type]


def test_24_months_end_at_the_date() -> None:
    months = [date(2013, 6, 30), date(2013, 7, 31), date(2015, 5, 31), JUNE]
    found = small.slots([reading(float(i), d) for i, d in enumerate(months)], JUNE)
    assert found == [(0, 1.0), (22, 2.0), (23, 3.0)]


def test_the_axis_starts_at_zero_and_holds_everything() -> None:
    assert small.axis(reading(50), KPI, 100) == (120, 0)
    assert small.axis(reading(-5), KPI, 100)[1] == -5
    assert small.axis(reading(90, high=150), KPI, 100)[0] > 150
    down = replace(KPI, direction="down", target=60, floor=240)
    assert small.axis(reading(60), down, 60) == (240, 0)
    band = replace(KPI, direction="band", target=100, band=(90, 110), limits=(70, 130))
    assert small.axis(reading(100), band, 100) == (130, 0)


def test_targets_in_words() -> None:
    assert beside.target(KPI) == "100" and beside.target(replace(KPI, target=None)) == ""
    assert beside.target(replace(KPI, strict=True)) == "plus de 100"
    assert beside.target(replace(KPI, strict=True, direction="down")) == "moins de 100"
    assert beside.target(replace(KPI, band=(90, 110))) == "100, bande 90 à 110"


def test_no_bar_without_value_or_target() -> None:
    assert card.gauge(reading(None), KPI) == "" and card.gauge(reading(1), replace(KPI, target=None)) == ""


def test_never_a_number_without_its_date() -> None:
    assert beside.foot(reading(3, n=2), KPI) == "2 lignes · 30 juin 2015"


def test_a_stored_value_bears_its_own_period_not_the_date_it_is_read_at() -> None:
    typed = replace(KPI, source="kpi_values")
    assert beside.foot(replace(reading(3, date(2015, 9, 30)), period="2015-06"), typed) == "juin 2015"
    assert "juin 2015" in fiche_facts.figures(typed, replace(reading(3, date(2015, 9, 30)), period="2015-06"))
    assert beside.foot(reading(None, date(2015, 9, 30)), typed) == "30 septembre 2015"


def test_a_missing_value_is_said_not_zero() -> None:
    assert "non calculé" in card.value(reading(None), KPI) and ">0<" in card.value(reading(0), KPI)


def test_one_and_none_are_said_in_the_singular() -> None:
    counted = replace(KPI, counted=Text("séances", "sessions"), counted_one=Text("séance", "session"))
    assert [beside.counted(reading(0, n=n), counted) for n in (0, 1, 2)] == [
        "0\u00a0séance",
        "1\u00a0séance",
        "2\u00a0séances",
    ]
    use("en")
    assert [beside.counted_word(counted, n) for n in (0, 1, 2)] == ["sessions", "session", "sessions"]


def test_half_a_month_is_said_running_beside_the_last_whole_one() -> None:
    monthly = replace(KPI, period=Period("in_period", "opened_on"))
    past = [
        reading(9, date(2015, 4, 30), status="off_target"),
        reading(11, date(2015, 5, 31), reason="running"),
    ]
    april = replace(past[0], period="2015-04")
    half = replace(past[1], as_of=date(2015, 5, 14), n=7)
    found = card.complete([april], half, monthly)
    assert "avril 2015\u00a0: 9" in found and "En écart" in found
    assert "en cours, du 1er mai 2015 au 14 mai 2015" in beside.foot(half, monthly)
    assert card.gauge(half, monthly) == "" and judgements.word_of(half) == "En cours"


def test_what_a_total_adds_is_worded_as_additions() -> None:
    total = replace(KPI, sql="SUM(a)", period=Period("cumulative", "opened_on"))
    told = reading(5, variation="stable")
    assert "ajouts stables" in marks.variation(told, total) and "ajouts" not in marks.variation(told, KPI)
