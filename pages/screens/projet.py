"""Fiche projet: the project that the address names."""

import streamlit as st

from pages.parts import actions_page, notes_panel, project_sheet, sheet_reads
from pages.parts.here import here
from pages.parts.markup import show

source, asked = here(), st.query_params.get("id", "")
show(project_sheet.body(source, asked))
if source.as_of and sheet_reads.project(source, asked):
    if linked := actions_page.linked(source, project=asked):
        show(linked)
    notes_panel.panel(source, "project", asked)
