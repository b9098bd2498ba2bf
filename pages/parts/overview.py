"""The overview's body, drawn once for each store version, role, language, date and scope."""

from metrics.claims import headline
from pages.parts import changes, page, projection, ranking, sensitivity, takeaway
from pages.parts.board import board
from pages.parts.card import proved
from pages.parts.markup import Html, div, heading, join, link, section, tag
from pages.parts.once import VIEWS, kept
from pages.parts.since import Since
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn
from pages.texts.headlines import title

MANY = 20  # objectives: beyond, they stand in two columns across the page


@kept(maxsize=VIEWS)
def body(source: Source, is_projected: bool = False, since: Since | None = None) -> Html:
    """Title, headline cards, perspectives, best and worst; what to do next when the store is empty."""
    if source.as_of is None:
        return empty(source)
    readings = source.readings()
    kpis = headline(source.catalogue)
    cards = [proved(source, kpi, readings.get(kpi.id), is_projected) for kpi in kpis]
    return join(
        (
            projection.marker(is_projected),
            _head(source, is_projected),
            div("lv-cards", *cards),
            _middle(source, is_projected, since),
            ranking.rankings(source),
            sensitivity.panel(source),
            _sources(source),
        )
    )


def _head(source: Source, is_projected: bool) -> Html:
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
    return page.head(
        title(source.catalogue, source.readings(), bool(source.scope), source.defined_kpis),
        kicker=kicker,
        lead=join((projection.switch(source, is_projected, ""), takeaway.links(source))),
        aside=aside,
    )


def _has_goals(source: Source) -> bool:
    return any(kpi.target is not None or kpi.band for kpi in source.catalogue.kpis.values())


def _middle(source: Source, is_projected: bool, since: Since | None) -> Html:
    news = changes.news(source, since, **projection.kept(is_projected))
    aside = join((news, ranking.missing(source), context(source)))
    if not _has_goals(source):
        return join((ranking.plain_list(source), tag("section", aside, class_="lv-section") if aside else ""))
    many = len(source.catalogue.scorecard.objectives) > MANY
    if aside and not many:
        return tag(
            "section",
            tag("div", board(source)),
            tag("div", aside, class_="lv-aside"),
            class_="lv-section lv-board",
        )
    below = tag("section", aside, class_="lv-section") if aside else ""
    return join((tag("section", board(source), class_="lv-section lv-many" if many else "lv-section"), below))


def context(source: Source) -> Html:
    """The challenges that the scorecard answers, "" when it names none."""
    challenges = source.catalogue.scorecard.challenges
    if not challenges:
        return Html("")
    items = (tag("li", said(challenge)) for challenge in challenges)
    return tag("div", heading(2, t("Le contexte")), tag("ul", *items, class_="lv-news"))


def _sources(source: Source) -> Html:
    versions = sorted({r.version for r in source.readings().values()})
    words = [t("Données au {day}", day=numbers.day(source.as_of))]
    if versions:
        listed = ", ".join(map(str, versions))
        words.append(
            tn(
                "définitions version {versions}",
                "définitions versions {versions}",
                len(versions),
                versions=listed,
            )
        )
    sentence = ", ".join(words) + "."
    if _has_goals(source):
        least = numbers.decimal(100 * source.catalogue.scorecard.thresholds.min_coverage)
        scored = t(
            "Un score vaut {top} à la cible et 0 au plancher ; un ensemble couvert à moins de {least} % n’est pas calculé.",
            least=least,
            top=numbers.out_of(),
        )
        sentence = f"{sentence} {scored}"
    return tag("p", sentence, class_="lv-note lv-sources")


def empty(source: Source, kicker: str = "") -> Html:
    """What to do with a store that holds nothing, whatever the screen (``kicker``)."""
    first = link(source.link("imports"), t("Importer des fichiers"), class_="lv-button main")
    return join(
        (
            page.head(
                t("Aucune donnée pour l’instant"),
                kicker=kicker or t("Synthèse"),
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
