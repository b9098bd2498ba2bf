"""Carte stratégique: objectives and hypotheses as they stand, and what the data say of each hypothesis."""

import streamlit as st

from pages.parts import map_body
from pages.parts.here import here
from pages.parts.markup import show

show(map_body.body(here(), st.query_params.get("link", "")))
