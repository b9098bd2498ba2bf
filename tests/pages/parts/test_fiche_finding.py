"""The sentences of a sheet say what the readings say, in both languages, and never more."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts.fiche_finding import spread_title, start_of, title, trend_title
from pages.texts import use
from schemas.text import Text


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    use("fr")
    yield
    use("fr")


def kpi(**more: Any) -> Kpi:
    said = {"unit": "days", "direction": "down", "target": 60.0, "floor": 240.0} | more
    return Kpi(
        "appraisal_median_days",
        "P1.1",
        Text("Délai médian", "Median time"),
        "P1",
        frequency="monthly",
        **said,
    )


def reading(value: float | None, when: date = date(2015, 6, 30), **more: Any) -> Reading:
    said = {"status": "on_target" if value is not None else "unknown"} | more
    return Reading("appraisal_median_days", "P1.1", when, f"{when:%Y-%m}", {}, value, "days", **said)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_the_title_tells_where_it_came_from_and_that_the_target_is_met() -> None:
    series = [reading(240, date(2013, 6, 30)), reading(60)]
    said = plain(title(kpi(), series[-1], series))
    assert said == "Délai médian : de 240 j en juin 2013 à 60 j en juin 2015, cible atteinte"


def test_an_unmoved_value_is_said_alone() -> None:
    series = [reading(60.5, date(2014, 6, 30)), reading(60)]
    assert plain(title(kpi(), series[-1], series)) == "Délai médian : 60 j en juin 2015, cible atteinte"


def test_an_unknown_value_says_why() -> None:
    said = plain(title(kpi(), reading(None, reason="not_reached")))
    assert said.startswith("Délai médian : non calculé, quantile non atteint")


def test_no_reading_at_all_is_said_too() -> None:
    assert "aucune donnée" in title(kpi(), None)


@pytest.mark.parametrize(
    ("direction", "status", "words"),
    [
        ("down", "watch", "au-dessus de la cible de 60 j"),
        ("up", "watch", "sous la cible de 60 j"),
        ("up", "off_target", "loin de la cible de 60 j"),
    ],
)
def test_a_missed_target_is_named_on_its_right_side(direction: str, status: str, words: str) -> None:
    said = plain(title(kpi(direction=direction), reading(80, status=status)))
    assert said.endswith(words)


def test_a_band_is_inside_or_outside() -> None:
    banded = kpi(unit="n", direction="band", target=None, floor=None, band=(90.0, 110.0))
    assert plain(title(banded, reading(100))).endswith("dans la bande de 90 à 110")
    assert plain(title(banded, reading(120, status="watch"))).endswith("hors de la bande de 90 à 110")


def test_without_target_nothing_is_judged() -> None:
    said = plain(title(kpi(target=None, floor=None), reading(60, status="unknown", reason="no_target")))
    assert said == "Délai médian : 60 j en juin 2015"


def test_the_comparison_is_a_year_old_where_there_is_one() -> None:
    series = [
        reading(v, d) for v, d in ((100, date(2013, 1, 31)), (90, date(2014, 6, 30)), (70, date(2015, 5, 31)))
    ]
    found = start_of(reading(60), series)
    assert found is not None and found.value == 90


def test_the_trend_names_a_highest_a_lowest_or_the_range() -> None:
    dates = [date(2015, month, 28) for month in (1, 2, 3)]
    told = [
        plain(trend_title(kpi(), [reading(v, d) for v, d in zip(values, dates, strict=True)]))
        for values in ((1, 2, 3), (3, 2, 1), (1, 3, 2))
    ]
    assert told[0].startswith("Au plus haut en mars 2015 : 3 j, parti de 1 j en janvier 2015")
    assert told[1].startswith("Au plus bas en mars 2015 : 1 j, après 3 j en janvier 2015")
    assert told[2] == "2 j en mars 2015, entre 1 j (janvier 2015) et 3 j (février 2015)"


def test_a_breakdown_runs_from_its_lowest_to_its_highest_group() -> None:
    said = plain(spread_title(kpi(), [("Voirie", 80.0), ("Écoles", 40.0), ("Culture", None)]))
    assert said == "De 40 j (Écoles) à 80 j (Voirie)"
    assert "Aucun groupe" in spread_title(kpi(), [("Culture", None)])
