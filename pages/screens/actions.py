"""Décisions et actions: all that reviews decided and asked for, filtered by the address."""

import streamlit as st

from pages.parts import actions_page
from pages.parts.here import here
from pages.parts.markup import show

show(actions_page.body(here(), st.query_params.to_dict()))
