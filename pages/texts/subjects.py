"""A KPI as the subject of a sentence: with its article where the first noun of its French label is known, else in quotes.

English sentences need no article; French ones do, and the verb agrees with it.
"""

from dataclasses import dataclass

from metrics.definitions import Kpi
from pages.texts import language, said

# The first word of a label -> its article; a town's own labels that begin with these are served too.
ARTICLES = {
    "le": (
        "Délai",
        "Taux",
        "Débit",
        "Facteur",
        "Portefeuille",
        "Climat",
        "Coût",
        "Nombre",
        "Patrimoine",
        "Multiplicateur",
        "Score",
    ),
    "la": (
        "Satisfaction",
        "Part",
        "Rétention",
        "Concentration",
        "Capacité",
        "File",
        "Représentativité",
        "Taille",
        "Durée",
        "Note",
    ),
    "l'": ("Effet", "Adoption", "Écart", "Épargne", "Indice", "Âge"),
    "les": (
        *(
            "Partenaires",
            "Parutions",
            "Ressources",
            "Cofinancements",
            "Moyens",
            "Euros",
            "Leviers",
            "Essais",
            "Dossiers",
        ),
        *(
            "Actions",
            "Projets",
            "Directions",
            "Plans",
            "Subventions",
            "Agents",
            "Heures",
            "Inscriptions",
            "Femmes",
        ),
        *("Chantiers", "Rénovations", "Délais", "Avis"),
    ),
}
ARTICLE_OF = {word: article for article, words in ARTICLES.items() for word in words}


@dataclass(frozen=True)
class Subject:
    """Who does something in a sentence, at its start; ``is_many``: the verb is in the plural."""

    words: str
    is_many: bool = False


def subject(kpi: Kpi) -> Subject:
    """Return a KPI as the beginning of a sentence: ``Le délai médian d'instruction``, ``« Moyens »``, ``Throughput``."""
    label = said(kpi.label)
    label += "," if ", " in label else ""
    if language() == "en":
        return Subject(label)
    first = label.split(" ")[0]
    if first not in ARTICLE_OF or ":" in label or "«" in label:
        return Subject(f"«\u00a0{label}\u00a0»")
    article = ARTICLE_OF[first]
    own = label[0].lower() + label[1:]
    glue = "" if article == "l'" else " "
    return Subject(
        f"{article[0].upper()}{article[1:].replace(chr(39), chr(8217))}{glue}{own}", article == "les"
    )
