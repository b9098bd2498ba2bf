"""Decisions typed on a screen (targets, new bases, notes) as an import of their own: checked, counted, undoable."""

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

    Raises BadRequest for a table that is no journal, an unknown column, or no row.
    """
    found = TABLES.get(table)
    if found is None or not found.is_journal or found.is_register or not rows:
        raise BadRequest(NOT_A_JOURNAL.format(name=table))
    filled = [_filled(found, row, actor.name) for row in rows]
    frame = conform(table, pd.DataFrame(filled, dtype="object"))
    return Parsed([Batch(table, frame, TYPED, None, np.arange(1, len(rows) + 1))])


def fingerprint(parsed: Parsed) -> dict[str, str]:
    """Return the name of what was typed with the sha256 of its rows, as an import's books want it."""
    content = "\n".join(batch.frame.to_csv(index=False) for batch in parsed.batches)
    return {TYPED: hashlib.sha256(content.encode()).hexdigest()}


def _filled(table: Table, row: Mapping[str, Any], name: str) -> dict[str, Any]:
    names = [column.name for column in table.columns]
    for unknown in set(row) - set(names):
        raise BadRequest(NO_COLUMN.format(name=unknown))
    own = {column: row.get(column) for column in names}
    given: dict[str, Any] = {table.key[0]: uuid.uuid4().hex[:12]}
    given |= dict.fromkeys(WHO, name) | dict.fromkeys(WHEN, date.today())
    return {column: given.get(column) if own[column] in (None, "") else own[column] for column in names}


NOT_A_JOURNAL = Text("On ne saisit pas à l'écran dans « {name} ».", "Nothing is typed into “{name}”.")
NO_COLUMN = Text("La colonne « {name} » n'existe pas.", "There is no column “{name}”.")
