"""Revue hebdomadaire: the start of a review, its room, its minutes."""

import streamlit as st

from pages.parts import review_page
from pages.parts.here import here

review_page.draw(here().whole_town(), st.query_params.get("meeting", ""))
