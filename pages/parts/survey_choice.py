"""Choosing the closed list of a wave: measures by the town, by one attribute or by two, never more."""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import streamlit as st

from data.waves import WaveState
from metrics.disclosure.tables import ATTRIBUTES, DEFAULT_LIST, Key
from metrics.scaleshelf import shelf
from pages.parts import archive, survey_words
from pages.parts.markup import heading, show, tag
from pages.parts.source import Source
from pages.texts import t

SHIPPED = tuple(dict.fromkeys(measure for _, measure in DEFAULT_LIST))
USUAL = tuple(dict.fromkeys(by for by, _ in DEFAULT_LIST))
SPLITS: tuple[tuple[str, ...], ...] = (*USUAL, *combinations(ATTRIBUTES, 2))
ITEMS = "survey_items"  # where answers to optional scales are kept
ACROSS = 3  # measures side by side


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


def measures(source: Source) -> tuple[str, ...]:
    """The measures that a list may have: the shipped ones, and the town's optional scales once answers to one were imported."""
    brought = any(ITEMS in record.added for record in archive.books(source)[1])
    return (*SHIPPED, *(id for id in shelf()[0] if id not in SHIPPED)) if brought else SHIPPED


def choose(source: Source, wave: WaveState) -> list[Key]:
    """The boxes, a column a measure; the tables ticked, in the order of the boxes."""
    found = measures(source)
    at_first = listed(wave) if wave.tables else tuple(usual(found))
    ticked: list[Key] = []
    for first in range(0, len(found), ACROSS):
        for column, measure in zip(
            st.columns(ACROSS, gap="large"), found[first : first + ACROSS], strict=False
        ):
            with column:
                ticked += _boxes(wave, measure, at_first)
    st.button(
        t("Reprendre la liste habituelle"), on_click=again_usual, args=(wave.wave, found), key="survey.usual"
    )
    return ticked


def _boxes(wave: WaveState, measure: str, at_first: Container[Key]) -> list[Key]:
    """The boxes of one measure."""
    show(heading(3, survey_words.measure(measure)))
    ticked = []
    for by in SPLITS:
        key = (by, measure)
        name = box(wave.wave, key)
        st.session_state.setdefault(name, key in at_first)
        if st.checkbox(survey_words.table(key), key=name):
            ticked.append(key)
    return ticked


def usual(found: Iterable[str]) -> list[Key]:
    """The usual list of these measures: the town, and each attribute alone."""
    return [(by, measure) for measure in found for by in USUAL]


def again_usual(wave: str, found: Sequence[str]) -> None:
    """Tick the usual list again."""
    kept = usual(found)
    for key in ((by, measure) for measure in found for by in SPLITS):
        st.session_state[box(wave, key)] = key in kept


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
        "{tables} dans la liste. Chacun a toutes ses lignes, les groupes masqués compris ; s’y joignent, pour toute la ville, la répartition des réponses et la participation. Rien d’autre de la vague ne sera jamais dit.",
        tables=survey_words.tables_count(len(ticked)),
    )
    if any(len(by) > 1 for by, _ in ticked):
        more = t(
            "Des tableaux à deux attributs allongent l’attaque : comptez plusieurs minutes, et la publication la refait."
        )
        words = f"{words} {more}"
    show(tag("p", words, class_="lv-note"))
