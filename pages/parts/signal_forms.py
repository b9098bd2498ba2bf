"""What the forms of a sheet share: who may write, storing a decision, saying what happened, taking it back."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.access import ALLOWED
from data.report import Report
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import show
from pages.parts.source import Source
from pages.texts import said, t

KEPT = "fiche.recorded"  # the last decision of this visit: what it is about, and its import


def may_write(source: Source) -> bool:
    """Whether the visitor's role records decisions: for showing; the data layer checks on each call."""
    return "record" in ALLOWED.get(source.actor.role, frozenset())


def record(source: Source, table: str, row: Mapping[str, Any], about: str, words: str) -> None:
    """Store one decision and show the page with it, or say what is wrong with it."""
    settle(attempt(lambda: source.store.record(source.actor, table, [row])), about, words)


def settle(done: Report | None, about: str, words: str) -> None:
    """Show the page with what was just recorded, or say what is wrong with it; a refusal was said already."""
    if done is None:
        return
    if not done.ok:
        return show(
            notice(t("Rien n’est enregistré."), " ".join(said(fault.message) for fault in done.errors))
        )
    told = " ".join((words, *(said(fault.message) for fault in done.warnings)))
    st.session_state[KEPT] = (about, done.import_id, told)
    st.rerun()


def last_import() -> int:
    """The import under which this visit last recorded something; 0 before, and once it was taken back."""
    kept = st.session_state.get(KEPT)
    return kept[1] if kept and kept[1] else 0


def just_done(source: Source, about: str) -> None:
    """Say what was just recorded here, and offer to take it back."""
    kept = st.session_state.get(KEPT)
    if not kept or kept[0] != about:
        return
    _, import_id, words = kept
    show(notice(words, t("Enregistré sous l’import {n}, visible dans l’historique.", n=import_id), "good"))
    if st.button(t("Annuler cette saisie"), key=f"undo-{about}"):
        done: Report | None = attempt(lambda: source.store.undo(source.actor, import_id))
        if done is not None:
            del st.session_state[KEPT]
            st.rerun()
