"""Sealing a week: what readers see now is frozen in a file of its own, registered and chained to the week sealed before it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from data import publish
from data.access import Actor
from data.frozen import final, freeze, waiting
from data.importing import store_in
from data.ledger import sync_folder
from data.order import Order
from data.places import Places
from data.problems import BadRequest, NotStored
from data.readers.batch import Batch, Parsed
from data.sealgate import check
from data.seals import Seal, link, seals, source_name
from data.session import After, Session, Settings, bring_up_to_date, locked, turn_of
from data.summary import Rows, data_date
from schemas.frames import conform
from schemas.text import Text

REGISTER = "seals"
READER = "sceau"  # what stands for the reader in history


def seal(places: Places, actor: Actor, week: str, after: After | None, settings: Settings | None) -> Seal:
    """Freeze what readers see now as that week, and register it. Raises BadRequest, StoreProblem.

    The copy waits under another name until the register has its row: whoever dies leaves no seal or a whole one.
    """
    with locked(places, None):
        with turn_of(places) as turn:
            check(turn, week)
            if _is_current(turn, after):
                return _seal_in(turn, actor, week, after, settings)
        with turn_of(places) as turn:  # what was behind has been published
            if not turn.is_published():
                raise BadRequest(NOT_COMPUTED)
            return _seal_in(turn, actor, week, after, settings)


def _is_current(turn: Session, after: After | None) -> bool:
    """Bring the readings up to the definitions of this moment; tell whether readers see them already."""
    if after is None:
        bring_up_to_date(turn, after)
    elif turn.settle(after, set()):
        raise BadRequest(NOT_COMPUTED)
    turn.wants_publication = not turn.is_published()
    return not turn.wants_publication


def _seal_in(turn: Session, actor: Actor, week: str, after: After | None, settings: Settings | None) -> Seal:
    pointer = publish.current(turn.places)
    assert pointer is not None, "seen just before, under the same lock"
    facts = _facts(turn, actor, week, pointer.version)
    content = freeze(turn.places, pointer, week, turn.told_by(settings).get("layers", ()))
    found = _linked(turn, facts | {"content_sha256": content})
    _register(turn, actor, found, after, settings)
    os.replace(waiting(turn.places, week), final(turn.places, week))
    sync_folder(turn.places.seals)
    return found


def _rows(turn: Session) -> Rows:
    def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return turn.connection.execute(sql, list(params)).fetchall()

    return rows


def _facts(turn: Session, actor: Actor, week: str, version: str) -> dict[str, Any]:
    rows = _rows(turn)
    as_of = data_date(rows)
    if as_of is None:
        raise BadRequest(NO_DATA)
    (held_on,) = rows("SELECT held_on FROM main.meetings WHERE meeting_id = ?", [week])[0]
    at = datetime.now(UTC).isoformat(timespec="seconds")
    told = {"week": week, "held_on": held_on, "as_of": as_of, "sealed_at": at}
    return told | {"sealed_by": actor.name, "version": version}


def _linked(turn: Session, facts: Mapping[str, Any]) -> Seal:
    """Return the seal, chained to the last one of the register."""
    before = seals(_rows(turn))
    previous = before[-1].chain if before else ""
    return Seal(**facts, previous=previous, chain=link(previous, facts))


def _register(
    turn: Session, actor: Actor, found: Seal, after: After | None, settings: Settings | None
) -> None:
    """Store the register's row as an import of its own: books and ledger bear the link as its fingerprint."""
    row = asdict(found) | {"previous": found.previous or None}
    frame = conform(REGISTER, pd.DataFrame([row], dtype="object"))
    name = source_name(found.week)
    parsed = Parsed([Batch(REGISTER, frame, name, None, np.array([1]))])
    order = Order(actor.name, {name: found.chain}, READER, REGISTER)
    report = store_in(turn, order, parsed, after, settings)
    for fault in report.errors:
        waiting(turn.places, found.week).unlink(missing_ok=True)
        words = (
            REFUSED.get(lang).format(week=found.week, why=fault.message.get(lang)) for lang in ("fr", "en")
        )
        raise NotStored(Text(*words))


NO_DATA = Text(
    "Il n'y a rien à sceller : la base ne contient aucune donnée. Que faire : importez vos fichiers.",
    "There is nothing to seal: the store holds no data. What to do: import your files.",
)
NOT_COMPUTED = Text(
    "Les indicateurs ne sont pas à jour : la semaine n'est pas scellée. Que faire : lancez « python -m metrics refresh », "
    "puis recommencez.",
    "The indicators are not up to date: the week is not sealed. What to do: run “python -m metrics refresh”, then try again.",
)
REFUSED = Text(
    "La semaine {week} n'a pas pu être scellée : {why}. Que faire : lancez « python -m data verify ».",
    "Week {week} could not be sealed: {why}. What to do: run “python -m data verify”.",
)
