"""A perspective of the scorecard: its objectives and their KPIs, results and what leads to them apart; or under a scenario."""

import streamlit as st

from pages.parts import filters, perspective, under_side
from pages.parts.address import others
from pages.parts.here import here, screen
from pages.parts.markup import show

source, at = here(), screen()
asked, scenario = filters.asked(others()), st.query_params.get("s", "")
if scenario:
    show(under_side.body(source, at, scenario, asked))
else:
    show(perspective.head(source, at))
    # Three elements: what a filter does not change is not sent again.
    for part in (
        perspective.objectives(source, at, asked),
        perspective.weighed(source, at),
        perspective.listed(source, at, asked),
    ):
        if part:
            show(part)
