"""The drivers by what they are about, as their files say: money, delays, projects, means, law."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from metrics.drivers import Driver, drivers
from schemas.text import Text

THEMES: Mapping[str, Text] = {
    "money": Text("Argent", "Money"),
    "delays": Text("Délais", "Delays"),
    "projects": Text("Projets", "Projects"),
    "means": Text("Moyens", "Means"),
    "law": Text("Loi", "Law"),
}
OTHER = Text("Autres hypothèses", "Other assumptions")
One = TypeVar("One")


def by_theme(pairs: Iterable[tuple[str, One]]) -> list[tuple[Text, list[One]]]:
    """What goes with drivers' ids, by theme in the order of THEMES; a theme of none is left out."""
    found: dict[str, list[One]] = {name: [] for name in THEMES}
    for id, one in pairs:
        found.setdefault(drivers()[id].theme, []).append(one)
    return [(THEMES.get(name, OTHER), ones) for name, ones in found.items() if ones]


def known() -> list[tuple[Text, list[Driver]]]:
    """Every driver there is, by theme."""
    return by_theme(drivers().items())
