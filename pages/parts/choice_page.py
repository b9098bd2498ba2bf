"""« Choix de projets »: the question that the address asks, its best answer with its proof, and how to ask another."""

import streamlit as st

from pages.parts import (
    choice_form,
    choice_panels,
    choice_reads,
    choice_words,
    overview,
    page,
    whatif_reads,
    whatif_words,
)
from pages.parts.choice_question import EXAMPLE
from pages.parts.choice_reads import SCENARIO, Answer
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, show, tag
from pages.parts.source import Source
from pages.texts import numbers, said, t

PATH = "choix"


def draw(source: Source) -> None:
    """The whole screen; what takes long says how far it is."""
    if source.as_of is None:
        show(overview.empty(source, t("Choix de projets")))
        return
    answer = _answered(source, choice_reads.params_of(st.query_params.to_dict()))
    conflict = choice_panels.impossible(answer)
    show(
        *(_head(source, answer), conflict, _scenario(source, answer), _refused(source, answer)),
        _question(source, answer),
    )
    is_open = answer.chosen is None or answer.chosen.portfolio is None
    with st.expander(t("Changer la question : candidats, budgets, règles"), expanded=is_open):
        choice_form.draw(source, answer)
    show(choice_panels.body(source, answer))


def _answered(source: Source, params: choice_reads.Params) -> Answer:
    """The answer, with a bar while it is sought; a kept answer comes at once."""
    place = st.empty()

    def tell(step: str, done: float) -> None:
        place.progress(min(max(done, 0.0), 1.0), text=_step(step))

    with choice_reads.telling(tell):
        found = choice_reads.answer(source, params)
    place.empty()
    return found


def _step(step: str) -> str:
    words = {
        "points": lambda: t("Les points de chaque projet se calculent…"),
        "best": lambda: t("Le meilleur choix se cherche…"),
        "shadows": lambda: t("Ce qu’un peu plus apporterait…"),
        "core": lambda: t("Le choix se refait sur les tirages…"),
        "risk": lambda: t("Les fonds propres s’éprouvent sur les tirages…"),
    }
    return words[step]() if step in words else t("Le choix se calcule…")


def _head(source: Source, answer: Answer) -> Html:
    kicker = t("Choix de projets au {day}", day=numbers.day(source.as_of))
    if answer.scenario:
        kicker = f"{t('Scénario')} · {kicker}"
    lead = t(
        "Le meilleur ensemble sous les budgets et les règles : le levier le plus fort d’un projet ne fait pas le meilleur ensemble. Rien n’est enregistré."
    )
    if answer.chosen is None or answer.chosen.portfolio is None:
        lead = t("Rien n’est choisi, rien n’est enregistré : changez la question plus bas.")
    return page.head(
        choice_words.title(answer), kicker=f"{kicker} · {source.scope}" if source.scope else kicker, lead=lead
    )


def _refused(source: Source, answer: Answer) -> Html:
    if answer.refused is None:
        return Html("")
    back = link(source.link(PATH), t("Repartir du début"), class_="lv-button")
    return join((notice(said(answer.refused.reason), said(answer.refused.mend)), tag("p", back)))


def _scenario(source: Source, answer: Answer) -> Html:
    """The scenario whose data the candidates are read from, with the way back."""
    if not answer.scenario:
        return Html("")
    found = whatif_reads.asked(source, answer.scenario)
    if found.refused is not None:
        return Html("")
    params = {name: value for name, value in answer.params.items() if name != SCENARIO}
    uses = [tag("li", whatif_words.use(source, one)) for one in found.scenario.uses]
    back = link(source.link(PATH, **params), t("Revenir aux valeurs mesurées"), class_="lv-button")
    return div("lv-under-band", tag("b", t("Scénario")), tag("ul", *uses), tag("p", back), role="note")


def _question(source: Source, answer: Answer) -> Html:
    """What is asked, in words, and the ways to begin otherwise."""
    lines = choice_words.question(answer.question) + [
        choice_words.added(one) for one in answer.question.rules
    ]
    others = [
        link(source.link(PATH, **params), words)
        for words, params in (
            (t("Dossiers pas commencés"), {}),
            (t("Projets financés ou en attente"), {"which": "funded_or_pending"}),
            (t("Exemple : dix projets, deux budgets"), {"which": "example"}),
        )
    ]
    ways = tag("nav", join(others), class_="lv-seg", aria_label=t("Pour commencer"))
    return section(
        t("La question"),
        tag("ul", *(tag("li", one) for one in lines), class_="lv-choice-asked"),
        ways,
        note=_from(answer),
    )


def _from(answer: Answer) -> str:
    """Where the budgets come from, as long as nobody changed them."""
    one, start = answer.question, answer.start
    if one.which == EXAMPLE:
        return t(
            "Exemple documenté : parts de la première année, ETP, thèmes et budgets y sont des suppositions."
        )
    if set(one.own) == set(start.own) and set(one.fte) == set(start.fte):
        return t(
            "Au départ, chaque année : épargne nette et recettes propres du dernier budget, ETP de la direction de l’innovation."
        )
    return t("Budgets et règles donnés ici, dans l’adresse : elle se partage telle quelle.")
