"""A screen as of a sealed week: what its masthead says, and what is shown of a week that cannot be opened."""

from collections.abc import Mapping

from data.problems import StoreProblem
from pages.parts.address import others
from pages.parts.markup import Html, div, heading, join, link, span, tag
from pages.parts.screens import Screen
from pages.parts.source import Source
from pages.texts import language, numbers, t
from pages.texts.weeks import week_title

LIST = "semaines"  # the screen of the sealed weeks
WRITING = frozenset({"seance", "indicateur", "questionnaire"})  # screens that are a form and nothing else
SHOWN = 12  # weeks listed beside one that cannot be opened


def band(source: Source, screen: Screen, kept: Mapping[str, str]) -> Html:
    """Which sealed week this is, in words, and the way back to today's data on the same screen."""
    if source.seal is None:
        return Html("")
    told = t(
        "{week}, scellée le {day} : telle qu’elle était connue.",
        week=week_title(source.seal.week),
        day=numbers.weekday(source.seal.sealed_on),
    )
    back = link(source.link(screen.path, **{**kept, "week": ""}), t("Revenir aux données d’aujourd’hui"))
    every = link(source.link(LIST, week=""), t("Toutes les semaines scellées"))
    return div("lv-sealed", tag("p", tag("b", told)), tag("p", back, " · ", every), role="status")


def nothing_to_write(source: Source, screen: Screen) -> Html:
    """What a screen that is a form says in a sealed week."""
    back = link(
        source.link(screen.path, week=""), t("Revenir aux données d’aujourd’hui"), class_="lv-button main"
    )
    words = t("Ce qui a été scellé reste tel quel : on y lit, on n’y saisit rien.")
    return join(
        (
            div(
                "lv-head",
                div("lv-kicker", screen.title.get(source.lang)),
                heading(1, t("Rien ne se saisit dans une semaine scellée")),
            ),
            tag("section", tag("p", words), tag("p", back), class_="lv-section"),
        )
    )


def no_entry(source: Source, path: str) -> Html:
    """The same on a screen that is also read: why it takes nothing, and the way to where it does."""
    back = link(source.link(path, week=""), t("Revenir aux données d’aujourd’hui"))
    what = heading(2, t("Semaine scellée : rien ne se saisit"))
    return div("lv-notice info", what, tag("p", back), role="status")


def lost(source: Source, screen: Screen, problem: StoreProblem) -> Html:
    """What is said of a week that is not sealed, or no longer what was sealed; ``source`` is that of today's data."""
    what, mend = problem.parts
    back = link(
        source.link(screen.path, **others()), t("Voir les données d’aujourd’hui"), class_="lv-button main"
    )
    lang = language()
    return join(
        (
            div("lv-head", div("lv-kicker", t("Semaine scellée")), heading(1, what.get(lang))),
            tag(
                "section",
                tag("p", mend.get(lang)),
                _known(source, screen),
                tag("p", back),
                class_="lv-section",
            ),
        )
    )


def _known(source: Source, screen: Screen) -> Html:
    """The last sealed weeks as links to the same screen."""
    weeks = [seal.week for seal in reversed(source.live.seals(source.actor))][:SHOWN]
    if not weeks:
        return tag("p", t("Aucune semaine n’est scellée pour l’instant."))
    links = (
        tag("li", link(source.link(screen.path, **{**others(), "week": week}), week_title(week)))
        for week in weeks
    )
    return join(
        (tag("p", span("", t("Les dernières semaines scellées :"))), tag("ul", *links, class_="lv-news"))
    )
