"""Ajouter ou modifier un indicateur: a catalogue entry by its fields, tried on the data before it is saved."""

import streamlit as st

from pages.parts import definition_screen
from pages.parts.here import here

definition_screen.draw(here(), st.query_params.get("kpi", ""))
