"""Noter une séance: an animator's form, the correction of a session, and the sessions noted last."""

import streamlit as st

from pages.parts import session_page
from pages.parts.here import here

session_page.draw(here(), st.query_params.get("practice", ""), st.query_params.get("session", ""))
