"""The controls of the imports screen: files in, verdict, import, undo, check. The store checks the role each time."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from data.access import Forbidden
from data.problems import StoreProblem
from data.readers import READERS
from data.report import ImportRecord, Report
from pages.parts import archive, tables
from pages.parts.guard import notice
from pages.parts.markup import show, tag
from pages.parts.report import faults_table, report
from pages.parts.source import Source
from pages.texts import language, said, t

KEPT = "intake.report"  # the last report of this visit, with what it is about


def bring(source: Source) -> object:
    """Choose files and reader, check them, import them; return what a report must be about to be shown."""
    if source.week:
        words = t("Une semaine scellée se lit, rien ne s’y importe.")
        show(tag("p", words, class_="lv-grey"))
        return None
    files = st.file_uploader(t("Fichiers à importer"), accept_multiple_files=True, key="intake.files")
    reader = st.selectbox(
        t("Format"),
        list(READERS),
        format_func=lambda name: READERS[name].TITLE.get(language()),
        key="intake.reader",
    )
    about = (tuple(f.file_id for f in files), reader)
    left, right = st.columns(2)
    if left.button(t("Vérifier sans enregistrer"), disabled=not files, width="stretch"):
        _run(source, files, reader, about, dry_run=True)
    if right.button(t("Importer"), type="primary", disabled=not files, width="stretch"):
        _run(source, files, reader, about, dry_run=False)
    return about


def _run(source: Source, files: Sequence[Any], reader: str, about: object, dry_run: bool) -> None:
    given = [(file.name, file.getvalue()) for file in files]
    with st.spinner(t("Lecture et vérification…")):
        done = attempt(lambda: source.store.import_files(source.actor, given, reader=reader, dry_run=dry_run))
    if done is not None:
        st.session_state[KEPT] = (about, done)
        if done.import_id is not None:
            st.rerun()  # the page above shows the store as it now is


def last(source: Source, about: object) -> None:
    """Show the last report of this visit, as long as it is about the files now chosen; its faults as files too."""
    kept, done = st.session_state.get(KEPT, (None, None))
    if done is not None and (kept == about or done.undone is not None):
        show(report(done))
        if done.errors or done.warnings:
            tables.offer(source, faults_table(source, done), "imports-fautes")


def attempt(act: Any) -> Any:
    """Do something with the store; a refusal or a problem is said in its place, and gives None."""
    try:
        return act()
    except Forbidden:
        show(
            notice(
                t("Votre rôle ne permet pas cela."),
                t("Demandez à l’administrateur de Levier de vous l’ouvrir."),
            )
        )
    except StoreProblem as problem:
        show(notice(t("Rien n’est enregistré."), said(problem.text)))
    return None


def take_back(source: Source, records: Sequence[ImportRecord]) -> None:
    """Undo an import, once confirmed."""
    standing = [r.import_id for r in reversed(records) if r.undone_by is None and r.undoes is None]
    if not standing or source.week:
        return
    with st.container(key="intake-undo"):
        chosen = st.selectbox(
            t("Annuler un import"),
            standing,
            index=None,
            format_func=lambda n: t("Import {n}", n=n),
            placeholder=t("Choisir un import"),
            key="intake.undo",
        )
        if chosen is None:
            return
        show(
            notice(
                t("Annuler l’import {n} ?", n=chosen),
                t(
                    "Ses lignes sont retirées et celles qu’il avait remplacées reviennent ; l’annulation reste dans l’historique."
                ),
                "good",
            )
        )
        if st.button(t("Oui, annuler l’import {n}", n=chosen), type="primary"):
            _undo(source, chosen)


def _undo(source: Source, import_id: int) -> None:
    done: Report | None = attempt(lambda: source.store.undo(source.actor, import_id))
    if done is not None:
        st.session_state[KEPT] = (None, done)
        del st.session_state["intake.undo"]
        st.rerun()


def check(source: Source) -> None:
    """Compare ledger and tables when asked."""
    if st.button(t("Vérifier le registre")):
        found = attempt(lambda: source.store.verify(source.actor))
        if found is not None:
            show(archive.verification(found))
