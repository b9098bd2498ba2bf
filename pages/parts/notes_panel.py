"""Notes and discussion on a KPI, a project, a partner or a week: threads under each other, and what may be done with each.

The note that the address names (``note=``) stands out, with its forms for who may write. What a note is signed with is settled
by the data layer.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from data.report import Report
from data.signing import signature
from metrics.notes import Note, read_notes_on
from pages.parts import address, here, signal_forms
from pages.parts.intake import attempt
from pages.parts.markup import Html, div, join, link, section, show, span, tag
from pages.parts.once import SHEETS, kept
from pages.parts.reads import Reads
from pages.parts.source import Source
from pages.texts import notes as words
from pages.texts import t, tn

TABLE, ASKED, LONGEST = "notes", "note", 1000  # characters of a note typed on a screen


def panel(source: Source, about: str, subject: str) -> None:
    """Put the discussion of a subject on the page; ``about`` is kpi, project, partner or week."""
    threads = threads_on(source.reads, about, subject)
    asked, may_write = st.query_params.get(ASKED, ""), signal_forms.may_write(source)
    show(_head(threads, may_write))
    signal_forms.just_done(source, place(about, subject))
    for thread in threads:
        notes = (thread, *thread.replies)
        show(_thread(source, notes, asked, may_write))
        chosen = next((note for note in notes if note.note_id == asked), None)
        if chosen and may_write:
            _act(source, chosen)
    if may_write:
        _write(source, about, subject)


@kept(maxsize=SHEETS)
def threads_on(reads: Reads, about: str, subject: str) -> tuple[Note, ...]:
    """The threads on a subject, the oldest first."""
    return read_notes_on(reads.store.engine(reads.actor), about, subject)


def place(about: str, subject: str) -> str:
    """What the forms of a discussion are kept under."""
    return f"notes-{about}-{subject}"


def _head(threads: tuple[Note, ...], may_write: bool) -> Html:
    total = sum(1 + len(thread.replies) for thread in threads)
    if total:
        reviewed = sum(bool(note.reviewed_on) for thread in threads for note in (thread, *thread.replies))
        told = tn("{n} note", "{n} notes", total)
        stamped = tn("{n} relue", "{n} relues", reviewed) if reviewed else t("aucune n’est relue")
        return section(t("Notes et discussion"), note=f"{told}, {stamped}.", class_="lv-talk")
    empty = t("Personne n’a encore écrit ici.")
    hint = t("Une note dit ce que les chiffres ne disent pas : un contexte, une question, une réserve.")
    lead = tag("p", f"{empty} {hint}" if may_write else empty, class_="lv-grey")
    return section(t("Notes et discussion"), lead, class_="lv-talk")


def _thread(source: Source, notes: tuple[Note, ...], asked: str, may_write: bool) -> Html:
    first, *replies = (_note(source, note, note.note_id == asked, may_write) for note in notes)
    below = tag("ol", *(tag("li", reply) for reply in replies), class_="lv-replies") if replies else ""
    return div("lv-thread", first, below)


def _note(source: Source, note: Note, is_asked: bool, may_write: bool) -> Html:
    """One note: its words, then who, when, its stamps, and the way to act on it."""
    marks = [span("lv-grey", words.signed(note))]
    if note.reviewed_on:
        marks.append(span("lv-stamp", words.reviewed(note)))
    if note.is_exported:
        marks.append(span("lv-grey", t("dans les exports")))
    if may_write:
        said = t("Répondre à cette note ou la changer : {signed}", signed=words.signed(note))
        href = _at(source, note, "" if is_asked else note.note_id)
        marks.append(link(href, t("fermer") if is_asked else t("répondre, relire…"), aria_label=said))
    here_ = {"data_reach": f"note-{note.note_id}"} if is_asked else {}
    return tag(
        "article",
        tag("p", note.words),
        tag("p", join(marks, " · "), class_="lv-talk-marks"),
        id=f"note-{note.note_id}",
        class_="lv-talk-note asked" if is_asked else "lv-talk-note",
        **here_,
    )


def _at(source: Source, note: Note, opened: str) -> str:
    """This very screen with another note open; a week's own address, which the screen of the review may be without."""
    kept_params = {name: value for name, value in address.others().items() if name != ASKED}
    if note.about == "week":
        kept_params["meeting"] = note.subject
    return source.link(here.screen().path, **kept_params, **({ASKED: opened} if opened else {}))


