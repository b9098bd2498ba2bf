"""When somebody last looked: a small file beside the store, by a hash of account and role, so that a screen can say what is new since.

It is a convenience, never a trace: no name, no history, two moments a person. Writing it takes no lock and never stops a
page: the whole file is replaced at once, and of two writers at the same moment the last one wins.
"""

import hashlib
import json
import os
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from data.access import Actor
from data.places import Places

PAUSE = timedelta(minutes=30)  # whoever comes back later than this comes anew
FORGOTTEN = timedelta(days=400)  # a visit so old is dropped when another one is written
MOST = 2000  # visitors kept, the last ones


@dataclass(frozen=True)
class Visit:
    """What somebody could see: the data date (None: an empty store), the last import, and when the visit began (UTC)."""

    as_of: date | None
    last_import: int
    at: datetime


def visit(
    places: Places, actor: Actor, as_of: date | None, last_import: int, now: datetime | None = None
) -> Visit | None:
    """Note that somebody looks now, and return what they saw the visit before; None for a first visit.

    A visit lasts half an hour from its beginning, and never past midnight (of the server's clock); it is written once, when it
    begins. Never raises: what cannot be read or written is a first visit.
    """
    moment = now or datetime.now(UTC)
    known, key = _read(places.seen), _key(actor)
    mine = known.get(key, {})
    current = _visit(mine.get("current"))
    if current is not None and _is_same(current.at, moment):
        return _visit(mine.get("previous"))
    told = {"current": _told(Visit(as_of, last_import, moment)), "previous": mine.get("current")}
    _write(places.seen, _lately({**known, key: told}, moment))
    return current


def _key(actor: Actor) -> str:
    return hashlib.sha256(f"{actor.name}\0{actor.role}".encode()).hexdigest()[:24]


def _is_same(began: datetime, now: datetime) -> bool:
    same_day = began.astimezone().date() == now.astimezone().date()
    return same_day and timedelta(0) <= now - began < PAUSE


def _told(one: Visit) -> dict[str, Any]:
    return asdict(one) | {"as_of": one.as_of.isoformat() if one.as_of else None, "at": one.at.isoformat()}


def _visit(told: Any) -> Visit | None:
    try:
        day = date.fromisoformat(told["as_of"]) if told["as_of"] else None
        return Visit(day, int(told["last_import"]), datetime.fromisoformat(told["at"]))
    except (TypeError, KeyError, ValueError):
        return None


def _lately(known: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the visitors of the last year or so, at most MOST of them."""
    dated = [(found.at, key) for key, mine in known.items() if (found := _visit(mine.get("current")))]
    kept = sorted((at, key) for at, key in dated if now - at < FORGOTTEN)[-MOST:]
    return {key: known[key] for _, key in kept}


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return (
        {key: mine for key, mine in found.items() if isinstance(mine, dict)}
        if isinstance(found, dict)
        else {}
    )


def _write(path: Path, known: dict[str, Any]) -> None:
    fresh = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        fresh.write_text(json.dumps(known), "utf-8")
        os.replace(fresh, path)
    except OSError:  # a folder that cannot be written to: nothing is remembered
        fresh.unlink(missing_ok=True)
