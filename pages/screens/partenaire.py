"""Fiche partenaire: the partner that the address names."""

import streamlit as st

from pages.parts import notes_panel, partner_sheet, sheet_reads
from pages.parts.here import here
from pages.parts.markup import show

source, asked = here(), st.query_params.get("id", "")
show(partner_sheet.body(source, asked))
if source.as_of and sheet_reads.partner(source, asked):
    notes_panel.panel(source, "partner", asked)
