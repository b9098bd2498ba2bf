"""What follows publication: where the list is read, what proves that it is the audited one, and the end of the raw answers."""

import hashlib
import json
from datetime import date

import streamlit as st

from data.purge import SYSTEM
from data.waves import WaveState
from pages.parts import survey_audit, survey_choice, survey_reads, survey_steps, survey_words
from pages.parts.address import Address
from pages.parts.markup import Html, facts, join, link, section, show, tag
from pages.parts.source import Source
from pages.texts import numbers, t, tn


def draw(source: Source, wave: WaveState) -> None:
    """The frozen list: where to read it, its fingerprint, its threshold; or that nothing was ever published."""
    mark = fingerprint(source, wave.wave)
    if not mark:
        if wave.state == "purged":
            words = t("Purgée sans avoir été publiée : rien de cette vague ne sera jamais dit.")
            show(tag("p", words, class_="lv-response"))
        return
    pairs: list[tuple[object, object]] = [
        (t("Liste figée"), survey_words.tables_count(len(survey_choice.listed(wave)))),
        (t("Empreinte (SHA-256)"), join((tag("code", mark), _same(source, wave.wave, mark)))),
    ]
    title = t("Publiée : la liste ne change plus")
    show(section(title, facts(pairs), survey_audit.tables(wave), _read(source, wave)))


def _read(source: Source, wave: WaveState) -> Html:
    """The way to the results, at the data's own date; a wave later than all data is read once they reach it."""
    href = source.to("bienetre", Address(source.lang))
    read = link(href, t("Lire les résultats : Bien-être au travail"), class_="lv-button main")
    if source.latest is None or wave.held_on <= source.latest:
        return tag("p", read, class_="lv-actions")
    words = t(
        "Les données de la ville s’arrêtent au {day}, avant cette vague : ses résultats s’y liront dès qu’elles iront jusque-là.",
        day=numbers.day(source.latest),
    )
    return join((tag("p", read, class_="lv-actions"), tag("p", words, class_="lv-note")))


def _same(source: Source, wave: str, mark: str) -> str:
    """Whether a fingerprint is that of the audited list."""
    if mark == survey_reads.audited(source, wave):
        return f" – {t('celle de la liste auditée')}"
    return f" – {t('ce n’est pas celle de la liste auditée')}"


def fingerprint(source: Source, wave: str) -> str:
    """The SHA-256 of a wave's frozen list, computed from what is read; "" where none is frozen."""
    found = next((one for one in source.store.published(source.actor) if one["wave"] == wave), None)
    if found is None:
        return ""
    return hashlib.sha256(json.dumps(found, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def retention(source: Source, wave: WaveState, may: bool) -> None:
    """When the raw answers are destroyed, or when they were and by whom."""
    if wave.state == "purged":
        show(section(t("Réponses brutes détruites"), _purged(source, wave)))
        return
    words = survey_words.does("purged") if wave.state == "published" else _before_publication()
    show(section(_left_title(wave), tag("p", words)))
    if may and wave.state == "published":
        with st.expander(t("Les détruire maintenant")):
            show(tag("p", survey_words.final("purged"), class_="lv-step-final"))
            survey_steps.purge(source, wave)


def _before_publication() -> str:
    return t(
        "Détruites d’elles-mêmes à cette date, sauvegardes comprises, que la vague soit publiée ou non : publiez avant."
    )


def _left_title(wave: WaveState) -> str:
    days = (wave.keep_until - date.today()).days
    day = numbers.day(wave.keep_until)
    if days < 0:
        return t("Réponses brutes : elles devaient être détruites le {day}", day=day)
    return tn(
        "Réponses brutes : gardées jusqu’au {day}, encore {n} jour",
        "Réponses brutes : gardées jusqu’au {day}, encore {n} jours",
        days,
        day=day,
    )


def _purged(source: Source, wave: WaveState) -> Html:
    """The entry of the log: when, and who, or the calendar."""
    who, when = survey_reads.taken(source, wave)["purged"]
    day = numbers.day(when)
    words = (
        t("Détruites le {day}, à la date annoncée, sauvegardes comprises.", day=day)
        if who == SYSTEM
        else t("Détruites le {day} par {who}, sauvegardes comprises.", day=day, who=who or numbers.NONE)
    )
    rest = t("Les tableaux publiés et les indicateurs restent ; l’historique des imports garde la trace.")
    return tag("p", f"{words} {rest}")
