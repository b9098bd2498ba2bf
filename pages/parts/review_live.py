"""What another person stores is seen within seconds: a small part of the page looks at the store's version alone."""

import streamlit as st

from metrics.meetings import Meeting
from pages.parts.source import Source

EVERY = 3.0  # seconds


def watch(source: Source, meeting: Meeting) -> None:
    """Draw the page again when something was stored since it was drawn; a field being typed in keeps its words."""
    drawn = source.store.version(source.actor)

    @st.fragment(run_every=EVERY)
    def look() -> None:
        if source.store.version(source.actor) != drawn:
            st.rerun()

    look()
