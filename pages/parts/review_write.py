"""What is written in a weekly review: each press one import, from the row as it stands at that moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from data.access import Forbidden
from data.problems import StoreProblem
from data.report import Report
from metrics.meetings import Action, AgendaItem, Meeting, read_actions, read_meeting
from pages.parts import review_reads, signal_forms
from pages.parts.guard import notice
from pages.parts.markup import show, tag
from pages.parts.source import Source
from pages.texts import said, t

ABOUT = "revue"
SAID = "revue.to_say"  # what the next run says, title and words
SIGNED = ("decided_by", "decided_on")  # the store says anew who and when
Row = dict[str, Any]


def may_write(source: Source) -> bool:
    """Whether this visitor notes anything here: a role that records, and no sealed week."""
    return signal_forms.may_write(source) and not review_reads.is_sealed(source)


def item_row(item: AgendaItem, **changed: object) -> Row:
    """A point of an agenda as a row to store."""
    return _row(asdict(item) | changed)


def action_row(action: Action, **changed: object) -> Row:
    """An action as a row to store."""
    cells = asdict(action) | changed
    return _row({name: cell for name, cell in cells.items() if name != "carried"})


def meeting_row(meeting: Meeting, **changed: object) -> Row:
    """A review as a row to store."""
    opened = meeting.opened_at.isoformat() if meeting.opened_at else None
    cells = {
        "meeting_id": meeting.meeting_id,
        "held_on": meeting.held_on,
        "opened_at": opened,
        "minutes": meeting.minutes,
    }
    return _row(cells | changed)


def _row(cells: Mapping[str, object]) -> Row:
    return {name: None if cell == "" else cell for name, cell in cells.items() if name not in SIGNED}


def new_id() -> str:
    """An identifier for a new row."""
    return uuid4().hex[:12]


def now() -> str:
    """This moment in UTC, as the store keeps it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def fresh(source: Source, meeting_id: str) -> Meeting | None:
    """The review as it stands now; None, said, when somebody sealed it meanwhile."""
    found = read_meeting(source.engine, meeting_id)
    if found is not None and not found.is_sealed:
        return found
    say(
        t("Rien n’est enregistré : cette semaine vient d’être scellée."),
        t("Ce que vous avez tapé reste dans ce navigateur, pour la prochaine revue."),
    )
    return None


def say(title: str, words: str) -> None:
    """Keep what the next run is to say: a field stores itself before the page is drawn."""
    st.session_state[SAID] = (title, words)


def told() -> None:
    """Show what was kept to be said, once."""
    if kept := st.session_state.pop(SAID, None):
        show(notice(*kept))


def just_done(source: Source) -> None:
    """In a line: what was just done here, and the button that takes it back."""
    kept = st.session_state.get(signal_forms.KEPT)
    if not kept or kept[0] != ABOUT:
        return
    _, import_id, words = kept
    with st.container(key="revue-done"):
        show(tag("p", words, class_="lv-done", role="status"))
        if st.button(t("Annuler"), key=f"revue.undo.{import_id}"):
            del st.session_state[signal_forms.KEPT]
            if _asked(lambda: source.store.undo(source.actor, import_id)) is not None:
                st.rerun()
            told()


def store(source: Source, tables: Mapping[str, Sequence[Row]]) -> Report | None:
    """Store rows in one import; what the role or the store refuses is kept to be said, and gives None."""
    return _asked(lambda: source.store.record_all(source.actor, tables))


def _asked(act: Callable[[], Report]) -> Report | None:
    try:
        return act()
    except Forbidden:
        say(t("Votre rôle ne permet pas cela."), t("Demandez à l’administrateur de Levier de vous l’ouvrir."))
    except StoreProblem as problem:
        say(t("Rien n’est enregistré."), said(problem.text))
    return None


def withdraw(source: Source, table: str, key: str) -> Report | None:
    """Take one row out; as ``store``."""
    return _asked(lambda: source.store.withdraw(source.actor, table, [key]))


def leave(done: Report | None, words: str, *params: str) -> None:
    """After a press: close the form that the address opened, say what was done and offer to take it back; or what is wrong."""
    if done is None:
        return told()
    if done.ok:
        for name in params:
            st.query_params.pop(name, None)
    signal_forms.settle(done, ABOUT, words)


def save_item(source: Source, item: AgendaItem, words: str, **changed: object) -> None:
    """Change a point of the agenda: only what is named, the rest as it stands now."""
    meeting = fresh(source, item.meeting_id)
    current = meeting.item(item.item_id) if meeting else None
    if current is None:
        return told()
    leave(store(source, {"agenda_items": [item_row(current, **changed)]}), words)


def close_action(source: Source, action: Action, words: str, *, state: str, on: date, outcome: str) -> None:
    """Close an action, done or dropped."""
    changed = {"state": state, "closed_on": on, "outcome": outcome}
    leave(store(source, {"actions": [action_row(latest(source, action), **changed)]}), words, "act", "do")


def postpone(source: Source, action: Action, words: str, due_on: date) -> None:
    """Give an action another date."""
    leave(store(source, {"actions": [action_row(latest(source, action), due_on=due_on)]}), words, "act", "do")


def latest(source: Source, action: Action) -> Action:
    """The action as it stands now."""
    every = read_actions(source.engine)
    return next((one for one in every if one.action_id == action.action_id), action)
