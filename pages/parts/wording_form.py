"""The words of the questions that Levier may not ship: what is missing, and the form in which the town pastes them."""

from collections.abc import Mapping

import streamlit as st

from data.access import ALLOWED
from data.report import Report
from metrics import questionnaire
from metrics.questionnaire import Instrument
from metrics.scales import Scale
from pages.parts import page, questionnaire_reads
from pages.parts.guard import notice
from pages.parts.intake import attempt
from pages.parts.markup import Html, heading, join, link, show, tag
from pages.parts.source import Source
from pages.texts import said, t, tn

KEPT = "wording.done"  # the import of the last paste of this visit


def told(source: Source) -> None:
    """Say to whoever leads surveys which instruments are left out of the form, why, and where to paste their words."""
    if "survey" in ALLOWED.get(source.actor.role, frozenset()):
        show(missing(source))


def missing(source: Source) -> Html:
    """The instruments left out for want of words; "" when none is."""
    left = [each for each in questionnaire_reads.instruments(source) if not each.is_ready]
    return join(_missing(source, each) for each in left)


def _missing(source: Source, instrument: Instrument) -> Html:
    scale = questionnaire_reads.scales(source)[instrument.id]
    href = source.link(questionnaire_reads.SCREEN, textes="1")
    title = t("« {scale} » n’est pas dans le questionnaire", scale=said(scale.label))
    words = t(
        "Levier ne fournit pas son texte. Collez la version officielle que la collectivité a le droit d’utiliser."
    )
    paste = tag("p", link(href, t("Coller les textes")))
    return join((notice(title, words, "info"), paste))


def draw(source: Source) -> None:
    """The screen where the words are pasted."""
    lead = t(
        "Un texte officiel se colle sans changer un mot. Ne le changez pas pendant qu’une enquête est ouverte."
    )
    show(page.head(t("Textes des questions"), kicker=t("Questionnaire"), lead=lead))
    if "survey" not in ALLOWED.get(source.actor.role, frozenset()):
        words = t("La personne chargée des enquêtes, ou l’administrateur, colle les textes.")
        return show(notice(t("Votre rôle ne permet pas cela."), words, "info"))
    _just_done(source)
    pasted = questionnaire.wordings(source.engine)
    known = questionnaire_reads.scales(source)
    for instrument in questionnaire_reads.instruments(source):
        _form(source, instrument, known[instrument.id], pasted)


def _form(source: Source, instrument: Instrument, scale: Scale, pasted: Mapping[str, str]) -> None:
    """The fields of one scale: empty ones keep the words that the scale's own file has, shown in their place."""
    shipped = questionnaire.shipped(scale)
    show(
        tag(
            "section",
            heading(2, said(scale.label)),
            _licence(scale),
            _standing(instrument),
            class_="lv-asked",
        )
    )
    with (
        st.container(key=f"wording-{scale.id}"),
        st.expander(t("Coller ou changer son texte"), expanded=not instrument.is_ready),
        st.form(f"wording.{scale.id}", border=False),
    ):
        typed = {
            key: st.text_area(
                _label(scale, key),
                pasted.get(key, ""),
                height=68,
                key=f"wording.{key}",
                placeholder=said(shipped[key]) if key in shipped else None,
            )
            for key in questionnaire.keys(scale)
        }
        if st.form_submit_button(t("Enregistrer ces textes"), type="primary"):
            _save(
                source, {key: words for key, words in typed.items() if words.strip() != pasted.get(key, "")}
            )


def _label(scale: Scale, key: str) -> str:
    """What a field is for, with the words that stand when it is left empty."""
    if key in scale.codes:
        return t("Question {n}", n=scale.codes.index(key) + 1)
    answer = key.removeprefix(f"{scale.id}:")
    return t("Consigne, au-dessus des questions") if answer == "intro" else t("Réponse {n}", n=answer)


def _licence(scale: Scale) -> Html | str:
    return tag("p", said(scale.licence), class_="lv-note") if scale.licence else ""


def _standing(instrument: Instrument) -> Html:
    if instrument.is_ready:
        return tag("p", t("Dans le questionnaire."))
    words = tn(
        "Pas dans le questionnaire : un texte manque.",
        "Pas dans le questionnaire : {n} textes manquent.",
        len(instrument.lacking),
    )
    return tag("p", words)


def _save(source: Source, changed: Mapping[str, str]) -> None:
    if not changed:
        return show(notice(t("Aucun texte n’a changé."), t("Rien n’est enregistré."), "info"))
    rows = [{"item": key, "words": words.strip()} for key, words in changed.items()]
    done: Report | None = attempt(lambda: source.store.word(source.actor, rows))
    if done is None:
        return
    if not done.ok:
        return show(
            notice(t("Rien n’est enregistré."), " ".join(said(fault.message) for fault in done.errors))
        )
    st.session_state[KEPT] = done.import_id
    st.rerun()


def _just_done(source: Source) -> None:
    """Say what was just pasted, and offer to take it back."""
    import_id = st.session_state.get(KEPT)
    if import_id is None:
        return
    words = t("Enregistré sous l’import {n}, visible dans l’historique.", n=import_id)
    show(notice(t("Les textes sont enregistrés."), words, "good"))
    if st.button(t("Annuler cette saisie"), key="wording.undo"):
        done: Report | None = attempt(lambda: source.store.undo(source.actor, import_id))
        if done is not None:
            del st.session_state[KEPT]
            st.rerun()
