"""What people decided: another target, a new base for a KPI's limits, another definition."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from metrics import goals as aims
from metrics.change import Change
from metrics.changing_weight import place, weigh
from metrics.definitions import Kpi
from metrics.goals import Goals
from metrics.states import State, kept_by_state

AIMS = ("target", "floor", "band", "limits", "due")
NOTHING = dict.fromkeys(AIMS)


def decision_changes(since: State, until: State) -> list[Change]:
    """Return the decisions taken between two moments that concern the scorecard's KPIs in the scope."""
    return [*_targets(since, until), *_rebases(since, until), *_definitions(since, until)]


def _table(state: State, name: str) -> str:
    """Return the rows of a journal as they were known at the state's moment, to be named in a FROM."""
    if state.known is None:
        return name
    known = state.known
    return f"(SELECT * FROM kept.{name} WHERE _import <= {known} AND (_until IS NULL OR _until > {known})) AS {name}"


@kept_by_state
def goals(state: State) -> Goals:
    """Return the decisions on targets that were known at the state's moment."""
    return aims.goals_of(
        state.engine.rows(aims.SELECT.replace("FROM targets", f"FROM {_table(state, 'targets')}"))
    )


def _change(kind: str, until: State, kpi: str, facts: Mapping[str, Any]) -> Change:
    weight = weigh(kind, is_new=True, shade=place(list(until.catalogue.kpis), kpi) / 2)
    return Change(f"{kind}:{kpi}", kind, "neutral", weight, True, kpi=kpi, facts=facts)


def _targets(since: State, until: State) -> list[Change]:
    before, after, found = goals(since), goals(until), []
    for id, kpi in until.catalogue.kpis.items():
        was = since.catalogue.every.get(id)
        if was is None:
            continue
        old = before.kpi_at(was, since.as_of, since.scope)
        new = after.kpi_at(kpi, until.as_of, until.scope)
        if any(getattr(old, name) != getattr(new, name) for name in AIMS):
            facts = {f"{name}_now": getattr(new, name) for name in AIMS} | {
                f"{name}_then": getattr(old, name) for name in AIMS
            }
            goal = (after.at(id, until.as_of, until.scope) if until.scope else None) or after.at(
                id, until.as_of
            )
            told = (
                {name: getattr(goal, name) for name in ("valid_from", "reason", "decided_by", "decided_on")}
                if goal
                else {}
            )
            found.append(_change("target", until, id, facts | told))
    return found


@kept_by_state
def _bases(state: State) -> tuple[tuple[Any, ...], ...]:
    """Return the new bases known at the state's moment: KPI, day, reason, who, when; those of the scope."""
    sql = (
        "SELECT kpi, rebased_on, reason, decided_by, decided_on "
        f"FROM {_table(state, 'rebases')} WHERE COALESCE(directorate, '') = ? ORDER BY rebased_on"
    )
    return tuple(state.engine.rows(sql, [state.scope]))


def _rebases(since: State, until: State) -> list[Change]:
    """Return the new bases: those the earlier moment did not know; of the same data, those decided between the dates."""
    same = since.engine is until.engine and since.known == until.known
    known = set() if same else set(_bases(since))
    found = {}
    for row in _bases(until):
        id, rebased_on, reason, decided_by, decided_on = row
        when: date = decided_on or rebased_on
        if (
            id in until.catalogue.kpis
            and row not in known
            and (not same or since.as_of < when <= until.as_of)
        ):
            facts = {
                "rebased_on": rebased_on,
                "reason": reason,
                "decided_by": decided_by,
                "decided_on": decided_on,
            }
            found[id] = _change("rebase", until, id, facts)
    return list(found.values())


def _definitions(since: State, until: State) -> list[Change]:
    """Return the KPIs that are defined otherwise, are new, or are no more; what is aimed at is no definition."""
    old, new = since.catalogue.kpis, until.catalogue.kpis
    if old is new:
        return []
    changed = [id for id in new if id in old and _meaning(old[id]) != _meaning(new[id])]
    made = [_defined(until, id, "changed", old[id], new[id]) for id in changed]
    made += [_defined(until, id, "added", None, new[id]) for id in new if id not in old]
    return made + [_defined(until, id, "removed", old[id], None) for id in old if id not in new]


def _meaning(kpi: Kpi) -> str:
    return replace(kpi, **NOTHING).fingerprint  # type: ignore[arg-type]


def _defined(until: State, id: str, how: str, old: Kpi | None, new: Kpi | None) -> Change:
    kpi = new or old
    assert kpi is not None
    facts = {
        "how": how,
        "label": kpi.label,
        "version_now": new.version if new else None,
        "version_then": old.version if old else None,
    }
    return _change("definition", until, id, facts)
