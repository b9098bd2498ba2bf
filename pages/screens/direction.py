"""Fiche direction: one directorate's people, KPIs, score, files and moves."""

import streamlit as st

from pages.parts import direction_page, overview
from pages.parts.directions_reads import structure
from pages.parts.here import here, t
from pages.parts.markup import show

source = here()
asked = st.query_params.get("name", "") or source.scope
if source.as_of is None:
    show(overview.empty(source, t("Fiche direction")))
elif asked in structure(source):
    show(direction_page.body(source, asked))
else:
    show(direction_page.unknown(source, asked))
