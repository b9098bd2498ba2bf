"""Effet de levier: the ratio with its stage, perimeter and interval, and all that stands behind it."""

import streamlit as st

from metrics.definitions import Kpi
from metrics.leverage import STAGES, Leverage
from pages.parts import levier_head, levier_panels, overview, page
from pages.parts.guard import notice
from pages.parts.here import here, t
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.markup import Html, div, join, link, show, tag
from pages.parts.source import Source


def screen(source: Source, kpi: Kpi, found: Leverage, stage: str) -> None:
    """The whole screen at one stage."""
    reading = source.readings().get(kpi.id)
    show(levier_head.head(source, found, stage))
    standing = levier_head.standing(source, kpi, reading, found, stage)
    ladder = levier_head.ladder(source, kpi, reading, found, stage)
    show(div("lv-two lv-top", div("", levier_head.choices(source, stage), standing), ladder))
    show(levier_panels.panels(source, kpi.id))


def without(source: Source) -> Html:
    """What is said where the scorecard has no leverage, and the way to what it has."""
    words = notice(
        t("Ce tableau de bord ne porte pas sur des plans de financement."),
        t("Il n’y a donc pas d’effet de levier à calculer ; ses indicateurs sont dans la synthèse."),
        "info",
    )
    return join((words, tag("p", link(source.link(""), t("Ouvrir la synthèse"), class_="lv-button main"))))


def main() -> None:
    """Show the leverage of this store, or say why there is none and what to do."""
    source = here()
    kpi = kpi_of(source.catalogue)
    found = plans_of(source) if kpi else None
    if kpi is None:
        show(page.head(t("Pas d’effet de levier dans ce catalogue"), kicker=t("Effet de levier")))
        show(without(source))
    elif source.as_of is None:
        show(overview.empty(source, t("Effet de levier")))
    elif not found or not found.plans:
        show(page.head(t("Aucun plan de financement notifié à cette date"), kicker=t("Effet de levier")))
        show(
            notice(
                t("Rien n’a encore été notifié dans ce périmètre."),
                t("Changez de date ou de périmètre en haut de la page, ou importez les financements."),
                "info",
            )
        )
    else:
        asked = st.query_params.get("stage", "")
        screen(source, kpi, found, asked if asked in STAGES else "awarded")


main()
