"""Fiche indicateur: one KPI from its sentence down to the cells it came from."""

import streamlit as st

from metrics.definitions import Kpi
from pages.parts import fiche_facts, fiche_files, fiche_rows, fiche_trend, page
from pages.parts.fiche_finding import lead, title
from pages.parts.fiche_groups import breakdown
from pages.parts.fiche_history import history
from pages.parts.fiche_meaning import meaning
from pages.parts.fiche_missing import missing
from pages.parts.fiche_reads import behind
from pages.parts.here import here, t
from pages.parts.markup import div, show
from pages.parts.source import Source


def sheet(source: Source, kpi: Kpi) -> None:
    """The sheet of a KPI at the source's date and scope."""
    reading, series = source.readings().get(kpi.id), source.series(kpi.id)
    show(page.head(title(kpi, reading, series), kicker=fiche_facts.kicker(source, kpi), lead=lead(kpi)))
    if reading is None and source.scope:
        show(fiche_facts.elsewhere(source, kpi))
    standing = fiche_facts.standing(source, kpi, reading, fiche_rows.shortcut(source, kpi))
    show(div("lv-sheet", standing, fiche_facts.figures(kpi, reading), meaning(source, kpi)))
    fiche_trend.draw(source, kpi, whole=st.query_params.get("span") == "all")
    beside = [breakdown(source, kpi, st.query_params.get("by", "")), history(kpi, series)]
    show(div("lv-two" if all(beside) else "", *beside))
    fiche_rows.draw(source, kpi)
    files(source, kpi)


def files(source: Source, kpi: Kpi) -> None:
    """The sheet's tables as files; the rows only for who may see them."""
    with st.container(key="lv-csv", horizontal=True):
        if fiche_rows.may_see(source) and len(behind(source, kpi.id)):
            name = f"{kpi.id}-{source.as_of}.csv"
            fiche_files.offer(
                "csv-rows", t("Télécharger les lignes (CSV)"), name, lambda: fiche_files.rows(source, kpi.id)
            )
        if source.series(kpi.id):
            name = f"{kpi.id}-series.csv"
            fiche_files.offer(
                "csv-series",
                t("Télécharger la série (CSV)"),
                name,
                lambda: fiche_files.readings(source, kpi.id),
            )


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
