"""What is looked at under a scenario, one thing at a time: its KPIs, or what may come of it."""

from collections.abc import Callable, Mapping

import streamlit as st

from metrics.scenario import Scenario
from metrics.whatif import Comparison
from pages.parts import whatif_futures, whatif_reads, whatif_sides
from pages.parts.markup import Html, link, section, show, tag
from pages.parts.source import Source
from pages.texts import t

PARAM = "v"
VIEWS: Mapping[str, Callable[[], str]] = {
    "": lambda: t("Tous les indicateurs"),
    "avenirs": lambda: t("D’ici la fin de l’année"),
}


def chosen() -> str:
    """The view that the address names; the KPIs where it names none."""
    found = st.query_params.get(PARAM, "")
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
    else:
        title, note = t("Tous les indicateurs, par perspective"), t("En gris, ce qui ne bouge pas.")
        show(section(title, whatif_sides.drawn(source, found), note=note))


def begin(source: Source) -> Html:
    """The views of the base, before anything is supposed."""
    note = t("Sans rien supposer : ce qui peut advenir des demandes en attente.")
    return section(t("Et sans scénario ?"), ways(source, whatif_reads.EMPTY), note=note)
