"""Alertes: what the town's rules saw in what changed."""

import streamlit as st

from pages.parts import address, alerts_page
from pages.parts.here import here
from pages.parts.markup import show

show(alerts_page.body(here(), st.query_params.get("rule", ""), address.day(st.query_params.get("since", ""))))
