"""Preuve: behind a claim, all that somebody who doubts would ask for, on one page."""

import streamlit as st

from pages.parts import proof_page
from pages.parts.fiche_missing import missing
from pages.parts.here import here
from pages.parts.markup import show

source = here()
asked = st.query_params.get("kpi", "")
kpi = source.kpi(asked)
if kpi is None:
    show(missing(source, asked))
else:
    proof_page.draw(source, kpi, st.query_params.get("rows", ""))
