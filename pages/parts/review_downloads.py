"""The minutes of a review as files."""

from functools import partial

import streamlit as st

from data.access import ALLOWED
from metrics.meetings import Meeting
from pages.parts import editions, tables
from pages.parts.markup import show
from pages.parts.source import Source
from pages.texts import t

FORMS = {"pdf": "PDF", "docx": "Word"}
KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def offer(source: Source, meeting: Meeting) -> None:
    """The decisions and actions of a review as tables, and its minutes to read, made when asked for."""
    show(
        tables.links(
            source, "revue-releve", t("Relevé de décisions et d’actions"), meeting=meeting.meeting_id
        )
    )
    if "read_rows" not in ALLOWED.get(source.actor.role, frozenset()):
        return
    for form, words in FORMS.items():
        name = t("compte-rendu-{week}", week=meeting.meeting_id)
        st.download_button(
            t("Compte rendu ({form})", form=words),
            partial(editions.minutes_of, source, meeting.meeting_id, form),
            file_name=f"{name}.{form}",
            mime=KINDS[form],
            on_click="ignore",
            key=f"lv-minutes-{form}",
        )
