"""Fiche projet: the project that the address names."""

import streamlit as st

from pages.parts import project_sheet
from pages.parts.here import here
from pages.parts.markup import show

show(project_sheet.body(here(), st.query_params.get("id", "")))
