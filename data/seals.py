"""Sealed weeks: what was known at a moment, frozen in a file of its own and chained to the week sealed before it."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
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
from data.session import After, Session, Settings, bring_up_to_date, locked, turn_of
from data.summary import Rows, data_date
from schemas.frames import conform
from schemas.text import Text
from schemas.week import WEEK

REGISTER = "seals"
READER = "sceau"  # what stands for the reader in history


@dataclass(frozen=True)
class Seal:
    """One sealed week: when its review was held, the date of the data, who sealed it when, and its link in the chain.

    ``content_sha256`` is of the bytes of its frozen copy; ``previous`` is the link of the week sealed before it, "" for the
    first; ``chain`` its own. ``sealed_at`` is an ISO moment in UTC.
    """

    week: str
    held_on: date
    as_of: date
    sealed_at: str
    sealed_by: str
    version: str
    content_sha256: str
    previous: str
    chain: str

    @property
    def link(self) -> str:
        """The link that these facts give: ``chain`` unless somebody changed one of them."""
        return link(self.previous, asdict(self))

    @property
    def sealed_on(self) -> date:
        """The day of its sealing."""
        return datetime.fromisoformat(self.sealed_at).date()

    def as_json(self) -> dict[str, str]:
        """Return the JSON object of one line of ``data seals``."""
        return {name: str(value) for name, value in asdict(self).items()}


LINKED = ("week", "held_on", "as_of", "sealed_at", "sealed_by", "version", "content_sha256")


def link(previous: str, facts: Mapping[str, Any]) -> str:
    """Return the sha256 of the link before and a seal's facts, as a JSON list of texts: ["previous","2015-W28",…]."""
    listed = [previous, *(str(facts[name]) for name in LINKED)]
    return hashlib.sha256(json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seals(rows: Rows, register: str = "main.seals") -> list[Seal]:
    """Return the sealed weeks in the order in which they were sealed, as the register tells."""
    listed = ", ".join((*LINKED, "previous", "chain"))
    return [_seal(*row) for row in rows(f"SELECT {listed} FROM {register} ORDER BY _id")]


def _seal(*values: Any) -> Seal:
    told = dict(zip((*LINKED, "previous", "chain"), values, strict=True))
    return Seal(**told | {"previous": told["previous"] or ""})


def source_name(week: str) -> str:
    """Return what stands for the file of a sealing in history and in the ledger."""
    return f"semaine {week} : scellée"


def seal(places: Places, actor: Actor, week: str, after: After | None, settings: Settings | None) -> Seal:
    """Freeze what readers see now as that week, and register it. Raises BadRequest, StoreProblem.

    The copy waits under another name until the register has its row: whoever dies leaves no seal or a whole one.
    """
    with locked(places, None):
        with turn_of(places) as turn:
            _may_be_sealed(turn, week)
            if _is_current(turn, after):
                return _seal_in(turn, actor, week, after, settings)
        with turn_of(places) as turn:  # what was behind has been published
            if not turn.is_published():
                raise BadRequest(NOT_COMPUTED)
            return _seal_in(turn, actor, week, after, settings)


def _may_be_sealed(turn: Session, week: str) -> None:
    """Raise BadRequest for a week without review, or sealed already."""
    if not WEEK.fullmatch(week):
        raise BadRequest(NO_WEEK.format(week=week))
    known = turn.connection.execute("SELECT 1 FROM main.meetings WHERE meeting_id = ?", [week]).fetchall()
    if not known:
        raise BadRequest(NO_MEETING.format(week=week))
    sealed = turn.connection.execute("SELECT sealed_at FROM main.seals WHERE week = ?", [week]).fetchall()
    if sealed:
        raise BadRequest(ALREADY.format(week=week, on=sealed[0][0][:10]))


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


NO_WEEK = Text(
    "« {week} » n'est pas une semaine. Que faire : donnez-la sous la forme 2015-W28.",
    "“{week}” is no week. What to do: give it as 2015-W28.",
)
NO_MEETING = Text(
    "Aucune revue n'a été tenue en semaine {week}. Que faire : ouvrez d'abord la revue de cette semaine, écran « Revue ».",
    "No review was held in week {week}. What to do: open that week's review first, on the screen “Review”.",
)
ALREADY = Text(
    "La semaine {week} est scellée depuis le {on}. Que faire : rien, un sceau ne se refait pas.",
    "Week {week} has been sealed since {on}. What to do: nothing, a seal is not made again.",
)
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
