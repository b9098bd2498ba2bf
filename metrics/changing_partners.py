"""Partners that were active and no longer are. A partner that left the network is not silent: it left."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from metrics.change import Change
from metrics.changing_weight import of_size, weigh
from metrics.dates import literal
from metrics.partners import activity, last_events
from metrics.states import State, kept_by_state


@kept_by_state
def members(state: State) -> Mapping[str, Mapping[str, Any]]:
    """Return the partners of the network at a date, each with its last event (None: never any) and what it awarded by then."""
    t = literal(state.as_of)
    last = last_events(state.engine, state.as_of)
    select = f"""
        SELECT k.partner_id, k.name, k.kind, k.joined_on, SUM(f.awarded_amount)
        FROM partners AS k
        LEFT JOIN financings AS f ON f.partner_id = k.partner_id AND f.awarded_on <= {t}
            AND (f.cancelled_on IS NULL OR f.cancelled_on > {t})
        WHERE k.joined_on <= {t} AND (k.left_on IS NULL OR k.left_on > {t})
        GROUP BY k.partner_id, k.name, k.kind, k.joined_on
        ORDER BY k.partner_id
    """
    names = ("name", "partner_kind", "joined_on", "awarded")
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in state.engine.rows(select)}
    return {id: row | {"last_on": last.get(id)} for id, row in found.items()}


def partner_changes(since: State, until: State) -> list[Change]:
    """Return the partners that were active at the earlier moment and are not at the later one; none of one directorate."""
    if until.scope:
        return []
    old, now = members(since), members(until)
    gone = [
        id
        for id in now
        if id in old and _is_active(old[id], since.as_of) and not _is_active(now[id], until.as_of)
    ]
    return [_change(id, now[id], until.as_of) for id in gone]


def _is_active(row: Mapping[str, Any], as_of: date) -> bool:
    return activity(row["last_on"], as_of) == "active"


def _change(id: str, row: Mapping[str, Any], as_of: date) -> Change:
    amount = None if row["awarded"] is None else float(row["awarded"])
    facts = {
        "name": row["name"],
        "partner_kind": row["partner_kind"],
        "last_on": row["last_on"],
        "days": (as_of - row["last_on"]).days if row["last_on"] else None,
        "activity": activity(row["last_on"], as_of),
        "amount": amount,
    }
    weight = weigh("silent", is_new=True, shade=of_size(amount))
    return Change(f"silent:{id}", "silent", "bad", weight, True, partner=id, facts=facts)
