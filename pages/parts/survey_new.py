"""Declaring a wave: its name, its day, whom it is sent to, how long its answers are kept, the least group it tells of."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from data.waves import WaveState
from pages.parts import survey_reads
from pages.parts.guard import notice
from pages.parts.markup import show
from pages.parts.source import Source
from pages.parts.survey_act import stored, tell
from pages.texts import t
from schemas.survey_waves import LOWEST_K, USUAL_K

LONGEST = timedelta(days=3 * 366)  # raw answers to a survey are kept no longer


def form(source: Source, found: Sequence[WaveState]) -> None:
    """The form, in a drawer once there are waves."""
    today = date.today()
    with st.expander(t("Déclarer une vague"), expanded=not found), st.form("survey.new", border=False):
        left, right = (st, st) if found else st.columns(2)  # in the drawer there is room for one column
        given: dict[str, Any] = {
            "wave": left.text_input(
                t("Nom de la vague"), placeholder=t("par exemple {year}", year=today.year)
            ),
            "held_on": right.date_input(t("Date de l’enquête"), today, format="DD/MM/YYYY"),
            "headcount": left.number_input(
                t("Effectif interrogé"),
                min_value=1,
                value=survey_reads.staff(source, today),
                step=1,
                help=t("Prérempli avec le dernier effectif importé."),
            ),
            "k": right.number_input(
                t("Réponses au moins par groupe publié"),
                min_value=LOWEST_K,
                value=USUAL_K,
                step=1,
                help=t("{usual} par défaut, jamais moins de {least}.", usual=USUAL_K, least=LOWEST_K),
            ),
            "keep_until": left.date_input(
                t("Réponses brutes détruites après le"),
                year_after(today),
                min_value=today,
                max_value=today + LONGEST,
                format="DD/MM/YYYY",
                help=t("Douze mois par défaut. À cette date elles sont détruites, sauvegardes comprises."),
            ),
        }
        if st.form_submit_button(t("Déclarer la vague"), type="primary"):
            _declare(source, found, given)


def year_after(day: date) -> date:
    """The same day twelve months later; the 29th of February gives the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _declare(source: Source, found: Sequence[WaveState], given: dict[str, Any]) -> None:
    name = str(given.pop("wave") or "").strip()
    if not name:
        return show(
            notice(t("Le nom de la vague manque."), t("Donnez-lui un nom court : l’année suffit souvent."))
        )
    if name in {wave.wave for wave in found}:
        return show(notice(t("La vague {wave} existe déjà.", wave=name), t("Donnez un autre nom.")))
    if stored(lambda: source.store.declare_wave(source.actor, name, **given)):
        tell(name, t("La vague {wave} est déclarée, en brouillon.", wave=name))
