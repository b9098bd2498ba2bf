"""Bien-être au travail: what the published tables of the staff surveys say, and what they do not."""

import streamlit as st

from pages.parts import wellbeing_page
from pages.parts.here import here
from pages.parts.markup import show

show(wellbeing_page.body(here(), st.query_params.get("measure", ""), st.query_params.get("by", "")))
