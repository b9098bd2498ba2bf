"""The audit of a wave: the list is attacked before anybody reads a figure of it; what held, what is hidden, what must go."""

from collections.abc import Sequence

import streamlit as st

from data.waves import Step, WaveState
from metrics.disclosure.tables import Key
from pages.parts import survey_choice, survey_words
from pages.parts.markup import Html, div, heading, show, table, tag
from pages.parts.source import Source
from pages.parts.survey_act import stepped, tell
from pages.texts import said, t

KEPT = "survey.audit"  # the last audit of this visit: the wave, what the store said


def draw(source: Source, wave: WaveState) -> None:
    """Choose the list, attack it, say what came out."""
    ticked = survey_choice.choose(source, wave)
    survey_choice.note(ticked)
    pressed = st.button(
        survey_words.button("audited"), type="primary", disabled=not ticked, key="survey.to.audited"
    )
    if pressed or (st.session_state.pop(survey_choice.again(wave.wave), False) and ticked):
        _attack(source, wave, ticked)
    done = last(wave)
    if done is not None and done.refused:
        refusal(wave, done, ticked)
    show(checks(t("Ce que l’attaque essaie")))


def _attack(source: Source, wave: WaveState, ticked: Sequence[Key]) -> None:
    words = t(
        "L’attaque lit {tables} comme le ferait un curieux : chaque ligne, chaque différence, chaque recoupement…",
        tables=survey_words.tables_count(len(ticked)),
    )
    with st.spinner(words, show_time=True):
        done = stepped(
            lambda: source.store.step(source.actor, wave.wave, "audited", tables=survey_choice.asked(ticked))
        )
    if done is None:
        return
    st.session_state[KEPT] = (wave.wave, done)
    if not done.refused:
        tell(wave.wave, t("La liste a tenu : l’attaque n’y trouve rien."))


def refusal(wave: WaveState, done: Step, ticked: Sequence[Key]) -> None:
    """Why the list cannot be published, and the tables that must go, each in one press."""
    lines = (tag("p", line) for line in said(done.told).splitlines())
    title = heading(2, t("La liste est refusée : elle en dirait trop. Rien n’est enregistré."))
    show(div("lv-notice bad", title, *lines, role="alert"))
    named = [key for key in map(survey_choice.key_of, done.drop) if key in ticked]
    for place, key in enumerate(named):
        st.button(
            t("Retirer « {table} » et auditer de nouveau", table=survey_words.table(key)),
            on_click=survey_choice.drop,
            args=(wave.wave, (key,)),
            key=f"survey.drop.{place}",
        )
    if len(named) > 1:
        st.button(
            t("Les retirer tous et auditer de nouveau"),
            on_click=survey_choice.drop,
            args=(wave.wave, tuple(named)),
            key="survey.drop.all",
        )


def checks(title: str) -> Html:
    """What the attack tries, each in a question."""
    items = (tag("li", tag("b", f"{name}. "), words) for name, words in survey_words.checks())
    return tag("details", tag("summary", title), tag("ul", *items, class_="lv-checks"), class_="lv-more")


def outcome(wave: WaveState) -> Html:
    """What the audit of a list that held said: its tables, the groups that stay hidden, what had better go. Names, no figure."""
    done = last(wave)
    words = [tag("p", t("La liste qui sera figée :")), tables(wave)]
    words += (
        hidden(wave, done)
        if done
        else [
            tag(
                "p",
                t(
                    "Les groupes masqués ont été nommés à l’audit ; pour les revoir, revenez d’une étape et auditez de nouveau."
                ),
                class_="lv-note",
            )
        ]
    )
    return div("lv-outcome", *words, checks(t("Ce que l’attaque a essayé, sans rien trouver")))


def last(wave: WaveState) -> Step | None:
    """What this visit's last audit of the wave said."""
    name, done = st.session_state.get(KEPT, ("", None))
    return done if name == wave.wave else None


def tables(wave: WaveState) -> Html:
    """The names of the wave's tables."""
    return tag(
        "ul",
        *(tag("li", survey_words.table(key)) for key in survey_choice.listed(wave)),
        class_="lv-list-plain",
    )


def hidden(wave: WaveState, done: Step) -> list[Html]:
    """The groups that the list names without telling anything of them, by table; then the tables that lose too many."""
    by_table: dict[Key, list[str]] = {}
    for told in done.hidden:
        group = survey_words.group(tuple(told["group"].items()))
        by_table.setdefault(survey_choice.key_of(told), []).append(group)
    if not by_table:
        found = [tag("p", t("Aucun groupe n’est masqué."))]
    else:
        rows = ([survey_words.table(key), ", ".join(groups)] for key, groups in by_table.items())
        head = (t("Tableau"), t("Groupes masqués, lus « moins de {k} »", k=wave.k))
        found = [table(head, rows, caption=t("Groupes masqués par tableau"), class_="lv-labels")]
    advice = said(done.told).splitlines()
    return [*found, *(tag("p", line, class_="lv-advice") for line in advice)]
