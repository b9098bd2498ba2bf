"""Before a wave closes: how many answered, the questionnaire on screen and on paper, the codes, answers by file."""

import streamlit as st

from data.urn import BATCH
from data.waves import WaveState
from pages.parts import survey_codes, wording_form
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, show, tag
from pages.parts.source import Source
from pages.texts import numbers, said, t, units
from schemas.tables import TABLES


def draw(source: Source, wave: WaveState) -> None:
    """The panels of a draft or of an open wave, for who leads it."""
    held = source.store.response(source.actor, wave.wave)
    if wave.state == "open":
        show(section(t("Participation"), response(wave, most(held.answers, wave.answers))))
        if held.is_held_back:
            words = t("La base était occupée : elles partent avec le prochain lot, ou à la clôture.")
            show(notice(t("Des réponses attendent d’être enregistrées."), words, "info"))
    show(section(t("Questionnaire"), _ways(source, wave), wording_form.missing(source)))
    with st.expander(t("Tirer des codes pour les agents")):
        survey_codes.form(source, wave, held.tokens)
    with st.expander(t("Des réponses recueillies ailleurs")):
        show(files(source))


def _ways(source: Source, wave: WaveState) -> Html:
    """The questionnaire on screen, on paper, and the words of its questions."""
    ways = (
        (source.link("questionnaire", wave=wave.wave), t("À l’écran, avec un code")),
        (source.link("questionnaire", wave=wave.wave, imprimer="1"), t("Sur papier, à imprimer")),
        (source.link("questionnaire", textes="1"), t("Textes des questions, à coller")),
    )
    return tag("ul", *(tag("li", link(href, words)) for href, words in ways), class_="lv-ways")


def response(wave: WaveState, answers: int | None) -> Html:
    """How many of the staff answered, as far as it may be told: no breakdown, nothing under the least batch, never a mean."""
    note = t(
        "Compté à 20 près, pour toute la ville : pas de détail par direction, par catégorie ni par sexe avant la publication."
    )
    if answers is None:
        words, share = t("Moins de {k} réponses reçues : leur nombre n’est pas dit.", k=BATCH), None
    elif not wave.headcount:
        words, share = t("Environ {n} réponses reçues.", n=numbers.decimal(answers)), None
    else:
        share = min(1.0, answers / wave.headcount)
        words = t(
            "Environ {n} réponses sur {heads} agents, soit {percent}.",
            n=numbers.decimal(answers),
            heads=numbers.decimal(wave.headcount),
            percent=units.text(int(100 * share) / 100, "ratio"),
        )
    return join((tag("p", words, class_="lv-response"), _bar(share), tag("p", note, class_="lv-note")))


def _bar(share: float | None) -> Html:
    if share is None:
        return Html("")
    return div("lv-response-bar", tag("i", style=f"width:{100 * share:.0f}%"), aria_hidden="true")


def most(cast: int | None, stored: int | None) -> int | None:
    """The greater of the answers cast here and of those stored, a file's included; None where neither may be told."""
    return max((count for count in (cast, stored) if count is not None), default=None)


def files(source: Source) -> Html:
    """The way for answers gathered on another tool: what the file holds, and where it goes."""
    words = t(
        "Un fichier de réponses d’un autre outil s’importe : une ligne par réponse, une colonne par item, la vague, un identifiant tiré au sort. Ce qui pourrait désigner une personne est refusé."
    )
    names = ", ".join(said(column.title) for column in TABLES["survey_answers"].columns)
    return join(
        (
            tag("p", words),
            tag("p", t("Colonnes : {names}", names=names), class_="lv-note"),
            tag("p", link(source.link("imports"), t("Importer un fichier de réponses"))),
        )
    )
