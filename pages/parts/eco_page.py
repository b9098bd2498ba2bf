"""The screen of the 12 levers, drawn once for each store version, role, language, date and scope."""

from metrics.ecosystem import Ecosystem
from pages.parts import eco_panels, eco_reads, eco_wheel, overview, page, session_words
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.texts import numbers, t, tn
from schemas.practices import LEVERS


@kept(maxsize=VIEWS)
def body(source: Source) -> Html:
    """The whole screen; what to do next when there is no practice."""
    found = eco_reads.practices_of(source)
    if found is None:
        return overview.empty(source, t("12 leviers"))
    if not found.practices:
        return join((page.head(t("Aucun outil enregistré"), kicker=t("12 leviers")), _none(source)))
    return join(
        (
            page.head(
                _title(found), kicker=t("12 leviers"), lead=_lead(source), aside=session_words.way(source)
            ),
            section(
                t("Chaque levier et son outil"),
                eco_wheel.wheel(source, found.practices),
                eco_wheel.legend(),
                eco_panels.steps(source),
                note=t("Chaque outil ouvre sa fiche. L’état est celui de toute la ville."),
            ),
            eco_panels.cards(source),
            eco_panels.practices(source, found),
            div("lv-two", eco_panels.alone(source, found), eco_panels.cost(source)),
            div("lv-two", eco_panels.course(source), eco_panels.group(source)),
            div("lv-two", eco_panels.served(source), eco_panels.revolutions(source, found)),
            eco_panels.milestones(source),
        )
    )


def _title(found: Ecosystem) -> str:
    used = {p.lever for p in found.practices if p.deployed_on}
    alive = {p.lever for p in found.practices if p.state == "alive"}
    words = tn(
        "{n} levier sur {all} a un outil en œuvre",
        "{n} leviers sur {all} ont un outil en œuvre",
        len(used),
        all=len(LEVERS),
    )
    if not used:
        return t("Aucun levier n’a encore d’outil en œuvre")
    living = tn("{n} est animé", "{n} sont animés", len(alive))
    return t("{words}, {living}", words=words, living=living)


def _lead(source: Source) -> str:
    where = source.scope or t("toute la ville")
    return t(
        "Un écosystème d’outils pour l’innovation dans l’organisation, au {day}. Séances, avis et heures : {where}.",
        day=numbers.day(source.as_of),
        where=where,
    )


def _none(source: Source) -> Html:
    words = notice(
        t("Les outils et leurs séances ne sont pas encore importés."),
        t("Importez les tables « Outils » et « Séances » pour voir les leviers."),
        "info",
    )
    way = link(source.link("imports"), t("Importer des fichiers"), class_="lv-button main")
    return join((words, tag("p", way)))
