"""What every act on a wave shares: a refusal of the store said in its place, what was done told on the page that follows."""

from collections.abc import Callable

import streamlit as st

from data.report import Report
from data.waves import Step
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import show
from pages.texts import said, t

KEPT = "survey.done"  # what this visit just did, and what to know about it


def stored(act: Callable[[], Report]) -> bool:
    """Do something with the store; whether it is stored. What is wrong is said in its place."""
    done: Report | None = attempt(act)
    return done is not None and _is_ok(done)


def stepped(act: Callable[[], Step]) -> Step | None:
    """Take a step; None where the store refused the call, with its reason said. A refused audit is an answer."""
    done: Step | None = attempt(act)
    if done is None or done.refused or _is_ok(done.report):
        return done
    return None


def _is_ok(report: Report) -> bool:
    if not report.ok:
        faults = " ".join(said(fault.message) for fault in report.errors)
        show(notice(t("Rien n’est enregistré."), faults))
    return report.ok


def tell(wave: str, words: str, more: str = "") -> None:
    """Keep what was done for the page that follows, and show that page, of the same wave ("": of whichever is next)."""
    st.query_params["wave"] = wave
    st.session_state[KEPT] = (words, more)
    st.rerun()


def told() -> None:
    """Say what this visit just did, once."""
    words, more = st.session_state.pop(KEPT, ("", ""))
    if words:
        show(notice(words, more, "good"))
