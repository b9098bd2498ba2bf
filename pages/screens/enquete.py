"""Enquêtes: a wave from its draft to the day its answers are destroyed, for the person in charge of surveys."""

import streamlit as st

from pages.parts import survey_page
from pages.parts.here import here

survey_page.draw(here(), st.query_params.get("wave", ""))
