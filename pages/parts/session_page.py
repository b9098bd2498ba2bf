"""The screen that notes a session: the form, what it will say, saving, taking back, and the sessions noted last."""

from datetime import date

import streamlit as st

from data.report import Report
from pages.parts import overview, page, session_list, session_reads, session_words, signal_forms
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import Html, div, join, link, show, tag
from pages.parts.session_checks import Check, checks, default_day, earliest
from pages.parts.session_entry import Session, blank
from pages.parts.session_form import Form
from pages.parts.source import Source
from pages.texts import t, tn

ABOUT = "seance"
FORM, TRIED = (
    "seance.form",
    "seance.tried",
)  # the form under way: what it is about and what it starts with; a save was tried


def draw(source: Source, practice: str, corrected: str) -> None:
    """Put the screen on the page: a new session of ``practice``, or the correction of session ``corrected``."""
    if source.latest is None:
        return show(overview.empty(source, t("Noter une séance")))
    if not signal_forms.may_write(source):
        return show(_refused(source))
    found = session_reads.one(source, corrected) if corrected else None
    before = found[1] if found else None
    show(_head(source, before, lost=bool(corrected) and before is None))
    with st.container(key="seance"):
        _done(source)
        _form(source, practice, before)
    session_list.draw(source)


def _head(source: Source, before: Session | None, lost: bool) -> Html:
    if before:
        title = t("Corriger : {held}", held=session_words.held(before, _names(source)))
        back = link(source.link("seance"), t("Noter plutôt une nouvelle séance"))
        return page.head(title, kicker=t("Noter une séance"), lead=back)
    lead = t("Une minute suffit. Des nombres, jamais de noms ; ce qui n’a pas été compté reste vide.")
    head = page.head(t("Noter une séance"), kicker=t("12 leviers"), lead=lead)
    gone = notice(t("Cette séance n’existe pas, ou n’existe plus."), t("Les dernières notées sont plus bas."))
    return join((head, gone)) if lost else head


def _refused(source: Source) -> Html:
    words = notice(
        t("Votre rôle lit les séances, il n’en note pas."),
        t("Demandez à l’administrateur de Levier de vous ouvrir la saisie."),
    )
    way = link(source.link("ecosysteme"), t("Voir les 12 leviers"), class_="lv-button main")
    return join((page.head(t("Noter une séance"), kicker=t("12 leviers")), words, tag("p", way)))


def _done(source: Source) -> None:
    """What was just noted, with the way back; the page goes there, wherever its reader was."""
    kept = st.session_state.get(signal_forms.KEPT)
    if kept and kept[0] == ABOUT:
        show(tag("span", id="seance-done", data_reach=f"import-{kept[1]}"))
    signal_forms.just_done(source, ABOUT)


def _form(source: Source, practice: str, before: Session | None) -> None:
    id, start = _started(source, practice, before)
    today = date.today()
    days = (
        earliest(session_reads.first_day(source), start.held_on, today),
        max(today, start.held_on or today),
    )
    form = Form(id, start, days)
    session = form.draw(session_reads.practices(source), session_reads.directorates(source))
    found = checks(session, session_reads.context(source, session, before, today))
    shown = [one for one in found if one.severity != "missing" or st.session_state.get(TRIED) == id]
    form.say(shown)
    with st.container(key="seance-save"):
        show(tag("p", session_words.summary(session), class_="lv-session-sum", aria_live="polite"))
        pressed = _button(id, found, shown, before)
    if pressed and session == before:
        return show(notice(t("Rien ne change."), t("La séance est déjà notée ainsi."), "info"))
    if pressed:
        _save(source, session, before)
    if before:
        _withdrawal(source, before)


def _started(source: Source, practice: str, before: Session | None) -> tuple[str, Session]:
    """The form under way and what it starts with: another question in the address starts another form."""
    asked = (before, practice, source.scope)
    kept = st.session_state.get(FORM)
    if kept and kept[0] == asked:
        return kept[1], kept[2]
    start = before or _new(source, practice)
    id = start.session_id if before is None else f"{before.session_id}-{abs(hash(before))}"
    st.session_state[FORM] = (asked, id, start)
    return id, start


def _new(source: Source, practice: str) -> Session:
    day = default_day(date.today(), source.latest)
    known = practice if practice in _names(source) else ""
    return blank(day, session_reads.last_own(source), known, source.scope)


def _names(source: Source) -> dict[str, str]:
    return {p.practice: p.name for p in session_reads.practices(source)}


def _button(id: str, found: tuple[Check, ...], shown: list[Check], before: Session | None) -> bool:
    """The button that saves; another one, to be pressed anew, when something asks to be sure."""
    wrong = [one for one in shown if one.severity != "warning"]
    if wrong:
        fields = len({one.field for one in wrong})
        words = tn("{n} champ à corriger ci-dessus.", "{n} champs à corriger ci-dessus.", fields)
        show(tag("p", words, class_="lv-check bad", role="alert"))
    sure = bool(found) and all(one.severity == "warning" for one in found)
    words = t("Enregistrer la correction") if before else t("Enregistrer la séance")
    pressed = st.button(
        t("Oui, enregistrer quand même") if sure else words,
        type="primary",
        width="stretch",
        key=f"seance.{'sure' if sure else 'save'}.{id}",
        on_click=lambda: st.session_state.update({TRIED: id}),
    )
    return pressed and all(one.severity == "warning" for one in found)


def _save(source: Source, session: Session, before: Session | None) -> None:
    with st.spinner(t("Enregistrement, puis calcul des indicateurs…")):
        done: Report | None = attempt(
            lambda: source.store.record(source.actor, "practice_sessions", [session.row()])
        )
    held = session_words.held(session, _names(source))
    words = t("Correction notée : {held}.", held=held) if before else t("Séance notée : {held}.", held=held)
    _leave(source, done, f"{words} {session_words.summary(session)}")


def _leave(source: Source, done: Report | None, words: str) -> None:
    """After what was done: the next form is a new one, at the address of a new one. Nothing was done: stay, say why."""
    if done is not None and done.ok:
        st.session_state.pop(FORM, None)
        st.query_params.pop("session", None)
    signal_forms.settle(done, ABOUT, words)


def _withdrawal(source: Source, before: Session) -> None:
    """Take the session out, once confirmed."""
    with st.container(key="seance-withdraw"), st.popover(t("Retirer cette séance")):
        held = session_words.held(before, _names(source))
        show(
            div(
                "",
                tag("p", t("Retirer la séance « {held} » ?", held=held)),
                tag(
                    "p",
                    t("Elle ne comptera plus nulle part. L’historique la garde, et l’on peut revenir."),
                    class_="lv-grey",
                ),
            )
        )
        if st.button(t("Oui, retirer la séance"), type="primary", key=f"seance.out.{before.session_id}"):
            done: Report | None = attempt(
                lambda: source.store.withdraw(source.actor, "practice_sessions", [before.session_id])
            )
            _leave(source, done, t("Séance retirée : {held}.", held=held))
