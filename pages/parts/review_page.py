"""Revue hebdomadaire: before a review its start, while it runs its room, once sealed its minutes."""

import streamlit as st

from metrics.meetings import Meeting
from pages.parts import (
    overview,
    page,
    review_past,
    review_reads,
    review_room,
    review_said,
    review_start,
    sealed_week,
)
from pages.parts.address import Address
from pages.parts.guard import notice
from pages.parts.markup import Html, join, link, show, tag
from pages.parts.source import Source
from pages.texts import numbers, review, t

SEEN = "revue.seen"  # the review whose room this visit was in
NEW = "new"  # the address's word for the review to come


def draw(source: Source, week: str) -> None:
    """The page that the state of the review calls for; ``week`` is the address's, "" the one under way."""
    if source.latest is None:
        return show(overview.empty(source, t("Revue hebdomadaire")))
    if source.as_of != source.latest and not review_reads.is_sealed(source):
        return show(_earlier(source))
    show(review_said.stored())
    meeting = _meeting(source, week)
    if meeting is None and source.week:
        return show(_sealed(source))
    if meeting is None and week and week != NEW:
        words = t("Aucune revue pour la semaine « {week} ».", week=week[:20])
        show(notice(words, t("La prochaine est proposée ci-dessous."), "info"))
    if meeting is None:
        return review_start.draw(source)
    if not review_reads.is_under_way(source, meeting):
        return review_past.draw(source, meeting)
    st.session_state[SEEN] = meeting.meeting_id
    review_room.draw(source, meeting)


def _meeting(source: Source, week: str) -> Meeting | None:
    """The review to show; who sat in a room that somebody else sealed meanwhile sees its minutes, and is told."""
    if source.week and not week:
        return review_reads.meeting(source, source.week)  # a sealed week is first of all its own review
    if week:
        st.session_state.pop(SEEN, None)
        return None if week == NEW else review_reads.meeting(source, week)
    opened = review_reads.under_way(source)
    sat = review_reads.meeting(source, st.session_state.get(SEEN, ""))
    if opened is None and sat is not None and sat.is_sealed:
        show(notice(t("La semaine vient d’être scellée."), t("Voici son compte rendu."), "info"))
        return sat
    return opened


def _sealed(source: Source) -> Html:
    """A sealed week opens no review: those that it knew, and the way back."""
    title = t("Les revues connues au {day}", day=numbers.day(source.as_of))
    head = page.head(title, kicker=review.kicker(source.catalogue))
    return join((head, sealed_week.no_entry(source, "revue"), review_past.list_of(source)))


def _earlier(source: Source) -> Html:
    """A review is held on the data of today: an earlier date is looked at elsewhere."""
    now = Address(source.lang, source.latest, "")
    words = t("Ouvrir la revue au {day}", day=numbers.day(source.latest))
    way = link(source.to("revue", now), words, class_="lv-button main")
    lead = t("Une revue se tient sur les données du jour ; une semaine passée s’ouvre scellée.")
    title = t("Les données affichées sont celles du {day}", day=numbers.day(source.as_of))
    return join((page.head(title, kicker=review.kicker(source.catalogue), lead=lead), tag("p", way)))
