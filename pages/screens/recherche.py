"""Recherche: KPIs, objectives, directorates, projects and partners, by their names and codes."""

import streamlit as st

from pages.parts import search_page
from pages.parts.here import here
from pages.parts.markup import show

show(search_page.body(here(), st.query_params.get("q", "")))
