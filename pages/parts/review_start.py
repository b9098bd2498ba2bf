"""Before a review: its day, its length, the agenda that the rule proposes, and the button that opens it."""

from collections.abc import Collection
from datetime import date, timedelta

import streamlit as st

from metrics.agenda import Item, agenda
from metrics.changing import Change
from pages.parts import changes, page, review_past, review_reads, review_write
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, section, show, span, table, tag
from pages.parts.source import Source
from pages.texts import numbers, review, said, sentences, sentences_groups, t, tn
from schemas.week import week_of

SHORTEST, USUAL, LONGEST = 15, 60, 180  # minutes of a review
WANTED = "revue.wanted"  # the keys of facts that somebody gives a point


def draw(source: Source) -> None:
    """The whole start page."""
    day = review_reads.proposed(source)
    may = review_write.may_write(source)
    show(_head(source, day), tag("div", data_orphans=source.town, class_="lv-orphans"))
    review_write.just_done(source)
    with st.container(key="revue-start"):
        held_on, minutes = _asked(day) if may else (day, USUAL)
        wanted = st.session_state.get(WANTED, []) if may else []
        items = proposal(source, held_on, minutes, wanted)
        show(_preview(source, items, minutes), _rest(source, items))
        if may:
            _wish(source, held_on, minutes)
        if may and st.button(t("Ouvrir la revue"), type="primary", key="revue.open"):
            _open(source, held_on, minutes, items)
        if not may:
            show(notice(t("Votre rôle lit les revues, il n’en ouvre pas."), _ask(), "info"))
    show(review_past.list_of(source))


def _ask() -> str:
    return t("Demandez à l’administrateur de Levier de vous ouvrir la saisie.")


def _head(source: Source, day: date) -> Html:
    lead = t(
        "La prochaine revue est proposée le {day}. Son ordre du jour est fait par règle : suivi des actions, exceptions par importance, points permanents ; nouveaux points : ajoutez les vôtres une fois la revue ouverte.",
        day=numbers.weekday(day),
    )
    return page.head(t("Ouvrir la revue de la semaine"), kicker=review.kicker(source.catalogue), lead=lead)


def _asked(day: date) -> tuple[date, int]:
    left, right, _ = st.columns([1, 1, 2])
    held_on = left.date_input(t("Tenue le"), day, format="DD/MM/YYYY", key="revue.held_on")
    minutes = right.number_input(t("Durée (minutes)"), SHORTEST, LONGEST, USUAL, 5, key="revue.minutes")
    return held_on or day, int(minutes)


def proposal(source: Source, held_on: date, minutes: int, wanted: Collection[str] = ()) -> list[Item[Change]]:
    """The agenda by rule, with the facts that somebody asked for."""
    week = week_of(held_on)
    actions = review_reads.to_do(source, held_on)
    standing = source.catalogue.scorecard.standing
    seen = review_reads.discussed(source, but=week)
    return agenda(review_reads.facts(source), actions, seen, held_on, minutes, standing, wanted)


def title(source: Source, item: Item[Change]) -> str:
    """What a proposed point is called."""
    if item.changes:
        return sentences_groups.headline(item.changes, source.catalogue)
    return said(item.standing.title) if item.standing else t("Suivi des actions de la semaine passée")


def _preview(source: Source, items: list[Item[Change]], minutes: int) -> Html:
    rows = [
        [
            span("", str(place)),
            _point(source, item),
            numbers.decimal(item.minutes),
        ]
        for place, item in enumerate(items, 1)
    ]
    drawn = table(
        ["", t("Point"), t("Minutes")],
        rows,
        caption=t("Ordre du jour proposé"),
        right=[2],
        class_="lv-agenda-table",
    )
    found = sum(item.kind == "exception" for item in items)
    words = tn("{n} exception à discuter", "{n} exceptions à discuter", found)
    left = len(review_reads.facts(source))
    note = t(
        "Minutes proposées d’après l’importance. Total : {n} min. {left} faits relevés au {day}.",
        n=minutes,
        left=left,
        day=numbers.day(source.as_of),
    )
    return section(words if found else t("Aucune exception à discuter"), drawn, note=note)


def _point(source: Source, item: Item[Change]) -> Html:
    words = tag("b", title(source, item))
    if not item.changes:
        return words
    return join((words, div("lv-grey", sentences_groups.together(item.changes, source.catalogue))))


def _without_point(source: Source, items: list[Item[Change]]) -> list[Change]:
    """The facts that are in no point."""
    there = {one.key for item in items for one in item.changes}
    return [one for one in review_reads.facts(source) if one.key not in there]


def _rest(source: Source, items: list[Item[Change]]) -> Html:
    """The facts that got no point, to unfold."""
    found = _without_point(source, items)
    if not found:
        return Html("")
    words = tn("{n} autre fait relevé, sans point", "{n} autres faits relevés, sans point", len(found))
    lines = (tag("li", changes.line(source, one)) for one in found)
    return tag("details", tag("summary", words), tag("ul", *lines, class_="lv-news"), class_="lv-more")


def _wish(source: Source, held_on: date, minutes: int) -> None:
    """The facts without a point by rule, each of which can be given one."""
    facts = {one.key: one for one in _without_point(source, proposal(source, held_on, minutes))}
    if facts:
        st.multiselect(
            t("Donner un point à d’autres faits"),
            list(facts),
            format_func=lambda key: sentences.title(facts[key], source.catalogue),
            placeholder=t("Choisir des faits"),
            key=WANTED,
        )


def _open(source: Source, held_on: date, minutes: int, items: list[Item[Change]]) -> None:
    """Store the review with its agenda in one import, its clock running."""
    week = week_of(held_on)
    known = review_reads.meeting(source, week)
    if known is not None and (known.is_sealed or known.opened_at):
        words = t("Une revue existe déjà pour cette semaine.")
        return show(notice(words, t("Choisissez un jour d’une autre semaine.")))
    rows = [_row(source, week, place, item) for place, item in enumerate(items, 1)]
    head = {"meeting_id": week, "held_on": held_on, "minutes": minutes, "opened_at": review_write.now()}
    done = review_write.store(source, {"meetings": [head], "agenda_items": rows})
    review_write.leave(done, t("Revue du {day} ouverte.", day=numbers.weekday(held_on)))


def _row(source: Source, week: str, place: int, item: Item[Change]) -> dict[str, object]:
    fact = item.change if len(item.changes) == 1 else None  # a point of several files is about none of them
    return {
        "item_id": review_write.new_id(),
        "meeting_id": week,
        "position": place,
        "kind": item.kind,
        "title": title(source, item)[:500],
        "change": " ".join(one.key for one in item.changes) or None,
        "kpi": (fact.kpi if fact else "") or None,
        "project": (fact.project if fact else "") or None,
        "partner": (fact.partner if fact else "") or None,
        "minutes": item.minutes,
        "is_done": False,
    }


def next_monday(day: date) -> date:
    """The Monday after a day."""
    return day + timedelta(days=7 - day.weekday())
