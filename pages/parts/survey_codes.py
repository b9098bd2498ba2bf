"""Codes to hand out: drawn, printed once as slips, kept nowhere. While they are on the page nothing else is."""

import streamlit as st

from data.urn import MOST_TOKENS
from data.waves import WaveState
from pages.parts import page
from pages.parts.intake import attempt
from pages.parts.markup import div, show, tag
from pages.parts.source import Source
from pages.parts.token_slips import slips
from pages.texts import t, tn

KEPT = "survey.codes"  # the wave and the codes of this visit's last draw, until they are printed


def standing(wave: WaveState) -> bool:
    """Put the slips of this visit's last draw on the page, with the way out; whether there are any."""
    name, tokens = st.session_state.get(KEPT, ("", ()))
    if name != wave.wave or not tokens:
        return False
    head = page.head(t("Les codes de la vague {wave}", wave=wave.wave), kicker=t("Enquêtes"))
    show(div("lv-codes-head", head), slips(wave.wave, tokens))
    with st.container(key="lv-survey-forget"):
        if st.button(t("C’est imprimé : oublier ces codes"), type="primary", key="survey.forget"):
            del st.session_state[KEPT]
            st.rerun()
    return True


def form(source: Source, wave: WaveState, drawn: int) -> None:
    """The form that draws codes; ``drawn`` were drawn before. One a person, and a few to spare."""
    left = max(1, (wave.headcount or 0) - drawn)
    so_far = tn("{n} code tiré jusqu’ici.", "{n} codes tirés jusqu’ici.", drawn) if drawn else ""
    words = t(
        "Un code par personne, sur un coupon à imprimer tout de suite : Levier n’en garde que l’empreinte."
    )
    show(tag("p", f"{words} {so_far}".strip()))
    with st.form("survey.codes.form", border=False):
        count = st.number_input(t("Nombre de codes"), 1, MOST_TOKENS, min(left, MOST_TOKENS), step=1)
        if st.form_submit_button(t("Tirer les codes et les montrer")):
            tokens = attempt(lambda: source.store.tokens(source.actor, wave.wave, int(count)))
            if tokens:
                st.session_state[KEPT] = (wave.wave, tuple(tokens))
                st.rerun()
