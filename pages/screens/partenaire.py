"""Fiche partenaire: the partner that the address names."""

import streamlit as st

from pages.parts import actions_page, notes_panel, partner_sheet, sheet_reads
from pages.parts.here import here
from pages.parts.markup import show

source, asked = here(), st.query_params.get("id", "")
show(partner_sheet.body(source, asked))
if source.as_of and sheet_reads.partner(source, asked):
    if linked := actions_page.linked(source, partner=asked):
        show(linked)
    notes_panel.panel(source, "partner", asked)
