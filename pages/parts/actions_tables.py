"""Decisions and actions as tables: all of them filtered, a review's record, what is linked to one sheet."""

from collections.abc import Iterable
from datetime import date

from metrics.meetings import Action, Decision, read_actions, read_decisions, read_meetings
from pages.parts import review_actions, review_reads, status, tables
from pages.parts.markup import Html, join
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, review, t
from schemas.actions import ACTION_STATES

FILTERS = ("status", "owner", "kpi", "project", "partner")


def actions(source: Source, asked: Asked) -> list[Action]:
    """The actions that the address asks for: open ones first, the overdue before the others; then closed ones, the last first."""
    on = review_reads.today(source)
    found = [one for one in read_actions(source.engine, source.known_on) if _fits(one, asked, on)]
    opened = sorted((one for one in found if one.is_open), key=lambda one: one.due_on)
    closed = sorted((one for one in found if not one.is_open), key=lambda one: one.closed_on or one.due_on)
    return [*opened, *reversed(closed)]


def _fits(action: Action, asked: Asked, on: date | None) -> bool:
    state = asked.get("status", "")
    if state == "late" and not (on and action.is_overdue(on)):
        return False
    if state in ACTION_STATES and action.state != state:
        return False
    same = {"owner": action.owner, "kpi": action.kpi, "project": action.project, "partner": action.partner}
    return all(asked.get(name, "") in ("", held) for name, held in same.items())


def decisions(source: Source, asked: Asked) -> list[Decision]:
    """The decisions that the address asks for, the last first; an owner or a state is an action's."""
    if asked.get("owner") or asked.get("status", "all") != "all":
        return []
    found = read_decisions(source.engine, source.known_on)[::-1]
    return [
        one
        for one in found
        if all(asked.get(name, "") in ("", getattr(one, name)) for name in ("kpi", "project", "partner"))
    ]


@tables.offered("actions-liste")
def actions_table(source: Source, asked: Asked) -> Table | None:
    """The actions asked for, whatever their state, with their outcome."""
    on, held = review_reads.today(source), _days(source)
    found = actions(source, asked)
    if on is None or not found:
        return None
    columns = [
        Column(t("Action")),
        Column(t("Responsable")),
        Column(t("Échéance"), "date"),
        Column(t("État")),
        Column(t("Suite donnée")),
        Column(t("Liée à")),
        Column(t("Prise le"), "date"),
    ]
    rows = [
        [
            one.words,
            one.owner,
            Cell(one.due_on, numbers.weekday(one.due_on)),
            Cell(review.state(one, on)[1], status.status(*review.state(one, on))),
            one.outcome,
            _about(source, one),
            held.get(one.meeting_id),
        ]
        for one in found
    ]
    return tables.table(source, t("Actions"), columns, rows, filters=worded(source, asked))


@tables.offered("actions-decisions")
def decisions_table(source: Source, asked: Asked) -> Table | None:
    """The decisions asked for, with the review that took them."""
    found, held = decisions(source, asked), _days(source)
    if not found:
        return None
    columns = [
        Column(t("Décision")),
        Column(t("Liée à")),
        Column(t("Revue du"), "date"),
        Column(t("Noté par")),
    ]
    rows = [[one.words, _about(source, one), held.get(one.meeting_id), one.decided_by] for one in found]
    return tables.table(source, t("Décisions"), columns, rows, filters=worded(source, asked))


@tables.offered("revue-releve")
def record_table(source: Source, asked: Asked) -> Table | None:
    """The record of one review: its decisions and the actions taken in it."""
    week = asked.get("meeting", "")
    meeting = review_reads.meeting(source, week)
    if meeting is None:
        return None
    titles = {item.item_id: item.title for item in meeting.items}
    rows: list[list[object]] = [
        [t("Décision"), titles.get(one.item_id, ""), one.words, None, None, _about(source, one)]
        for one in meeting.decisions
    ]
    rows += [
        [t("Action"), titles.get(one.item_id, ""), one.words, one.owner, one.due_on, _about(source, one)]
        for one in meeting.actions
    ]
    columns = [
        Column(t("Nature")),
        Column(t("Point")),
        Column(t("Texte")),
        Column(t("Responsable")),
        Column(t("Échéance"), "date"),
        Column(t("Liée à")),
    ]
    return tables.table(source, review.title(meeting), columns, rows, about=week)


def worded(source: Source, asked: Asked) -> str:
    """The filters in words."""
    return ", ".join(asked[name] for name in FILTERS if asked.get(name))


def _about(source: Source, one: Action | Decision) -> Cell:
    known = source.kpi(one.kpi) if one.kpi else None
    plain = _joined([known.code if known else one.kpi, one.project, one.partner])
    return Cell(
        plain, join(review_actions.links(source, one.kpi, one.project, one.partner), ", ") or Html("")
    )


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part for part in parts if part)


def _days(source: Source) -> dict[str, date]:
    return {meeting.meeting_id: meeting.held_on for meeting in read_meetings(source.engine)}
