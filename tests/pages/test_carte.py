"""The strategy map: computed for any scorecard, drawn, listed, in a table; each link opens what the data say."""

import re
from pathlib import Path

import pytest

from metrics.definitions import Link, Objective, Perspective, Scorecard, load
from metrics.folders import SHIPPED
from pages.parts.map_labels import crossed as crossings
from pages.parts.map_labels import labelled, meets, room
from pages.parts.map_layout import BOX, HEIGHT, Layout, layout
from pages.parts.map_paths import busiest, chains
from schemas.text import Text
from tests.pages.conftest import Visit, shown
from tests.pages.test_levier import said

WORDS = Text("x", "x")


def scorecard(lanes: dict[str, int], links: list[tuple[str, str]]) -> Scorecard:
    sides = tuple(
        Perspective(name, WORDS, tuple(Objective(f"{name}{i + 1}", WORDS) for i in range(count)))
        for name, count in lanes.items()
    )
    return Scorecard("x", WORDS, sides, links=tuple(Link(a, b, 6) for a, b in links))


def crossed(made: Layout) -> list[str]:
    """Routes that run through the inside of a box."""
    found = []
    for route in made.routes:
        for (x1, y1), (x2, y2) in zip(route.points, route.points[1:], strict=False):
            for box in made.boxes.values():
                apart = (
                    max(x1, x2) <= box.x
                    or min(x1, x2) >= box.x + BOX
                    or max(y1, y2) <= box.y
                    or min(y1, y2) >= box.y + HEIGHT
                )
                if not apart:
                    found.append(f"{route.link.cause}-{route.link.effect} through {box.code}")
    return found


OTHER = scorecard(
    {"A": 3, "B": 5, "C": 2, "D": 4},
    [
        ("D1", "C1"),
        ("D4", "A1"),
        ("B1", "B5"),
        ("D2", "B3"),
        ("C2", "A3"),
        ("D3", "A2"),
        ("B3", "A1"),
        ("A1", "A3"),
    ],
)


@pytest.mark.parametrize(
    "card", [load([SHIPPED]).scorecard, OTHER, scorecard({"A": 9, "B": 1}, [("B1", "A9")])]
)
def test_no_line_crosses_a_box_and_no_two_boxes_share_a_place(card: Scorecard) -> None:
    made = layout(card)
    assert set(made.boxes) == set(card.objectives) and len(made.routes) == len(card.links)
    assert len({(box.x, box.y) for box in made.boxes.values()}) == len(made.boxes)
    assert crossed(made) == []


def test_chains_are_counted() -> None:
    links = [Link(a, b, 1) for a, b in ("ab", "bc", "xb", "bd", "xc")]
    assert chains(links) == ({"b": 4}, 5)
    assert busiest(links) == (["b"], 4, 5) and busiest([]) == ([], 0, 0)


def test_the_map_is_drawn_listed_and_in_a_table(town: Path, visit: Visit) -> None:
    page = shown(visit("carte"))
    assert page.count('class="goal"') == 13 and page.count('class="link"') == 14
    assert re.search(r'href="/ressources\?[^"]*#F1"', page)
    words = said(visit("carte"))
    assert "portent chacun 6 des 9 chaînes" in words and "agit sur F1, sous 9 mois" in words
    assert "pas encore testable" in words and "association dans le sens attendu" in words


def test_a_link_opens_what_the_data_say_and_an_unknown_one_nothing(town: Path, visit: Visit) -> None:
    words = said(visit("carte", link="P3-P1"))
    assert "« Décloisonner les services » (P3) agit sur « Accélérer l’instruction » (P1) sous 3 mois" in words
    assert "n’est jamais une preuve" in words and "36 couples de variations" in words
    assert "Fermer le détail" not in said(visit("carte", link="<b>-P1"))


def test_in_english_and_without_data(town: Path, visit: Visit) -> None:
    assert "each carry 6 of the 9 chains of cause and effect" in said(visit("carte", lang="en"))


def test_an_empty_store_says_what_to_do(empty: Path, visit: Visit) -> None:
    assert 'href="/imports?' in shown(visit("carte"))


@pytest.mark.parametrize("card", [load([SHIPPED]).scorecard, OTHER])
def test_no_line_crosses_the_label_of_another_link(card: Scorecard) -> None:
    plain = layout(card)
    made = labelled(plain)
    assert crossings(plain) != []  # where they would stand without care
    assert crossings(made) == []
    rooms = [room(route.label) for route in made.routes]
    for place, (left, top, right, bottom) in enumerate(rooms):
        assert not any(meets((left, top), (right, bottom), other) for other in rooms[place + 1 :])
    for route in made.routes:
        on_it = ((a, b) for a, b in zip(route.points, route.points[1:], strict=False))
        assert any(meets(a, b, (*route.label, *route.label)) for a, b in on_it)


def test_months_are_in_the_plural(town: Path, visit: Visit) -> None:
    page = shown(visit("carte", lang="en"))
    assert not re.search(r"\b(?!1\b)\d+.month\b", page.replace("\u00a0", " "))
    assert "24 months" in page.replace("\u00a0", " ")
