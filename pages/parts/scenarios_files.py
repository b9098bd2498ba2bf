"""The files of scenarios side by side: PDF and workbook, made when pressed; each page and sheet says what it is."""

from functools import partial

import streamlit as st

from metrics.abreast import Abreast, Side
from metrics.whatif import Comparison
from pages.exports import compared, compared_book
from pages.parts import scenarios_reads, tables
from pages.parts.source import Source
from pages.texts import t, use

PDF = "application/pdf"


def draw(source: Source, found: Abreast) -> None:
    """The two buttons."""
    with st.container(key="lv-scenarios-files", horizontal=True):
        for form, words, mime in (
            ("pdf", t("Exporter en PDF"), PDF),
            ("xlsx", t("Exporter en Excel"), tables.KINDS["xlsx"]),
        ):
            st.download_button(
                words,
                partial(made, source, found, form),
                file_name=f"scenarios-{found.as_of}.{form}",
                mime=mime,
                on_click="ignore",
                key=f"scenarios.{form}",
            )


def made(source: Source, found: Abreast, form: str) -> bytes:
    """A file's bytes."""
    use(source.lang)  # made outside the run that drew its button

    def rungs(side: Side) -> tuple[Comparison, ...]:
        kept: tuple[Comparison, ...] = scenarios_reads.rungs(source, side.scenario.as_text())
        return kept

    told = compared.told(source.engine, source.catalogue, found, rungs)
    return compared_book.write(told) if form == "xlsx" else compared.write(told)
