"""Titles of files: a kind of work and a place, of a size that fits the cost."""

from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

from data.demo.town import (
    BUILDINGS,
    CULTURE,
    DADI,
    FINANCE,
    GENERAL,
    LEGAL,
    PEOPLE,
    PLANNING,
    SCHOOLS,
    SPORTS,
    STREETS,
    SYSTEMS,
)


class Subject(NamedTuple):
    """What a file is about."""

    title: str
    theme: str
    directorate: str
    objective: str


PLACES = {
    "école": "des Tilleuls, du Clos-Vert, de la Presle, des Acacias, du Moulin, des Cordeliers, du Centre, des Remparts, "
    "de la Combe, du Parc, des Lavandières, de Bellevue",
    "rue": "du Pont-Vieux, des Tanneurs, des Cordiers, de la République, du Four-à-Chaux, des Teinturiers, de l'Écluse, "
    "des Vignes, du Lavoir, de la Tuilerie, des Drapiers, du Faubourg-Neuf, des Peupliers, de la Sauvine",
    "quartier": "de la Presle, de Bellevue, des Cordeliers, de la Gare, du Faubourg-Neuf, des Bords-de-Sauvine, "
    "de la Combe, du Clos-Vert, de la Tuilerie, du Vieux-Port",
    "salle": "des Tilleuls, du Moulin, de la Presle, de Bellevue, du Clos-Vert, de la Combe, des Remparts, du Parc",
    "service": "de l'état civil, de l'urbanisme, des marchés publics, de la paie, des inscriptions scolaires, "
    "des archives, de la médiathèque, du courrier, des subventions aux associations, des interventions techniques",
}

