"""Past reviews: their list, and one of them as its minutes, which nobody changes any more."""

from collections.abc import Sequence

import streamlit as st

from metrics.meetings import AgendaItem, Meeting, read_actions, read_meetings
from pages.parts import notes_panel, page, review_actions, review_links, review_reads, review_write
from pages.parts.markup import Html, div, join, link, section, show, span, table, tag
from pages.parts.review_downloads import offer
from pages.parts.source import Source
from pages.texts import numbers, review, t, tn

FEW = 12  # reviews listed before the older ones unfold


def list_of(source: Source) -> Html:
    """The reviews held so far, the last first."""
    every = read_meetings(source.engine)[::-1]
    if not every:
        return Html("")
    words = tn("{n} revue tenue", "{n} revues tenues", len(every))
    return section(words, _table(source, every[:FEW], words), _older(source, every[FEW:]))


def _older(source: Source, held: Sequence[Meeting]) -> Html:
    """The reviews before the last ones, to unfold."""
    if not held:
        return Html("")
    words = tn("et {n} autre", "et {n} autres", len(held))
    return tag("details", tag("summary", words), _table(source, held, words), class_="lv-more")


def _table(source: Source, held: Sequence[Meeting], caption: str) -> Html:
    """Reviews as rows that lead to them."""
    rows = [
        [
            link(source.link(review_links.PATH, meeting=one.meeting_id), numbers.weekday(one.held_on)),
            one.meeting_id,
            _state(source, one),
        ]
        for one in held
    ]
    return table([t("Revue"), t("Semaine"), t("État")], rows, caption=caption)


def _state(source: Source, meeting: Meeting) -> str:
    if meeting.is_sealed:
        return t("scellée")
    return t("en cours") if review_reads.is_under_way(source, meeting) else t("non scellée")


def draw(source: Source, meeting: Meeting) -> None:
    """The minutes of a sealed review, with their files and the way on."""
    review_write.told()
    show(_head(source, meeting))
    if review_write.may_write(source):
        show(tag("div", data_orphans=source.town, data_of=meeting.meeting_id, class_="lv-orphans"))
    with st.container(key="revue-files", horizontal=True):
        offer(source, meeting)
    show(join(_point(source, place, meeting, item) for place, item in enumerate(meeting.items, 1)))
    notes_panel.panel(source, "week", meeting.meeting_id)
    show(_carried(source, meeting), list_of(source))


def _head(source: Source, meeting: Meeting) -> Html:
    taken = tn("{n} décision", "{n} décisions", len(meeting.decisions))
    added = tn("{n} action prise", "{n} actions prises", len(meeting.actions))
    seal = review_reads.seal_of(source, meeting.meeting_id)
    held = t("Scellée le {day}", day=numbers.day(seal.sealed_on)) if seal else t("Non scellée")
    lead = t("{held} : {first}, {second}.", held=held, first=taken, second=added)
    if seal:
        way = link(source.link("", week=seal.week), t("Revoir tous les écrans tels que cette semaine-là"))
        lead = join((lead, " ", way))
    following = review_reads.proposed(source) if source.latest else None
    ways = (
        [
            link(
                source.link(review_links.PATH, meeting="new"),
                t("Préparer la revue du {day}", day=numbers.weekday(following)),
                class_="lv-button main",
            )
        ]
        if following and not review_reads.is_sealed(source)
        else []
    )
    return page.head(
        review.title(meeting), kicker=review.kicker(source.catalogue), lead=lead, aside=div("lv-ways", *ways)
    )


def _point(source: Source, place: int, meeting: Meeting, item: AgendaItem) -> Html:
    """One point: what was said, decided and asked for."""
    said = [tag("p", line) for line in item.said.splitlines() if line.strip()]
    decided = [
        tag("li", tag("b", t("Décidé : ")), one.words)
        for one in meeting.decisions
        if one.item_id == item.item_id
    ]
    asked = [
        tag("li", tag("b", t("Action : ")), f"{one.words} ({one.owner}, {numbers.weekday(one.due_on)})")
        for one in meeting.actions
        if one.item_id == item.item_id
    ]
    about = join(review_actions.links(source, item.kpi, item.project, item.partner), ", ")
    title = join((f"{place}. {item.title}", span("lv-grey", about) if about else ""), " ")
    nothing = "" if said or decided or asked else tag("p", span("lv-grey", t("Rien de noté.")))
    return section(
        title, *said, tag("ul", *decided, *asked, class_="lv-decided") if decided or asked else "", nothing
    )


def _carried(source: Source, meeting: Meeting) -> Html:
    """What was still to be done when the review ended."""
    day = meeting.held_on
    opened = [one for one in read_actions(source.engine) if one.meeting_id <= meeting.meeting_id]
    left = [one for one in opened if one.is_open or (one.closed_on and one.closed_on > day)]
    if not left:
        return section(t("Aucune action n’est reportée"))
    words = t("Ce qui continue : {what}", what=tn("{n} action", "{n} actions", len(left)))
    return section(words, review_actions.open_table(source, left, day))
