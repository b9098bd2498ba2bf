"""Control charts as figures: lines broken at a new base, a second panel where the last base is flattened, names apart."""

from datetime import date
from itertools import pairwise
from typing import Any

from metrics.dates import month_ends
from pages.charts.bases import Base, Dot, Sheet, from_day, last_base
from pages.charts.palette import DARK, LIGHT
from pages.charts.signals import control

DAYS = month_ends(date(2013, 1, 1), date(2014, 12, 31))


def sheet(before: float, after: float) -> Sheet:
    """Return two years at two levels, a new base between them, a signal and a note."""
    values = [before + i % 3 for i in range(12)] + [after + i % 2 for i in range(12)]
    dots = [Dot(day, value, f"{value:g}", target=60.0) for day, value in zip(DAYS, values, strict=True)]
    dots[3] = Dot(DAYS[3], values[3], "x", "concern", "hors limites, dégradation", "1", 60.0)
    bases = (
        Base(DAYS[0], DAYS[11], before + 1, before - 3, before + 5, "moyenne a", "basse a", "haute a"),
        Base(DAYS[12], DAYS[23], after + 0.5, after - 2, after + 3, "moyenne b", "basse b", "haute b"),
    )
    return Sheet(tuple(dots), bases, ((DAYS[12], "nouvelle base"),), "cible 60")


def words(figure: dict[str, Any]) -> list[str]:
    return [note["text"] for note in figure["layout"]["annotations"]]


def test_each_base_has_its_own_lines_and_they_break_at_the_new_one() -> None:
    figure = control(sheet(60, 70), LIGHT, "fr")
    dashed = [s for s in figure["layout"]["shapes"] if s.get("line", {}).get("dash") == "4px"]
    assert sorted(s["y0"] for s in dashed) == [57, 65, 68, 73]
    first = [s for s in dashed if s["y0"] in (57, 65)]
    assert all(s["x1"] < DAYS[12].isoformat() for s in first)
    assert "xaxis2" not in figure["layout"] and last_base(sheet(60, 70)) is None


def test_a_flattened_base_gets_a_panel_of_its_own_and_a_telephone_that_panel_alone() -> None:
    fallen = sheet(400, 60)
    assert last_base(fallen) == DAYS[12]
    figure = control(fallen, LIGHT, "fr")
    assert figure["layout"]["xaxis"]["domain"][1] < figure["layout"]["xaxis2"]["domain"][0]
    low, high = figure["layout"]["yaxis2"]["range"]
    assert low > 0 and high < 100 < figure["layout"]["yaxis"]["range"][1]
    assert words(figure).count("haute b") == 1  # named in the second panel alone
    narrow = control(fallen, LIGHT, "fr", narrow=True)
    assert "xaxis2" not in narrow["layout"] and narrow["data"][0]["x"][0] == DAYS[12].isoformat()


def test_a_signal_is_a_diamond_of_its_meaning_with_its_word_and_a_note_its_number() -> None:
    for colours in (LIGHT, DARK):
        figure = control(sheet(60, 70), colours, "fr")
        marks = figure["data"][0]["marker"]
        assert (marks["symbol"][3], marks["color"][3]) == ("diamond", colours.off_target)
        assert marks["symbol"].count("diamond") == 1
        assert "hors limites, dégradation (1)" in words(figure)


def test_names_beside_the_chart_stand_apart() -> None:
    notes = control(sheet(60, 60), LIGHT, "fr")["layout"]["annotations"]
    places = sorted(
        note["y"] for note in notes if note["text"] in ("moyenne b", "basse b", "haute b", "cible 60")
    )
    range_ = 65 - 57
    assert len(places) == 4 and min(b - a for a, b in pairwise(places)) > 0.07 * range_


def test_a_band_is_drawn_and_named_and_a_gap_says_why() -> None:
    plain = sheet(60, 70)
    dots = [Dot(dot.day, dot.value, dot.words) for dot in plain.dots]
    for i in range(5, 10):
        dots[i] = Dot(DAYS[i], None, "", why="aucune donnée")
    figure = control(Sheet(tuple(dots), plain.bases, (), "bande 55 à 75", (55, 75)), LIGHT, "fr")
    rects = [s for s in figure["layout"]["shapes"] if s["type"] == "rect"]
    assert {(s["y0"], s["y1"]) for s in rects} == {(55, 75), (0, 1)}
    assert {"bande 55 à 75", "aucune donnée"} <= set(words(figure))
    assert figure["data"][0]["y"][5] is None and figure["data"][0]["connectgaps"] is False


def test_from_a_day_on_a_base_that_began_before_is_cut() -> None:
    part = from_day(sheet(60, 70), DAYS[6])
    assert part.dots[0].day == part.bases[0].start == DAYS[6] and len(part.bases) == 2
    assert from_day(sheet(60, 70), DAYS[14]).cuts == ()
