"""The overview's body, drawn once for each store version, role, language, date and scope."""

from functools import lru_cache

from pages.parts import numbers, page, ranking
from pages.parts.board import board
from pages.parts.card import card
from pages.parts.headline import headline, title
from pages.parts.markup import Html, div, heading, join, link, section, tag
from pages.parts.source import Source
from pages.texts import said, t, tn


@lru_cache(maxsize=128)
def body(source: Source) -> Html:
    """Title, headline cards, perspectives, best and worst; what to do next when the store is empty."""
    if source.as_of is None:
        return empty(source)
    readings = source.readings()
    cards = [card(source, kpi, readings.get(kpi.id)) for kpi in headline(source.catalogue)]
    return join(
        (_head(source), div("lv-cards", *cards), _middle(source), ranking.rankings(source), _sources(source))
    )


def _head(source: Source) -> Html:
    mission = said(source.catalogue.scorecard.mission)
    aside = (
        tag(
            "p", t("Notre mission : {mission}", mission=mission[0].lower() + mission[1:]), class_="lv-mission"
        )
        if mission
        else ""
    )
    kicker = t("Synthèse au {day}", day=numbers.day(source.as_of))
    if source.scope:
        kicker = f"{kicker} · {source.scope}"
    return page.head(title(source.catalogue, source.readings()), kicker=kicker, aside=aside)


def _middle(source: Source) -> Html:
    aside = join((ranking.missing(source), context(source)))
    class_ = "lv-section lv-board" if aside else "lv-section"
    return tag("section", tag("div", board(source)), tag("div", aside) if aside else "", class_=class_)


def context(source: Source) -> Html:
    """The challenges that the scorecard answers, "" when it names none."""
    challenges = source.catalogue.scorecard.challenges
    if not challenges:
        return Html("")
    items = (tag("li", said(challenge)) for challenge in challenges)
    return tag("div", heading(2, t("Le contexte")), tag("ul", *items, class_="lv-news"))


def _sources(source: Source) -> Html:
    versions = sorted({r.version for r in source.readings().values()})
    least = numbers.decimal(100 * source.catalogue.scorecard.thresholds.min_coverage)
    words = (
        t("Données au {day}", day=numbers.day(source.as_of)),
        tn(
            "définitions version {versions}",
            "définitions versions {versions}",
            len(versions),
            versions=", ".join(map(str, versions)),
        ),
        t(
            "un score vaut 100 à la cible et 0 au plancher ; un ensemble couvert à moins de {least} % n’est pas calculé",
            least=least,
        ),
    )
    return tag(
        "p",
        ". ".join((", ".join(words[:2]), words[2][0].upper() + words[2][1:])) + ".",
        class_="lv-note lv-sources",
    )


def empty(source: Source) -> Html:
    """What to do with a store that holds nothing."""
    first = link(source.link("imports"), t("Importer des fichiers"), class_="lv-button main")
    return join(
        (
            page.head(
                t("Aucune donnée pour l’instant"),
                kicker=t("Synthèse"),
                lead=t("Les indicateurs se calculent dès le premier import."),
            ),
            section(
                t("Pour commencer"),
                tag(
                    "p",
                    t(
                        "Apportez vos fichiers Excel ou CSV : ils sont vérifiés ligne par ligne avant d’être enregistrés."
                    ),
                ),
                tag("p", first),
            ),
            section(
                t("Pour essayer"),
                tag(
                    "p",
                    t(
                        "La ville fictive de Valombre montre tout ce que l’outil sait faire. Dans le dossier de Levier :"
                    ),
                ),
                tag("pre", tag("code", "python -m data demo")),
            ),
        )
    )