def _write(source: Source, about: str, subject: str) -> None:
    """The form of a new note."""
    with (
        st.container(key="notes-write"),
        st.popover(t("Écrire une note")),
        st.form(place(about, subject), clear_on_submit=True, border=False),
    ):
        text = st.text_area(t("Note"), max_chars=LONGEST)
        exported = st.checkbox(t("La mettre dans les exports"))
        _signing(source)
        if st.form_submit_button(t("Publier la note"), type="primary"):
            row = {"about": about, "subject": subject, "words": text.strip(), "is_exported": exported}
            _store(source, row, place(about, subject), t("La note est publiée."))


def _signing(source: Source) -> None:
    name = words.signer(signature(source.actor, source.catalogue.scorecard.signatures))
    told = t(
        "Signée « {name} » et datée d’aujourd’hui. Jamais de nom ni de coordonnées de personnes.", name=name
    )
    show(tag("p", told, class_="lv-grey"))


def _act(source: Source, note: Note) -> None:
    """What may be done with the open note: answer, stamp, mark for exports; edit and withdraw one's own."""
    about = place(note.about, note.subject)
    with st.container(key="notes-act"):
        with st.form(f"answer-{note.note_id}", clear_on_submit=True, border=False):
            text = st.text_area(t("Réponse"), max_chars=LONGEST)
            if st.form_submit_button(t("Répondre"), type="primary"):
                row = {"about": note.about, "subject": note.subject, "answers": note.note_id}
                _store(
                    source,
                    row | {"words": text.strip(), "is_exported": False},
                    about,
                    t("La réponse est publiée."),
                )
        with st.container(horizontal=True):
            _stamps(source, note, about)
        if note.signed_by == signature(source.actor, source.catalogue.scorecard.signatures):
            _own(source, note, about)


def _stamps(source: Source, note: Note, about: str) -> None:
    """The stamp « relu » and the mark for exports, on or off."""
    key = {"note_id": note.note_id}
    if st.button(t("Retirer la mention « relu »") if note.reviewed_on else t("Marquer comme relue")):
        row = key | {"reviewed_on": None if note.reviewed_on else date.today()}
        _store(source, row, about, t("La mention est retirée.") if note.reviewed_on else t("Relu."))
    if st.button(t("Retirer des exports") if note.is_exported else t("Mettre dans les exports")):
        said = (
            t("La note n’est plus dans les exports.")
            if note.is_exported
            else t("La note est dans les exports.")
        )
        _store(source, key | {"is_exported": not note.is_exported}, about, said)


def _own(source: Source, note: Note, about: str) -> None:
    """Edit or withdraw one's own note."""
    with st.expander(t("Modifier ou retirer ma note")):
        with st.form(f"edit-{note.note_id}", border=False):
            text = st.text_area(t("Note"), note.words, max_chars=max(LONGEST, len(note.words)))
            if st.form_submit_button(t("Enregistrer la correction")):
                row = {"note_id": note.note_id, "words": text.strip()}
                _store(source, row, about, t("La note est corrigée."))
        if st.button(t("Retirer la note")):
            done: Report | None = attempt(lambda: source.store.withdraw(source.actor, TABLE, [note.note_id]))
            _leave(done, about, t("La note est retirée."))


def _store(source: Source, row: Mapping[str, Any], about: str, said: str) -> None:
    if row.get("words") == "":
        return show(tag("p", t("Écrivez quelques mots."), role="alert"))
    done: Report | None = attempt(lambda: source.store.record(source.actor, TABLE, [row]))
    _leave(done, about, said)


def _leave(done: Report | None, about: str, said: str) -> None:
    """After what was done no note is open any more; a refusal leaves everything as it was typed."""
    if done is not None and done.ok:
        st.query_params.pop(ASKED, None)
    signal_forms.settle(done, about, said)
