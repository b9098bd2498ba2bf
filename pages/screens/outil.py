"""Fiche outil: the practice that the address names."""

import streamlit as st

from pages.parts import practice_sheet
from pages.parts.here import here
from pages.parts.markup import show

show(practice_sheet.body(here(), st.query_params.get("id", "")))
