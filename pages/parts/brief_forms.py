"""How the brief is prepared: the words that open it, its lines pinned, moved, hidden and commented, each stored at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from metrics.briefs import KPI, LEAD, Choice, Choices, row_of
from pages.parts import signal_forms
from pages.parts.brief_reads import GROUPS, Line, title_of
from pages.parts.intake import attempt
from pages.parts.markup import Html, div, heading, link, show, span, tag
from pages.parts.source import Source
from pages.parts.svg import mark
from pages.texts import t, tn
from schemas.fields import LONGEST_NOTE

ABOUT = "brief"
FIRST = 6  # lines of a group that have their buttons; the rest wait under a list


def draw(source: Source, lines: Sequence[Line], choices: Choices) -> None:
    """Put the preparation on the page; whoever may not record reads it."""
    may = signal_forms.may_write(source)
    if may:
        signal_forms.just_done(source, ABOUT)
        _lead(source, choices)
    elif choices.lead:
        show(tag("p", choices.lead, class_="lv-brief-lead"))
    for group in GROUPS:
        of_group = [line for line in lines if line.group == group]
        if of_group:
            _group(source, group, of_group, choices, may)


def _lead(source: Source, choices: Choices) -> None:
    with st.form("brief.lead", border=False):
        words = st.text_area(
            t("Mot d’ouverture"),
            choices.lead,
            max_chars=LONGEST_NOTE,
            height=90,
            placeholder=t("Ce que le maire doit retenir, en une ou deux phrases."),
        )
        if st.form_submit_button(t("Enregistrer le mot d’ouverture")):
            keep(
                source,
                [replace(_choice(choices, LEAD), words=words.strip())],
                t("Le mot d’ouverture est enregistré."),
            )


def _group(source: Source, group: str, lines: Sequence[Line], choices: Choices, may: bool) -> None:
    shown = choices.arranged(lines, lambda line: line.key)
    hidden = [line for line in lines if choices.is_hidden(line.key)]
    pinned = [line for line in shown if _choice(choices, line.key).is_pinned]
    show(div("lv-brief-group", heading(2, title_of(group))))
    near = [line for line in shown if line in pinned or shown.index(line) < FIRST]
    for line in near:
        _line(source, line, pinned, choices, may)
    rest = [line for line in shown if line not in near]
    if rest or hidden:
        with st.expander(_others(len(rest), len(hidden))):
            _rest(source, group, rest, choices, may)
            for line in hidden:
                _line(source, line, pinned, choices, may)


def _rest(source: Source, group: str, rest: Sequence[Line], choices: Choices, may: bool) -> None:
    """What is further down, told without buttons of its own: one list to pin from."""
    if not rest:
        return
    show(tag("ul", *(tag("li", line.title) for line in rest), class_="lv-brief-rest"))
    if not may:
        return
    titles = {line.key: line.title for line in rest}
    key = st.selectbox(
        t("Ligne à épingler"), list(titles), format_func=titles.__getitem__, key=f"brief.more.{group}"
    )
    if st.button(t("Épingler cette ligne"), key=f"brief.pinmore.{group}"):
        keep(source, [_pinned(_choice(choices, key), choices)], t("La ligne est épinglée."))


def _pinned(chosen: Choice, choices: Choices) -> Choice:
    """The choice pinned behind those that are."""
    last = max((_choice(choices, key).position or 0 for key in choices.pinned), default=0)
    return replace(chosen, is_pinned=True, position=last + 1)


def _others(rest: int, hidden: int) -> str:
    words = [tn("{n} autre ligne", "{n} autres lignes", rest)] if rest else []
    words += [tn("{n} ligne masquée", "{n} lignes masquées", hidden)] if hidden else []
    return ", ".join(words)


def _line(source: Source, line: Line, pinned: Sequence[Line], choices: Choices, may: bool) -> None:
    """One line with its buttons, each with a name of its own for who hears them."""
    chosen = _choice(choices, line.key)
    with st.container(key=f"brief-line-{_slug(line.key)}"):
        show(_words(source, line, chosen, choices.is_hidden(line.key)))
        if not may:
            return
        with st.container(horizontal=True, key=f"brief-acts-{_slug(line.key)}"):
            if choices.is_hidden(line.key):
                if _button(line, "show", t("Remettre")):
                    keep(source, [replace(chosen, is_hidden=False)], t("La ligne est remise."))
                return
            _order(source, line, pinned, choices)
            if not line.key.startswith(KPI) and _button(line, "hide", t("Masquer")):
                keep(source, [replace(chosen, is_hidden=True, is_pinned=False)], t("La ligne est masquée."))
            _comment(source, line, chosen)


def _words(source: Source, line: Line, chosen: Choice, is_hidden: bool) -> Html:
    title = link(source.link(line.path, **line.params), line.title) if line.path else line.title
    state = t("masquée") if is_hidden else t("épinglée") if chosen.is_pinned else ""
    head = div("lv-alert-head", mark(line.mark), span("", title), span("lv-grey", state) if state else "")
    note = tag("p", t("Note : {words}", words=chosen.words), class_="lv-brief-note") if chosen.words else ""
    return div("lv-brief-line", head, tag("p", line.sentence), note)


def _button(line: Line, name: str, words: str, *, disabled: bool = False) -> bool:
    return st.button(words, key=f"brief.{name}.{line.key}", help=f"{words} : {line.title}", disabled=disabled)


def _order(source: Source, line: Line, pinned: Sequence[Line], choices: Choices) -> None:
    """Pin, take off, and for a pinned line up and down among those of its group."""
    chosen = _choice(choices, line.key)
    if not chosen.is_pinned:
        if _button(line, "pin", t("Épingler")):
            keep(source, [_pinned(chosen, choices)], t("La ligne est épinglée."))
        return
    if _button(line, "unpin", t("Détacher")):
        keep(source, [replace(chosen, is_pinned=False, position=None)], t("La ligne est détachée."))
    at = list(pinned).index(line)
    if _button(line, "up", t("Monter"), disabled=at == 0):
        keep(source, moved(pinned, at, at - 1, choices), t("La ligne est montée."))
    if _button(line, "down", t("Descendre"), disabled=at == len(pinned) - 1):
        keep(source, moved(pinned, at, at + 1, choices), t("La ligne est descendue."))


def moved(pinned: Sequence[Line], at: int, to: int, choices: Choices) -> list[Choice]:
    """Return the choices of a group's pinned lines once one has changed places with its neighbour: their places, dealt anew."""
    keys = [line.key for line in pinned]
    keys[at], keys[to] = keys[to], keys[at]
    known = sorted(_choice(choices, key).position or 0 for key in keys)
    places = known if len(set(known)) == len(known) else list(range(1, len(keys) + 1))
    return [replace(_choice(choices, key), position=place) for key, place in zip(keys, places, strict=True)]


def _comment(source: Source, line: Line, chosen: Choice) -> None:
    name = t("Commenter")
    with (
        st.popover(name, help=f"{name} : {line.title}"),
        st.form(f"brief.comment.{line.key}", border=False),
    ):
        words = st.text_area(
            t("Commentaire, pour le maire"), chosen.words, max_chars=LONGEST_NOTE, height=110
        )
        if st.form_submit_button(t("Enregistrer le commentaire"), type="primary"):
            keep(source, [replace(chosen, words=words.strip())], t("Le commentaire est enregistré."))


def keep(source: Source, choices: Sequence[Choice], words: str) -> None:
    """Store choices in one import and show the page with them."""
    on: date | None = source.as_of
    assert on is not None
    rows = [row_of(on, choice) for choice in choices]
    signal_forms.settle(attempt(lambda: source.store.record(source.actor, "brief_items", rows)), ABOUT, words)


def _choice(choices: Choices, key: str) -> Choice:
    return choices.items.get(key) or Choice(key)


def _slug(key: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in key)
