"""The screen of surveys: the waves at the left; of the chosen one, where it stands, its next step, its answers' end."""

from collections.abc import Sequence

import streamlit as st

from data.waves import WaveState
from pages.parts import (
    page,
    survey_act,
    survey_after,
    survey_audit,
    survey_codes,
    survey_new,
    survey_open,
    survey_reads,
    survey_stepper,
    survey_steps,
    survey_words,
)
from pages.parts.guard import notice
from pages.parts.markup import Html, facts, section, show, tag
from pages.parts.source import Source
from pages.texts import t
from schemas.survey_waves import USUAL_K


def draw(source: Source, asked: str) -> None:
    """The whole screen for the wave that the address names, or the one that waits for a step."""
    found = survey_reads.waves(source)
    wave = survey_reads.chosen(found, asked)
    may = survey_reads.may_survey(source)
    if may and wave and survey_codes.standing(wave):
        return
    lead = t(
        "Une vague d’enquête, du brouillon à la destruction des réponses. Aucun résultat ne se voit avant sa publication."
    )
    show(page.head(survey_words.title(wave), kicker=t("Enquêtes"), lead=lead))
    if asked and wave and wave.wave != asked:
        words = t("Voici la vague {wave}.", wave=wave.wave)
        show(notice(t("Vague « {wave} » inconnue", wave=asked[:60]), words, "info"))
    if not may:
        show(refused(source))
    survey_act.told()
    if wave is None:
        _none(source, may)
        return
    left, right = st.columns([1, 3], gap="large")
    with left:
        show(section(t("Vagues"), survey_stepper.waves(source, found, wave)))
        if may:
            survey_new.form(source, found)
    with right:
        _wave(source, found, wave, may)
    show(protection(wave.k))


def refused(source: Source) -> Html:
    """What a role that leads no survey is told."""
    return notice(
        t("Votre rôle ne mène pas les enquêtes."),
        t(
            "La personne chargée des enquêtes, ou l’administrateur, ouvre, clôt, audite et publie les vagues. Vous voyez ici où elles en sont."
        ),
        "info",
    )


def _none(source: Source, may: bool) -> None:
    words = t(
        "Déclarez une première vague, ou importez les réponses d’une enquête déjà faite : sans nom, sans adresse, sans date."
    )
    show(section(t("Par où commencer"), tag("p", words), survey_open.files(source)))
    if may:
        survey_new.form(source, ())
    show(protection())


def _wave(source: Source, found: Sequence[WaveState], wave: WaveState, may: bool) -> None:
    steps = survey_stepper.stepper(wave, survey_reads.taken(source, wave))
    show(section(t("Vague {wave}", wave=wave.wave), steps, facts(survey_stepper.facts(wave))))
    if may and wave.state in ("draft", "open"):
        survey_open.draw(source, wave)
    if may:
        _next(source, wave)
    if wave.state in survey_reads.FINAL:
        survey_after.draw(source, wave)
    if wave.state != "draft":
        survey_after.retention(source, wave, may)


def _next(source: Source, wave: WaveState) -> None:
    """The section of the next step, and the way back."""
    to = survey_reads.NEXT.get(wave.state)
    if to == "audited":
        show(survey_steps.explained(to))
        survey_audit.draw(source, wave)
    elif to == "published":
        show(survey_steps.explained(to, survey_audit.outcome(wave)))
        survey_steps.publish(source, wave)
    elif to in survey_steps.SIMPLE:
        show(survey_steps.explained(to))
        survey_steps.simple(source, wave)
    survey_steps.back(source, wave)


def protection(k: int = USUAL_K) -> Html:
    """How answers are protected, in short."""
    points = (
        t("Une réponse n’a ni nom, ni adresse, ni heure ; rien ne relie un code à ce qui fut répondu."),
        t(
            "Un groupe de moins de {k} réponses n’est jamais dit, et d’autres sont masqués pour qu’il ne se déduise pas. « moins de {k} » se lit de même pour un groupe vide.",
            k=k,
        ),
        t("Les nombres sont arrondis à 5 et les moyennes au dixième."),
        t(
            "Une liste fermée de tableaux par vague, attaquée avant d’être figée : aucun filtre libre, aucune réponse une à une."
        ),
        t(
            "Les réponses brutes sont détruites à la date annoncée, sauvegardes comprises ; les tableaux publiés restent."
        ),
    )
    return section(
        t("Ce qui protège les agents"), tag("ul", *(tag("li", point) for point in points), class_="lv-checks")
    )
