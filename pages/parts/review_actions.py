"""The open actions of a review: on time, late or carried in words and shapes; each done, postponed or dropped with a word."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from metrics.meetings import Action, AgendaItem, Meeting, read_actions
from pages.parts import review_links, review_reads, review_write, status
from pages.parts.markup import Html, div, heading, join, link, section, show, span, table, tag
from pages.parts.source import Source
from pages.texts import numbers, review, t
from schemas.fields import LONGEST_NOTE

FEW = 5  # actions beside another point than their follow-up
WAYS = ("done", "postpone", "drop")


def of_item(source: Source, meeting: Meeting, item: AgendaItem, asked: dict[str, str], may: bool) -> None:
    """What was decided on a point, and the actions that concern it; all open ones on the follow-up."""
    on = meeting.held_on
    decided = [one for one in meeting.decisions if one.item_id == item.item_id]
    if decided:
        show(
            section(
                t("Décidé sur ce point"),
                tag("ul", *(tag("li", one.words) for one in decided), class_="lv-decided"),
            )
        )
    every = review_reads.to_do(source, on)
    own = every if item.kind == "followup" else review_reads.about(every, item)
    show(_listed(source, meeting, item, every, own, may))
    chosen = next((one for one in every if one.action_id == asked.get("act")), None)
    if may and chosen is not None and asked.get("do") in WAYS:
        _close(source, meeting, chosen, asked["do"])


def _listed(
    source: Source,
    meeting: Meeting,
    item: AgendaItem,
    every: Sequence[Action],
    own: Sequence[Action],
    may: bool,
) -> Html:
    shown = own or every[:FEW]
    if not shown:
        return Html("")
    words = (
        review.actions_title(every, meeting.held_on)
        if len(shown) == len(every) or not own
        else t("Actions liées à ce point")
    )
    rest = len(every) - len(shown)
    follow = next((one for one in meeting.items if one.kind == "followup"), None)
    more: object = ""
    if rest > 0:
        said = t("et {n} autres actions ouvertes", n=rest)
        more = tag(
            "p",
            link(review_links.point(source, follow.item_id), said) if follow else said,
            class_="lv-note",
        )
    return section(words, open_table(source, shown, meeting.held_on, item.item_id if may else ""), more)


def open_table(source: Source, actions: Sequence[Action], on: date, item_id: str = "") -> Html:
    """The actions with their owner, date and state; ``item_id``: with what can be done of them, from that point."""
    head = [t("Action"), t("Responsable"), t("Échéance"), t("État"), *([t("Suite")] if item_id else [])]
    rows = [
        [
            _what(source, one),
            one.owner,
            span("lv-due", numbers.short_weekday(one.due_on)),
            status.status(*review.state(one, on)),
            *([_ways(source, one, item_id)] if item_id else []),
        ]
        for one in actions
    ]
    return table(head, rows, caption=t("Actions ouvertes"), class_="lv-actions lv-labels")


def _what(source: Source, action: Action) -> Html:
    about = links(source, action.kpi, action.project, action.partner)
    return join((action.words, span("lv-grey", join(about, ", ")) if about else ""), " " if about else "")


def links(source: Source, kpi: str, project: str, partner: str) -> list[Html]:
    """The sheets that an action or a decision is linked to."""
    known = source.kpi(kpi) if kpi else None
    found = [link(source.link("fiche", kpi=kpi), known.code if known else kpi)] if kpi else []
    found += [link(source.link("projet", id=project), project)] if project else []
    return found + ([link(source.link("partenaire", id=partner), partner)] if partner else [])


def _ways(source: Source, action: Action, item_id: str) -> Html:
    words = {"done": t("Fait"), "postpone": t("Reporter"), "drop": t("Abandonner")}
    held = (
        link(
            f"{review_links.to(source, item=item_id, act=action.action_id, do=do)}#suite",
            word,
            aria_label=f"{word} : {action.words}",
        )
        for do, word in words.items()
    )
    return div("lv-ways", *held)


def _close(source: Source, meeting: Meeting, action: Action, do: str) -> None:
    """The form of what becomes of an action."""
    titles = {
        "done": t("Fait : {words}"),
        "postpone": t("Reporter : {words}"),
        "drop": t("Abandonner : {words}"),
    }
    with st.container(key="revue-suite"):
        show(tag("span", id="suite"), heading(2, titles[do].format(words=action.words)))
        with st.form(f"revue.act.{action.action_id}.{do}", border=False):
            outcome, due_on = "", None
            if do == "postpone":
                due_on = st.date_input(
                    t("Nouvelle échéance"),
                    meeting.held_on + timedelta(days=7),
                    meeting.held_on,
                    format="DD/MM/YYYY",
                )
            else:
                label = t("Résultat, en quelques mots") if do == "done" else t("Pourquoi on l’abandonne")
                outcome = st.text_area(label, max_chars=LONGEST_NOTE, height=70)
            words = {
                "done": t("Noter comme faite"),
                "postpone": t("Reporter l’action"),
                "drop": t("Abandonner l’action"),
            }
            pressed = st.form_submit_button(words[do], type="primary")
        here = st.query_params.get("item", "")
        show(link(review_links.to(source, item=here), t("Fermer sans enregistrer")))
    if pressed:
        _settle(source, meeting, action, do, outcome.strip(), due_on)


def _settle(
    source: Source, meeting: Meeting, action: Action, do: str, outcome: str, due_on: date | None
) -> None:
    if do == "drop" and not outcome:
        return _wanting(t("Dites pourquoi : une action ne s’abandonne pas sans un mot."))
    if review_write.fresh(source, meeting.meeting_id) is None:
        return review_write.told()
    if do == "postpone":
        if due_on is None:
            return _wanting(t("Choisissez une date."))
        words = t("Action reportée au {day}.", day=numbers.weekday(due_on))
        return review_write.postpone(source, action, words, due_on)
    state, words = ("done", t("Action faite.")) if do == "done" else ("dropped", t("Action abandonnée."))
    review_write.close_action(source, action, words, state=state, on=meeting.held_on, outcome=outcome)


def _wanting(words: str) -> None:
    st.warning(words)


def every(source: Source) -> tuple[Action, ...]:
    """All actions, whatever their state."""
    return read_actions(source.engine)
