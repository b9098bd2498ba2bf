"""A scenario's files: pages to print and the workbook, each saying what it is, and the scenario itself; made when pressed."""

from functools import partial

import streamlit as st

from metrics.scenario import as_yaml
from metrics.whatif import Comparison
from pages.exports import scenario as workbook
from pages.parts import scenarios_files, scenarios_reads, tables, whatif_tables
from pages.parts.source import Source
from pages.texts import t, use


def draw(source: Source, found: Comparison) -> None:
    """The files, as buttons."""
    with st.container(key="lv-etsi-files", horizontal=True):
        st.download_button(
            t("Exporter le scénario (PDF)"),
            partial(pdf_of, source, found),
            file_name=f"scenario-{found.as_of}.pdf",
            mime=scenarios_files.PDF,
            on_click="ignore",
            key="etsi.pdf",
        )
        st.download_button(
            t("Exporter le scénario (Excel)"),
            partial(workbook_of, source, found),
            file_name=f"scenario-{found.as_of}.xlsx",
            mime=tables.KINDS["xlsx"],
            on_click="ignore",
            key="etsi.xlsx",
        )
        st.download_button(
            t("Garder le scénario (YAML)"),
            partial(_yaml, found),
            file_name="scenario.yml",
            mime="application/yaml",
            on_click="ignore",
            key="etsi.yml",
        )


def pdf_of(source: Source, found: Comparison) -> bytes:
    """The pages of the comparison of scenarios, with this one alone beside the base."""
    beside = scenarios_reads.asked(source, {"a": found.scenario.as_text()})
    return scenarios_files.made(source, beside, "pdf")


def workbook_of(source: Source, found: Comparison) -> bytes:
    """The comparison and its drivers as a workbook."""
    use(source.lang)  # made outside the run that drew its button
    return workbook.write([whatif_tables.of(source, found), whatif_tables.drivers_of(source, found)])


def _yaml(found: Comparison) -> bytes:
    return as_yaml(found.scenario, found.as_of).encode("utf-8")
