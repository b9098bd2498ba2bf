"""Rows typed on a screen (decisions, sessions) as an import of their own: checked, counted, undoable."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from data.access import Actor
from data.problems import BadRequest
from data.readers.batch import Batch, Parsed
from schemas.frames import conform
from schemas.tables import TABLES, Table
from schemas.text import Text

TYPED = "saisie"  # what stands for the file in history and provenance
WHO = ("decided_by", "signed_by")
WHEN = ("decided_on", "written_on")


def typed(actor: Actor, table: str, rows: Sequence[Mapping[str, Any]]) -> Parsed:
    """Return typed rows as a reader would: an id, a signature and a date are given to those that lack them.

    A row with an id that is there corrects that row. Raises BadRequest for a table that is not typed, an unknown column, or no row.
    """
    return all_typed(actor, {table: rows})


def all_typed(actor: Actor, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Parsed:
    """Return the typed rows of several tables as one reader would, each as ``typed`` says."""
    return Parsed([_batch(actor, table, rows) for table, rows in tables.items()])


def _batch(actor: Actor, table: str, rows: Sequence[Mapping[str, Any]]) -> Batch:
    found = typed_table(table)
    if not rows:
        raise BadRequest(NOT_TYPED.format(name=table))
    filled = [_filled(found, row, actor.name) for row in rows]
    frame = conform(table, pd.DataFrame(filled, dtype="object"))
    return Batch(table, frame, TYPED, None, np.arange(1, len(rows) + 1))


def typed_table(name: str) -> Table:
    """Return the table of that name; raises BadRequest where nothing is typed into it."""
    found = TABLES.get(name)
    if found is None or not found.is_typed:
        raise BadRequest(NOT_TYPED.format(name=name))
    return found


def fingerprint(parsed: Parsed) -> dict[str, str]:
    """Return the name of what was typed with a sha256 of its rows, as an import's books want it.

    Typing the same again is not importing a file twice (a correction may be corrected back): no two are alike.
    """
    content = "\n".join(batch.frame.to_csv(index=False) for batch in parsed.batches)
    return fingerprint_of(content)


def fingerprint_of(content: str) -> dict[str, str]:
    """Return a sha256 that nothing else typed has."""
    return {TYPED: hashlib.sha256(f"{uuid.uuid4().hex}\n{content}".encode()).hexdigest()}


def _filled(table: Table, row: Mapping[str, Any], name: str) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    for unknown in set(row) - set(names):
        raise BadRequest(NO_COLUMN.format(name=unknown))
    own = {column: row.get(column) for column in names}
    given: dict[str, Any] = {table.key[0]: uuid.uuid4().hex[:12]}
    given |= dict.fromkeys(WHO, name) | dict.fromkeys(WHEN, date.today())
    return {column: given.get(column) if own[column] in (None, "") else own[column] for column in names}


NOT_TYPED = Text("On ne saisit pas à l'écran dans « {name} ».", "Nothing is typed into “{name}”.")
NO_COLUMN = Text("La colonne « {name} » n'existe pas.", "There is no column “{name}”.")
