"""The well-being screen, drawn once for each store version, role, language, date and choice: published tables only."""

from data.access import ALLOWED
from pages.parts import overview, page
from pages.parts import wellbeing_groups as groups
from pages.parts import wellbeing_likert as likert
from pages.parts import wellbeing_more as more
from pages.parts import wellbeing_panels as panels
from pages.parts import wellbeing_reads as reads
from pages.parts import wellbeing_words as words
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, tag
from pages.parts.once import VIEWS, kept
from pages.parts.screens import SCREENS
from pages.parts.source import Source
from pages.parts.wellbeing_reads import Stage, Survey
from pages.texts import numbers, t

OFFICER = "enquete"  # the screen of the survey's steps


@kept(maxsize=VIEWS)
def body(source: Source, measure: str = "", by: str = "") -> Html:
    """The whole screen; ``measure`` and ``by`` choose the table by group. Where no wave is published, why and what next."""
    if source.as_of is None:
        return overview.empty(source, title())
    survey = reads.survey_of(source)
    if survey.now is None:
        return _none(source, survey)
    return join(
        (
            page.head(panels.headline(source, survey), kicker=title(), lead=panels.lead(source, survey)),
            under_way(source, survey),
            panels.objective(source),
            panels.responses(source, survey),
            panels.waves(source, survey),
            likert.panels(source),
            more.recommendation(source, survey),
            groups.panel(source, measure, by),
            div("lv-two", more.load(source, survey), more.reading(source, survey)),
            div("lv-two", more.trust(source, survey), more.protection(source, survey)),
            more.licences(source, survey),
        )
    )


def title() -> str:
    """The screen's name."""
    return t("Bien-être au travail")


def under_way(source: Source, survey: Survey) -> Html:
    """That waves are under way or wait to be published, without any figure of them."""
    if not survey.under_way:
        return Html("")
    said = t("Aucun chiffre n’en est montré avant la publication de ses tableaux.")
    named = [wave_under_way(one) for one in survey.under_way]
    return join((notice(" · ".join(named), said, "info"), _officer(source)))


def wave_under_way(stage: Stage) -> str:
    """A wave that runs, or that is closed and not published."""
    name = words.wave(stage.wave)
    if stage.state == "open":
        return t("Enquête {wave} en cours", wave=name)
    return t("Enquête {wave} close, pas encore publiée", wave=name)


def _officer(source: Source) -> Html:
    """The way to the survey's steps, for who may take them."""
    is_there = any(screen.path == OFFICER for screen in SCREENS)
    if not is_there or "survey" not in ALLOWED.get(source.actor.role, frozenset()):
        return Html("")
    return tag("p", link(source.link(OFFICER), t("Ouvrir les enquêtes"), class_="lv-button"))


def _none(source: Source, survey: Survey) -> Html:
    """No wave published: one under way says so; else where waves come from."""
    if survey.under_way:
        last = survey.under_way[-1]
        said = t(
            "Enquête du {day}. Aucun chiffre n’est montré avant la publication de ses tableaux.",
            day=numbers.day(last.held_on),
        )
        told = notice(t("Pas encore de chiffres"), said, "info")
        return join((page.head(wave_under_way(last), kicker=title()), told, _officer(source)))
    way = link(source.link("imports"), t("Importer des fichiers"), class_="lv-button main")
    told = notice(
        t("Aucune enquête n’est publiée à cette date."),
        t("Importez une vague de réponses, puis publiez ses tableaux ; ou choisissez une date plus récente."),
        "info",
    )
    return join((page.head(t("Aucune enquête publiée"), kicker=title()), told, tag("p", way)))
