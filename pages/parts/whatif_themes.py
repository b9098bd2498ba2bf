"""The drivers by what they are about: money, delays, projects, means, law."""

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
ABOUT: Mapping[str, tuple[str, ...]] = {
    "delays": ("decision_delay", "decision_time", "payment_delay", "appraisal_time"),
    "projects": ("new_project", "project_dropped", "works_inflation"),
    "means": ("staff", "own_budget", "own_funds"),
    "law": ("min_own_share",),
}
One = TypeVar("One")


def theme(driver: str) -> str:
    """The theme of a driver; money where none is said."""
    return next((name for name, ids in ABOUT.items() if driver in ids), "money")


def by_theme(pairs: Iterable[tuple[str, One]]) -> list[tuple[Text, list[One]]]:
    """What goes with drivers' ids, by theme in the order of THEMES; a theme of none is left out."""
    found: dict[str, list[One]] = {name: [] for name in THEMES}
    for id, one in pairs:
        found[theme(id)].append(one)
    return [(THEMES[name], ones) for name, ones in found.items() if ones]


def known() -> list[tuple[Text, list[Driver]]]:
    """Every driver there is, by theme."""
    return by_theme(drivers().items())
