"""The screens that exist: their address, their names, their place in the menu."""

from collections.abc import Container
from dataclasses import dataclass

from schemas.text import Text

GROUPS: dict[str, Text] = {
    "steer": Text("Piloter", "Steer"),
    "act": Text("Agir", "Act"),
    "understand": Text("Comprendre", "Understand"),
    "data": Text("Données", "Data"),
}


@dataclass(frozen=True)
class Screen:
    """One screen: its address ("" is the first), its script in pages/screens, its group ("" = not in the menu)."""

    path: str
    script: str
    title: Text
    group: str
    needs: str = ""  # a KPI without which the screen has nothing to say


SCREENS: tuple[Screen, ...] = (
    Screen("", "synthese", Text("Synthèse", "Overview"), "steer"),
    Screen("levier", "levier", Text("Effet de levier", "Leverage"), "act", needs="leverage_awarded"),
    Screen("fiche", "fiche", Text("Fiche indicateur", "KPI sheet"), ""),
    Screen("imports", "donnees", Text("Imports", "Imports"), "data"),
    Screen("catalogue", "catalogue", Text("Catalogue", "Catalogue"), "data"),
)


def menu(kpis: Container[str]) -> list[tuple[Text, list[Screen]]]:
    """The groups that have a screen for a catalogue of these KPIs, in order, with their screens."""
    of_use = [screen for screen in SCREENS if not screen.needs or screen.needs in kpis]
    grouped = [(title, [s for s in of_use if s.group == key]) for key, title in GROUPS.items()]
    return [(title, screens) for title, screens in grouped if screens]
