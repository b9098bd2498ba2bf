"""Semaines scellées: what was known week by week, intact or not, and what lies between any two of them."""

import streamlit as st

from pages.parts import weeks_page
from pages.parts.here import here
from pages.parts.markup import show

show(weeks_page.body(here(), st.query_params.get("since", ""), st.query_params.get("until", "")))
