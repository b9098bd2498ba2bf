"""The screen of the mayor's brief: what may be in it on the left, the page as it would go on the right, then review and sending."""

import streamlit as st

from pages.parts import brief_forms, brief_preview, brief_reads, brief_sending, page, sealed_week, takeaway
from pages.parts.guard import notice
from pages.parts.markup import join, link, show, tag
from pages.parts.source import Source
from pages.texts import numbers, t

SCREEN = "note"


def draw(source: Source) -> None:
    """Put the whole screen on the page."""
    if source.as_of is None:
        return show(
            page.head(t("Aucune donnée pour l’instant"), kicker=t("Note au maire")),
            notice(t("Rien à préparer"), t("La note se prépare dès le premier import."), "good"),
        )
    if source.scope:
        return show(_of_town(source))
    going = brief_reads.going(source)
    lead = t("Note du {day}, toute la ville.", day=numbers.day(source.as_of))
    if source.week:
        title = t("La note telle qu’elle se lisait au {day}", day=numbers.day(source.as_of))
        return show(
            page.head(title, kicker=t("Note au maire"), lead=lead),
            sealed_week.no_entry(source, SCREEN),
            brief_preview.panel(source, going),
            takeaway.links(source),
        )
    show(page.head(brief_sending.state(going), kicker=t("Note au maire"), lead=lead))
    left, right = st.columns([5, 6], gap="large")
    with left, st.container(key="brief-lines"):
        brief_forms.draw(source, brief_reads.lines(source), going.choices)
    with right, st.container(key="brief-page"):
        show(brief_preview.panel(source, going), takeaway.links(source))
        brief_sending.draw(source, going)


def _of_town(source: Source) -> object:
    back = link(source.whole_town().link(SCREEN), t("Toute la ville"), class_="lv-button main")
    words = t("La note au maire est celle de toute la ville.")
    return join((page.head(words, kicker=t("Note au maire")), tag("p", back)))
