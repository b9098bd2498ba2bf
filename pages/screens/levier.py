"""Effet de levier: the ratio with its stage, perimeter and interval, and all that stands behind it."""

import streamlit as st

from metrics.definitions import Kpi
from metrics.leverage import STAGES, Leverage
from pages.parts import levier_head, levier_panels, page
from pages.parts.guard import notice
from pages.parts.here import here, t
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.levier_words import stages, title
from pages.parts.markup import div, show
from pages.parts.source import Source


def chosen_stage() -> str:
    """The stage of the address; a control offers the others."""
    names = stages()
    with st.container(key="lv-stage"):
        asked = st.segmented_control(
            t("Stade du financement"),
            STAGES,
            format_func=lambda stage: names[stage],
            default="awarded",
            required=True,
            key="stage",
            bind="query-params",
        )
    return asked if asked in STAGES else "awarded"


def screen(source: Source, kpi: Kpi, found: Leverage) -> None:
    """The whole screen; the control stands between the title, which follows it, and the figures."""
    head = st.empty()
    stage = chosen_stage()
    reading = source.readings().get(kpi.id)
    with head:
        show(
            page.head(title(found, stage), kicker=t("Effet de levier"), lead=levier_head.lead(source, found))
        )
    standing = levier_head.standing(source, kpi, reading, found, stage)
    show(div("lv-two lv-top", standing, levier_head.ladder(source, kpi, reading, found, stage)))
    show(levier_panels.plan_by_plan(found))
    show(div("lv-two", levier_panels.without_each(found), levier_panels.both_readings(found)))
    left = div("", levier_panels.funders(source, kpi), levier_panels.ratios(source, kpi, "year"))
    show(div("lv-two", left, levier_panels.ratios(source, kpi, "programme")))


def main() -> None:
    """Show the leverage of this store, or say why there is none and what to do."""
    source = here()
    kpi = kpi_of(source.catalogue)
    found = plans_of(source) if kpi else None
    if kpi is None:
        show(page.head(t("Pas d’effet de levier dans ce catalogue"), kicker=t("Effet de levier")))
        show(
            notice(
                t("Ce tableau de bord ne porte pas sur des plans de financement."),
                t("Ouvrez un autre indicateur, ou ajoutez « leverage_awarded » au catalogue de la ville."),
                "info",
            )
        )
    elif found is None or not found.plans:
        show(page.head(t("Aucun plan de financement notifié à cette date"), kicker=t("Effet de levier")))
        show(
            notice(
                t("Rien n’a encore été notifié dans ce périmètre."),
                t("Changez de date ou de périmètre en haut de la page, ou importez les financements."),
                "info",
            )
        )
    else:
        screen(source, kpi, found)


main()
