"""Choosing the closed list of a wave: measures by the town, by one attribute or by two, never more."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import streamlit as st

from data.waves import WaveState
from metrics.disclosure.tables import ATTRIBUTES, DEFAULT_LIST, Key
from pages.parts import survey_words
from pages.parts.markup import heading, show, tag
from pages.texts import t

MEASURES = tuple(dict.fromkeys(measure for _, measure in DEFAULT_LIST))
SPLITS: tuple[tuple[str, ...], ...] = ((), *((one,) for one in ATTRIBUTES), *combinations(ATTRIBUTES, 2))


def box(wave: str, key: Key) -> str:
    """The name of a table's box in the visit's state."""
    return f"survey.table.{wave}.{key[1]}.{'+'.join(key[0]) or 'town'}"


def listed(wave: WaveState) -> tuple[Key, ...]:
    """The list of a wave: the one last chosen, else the usual one."""
    return tuple(key_of(table) for table in wave.tables or ()) or DEFAULT_LIST


def key_of(told: Mapping[str, Any]) -> Key:
    """The key of a table as the store says it."""
    return tuple(told["by"]), str(told["measure"])


def asked(keys: Iterable[Key]) -> list[dict[str, Any]]:
    """The tables as the store is asked for them."""
    return [{"by": list(by), "measure": measure} for by, measure in keys]


def choose(wave: WaveState) -> list[Key]:
    """The boxes, a column a measure; the tables ticked, in the order of the boxes."""
    at_first = listed(wave)
    ticked: list[Key] = []
    for column, measure in zip(st.columns(len(MEASURES), gap="large"), MEASURES, strict=True):
        with column:
            show(heading(3, survey_words.measure(measure)))
            for by in SPLITS:
                key = (by, measure)
                name = box(wave.wave, key)
                st.session_state.setdefault(name, key in at_first)
                if st.checkbox(survey_words.table(key), key=name):
                    ticked.append(key)
    st.button(t("Reprendre la liste habituelle"), on_click=usual, args=(wave.wave,), key="survey.usual")
    return ticked


def usual(wave: str) -> None:
    """Tick the usual list again."""
    for key in ((by, measure) for measure in MEASURES for by in SPLITS):
        st.session_state[box(wave, key)] = key in DEFAULT_LIST


def drop(wave: str, keys: Iterable[Key]) -> None:
    """Take tables off the list, and ask for another audit."""
    for key in keys:
        st.session_state[box(wave, key)] = False
    st.session_state[again(wave)] = True


def again(wave: str) -> str:
    """The name, in the visit's state, of the wish to audit a list again."""
    return f"survey.again.{wave}"


def note(ticked: list[Key]) -> None:
    """What the list is, in a sentence."""
    if not ticked:
        return show(tag("p", t("Choisissez au moins un tableau."), class_="lv-note"))
    words = t(
        "{tables} dans la liste. Chacun a toutes ses lignes, les groupes masqués compris ; rien d’autre de la vague ne sera jamais dit.",
        tables=survey_words.tables_count(len(ticked)),
    )
    show(tag("p", words, class_="lv-note"))
