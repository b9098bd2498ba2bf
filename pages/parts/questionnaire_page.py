"""The questionnaire's screen: which wave, which code, the form, what became of the answer; on paper too."""

import streamlit as st

from data.access import ALLOWED
from data.problems import StoreProblem
from pages.parts import page, questionnaire_form, questionnaire_paper, questionnaire_reads, wording_form
from pages.parts.guard import notice
from pages.parts.markup import Html, div, link, section, show, tag
from pages.parts.source import Source
from pages.texts import said, t

TOKEN = "questionnaire.token"  # only until the answer is given: never in the address, never after


def draw(source: Source) -> None:
    """The screen that the address asks for."""
    asked = st.query_params
    _take_token()
    wave = asked.get("wave", "")
    if asked.get("textes"):
        wording_form.draw(source)
    elif asked.get("imprimer"):
        questionnaire_paper.draw(source, wave)
    elif asked.get("merci"):
        show(thanks(source, wave))
    else:
        _answer(source, wave)


def _take_token() -> None:
    """A code that came with the address leaves it at once: it stands in no link and no history of this page."""
    given = st.query_params.get("token")
    if given is not None:
        st.session_state[TOKEN] = given
        del st.query_params["token"]
        st.rerun()


def _answer(source: Source, wave: str) -> None:
    """The code's field, or the form of a wave that is open."""
    found = {each.wave: each.state for each in questionnaire_reads.waves(source)}
    if found.get(wave) != "open":
        show(not_open(source, wave, found))
        return
    token = str(st.session_state.get(TOKEN, ""))
    if not token or not source.store.admits(source.actor, wave, token):
        _ask_token(source, wave, token)
        return
    show(head(wave, t("Chaque réponse est libre : laissez de côté ce que vous voulez.")))
    wording_form.told(source)
    answers = questionnaire_form.draw(source, wave)
    if answers is not None:
        _send(source, wave, token, answers)


def _send(source: Source, wave: str, token: str, answers: dict[str, object]) -> None:
    try:
        source.store.answer(source.actor, wave, token, answers)
    except StoreProblem as problem:
        what, mend = problem.parts
        show(notice(t("Votre réponse n’est pas encore prise : {why}", why=said(what)), said(mend)))
        return
    del st.session_state[TOKEN]
    st.query_params["merci"] = "1"
    st.rerun()


def _ask_token(source: Source, wave: str, refused: str) -> None:
    show(head(wave, t("Pour répondre, tapez le code de votre coupon.")))
    if refused:
        show(bad_token())
    with st.container(key="questionnaire-code"), st.form("questionnaire.code", border=False):
        typed = st.text_input(
            t("Votre code"), placeholder="XXXX-XXXX-XXXX", max_chars=40, autocomplete="off", key="code.typed"
        )
        st.markdown(t("Douze lettres et chiffres ; majuscules, espaces et tirets ne comptent pas."))
        if st.form_submit_button(t("Commencer"), type="primary") and typed.strip():
            st.session_state[TOKEN] = typed
            st.rerun()
    show(promise(), paper_link(source, wave))


def bad_token() -> Html:
    """What is said of a code that is unknown or has served: the same words."""
    words = t(
        "Vérifiez chaque caractère ; un code sert une seule fois, et seulement pour la vague inscrite à côté de lui."
    )
    return notice(t("Ce code n’est pas valable, ou a déjà servi."), words)


def head(wave: str, lead: str) -> Html:
    """The title of the screens of a wave."""
    return page.head(
        t("Votre avis, sans votre nom"), kicker=t("Questionnaire, vague {wave}", wave=wave), lead=lead
    )


def promise() -> Html:
    """What is kept of an answer, and what is not."""
    kept = t("Vos réponses aux questions, et votre groupe, catégorie et sexe si vous les dites.")
    never = t("Ni nom, ni adresse, ni date, ni heure ; aucun lien entre votre code et vos réponses.")
    how = t(
        "Elles attendent, mélangées, d’être au moins onze avec d’autres pour être enregistrées ensemble ; "
        "un groupe de moins de onze réponses n’est jamais publié."
    )
    points = (
        (t("Ce qui est gardé"), kept),
        (t("Ce qui ne l’est pas"), never),
        (t("Comment"), how),
    )
    listed = (tag("li", tag("b", title), " : ", words) for title, words in points)
    return section(t("Ce que deviennent vos réponses"), tag("ul", *listed), class_="lv-promise")


def paper_link(source: Source, wave: str) -> Html:
    """The way to the same questions on paper."""
    href = source.link(questionnaire_reads.SCREEN, wave=wave, imprimer="1")
    return tag("p", link(href, t("Le même questionnaire sur papier")), class_="lv-note lv-promise")


def thanks(source: Source, wave: str) -> Html:
    """The page after an answer; it knows nothing of it, so that it may be loaded again."""
    words = t(
        "Votre réponse est prise. Votre code a servi : il n’ouvre plus rien, et rien ne dit ce qu’il a répondu."
    )
    again = link(
        source.link(questionnaire_reads.SCREEN, wave=wave), t("Donner une autre réponse, avec un autre code")
    )
    return div(
        "lv-thanks",
        page.head(t("Merci"), kicker=t("Questionnaire, vague {wave}", wave=wave), lead=words),
        promise(),
        tag("p", t("Vous pouvez fermer cette page.")),
        tag("p", again) if may_survey(source) else "",
    )


def may_survey(source: Source) -> bool:
    """Whether the visitor's role leads surveys: for showing; the data layer checks on each call."""
    return "survey" in ALLOWED.get(source.actor.role, frozenset())


def not_open(source: Source, wave: str, found: dict[str, str]) -> Html:
    """What is said where the address names no wave that takes answers, with those that do."""
    ready = [name for name, state in found.items() if state == "open"]
    links = (
        tag(
            "li",
            link(
                source.link(questionnaire_reads.SCREEN, wave=name),
                t("Répondre à la vague {wave}", wave=name),
                class_="lv-button main",
            ),
        )
        for name in ready
    )
    title, words = _why(wave, found, bool(ready))
    return div(
        "lv-thanks",
        page.head(title, kicker=t("Questionnaire"), lead=words),
        tag("ul", *links, class_="lv-waves") if ready else "",
    )


def _why(wave: str, found: dict[str, str], others: bool) -> tuple[str, str]:
    where = (
        t("Une enquête est ouverte en ce moment :")
        if others
        else t("Aucune enquête n’est ouverte en ce moment.")
    )
    if not wave:
        return t("Quelle enquête ?"), where
    if wave not in found:
        return t("L’enquête « {wave} » n’existe pas", wave=wave[:60]), where
    if found[wave] == "draft":
        words = t("Elle se prépare encore : gardez votre code, il servira à son ouverture.")
        return t("L’enquête « {wave} » n’est pas encore ouverte", wave=wave), words
    words = t("Elle ne prend plus de réponses. Ses résultats se lisent une fois publiés, jamais avant.")
    return t("L’enquête « {wave} » est close", wave=wave), words
