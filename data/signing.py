"""Who signs a note: the account's role or its name, as the town decides. Nobody signs, edits or withdraws for somebody else."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from data.access import ALLOWED, Actor
from data.problems import BadRequest
from schemas.tables import TABLES
from schemas.text import Text

NOTES = "notes"
COLUMNS = tuple(column.name for column in TABLES[NOTES].columns)
FIXED = ("about", "subject", "answers", "signed_by", "written_on")  # what a correction cannot change
Ask = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
Row = Mapping[str, Any]


def signature(actor: Actor, signatures: str) -> str:
    """Return what an account signs with: its name where the town signs by ``name``, else its function, else its role."""
    return actor.name if signatures == "name" else actor.label or actor.role


def signed(actor: Actor, signatures: str, rows: Iterable[Row], ask: Ask) -> list[dict[str, Any]]:
    """Return notes to store as they will be signed and dated; a row with a known id need only hold what changes.

    Whatever a row says of its signature, its date or its reviewer is replaced. Words that change lose the review's stamp.
    Raises BadRequest for somebody else's words, and for an answer to a note that is not there or is about something else.
    """
    given = list(rows)
    held = _held(ask, [row[name] for row in given for name in ("note_id", "answers") if row.get(name)])
    name = signature(actor, signatures)
    return [_signed(name, row, held) for row in given]


def own_only(actor: Actor, signatures: str, keys: Sequence[str], ask: Ask) -> None:
    """Raise BadRequest unless the notes are the account's own; whoever administers may withdraw any."""
    name = signature(actor, signatures)
    others = [row for row in _held(ask, keys).values() if row["signed_by"] != name]
    if others and "administer" not in ALLOWED[actor.role]:
        raise BadRequest(NOT_YOURS)


def _signed(name: str, row: Row, held: Mapping[str, Row]) -> dict[str, Any]:
    before = held.get(row.get("note_id") or "")
    if before is None:
        _answerable(row, held)
        stamp = {"signed_by": name, "written_on": date.today(), "reviewed_by": None, "reviewed_on": None}
        return {**row, **stamp}
    after = {**before, **row, **{column: before[column] for column in FIXED}}
    if after["words"] != before["words"]:
        if before["signed_by"] != name:
            raise BadRequest(NOT_YOURS)
        return after | {"reviewed_by": None, "reviewed_on": None}
    if after["reviewed_on"] == before["reviewed_on"]:
        return after | {"reviewed_by": before["reviewed_by"]}
    is_stamped = bool(after["reviewed_on"])
    return after | {
        "reviewed_by": name if is_stamped else None,
        "reviewed_on": date.today() if is_stamped else None,
    }


def _answerable(row: Row, held: Mapping[str, Row]) -> None:
    if not row.get("answers"):
        return
    first = held.get(row["answers"])
    if first is None or (first["about"], first["subject"]) != (row.get("about"), row.get("subject")):
        raise BadRequest(NO_NOTE)


def _held(ask: Ask, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the stored notes of these ids."""
    sql = f"SELECT {', '.join(COLUMNS)} FROM {NOTES} WHERE list_contains(?, note_id)"
    found = [dict(zip(COLUMNS, row, strict=True)) for row in ask(sql, [list(ids)])] if ids else []
    return {row["note_id"]: row for row in found}


NOT_YOURS = Text(
    "Cette note est signée par quelqu'un d'autre. Que faire : répondez-y, ou demandez à son auteur de la changer.",
    "Somebody else signed this note. What to do: answer it, or ask its author to change it.",
)
NO_NOTE = Text(
    "La note à laquelle vous répondez n'est plus là. Que faire : rechargez la page.",
    "The note that you answer is no longer there. What to do: reload the page.",
)
