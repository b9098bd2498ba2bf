"""What is looked at under a scenario, one thing at a time: its KPIs, what may come of it, what weighs most, what it would take."""

from collections.abc import Callable, Mapping

import streamlit as st

from metrics.scenario import Scenario
from metrics.whatif import Comparison
from pages.parts import whatif_futures, whatif_reads, whatif_seek, whatif_sides, whatif_tornado
from pages.parts.markup import Html, link, section, show, tag
from pages.parts.source import Source
from pages.texts import t

PARAM = "v"
VIEWS: Mapping[str, Callable[[], str]] = {
    "": lambda: t("Tous les indicateurs"),
    "avenirs": lambda: t("D’ici la fin de l’année"),
    "poids": lambda: t("Ce qui pèse le plus"),
    "but": lambda: t("Que faudrait-il ?"),
}


def chosen() -> str:
    """The view that the address names, or whose question it bears; the KPIs where it says neither."""
    said = st.query_params
    found = said.get(PARAM, "")
    if not found and whatif_seek.KPI in said:
        return "but"
    if not found and whatif_tornado.OUTCOME in said:
        return "poids"
    return found if found in VIEWS else ""


def ways(source: Source, scenario: Scenario, current: str | None = None) -> Html:
    """The views as links; the one that is shown is marked."""
    links = [
        link(
            whatif_reads.to(source, scenario.as_text(), **{PARAM: view}),
            words(),
            aria_current="true" if view == current else None,
        )
        for view, words in VIEWS.items()
        if view or scenario.uses
    ]
    return tag("nav", *links, class_="lv-seg lv-etsi-views", aria_label=t("Ce qu’on regarde"))


def draw(source: Source, scenario: Scenario, found: Comparison) -> None:
    """The view of the address: only that one is computed."""
    view = chosen()
    show(ways(source, scenario, view))
    if view == "avenirs":
        show(whatif_futures.panel(source, scenario, found))
    elif view == "poids":
        whatif_tornado.panel(source, scenario)
    elif view == "but":
        whatif_seek.panel(source, scenario)
    else:
        title, note = t("Tous les indicateurs, par perspective"), t("En gris, ce qui ne bouge pas.")
        show(section(title, whatif_sides.drawn(source, found), note=note))


def begin(source: Source) -> Html:
    """The views of the base, before anything is supposed."""
    note = t(
        "Sans rien supposer : ce qui peut advenir, ce qui pèse, ce qu’il faudrait pour atteindre une cible."
    )
    return section(t("Et sans scénario ?"), ways(source, whatif_reads.EMPTY), note=note)
