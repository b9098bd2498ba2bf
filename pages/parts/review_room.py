"""A review that runs: clock and agenda at the left, the point under discussion at the right, what to do at the foot."""

import streamlit as st

from metrics.meetings import AgendaItem, Meeting
from pages.parts import (
    projection,
    review_actions,
    review_close,
    review_edit,
    review_forms,
    review_item,
    review_left,
    review_live,
    review_said,
    review_write,
)
from pages.parts.markup import show, tag
from pages.parts.source import Source

FORMS = ("decision", "action")


def draw(source: Source, meeting: Meeting) -> None:
    """The whole room at the point, form or step that the address names."""
    asked = st.query_params.to_dict()
    item = chosen(meeting, asked.get("item", ""))
    may = review_write.may_write(source)
    review_live.watch(source, meeting)
    with st.container(key="revue"):
        with st.container(key="revue-left"):
            show(review_left.clock(meeting, item), review_left.points(source, meeting, item))
        with st.container(key="revue-right"):
            review_write.told()
            review_write.just_done(source)
            step = asked.get("step", "")
            if step == "close":
                review_close.draw(source, meeting)
            elif step == "edit" and may:
                review_edit.draw(source, meeting)
            else:
                _point(source, meeting, item, asked, may)
    with st.container(key="revue-bar"):
        show(review_left.bar(source, meeting, item, may))


def _point(
    source: Source, meeting: Meeting, item: AgendaItem | None, asked: dict[str, str], may: bool
) -> None:
    if item is None:
        return review_item.nothing(source)
    is_projected = projection.asked()
    review_item.draw(source, meeting, item)
    parts = [
        lambda: review_said.draw(source, meeting, item, may),
        lambda: review_actions.of_item(source, meeting, item, asked, may and not is_projected),
    ]
    for part in (
        reversed(parts) if is_projected else parts
    ):  # a room looks at the actions; its secretary types below
        part()
    if may and asked.get("form") in FORMS:
        review_forms.draw(source, meeting, item, asked["form"])
    if item == meeting.items[0]:
        show(tag("div", data_orphans=source.town, data_but=meeting.meeting_id, class_="lv-orphans"))


def chosen(meeting: Meeting, item_id: str) -> AgendaItem | None:
    """The point that the address names, else the first that is not done, else the first."""
    waiting = (item for item in meeting.items if not item.is_done)
    first = meeting.items[0] if meeting.items else None
    return meeting.item(item_id) or next(waiting, first)
