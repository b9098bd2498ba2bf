"""Carte stratégique: objectives and hypotheses as they stand, or as a scenario would have them, and what the data say of each."""

import streamlit as st

from pages.parts import map_body, under_map
from pages.parts.here import here, screen
from pages.parts.markup import show

source, scenario, link = here(), st.query_params.get("s", ""), st.query_params.get("link", "")
show(under_map.body(source, screen(), scenario, link) if scenario else map_body.body(source, link))
