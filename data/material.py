"""What an audit looks at: a wave's answers and all that is known around them. They come no further than the auditor."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from data import bound
from data.answers import of_wave
from data.session import Session, Settings
from data.waves import WaveState, lists

STAFF = """SELECT directorate, category, sex, headcount FROM main.staff WHERE as_of = COALESCE(
           (SELECT max(as_of) FROM main.staff WHERE as_of <= ?), (SELECT min(as_of) FROM main.staff))
           ORDER BY 1, 2, 3"""


def material(turn: Session, settings: Settings | None, wave: WaveState) -> dict[str, Any]:
    """Return the wave's answers, the staff it was held among by stratum, its groups, and the lists already published."""

    def rows(sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return turn.connection.execute(sql, list(params)).fetchall()

    told, held = turn.told_by(settings), bound.bound(turn.connection)
    return {
        "wave": wave.wave,
        "held_on": wave.held_on,
        "headcount": wave.headcount,
        "k": wave.k,
        "answers": of_wave(turn.connection, wave.wave),
        "staff": rows(STAFF, [wave.held_on]),
        "groups": told.get("directorate_groups") or {},
        "catalogue": (held.shipped, held.files or None),
        "earlier": [one for one in lists(rows) if one["wave"] != wave.wave],
    }


def fingerprint(given: Mapping[str, Any]) -> str:
    """Return what changes with anything that an audit looks at."""
    return sha256(json.dumps(given, sort_keys=True, default=str))


def text_of(results: Mapping[str, Any]) -> str:
    """Return a list as it is kept: the same text for the same list."""
    return json.dumps(results, ensure_ascii=False, sort_keys=True)


def sha256(text: str) -> str:
    """Return the fingerprint of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
