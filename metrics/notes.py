"""What people wrote about a KPI, a project, a partner or a week: threads of dated, signed notes, and those that exports bear."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Protocol

from schemas.roles import in_words
from schemas.text import Text


class Engine(Protocol):
    """What answers a SELECT with tuples."""

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the result as tuples."""


@dataclass(frozen=True)
class Note:
    """One note. ``about`` is kpi, project, partner or week, ``subject`` its id; ``answers`` the note it replies to, "" for none.

    ``signed_by`` and ``reviewed_by`` are a role's code, a function or a name, as the town decides. ``replies`` is filled in threads only.
    """

    note_id: str
    about: str
    subject: str
    answers: str
    words: str
    is_exported: bool
    signed_by: str
    written_on: date | None
    reviewed_by: str
    reviewed_on: date | None
    replies: tuple["Note", ...] = ()


COLUMNS = tuple(field.name for field in fields(Note) if field.name != "replies")
SELECT = f"SELECT {', '.join(COLUMNS)} FROM notes"
ORDER = "ORDER BY written_on NULLS FIRST, _id"


def read_notes_on(engine: Engine, about: str, subject: str) -> tuple[Note, ...]:
    """Return the threads on a subject, the oldest first: first notes, each with its ``replies`` in the order written.

    A reply to a reply stands in the same thread. What replied to a note withdrawn since opens a thread of its own.
    """
    found = {
        note.note_id: note for note in _notes(engine, "WHERE about = ? AND subject = ?", [about, subject])
    }
    threads: dict[str, list[Note]] = {}
    for note in found.values():
        threads.setdefault(_first(found, note), []).append(note)
    return tuple(
        replace(found[first], replies=tuple(note for note in notes if note.note_id != first))
        for first, notes in threads.items()
    )


def exported_notes(engine: Engine, as_of: date) -> tuple[Note, ...]:
    """Return the notes that exports of a date bear, the oldest first; replies stand alone, marked or not by themselves.

    Those written by that date; at the last date of the data also those written since, which speak of them.
    """
    marked = "WHERE is_exported AND (written_on IS NULL OR written_on <= ? OR ? >= (SELECT MAX(as_of) FROM readings))"
    return tuple(_notes(engine, marked, [as_of, as_of]))


def signer(signed_by: str) -> Text:
    """Return who signed in words: a role's in both languages, a function or a name as it is."""
    return in_words(signed_by)


def every_note(engine: Engine) -> tuple[Note, ...]:
    """Return all notes, the oldest first."""
    return tuple(_notes(engine, "", []))


def _notes(engine: Engine, where: str, params: Sequence[Any]) -> list[Note]:
    return [_note(row) for row in engine.rows(f"{SELECT} {where} {ORDER}", params)]


def _note(row: Sequence[Any]) -> Note:
    held = dict(zip(COLUMNS, row, strict=True))
    texts = ("answers", "signed_by", "reviewed_by")
    return Note(
        **held | {name: held[name] or "" for name in texts} | {"is_exported": bool(held["is_exported"])}
    )


def _first(found: dict[str, Note], note: Note) -> str:
    """Return the id of the note that opens the thread; notes that answer each other in a circle open one each."""
    seen = [note.note_id]
    while (above := found[seen[-1]].answers) in found:
        if above in seen:
            return min(seen[seen.index(above) :])
        seen.append(above)
    return seen[-1]
