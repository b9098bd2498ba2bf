"""Taking a step of a wave, or taking it back: what it does, what it makes final, and for the two final ones a confirmation."""

import streamlit as st

from data.waves import WaveState
from pages.parts import survey_words
from pages.parts.guard import notice
from pages.parts.markup import Html, join, section, show, tag
from pages.parts.source import Source
from pages.parts.survey_act import stepped, stored, tell
from pages.parts.survey_reads import NEXT
from pages.texts import said, t
from schemas.survey_waves import FINAL

SIMPLE = ("open", "closed")


def explained(to: str, *more: object) -> Html:
    """The section of a step: what it does, and what it cannot undo."""
    class_ = "lv-step-final" if to in FINAL else "lv-step-free"
    words = (tag("p", survey_words.does(to)), tag("p", survey_words.final(to), class_=class_))
    return section(survey_words.heading(to), join(words), *more)


def simple(source: Source, wave: WaveState) -> None:
    """The button of a step that is taken back as easily."""
    to = NEXT[wave.state]
    if st.button(survey_words.button(to), type="primary", key=f"survey.to.{to}"):
        take(source, wave, to)


def take(source: Source, wave: WaveState, to: str) -> None:
    """Take a step and show the page with it, or say why not."""
    done = stepped(lambda: source.store.step(source.actor, wave.wave, to))
    if done is None:
        return
    if done.refused:
        return show(notice(t("L’étape est refusée."), said(done.told)))
    words = t("Vague {wave} : {state}.", wave=wave.wave, state=survey_words.state(to))
    more = [survey_words.final(to) if to in FINAL else "", said(done.told) if to != "published" else ""]
    tell(wave.wave, words, " ".join(filter(None, more)))


def back(source: Source, wave: WaveState) -> None:
    """The way back, until publication; answers that a file brought go back by undoing its import."""
    if wave.state in FINAL or not wave.is_declared:
        return
    words, is_draft = survey_words.back(wave.state), wave.state == "draft"
    label = t("Retirer ce brouillon") if is_draft else t("Revenir à l’étape précédente")
    with st.container(key="lv-survey-back"):
        pressed = st.button(label, key="survey.back")
        if pressed and stored(lambda: source.store.step_back(source.actor, wave.wave)):
            tell("" if is_draft else wave.wave, t("L’étape est reprise."), words)
        show(tag("p", words, class_="lv-note"))


def publish(source: Source, wave: WaveState) -> None:
    """Publication, once the box is ticked: two gestures of the keyboard or of the mouse."""
    sure = st.checkbox(
        t("J’ai lu la liste : elle peut être publiée telle quelle et pour toujours."),
        key=f"survey.sure.{wave.wave}",
    )
    words = survey_words.button("published")
    if st.button(words, type="primary", disabled=not sure, key="survey.to.published"):
        with st.spinner(t("La liste est attaquée une dernière fois, figée, et les indicateurs recalculés…")):
            take(source, wave, "published")


def purge(source: Source, wave: WaveState) -> None:
    """Destroying the answers, once the wave's name is typed."""
    with st.form("survey.purge", border=False):
        typed = st.text_input(t("Pour confirmer, écrivez le nom de la vague : {wave}", wave=wave.wave))
        if st.form_submit_button(survey_words.button("purged"), type="primary"):
            if typed.strip() == wave.wave:
                take(source, wave, "purged")
            else:
                show(notice(t("Rien n’est détruit."), t("Le nom écrit n’est pas celui de la vague.")))
