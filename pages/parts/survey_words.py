"""The words of the screen of surveys: what a step does, what it makes final, what going back gives."""

from data.waves import WaveState
from metrics.disclosure.tables import Key
from metrics.disclosure.words import NAMES, group_name, table_name
from metrics.scaleshelf import shelf
from pages.texts import said, t, tn
from schemas.survey_waves import STATES


def state(name: str) -> str:
    """A state in a word: ``brouillon``, ``ouverte``…"""
    return said(STATES[name])


def title(wave: WaveState | None) -> str:
    """The finding of the screen: where the wave stands, and what it waits for."""
    if wave is None:
        return t("Aucune enquête pour l’instant")
    name = wave.wave
    words = {
        "draft": lambda: t("La vague {wave} est en brouillon : elle reste à ouvrir", wave=name),
        "open": lambda: t("La vague {wave} est ouverte : les agents répondent", wave=name),
        "closed": lambda: t("La vague {wave} est close : sa liste de tableaux est à auditer", wave=name),
        "audited": lambda: t("La vague {wave} est auditée : elle peut être publiée", wave=name),
        "published": lambda: t("La vague {wave} est publiée, sa liste est figée", wave=name),
        "purged": lambda: t("La vague {wave} est purgée : ses réponses brutes sont détruites", wave=name),
    }
    return words[wave.state]()


def button(to: str) -> str:
    """The verb of a step."""
    words = {
        "open": lambda: t("Ouvrir la vague"),
        "closed": lambda: t("Clore la vague"),
        "audited": lambda: t("Attaquer cette liste"),
        "published": lambda: t("Publier définitivement"),
        "purged": lambda: t("Détruire les réponses brutes"),
    }
    return words[to]()


def heading(to: str) -> str:
    """The title of the section where a step is taken."""
    words = {
        "open": lambda: t("Étape suivante : ouvrir"),
        "closed": lambda: t("Étape suivante : clore"),
        "audited": lambda: t("Étape suivante : auditer la liste des tableaux"),
        "published": lambda: t("Étape suivante : publier"),
        "purged": lambda: t("Étape suivante : purger"),
    }
    return words[to]()


def does(to: str) -> str:
    """What a step does."""
    words = {
        "open": lambda: t(
            "Ouvrir : les agents répondent, chacun avec un code qui ne sert qu’une fois. Seul se voit le nombre de réponses reçues, jamais ce qu’elles disent."
        ),
        "closed": lambda: t(
            "Clore : plus aucune réponse n’entre. Rien n’est montré pour autant : les résultats attendent l’audit et la publication."
        ),
        "audited": lambda: t(
            "Auditer : vous choisissez la liste fermée des tableaux, et Levier l’attaque comme le ferait un curieux qui connaît la ville. Elle tient, ou il dit quel tableau retirer."
        ),
        "published": lambda: t(
            "Publier : la liste auditée est figée, l’écran Bien-être et les indicateurs se remplissent, et chacun peut la lire."
        ),
        "purged": lambda: t(
            "Purger : les réponses brutes sont détruites, sauvegardes comprises. Les tableaux publiés et les indicateurs restent."
        ),
    }
    return words[to]()


def final(to: str) -> str:
    """What a step makes final."""
    words = {
        "published": lambda: t(
            "C’est définitif : aucun chiffre de la liste ne changera plus, aucun tableau ne s’y ajoutera, la vague ne pourra être ni rouverte ni auditée de nouveau."
        ),
        "purged": lambda: t(
            "C’est définitif : aucune réponse ne se retrouve ensuite, et aucun autre tableau ne peut plus en être tiré."
        ),
    }
    return words.get(
        to, lambda: t("Rien de définitif : cette étape se reprend, comme toutes jusqu’à la publication.")
    )()


def back(state_: str) -> str:
    """What going back from a state gives."""
    words = {
        "draft": lambda: t("La vague n’est plus déclarée : personne ne peut y répondre."),
        "open": lambda: t(
            "La vague redevient un brouillon : plus personne ne peut répondre tant qu’elle n’est pas rouverte."
        ),
        "closed": lambda: t(
            "La vague est rouverte : les agents qui ont un code peuvent de nouveau répondre."
        ),
        "audited": lambda: t("L’audit est oublié : la liste se choisit et s’attaque de nouveau."),
    }
    return words[state_]()


def table(key: Key) -> str:
    """What a table is called; an optional scale by its label."""
    measure = key[1]
    words = said(table_name(key))
    if measure not in NAMES and (scale := shelf()[0].get(measure)):
        words = words.replace(measure, said(scale.label), 1)
    return words[:1].upper() + words[1:]


def measure(name: str) -> str:
    """What a measure is called."""
    return table(((), name)).rpartition(",")[0]


def group(found: object) -> str:
    """What a group is called."""
    return said(group_name(found))  # type: ignore[arg-type]


def tables_count(n: int) -> str:
    """So many tables."""
    return tn("{n} tableau", "{n} tableaux", n)


def checks() -> list[tuple[str, str]]:
    """What the attack tries, each with what it looks for."""
    return [
        (t("Marges"), t("un groupe se déduit-il d’un total et des autres groupes ?")),
        (t("Compléments"), t("la ville moins un groupe publié laisse-t-elle quelques personnes seules ?")),
        (t("Recoupements"), t("deux tableaux qui partagent un attribut en isolent-ils ?")),
        (t("Vagues"), t("la même ligne, d’une vague à l’autre, montre-t-elle qui est arrivé ou parti ?")),
        (
            t("Bornes par programmation linéaire"),
            t("toutes les lignes ensemble, avec leurs arrondis, enserrent-elles un petit groupe ?"),
        ),
        (
            t("Non-réponses à un item"),
            t("l’écart entre une échelle et ses items montre-t-il qui en a sauté un ?"),
        ),
        (t("Homogénéité"), t("un groupe a-t-il répondu d’une seule voix ?")),
        (
            t("Groupes recensés"),
            t("presque tout un service a-t-il répondu, moins de trois agents exceptés ?"),
        ),
    ]