# size | theme | directorate | objective | kind of place | words
KINDS = f"""
S|Éducation|{SCHOOLS}|U1|école|Renouvellement du mobilier de l'école {{}}
S|Éducation|{SCHOOLS}|U1|école|Végétalisation de la cour de l'école {{}}
S|Numérique|{SYSTEMS}|U1|école|Tableaux numériques à l'école {{}}
S|Énergie|{BUILDINGS}|F3|école|Remplacement de la chaudière de l'école {{}}
S|Énergie|{BUILDINGS}|F3|salle|Isolation des combles de la salle {{}}
S|Énergie|{BUILDINGS}|F3|rue|Éclairage basse consommation, rue {{}}
S|Mobilité|{STREETS}|U1|rue|Traversées piétonnes accessibles, rue {{}}
S|Mobilité|{STREETS}|U1|quartier|Stationnement des vélos, quartier {{}}
S|Environnement|{STREETS}|U1|quartier|Jardin partagé du quartier {{}}
S|Environnement|{STREETS}|U1|rue|Plantation d'arbres, rue {{}}
S|Sport|{SPORTS}|U1|salle|Sol sportif de la salle {{}}
S|Sport|{SPORTS}|U2|quartier|Parcours sportif du quartier {{}}
S|Culture|{CULTURE}|U1|quartier|Résidence d'artistes, quartier {{}}
S|Patrimoine|{CULTURE}|U2|rue|Restauration de la fontaine de la rue {{}}
S|Numérique|{SYSTEMS}|P2|service|Démarches en ligne {{}}
S|Innovation|{GENERAL}|A2|service|Simplification des procédures {{}}
S|Innovation|{PEOPLE}|A1|service|Réaménagement des espaces de travail {{}}
S|Numérique|{LEGAL}|P4|service|Dématérialisation des actes {{}}
S|Numérique|{FINANCE}|P4|service|Suivi analytique des dépenses {{}}
S|Innovation|{DADI}|U2|quartier|Boutique à l'essai, quartier {{}}
M|Éducation|{SCHOOLS}|U1|école|Extension du restaurant scolaire {{}}
M|Énergie|{BUILDINGS}|F3|école|Rénovation thermique de l'école {{}}
M|Énergie|{BUILDINGS}|F3|salle|Toiture photovoltaïque de la salle {{}}
M|Mobilité|{STREETS}|U1|rue|Requalification de la rue {{}}
M|Mobilité|{STREETS}|U1|quartier|Liaison cyclable du quartier {{}}
M|Aménagement urbain|{PLANNING}|U1|quartier|Place publique du quartier {{}}
M|Aménagement urbain|{PLANNING}|U2|rue|Rénovation des façades, rue {{}}
M|Environnement|{STREETS}|U1|quartier|Gestion des eaux pluviales, quartier {{}}
M|Sport|{SPORTS}|U1|quartier|Terrain synthétique du quartier {{}}
M|Sport|{SPORTS}|U1|salle|Vestiaires et accessibilité de la salle {{}}
M|Culture|{CULTURE}|U1|quartier|Relais de lecture du quartier {{}}
M|Patrimoine|{CULTURE}|U2|rue|Restauration d'un hôtel particulier, rue {{}}
M|Solidarité|{SCHOOLS}|U1|quartier|Maison des familles du quartier {{}}
M|Innovation|{DADI}|U2|quartier|Pépinière d'entreprises du quartier {{}}
M|Numérique|{SYSTEMS}|P2|quartier|Fibre optique entre bâtiments, quartier {{}}
M|Innovation|{GENERAL}|P3|service|Guichet unique, regroupement {{}}
M|Innovation|{PEOPLE}|A1|service|Regroupement des locaux {{}}
M|Numérique|{LEGAL}|P2|service|Archivage électronique {{}}
M|Numérique|{FINANCE}|P4|service|Refonte du système d'information {{}}
L|Aménagement urbain|{PLANNING}|F2|quartier|Renouvellement urbain du quartier {{}}
L|Aménagement urbain|{DADI}|U2|quartier|Parc d'activités du quartier {{}}
L|Éducation|{SCHOOLS}|F2|quartier|Groupe scolaire du quartier {{}}
L|Éducation|{SCHOOLS}|U1|quartier|Pôle petite enfance du quartier {{}}
L|Sport|{SPORTS}|F2|quartier|Complexe sportif du quartier {{}}
L|Mobilité|{STREETS}|F1|quartier|Parking relais et voie de bus, quartier {{}}
L|Patrimoine|{CULTURE}|F1|rue|Réhabilitation de l'ancienne manufacture, rue {{}}
L|Culture|{CULTURE}|F2|quartier|Médiathèque du quartier {{}}
L|Énergie|{BUILDINGS}|F1|quartier|Réseau de chaleur du quartier {{}}
L|Innovation|{DADI}|F1|quartier|Pôle de formation et d'innovation, quartier {{}}
L|Solidarité|{PLANNING}|F1|quartier|Logements passerelles, quartier {{}}
L|Environnement|{STREETS}|U1|quartier|Parc public du quartier {{}}
"""


def size_of(cost: float) -> str:
    """Return S, M or L: what a cost in euros can build."""
    return "S" if cost < 200_000 else "M" if cost < 1_300_000 else "L"


def _subjects(size: str) -> Iterator[Subject]:
    for line in KINDS.strip().splitlines():
        its_size, theme, directorate, objective, kind, words = line.split("|")
        if its_size == size:
            for place in PLACES[kind].split(", "):
                yield Subject(words.format(place), theme, directorate, objective)


def number_phases(projects: list[dict[str, Any]]) -> None:
    """Call a work that was already done once by its second phase, so that no two files bear the same title."""
    seen: set[str] = set()
    for row in sorted(projects, key=lambda row: (row["opened_on"], row["project_id"])):
        if row["title"] in seen:
            row["title"] += ", deuxième tranche"
        seen.add(row["title"])


class Titles:
    """Hands out subjects, each once before any comes back."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: dict[str, list[Subject]] = {"S": [], "M": [], "L": []}

    def take(self, cost: float) -> Subject:
        """Return a subject of the cost's size; once every one has served, they come round again."""
        left = self._left[size_of(cost)]
        if not left:
            left += _subjects(size_of(cost))
            self._rng.shuffle(left)
        return left.pop()
