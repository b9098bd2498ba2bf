"""Undo and redo: the scenarios that this visit has been through, whatever changed them (a slider, a link, the browser's own Back)."""

import streamlit as st

from pages.parts import whatif_reads

PAST, AT = "etsi.past", "etsi.at"
MOST = 200  # scenarios that a visit goes back over


def follow(text: str) -> None:
    """Remember the scenario that is shown, as its own text; one that stands beside the last is gone back to."""
    past: list[str] = st.session_state.setdefault(PAST, [text])
    at = min(st.session_state.setdefault(AT, 0), len(past) - 1)
    if past[at] == text:
        return
    beside = [place for place in (at - 1, at + 1) if 0 <= place < len(past) and past[place] == text]
    if beside:
        st.session_state[AT] = beside[0]
        return
    st.session_state[PAST] = [*past[: at + 1], text][-MOST:]
    st.session_state[AT] = len(st.session_state[PAST]) - 1


def can_go(step: int) -> bool:
    """Say whether there is a scenario ``step`` further in what this visit has been through."""
    return 0 <= st.session_state.get(AT, 0) + step < len(st.session_state.get(PAST, []))


def go(step: int) -> None:
    """Show the scenario ``step`` further: -1 undoes, +1 redoes."""
    if can_go(step):
        st.session_state[AT] += step
        whatif_reads.put(st.session_state[PAST][st.session_state[AT]])
