"""Notes on points, « pourquoi »: numbered on the chart, listed under it with date and signature, written by who may."""

from datetime import date

import streamlit as st

from metrics.definitions import Kpi
from metrics.rebases import Note
from pages.parts import signal_forms, signal_words
from pages.parts.markup import Html, div, heading, show, span, tag
from pages.parts.signal_reads import control
from pages.parts.source import Source
from pages.texts import numbers, t

LONGEST = 500  # characters of a note


def draw(source: Source, kpi: Kpi) -> None:
    """The notes, then the form for one more."""
    notes = source.annotations(kpi.id)
    if notes:
        show(listed(notes))
    signal_forms.just_done(source, f"note-{kpi.id}")
    if signal_forms.may_write(source) and points(source, kpi.id):
        _form(source, kpi)


def listed(notes: tuple[Note, ...]) -> Html:
    """The notes as a numbered list, the oldest first as on the chart."""
    items = (
        tag("li", tag("b", numbers.month(note.noted_on)), f" {note.words} ", span("lv-grey", signature(note)))
        for note in notes
    )
    return div("lv-notes", heading(3, t("Notes sur la courbe")), tag("ol", *items))


def told(note: Note) -> str:
    """A note in one cell: its words, signed and dated."""
    signed = signature(note)
    return f"{note.words} ({signed})" if signed else note.words


def signature(note: Note) -> str:
    """Who wrote a note, and when."""
    parts = (note.signed_by, signal_words.dated(note.written_on))
    return ", ".join(part for part in parts if part)


def points(source: Source, kpi_id: str) -> list[date]:
    """The points that can bear a note, the last first."""
    charted = control(source, kpi_id)
    if charted.days:
        return [d for d, v in zip(charted.days, charted.values, strict=True) if v == v][::-1]
    return [reading.as_of for reading in source.series(kpi_id) if reading.value is not None][::-1]


def _form(source: Source, kpi: Kpi) -> None:
    with st.popover(t("Annoter un point")), st.form(f"note-{kpi.id}", clear_on_submit=True, border=False):
        point = st.selectbox(t("Point"), points(source, kpi.id), format_func=numbers.month)
        words = st.text_area(t("Pourquoi ce point est-il là ?"), max_chars=LONGEST)
        if st.form_submit_button(t("Annoter"), type="primary"):
            if not words.strip():
                show(tag("p", t("Écrivez quelques mots."), role="alert"))
            else:
                row = {
                    "kpi": kpi.id,
                    "directorate": source.scope or None,
                    "noted_on": point,
                    "words": words.strip(),
                }
                signal_forms.record(
                    source, "annotations", row, f"note-{kpi.id}", t("La note est sur la courbe.")
                )
