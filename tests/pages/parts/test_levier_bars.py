"""Bars, plans and dots in HTML: true lengths, escaped words, nothing drawn for the unknown."""

import re

from pages.parts.fiche_dots import Dot, dots
from pages.parts.levier_bars import Bar, Line, bars, share
from pages.parts.levier_plans import Heads, Plan, plans

HEADS = Heads("Ville", "Publics", "Privés", ", au-delà", "minimum légal : 20 %")
EVIL = '<img src=x onerror="alert(1)">'


def plan(name: str, own: float, public: float, private: float, **more: object) -> Plan:
    return Plan(name, own, public, private, 0.2, f"{own:g}", f"{public:g}", f"{private:g}", "verdict", **more)  # type: ignore[arg-type]


def widths(html: str, kind: str) -> list[float]:
    return [float(w) for w in re.findall(rf"lv-part-{kind}\" style=\"--w:([\d.]+)", html)]


def test_a_bar_is_as_long_as_its_share_of_the_longest() -> None:
    html = bars([Bar("a", 10, "10"), Bar("b", 5, "5")])
    assert re.findall(r"width:([\d.]+)%", html) == ["100.00", "50.00"]


def test_the_interval_can_be_the_longest_mark() -> None:
    html = bars([Bar("a", 5, "5,00", low=3.8, high=6.9)])
    assert f"width:{share(5, 6.9)}%" in html and html.count("lv-whisker") == 2


def test_an_unknown_bar_has_words_and_no_mark() -> None:
    html = bars([Bar("a", None, "non calculé"), Bar("b", 1, "1")])
    assert html.count("lv-fill") == 1 and "non calculé" in html


def test_the_reference_line_crosses_every_bar_and_is_named_once() -> None:
    html = bars([Bar("a", 8, "8"), Bar("b", 2, "2")], line=Line(4, "plafond 4,00"))
    assert html.count('lv-limit" style="left:50.0%"') == 2 and html.count("plafond 4,00") == 1


def test_words_from_files_are_never_markup() -> None:
    html: str = bars([Bar(EVIL, 1, EVIL, aside=EVIL, href='"><script>')], line=Line(1, EVIL))
    html += plans([plan(EVIL, 1, 1, 1, detail=EVIL)], HEADS) + dots(
        [Dot(EVIL, 1, EVIL, EVIL)], line=Line(1, EVIL)
    )
    assert "<img" not in html and "<script" not in html


def test_public_money_is_the_same_length_for_every_plan_and_private_stands_beyond() -> None:
    html = plans([plan("P010", 180, 440, 1160), plan("P001", 600, 2400, 0)], HEADS)
    own, public = widths(html, "own"), widths(html, "public")
    assert abs(own[0] + public[0] - (own[1] + public[1])) < 0.01
    assert len(widths(html, "private")) == 1
    assert abs(own[0] / (own[0] + public[0]) - 180 / 620) < 0.001


def test_a_plan_exactly_on_the_limit_ends_where_the_line_stands() -> None:
    html = plans([plan("P001", 600, 2400, 0)], HEADS)
    assert widths(html, "own")[0] == float(re.search(r"--at:([\d.]+)", html).group(1))  # type: ignore[union-attr]


def test_a_plan_without_own_or_public_money_is_not_drawn() -> None:
    assert plans([plan("P0", 0, 0, 5)], HEADS) == ""


def test_dots_show_value_interval_and_target_on_one_scale() -> None:
    html = dots(
        [Dot("Voirie", 60, "60 j", "n = 12", 40, 80), Dot("Écoles", None, "non atteint")],
        line=Line(100, "cible"),
    )
    assert html.count("lv-dot") == 2  # the plot's own class and one dot
    assert 'lv-dot" style="left:60.0%"' in html and "non atteint" in html


def test_nothing_gives_nothing() -> None:
    assert bars([]) == dots([]) == plans([], HEADS) == ""


def test_the_name_of_a_line_at_the_end_of_the_track_stays_on_the_page() -> None:
    late, early = (dots([Dot("DADI", 0.3, "30 %")], line=Line(at, "cible")) for at in (0.6, 0.1))
    assert "left:100.0%;--end:100" in late and "--end" not in early
