"""Fiche partenaire: the partner that the address names."""

import streamlit as st

from pages.parts import partner_sheet
from pages.parts.here import here
from pages.parts.markup import show

show(partner_sheet.body(here(), st.query_params.get("id", "")))
