"""The screens that exist: their address, their names, their place in the menu."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from metrics.definitions import Perspective
from schemas.text import Text

GROUPS: dict[str, Text] = {
    "steer": Text("Piloter", "Steer"),
    "act": Text("Agir", "Act"),
    "understand": Text("Comprendre", "Understand"),
    "data": Text("Données", "Data"),
}
SIDES = "perspective"  # the screen of any perspective, and the script of all of them
MANY_SIDES = 6  # perspectives: beyond, the menu has one entry for them all


@dataclass(frozen=True)
class Screen:
    """One screen: its address ("" is the first), its script in pages/screens, its group ("" = not in the menu)."""

    path: str
    script: str
    title: Text
    group: str
    needs: str = ""  # a KPI without which the screen has nothing to say
    code: str = ""  # the perspective it shows
    short: Text | None = None  # its name in the menu, where the whole one would crowd it

    @property
    def params(self) -> dict[str, str]:
        """What its address says besides its path."""
        return {"code": self.code} if self.code and self.path == SIDES else {}


SCREENS: tuple[Screen, ...] = (
    Screen("", "synthese", Text("Synthèse", "Overview"), "steer"),
    Screen("carte", "carte", Text("Carte stratégique", "Strategy map"), "steer", short=Text("Carte", "Map")),
    Screen(SIDES, SIDES, Text("Perspectives", "Perspectives"), "steer"),  # in the menu: the scorecard's own
    Screen("usagers", SIDES, Text("Usagers", "Citizens"), ""),
    Screen("ressources", SIDES, Text("Ressources", "Resources"), ""),
    Screen("projets", SIDES, Text("Projets", "Projects"), ""),
    Screen("agents", SIDES, Text("Agents", "Staff"), ""),
    Screen("directions", "directions", Text("Directions", "Directorates"), "steer"),
    Screen("alertes", "alertes", Text("Alertes", "Alerts"), "steer"),
    Screen("note", "note", Text("Note au maire", "Mayor's brief"), "steer", short=Text("Note", "Brief")),
    Screen(
        "revue", "revue", Text("Revue hebdomadaire", "Weekly review"), "act", short=Text("Revue", "Review")
    ),
    Screen(
        "actions",
        "actions",
        Text("Décisions et actions", "Decisions and actions"),
        "act",
        short=Text("Actions", "Actions"),
    ),
    Screen(
        "semaines",
        "semaines",
        Text("Semaines scellées", "Sealed weeks"),
        "act",
        short=Text("Semaines", "Weeks"),
    ),
    Screen("levier", "levier", Text("Effet de levier", "Leverage"), "act", needs="leverage_awarded"),
    Screen("etsi", "etsi", Text("Et si… ?", "What if…?"), "act"),
    Screen("scenarios", "scenarios", Text("Scénarios", "Scenarios"), "act"),
    Screen(
        "choix", "choix", Text("Choix de projets", "Project choice"), "act", short=Text("Choix", "Choice")
    ),
    Screen("ecosysteme", "ecosysteme", Text("12 leviers", "12 levers"), "act", needs="levers_deployed"),
    Screen("seance", "seance", Text("Noter une séance", "Note a session"), "", needs="levers_deployed"),
    Screen(
        "bienetre",
        "bienetre",
        Text("Bien-être au travail", "Well-being at work"),
        "understand",
        needs="wellbeing_who5",
        short=Text("Bien-être", "Well-being"),
    ),
    Screen("fiche", "fiche", Text("Fiche indicateur", "KPI sheet"), ""),
    Screen("changements", "changements", Text("Ce qui a changé", "What changed"), ""),
    Screen("preuve", "preuve", Text("Preuve", "Proof"), ""),
    Screen("direction", "direction", Text("Fiche direction", "Directorate sheet"), ""),
    Screen("recherche", "recherche", Text("Recherche", "Search"), ""),
    Screen("projet", "projet", Text("Fiche projet", "Project sheet"), ""),
    Screen("partenaire", "partenaire", Text("Fiche partenaire", "Partner sheet"), ""),
    Screen("outil", "outil", Text("Fiche outil", "Practice sheet"), ""),
    Screen("questionnaire", "questionnaire", Text("Questionnaire", "Questionnaire"), ""),
    Screen("enquete", "enquete", Text("Enquêtes", "Surveys"), "data"),
    Screen("imports", "donnees", Text("Imports", "Imports"), "data"),
    Screen("indicateur", "indicateur", Text("Ajouter ou modifier un indicateur", "Add or change a KPI"), ""),
    Screen("catalogue", "catalogue", Text("Catalogue", "Catalogue"), "data"),
)


def menu(kpis: Container[str], sides: Sequence[Perspective] = ()) -> list[tuple[Text, list[Screen]]]:
    """The groups that have a screen for a catalogue of these KPIs and perspectives, in order, with their screens."""
    of_use = [screen for screen in SCREENS if not screen.needs or screen.needs in kpis]
    listed = [entry for screen in of_use for entry in (of_sides(sides) if screen.path == SIDES else [screen])]
    grouped = [(title, [s for s in listed if s.group == key]) for key, title in GROUPS.items()]
    return [(title, screens) for title, screens in grouped if screens]


def of_sides(sides: Sequence[Perspective]) -> list[Screen]:
    """The screens of a scorecard's perspectives: at the address that it gives, else at ``perspective?code=…``."""
    known = {screen.path: screen for screen in SCREENS if screen.script == SIDES}
    if len(sides) > MANY_SIDES:
        return [known[SIDES]]
    claimed = Counter(side.path for side in sides)
    return [
        replace(
            known[side.path if claimed[side.path] == 1 and side.path in known else SIDES],
            title=side.short if side.short.fr else side.label,
            group="steer",
            code=side.code,
        )
        for side in sides
    ]


def resolved(screen: Screen, sides: Sequence[Perspective], code: str) -> Screen:
    """A perspective's screen with the name and code that the scorecard gives it; any other screen as it is.

    ``code`` is the address's. Without one, the first perspective; the code stays "" where the scorecard has none.
    """
    if screen.script != SIDES:
        return screen
    if screen.path != SIDES:
        return next((found for found in of_sides(sides) if found.path == screen.path), screen)
    side = next((side for side in sides if side.code == code), sides[0] if sides and not code else None)
    if side is None:
        return screen
    return replace(screen, title=side.short if side.short.fr else side.label, code=side.code)
