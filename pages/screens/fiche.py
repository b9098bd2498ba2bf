"""Fiche indicateur: one KPI from its sentence down to the cells it came from."""

import streamlit as st

from metrics.definitions import Kpi
from pages.parts import (
    actions_page,
    definition_screen,
    fiche_facts,
    fiche_forecast,
    fiche_rows,
    fiche_signals,
    fiche_targets,
    fiche_why,
    notes_panel,
    page,
)
from pages.parts.fiche_finding import lead, title
from pages.parts.fiche_groups import breakdown
from pages.parts.fiche_history import history
from pages.parts.fiche_meaning import meaning
from pages.parts.fiche_missing import missing
from pages.parts.here import here
from pages.parts.markup import div, show
from pages.parts.source import Source


def sheet(source: Source, kpi: Kpi) -> None:
    """The sheet of a KPI at the source's date and scope."""
    reading, series = source.readings().get(kpi.id), source.series(kpi.id)
    show(page.head(title(kpi, reading, series), kicker=fiche_facts.kicker(source, kpi), lead=lead(kpi)))
    if reading is None and source.scope:
        show(fiche_facts.elsewhere(source, kpi))
    standing = fiche_facts.standing(source, kpi, reading, fiche_rows.shortcut(source, kpi))
    show(
        div(
            "lv-sheet",
            standing,
            fiche_facts.figures(kpi, reading, fiche_facts.companions(source, kpi)),
            meaning(source, kpi),
        )
    )
    fiche_signals.draw(source, kpi, whole=st.query_params.get("span") == "all")
    fiche_forecast.draw(source, kpi)
    fiche_targets.draw(source, kpi)
    fiche_why.draw(source, kpi, st.query_params.to_dict())
    beside = [breakdown(source, kpi, st.query_params.get("by", "")), history(source, kpi)]
    show(div("lv-two" if all(beside) else "", *beside))
    if linked := actions_page.linked(source, kpi=kpi.id):
        show(linked)
    notes_panel.panel(source, "kpi", kpi.id)
    fiche_rows.draw(source, kpi)
    if changes := definition_screen.versions(source, kpi.id):
        show(changes)


def main() -> None:
    """Show the KPI that the address names, or help to find one."""
    source = here()
    asked = st.query_params.get("kpi", "")
    kpi = source.kpi(asked)
    if kpi is None:
        show(missing(source, asked))
    else:
        sheet(source, kpi)


main()
