"""The agenda, edited: titles and minutes typed, points moved, taken out, added; each press one import."""

from dataclasses import replace
from typing import Literal

import streamlit as st

from metrics.changing import Change
from metrics.meetings import AgendaItem, Meeting
from pages.parts import review_links, review_reads, review_write
from pages.parts.markup import heading, link, show, tag
from pages.parts.source import Source
from pages.texts import sentences, t, tn
from schemas.fields import LONGEST_TITLE

LONGEST = 120  # minutes of a point
USUAL = 5


def draw(source: Source, meeting: Meeting) -> None:
    """The editor of the agenda."""
    total = sum(item.minutes for item in meeting.items)
    words = t("Ordre du jour : {total} min sur {n}", total=total, n=meeting.minutes)
    show(heading(1, words), tag("p", _advice(total - meeting.minutes), class_="lv-lead"))
    with st.container(key="revue-edit"), st.form("revue.edit", border=False, enter_to_submit=False):
        typed, pressed = [], ""
        for place, item in enumerate(meeting.items):
            new, way = _row(item, place, len(meeting.items))
            typed.append(new)
            pressed = pressed or way
        saved = st.form_submit_button(t("Enregistrer l’ordre du jour"), type="primary")
    _added(source, meeting)
    show(tag("p", link(review_links.to(source), t("Revenir à la revue"), class_="lv-button")))
    if pressed or saved:
        _save(source, meeting, typed, pressed)


def _advice(over: int) -> str:
    if over > 0:
        return tn(
            "{n} minute de trop : raccourcissez ou retirez un point.",
            "{n} minutes de trop : raccourcissez ou retirez un point.",
            over,
        )
    if over < 0:
        return tn("{n} minute à donner.", "{n} minutes à donner.", -over)
    return t("Les minutes font la durée de la revue.")


def _row(item: AgendaItem, place: int, count: int) -> tuple[AgendaItem, str]:
    """One point: what was typed of it, and which button was pressed ("" for none)."""
    seen: Literal["visible", "collapsed"] = "collapsed" if place else "visible"
    name, minutes, up, down, out = st.columns([6, 2, 1.2, 1.4, 1.2], vertical_alignment="bottom")
    title = name.text_input(
        t("Point {n}", n=place + 1),
        item.title,
        max_chars=LONGEST_TITLE,
        key=f"edit.title.{item.item_id}",
        label_visibility=seen,
    )
    length = minutes.number_input(
        t("Minutes"),
        1,
        LONGEST,
        max(1, item.minutes),
        key=f"edit.minutes.{item.item_id}",
        label_visibility=seen,
    )
    ways = {
        f"up {item.item_id}": up.form_submit_button(
            t("Monter"), key=f"edit.up.{item.item_id}", disabled=place == 0
        ),
        f"down {item.item_id}": down.form_submit_button(
            t("Descendre"), key=f"edit.down.{item.item_id}", disabled=place == count - 1
        ),
        f"out {item.item_id}": out.form_submit_button(t("Retirer"), key=f"edit.out.{item.item_id}"),
    }
    pressed = next((name for name, is_pressed in ways.items() if is_pressed), "")
    return replace(item, title=title.strip() or item.title, minutes=int(length)), pressed


def moved(items: list[AgendaItem], item_id: str, way: str) -> list[AgendaItem]:
    """The points with one of them a place up or down, or out, numbered anew."""
    at = next((n for n, item in enumerate(items) if item.item_id == item_id), None)
    found = list(items)
    if at is not None and way == "out":
        del found[at]
    elif at is not None:
        to = min(max(at + (-1 if way == "up" else 1), 0), len(found) - 1)
        found.insert(to, found.pop(at))
    return [replace(item, position=place) for place, item in enumerate(found, 1)]


def _save(source: Source, meeting: Meeting, typed: list[AgendaItem], pressed: str) -> None:
    """Store what was typed with the move that was asked; what was said and done stays as it is now."""
    way, _, item_id = pressed.partition(" ")
    after = moved(typed, item_id, way) if pressed else typed
    current = review_write.fresh(source, meeting.meeting_id)
    if current is None:
        return review_write.told()
    known = {item.item_id: item for item in current.items}
    rows = [
        review_write.item_row(known[new.item_id], title=new.title, minutes=new.minutes, position=new.position)
        for new in after
        if new.item_id in known
    ]
    changed = [row for row in rows if row != review_write.item_row(known[str(row["item_id"])])]
    gone = known.get(item_id) if way == "out" else None
    if gone is not None:
        return _withdraw(source, gone)
    if changed:
        return review_write.leave(
            review_write.store(source, {"agenda_items": changed}), t("Ordre du jour enregistré.")
        )
    return show(tag("p", t("Rien ne change."), class_="lv-note"))


def _withdraw(source: Source, item: AgendaItem) -> None:
    """Take a point out; one with minutes is not taken out by a press too quick."""
    if item.said:
        review_write.say(
            t("Ce point a un compte rendu : il reste à l’ordre du jour."),
            t("Videz d’abord « Ce qui est dit », ou marquez-le traité."),
        )
        return review_write.told()
    done = review_write.withdraw(source, "agenda_items", item.item_id)
    review_write.leave(done, t("Point retiré : {title}.", title=item.title))


def _added(source: Source, meeting: Meeting) -> None:
    """A point typed, or one of the facts that the time left out."""
    facts = {fact.key: fact for fact in review_reads.left_out(source, meeting)}
    with st.form("revue.add", border=False, clear_on_submit=True):
        show(heading(2, t("Ajouter un point")))
        name, minutes = st.columns([6, 2], vertical_alignment="bottom")
        chosen = None
        if facts:
            chosen = name.selectbox(
                t("Un fait relevé, hors de l’ordre du jour"),
                list(facts),
                index=None,
                format_func=lambda key: sentences.title(facts[key], source.catalogue),
                placeholder=t("Choisir un fait"),
            )
        title = name.text_input(t("Ou un point à vous"), max_chars=LONGEST_TITLE)
        length = minutes.number_input(t("Minutes"), 1, LONGEST, USUAL, key="edit.minutes.new")
        if st.form_submit_button(t("Ajouter")) and (chosen or title.strip()):
            _add(source, meeting, facts.get(chosen or ""), title.strip(), int(length))


def _add(source: Source, meeting: Meeting, fact: Change | None, title: str, minutes: int) -> None:
    current = review_write.fresh(source, meeting.meeting_id)
    if current is None:
        return review_write.told()
    row = {
        "item_id": review_write.new_id(),
        "meeting_id": meeting.meeting_id,
        "position": max((item.position for item in current.items), default=0) + 1,
        "kind": "exception" if fact else "new",
        "title": title or (sentences.title(fact, source.catalogue) if fact else ""),
        "minutes": minutes,
        "is_done": False,
    }
    about = (
        {"change": fact.key, "kpi": fact.kpi, "project": fact.project, "partner": fact.partner}
        if fact
        else {}
    )
    row |= {name: value or None for name, value in about.items()}
    review_write.leave(review_write.store(source, {"agenda_items": [row]}), t("Point ajouté."))
