"""What is said on a point: one field, stored when its writer leaves it, kept in the browser at each letter.

Two people may write in it: who comes second adds to what the first stored, so that no word of either is lost. The browser's
side is pages/static/review.js.
"""

import json

import streamlit as st

from metrics.meetings import AgendaItem, Meeting
from pages.parts import review_write
from pages.parts.markup import Html, div, heading, show, span, tag
from pages.parts.source import Source
from pages.texts import said as told
from pages.texts import t, use
from schemas.fields import LONGEST_NOTE

STORED = "revue.stored"  # the field of a form whose words were stored last, and these words
BASE, TOOK = "revue.base", "revue.took"  # what a field started from; what was last stored from it


def draw(source: Source, meeting: Meeting, item: AgendaItem, may: bool) -> None:
    """The field and the mark that the point was dealt with; the words alone for who only reads."""
    if not may:
        return show(_read(item))
    with st.container(key=f"keep-said-{item.item_id}"):
        key = _key(item)
        if key not in st.session_state:
            st.session_state[key] = item.said
            _bases()[key] = item.said
        show(marker(source, meeting.meeting_id, f"said-{item.item_id}", item.said, _taken().get(key, "")))
        st.text_area(
            t("Ce qui est dit"),
            key=key,
            max_chars=LONGEST_NOTE,
            height=110,
            on_change=_store,
            args=(source, item),
            placeholder=t(
                "Enregistré dès que vous quittez le champ ; gardé dans ce navigateur à chaque lettre."
            ),
        )
        words = t("Reprendre ce point") if item.is_done else t("Point traité")
        if st.button(words, key=f"revue.done.{item.item_id}"):
            done = (
                t("Point repris : {title}.", title=item.title)
                if item.is_done
                else t("Point traité : {title}.", title=item.title)
            )
            review_write.save_item(source, item, done, is_done=not item.is_done)


def marker(source: Source, meeting_id: str, field: str, saved: str, took: str, focus: str = "") -> Html:
    """What the script needs to keep a draft of the field in the same container, and the words that it shows.

    ``focus`` names the opening of a form: its field is gone to, once.
    """
    return tag(
        "p",
        span("lv-kept", t("brouillon repris"), hidden=""),
        span(
            "lv-other",
            t("quelqu’un d’autre vient d’enregistrer ici : vos mots s’ajouteront aux siens"),
            hidden="",
        ),
        class_="lv-keep",
        data_keep=f"{source.town}|{meeting_id}|{field}",
        data_saved=json.dumps(saved, ensure_ascii=False),  # an attribute keeps no line break
        data_took=json.dumps(took, ensure_ascii=False),
        data_focus=focus or None,
        aria_live="polite",
    )


def stored() -> Html:
    """That the words of a form were stored: the script forgets their draft."""
    field, words = st.session_state.get(STORED, ("", ""))
    return (
        span(
            "lv-hidden",
            data_stored=field,
            data_took=json.dumps(words, ensure_ascii=False),
            aria_hidden="true",
        )
        if field
        else Html("")
    )


def merged(base: str, theirs: str, mine: str) -> str:
    """Return one text of two that began as ``base``: what I wrote is added to what the other stored, and nothing is lost."""
    base, theirs, mine = base.strip(), theirs.strip(), mine.strip()
    if theirs in (base, mine) or not theirs:
        return mine
    if mine == base or not mine:
        return theirs
    own = mine[len(base) :].strip() if base and mine.startswith(base) else mine
    return theirs if own in theirs else f"{theirs}\n{own}"


def _store(source: Source, item: AgendaItem) -> None:
    """Store what was typed, added to what somebody else stored meanwhile; a callback: the run that follows shows it."""
    use(source.lang)
    key = _key(item)
    mine, base = str(st.session_state.get(key) or ""), _bases().get(key, "")
    meeting = review_write.fresh(source, item.meeting_id)
    current = meeting.item(item.item_id) if meeting else None
    if current is None:
        return
    words = merged(base, current.said, mine)
    if words != current.said.strip():
        done = review_write.store(source, {"agenda_items": [review_write.item_row(current, said=words)]})
        if done is None:
            return
        if not done.ok:
            faults = " ".join(told(fault.message) for fault in done.errors)
            return review_write.say(
                t("Ce qui est dit n’est pas enregistré ; le texte reste dans le champ."), faults
            )
    _bases()[key], _taken()[key] = words, mine
    if words != mine.strip():
        st.session_state[key] = words


def _read(item: AgendaItem) -> Html:
    if not item.said:
        return Html("")
    lines = (tag("p", line) for line in item.said.splitlines() if line.strip())
    return div("lv-said", heading(2, t("Ce qui est dit")), *lines)


def _key(item: AgendaItem) -> str:
    return f"revue.said.{item.item_id}"


def _bases() -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(BASE, {})
    return found


def _taken() -> dict[str, str]:
    found: dict[str, str] = st.session_state.setdefault(TOOK, {})
    return found
