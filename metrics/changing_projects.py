"""Files that opened, closed, came to another stage, stayed too long in it, or whose works are late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics.change import Change, Tone
from metrics.changing_weight import of_size, weigh
from metrics.dates import calendar, literal
from metrics.statement import Statement
from metrics.states import State, kept_by_state


@dataclass(frozen=True)
class File:
    """A project as it is known at a date: what comes later is None. ``stage`` None: in no stage, or closed."""

    project_id: str
    title: str
    directorate: str | None
    cost: float | None
    opened_on: date
    closed_on: date | None
    outcome: str | None
    start_year: int | None
    end_year: int | None
    works_started_on: date | None
    works_ended_on: date | None
    stage: str | None = None
    entered_on: date | None = None

    def late(self, day: date) -> tuple[str, int] | None:
        """Return what should have been by now, "start" or "end" of the works, and the year said; None when nothing is late."""
        if self.closed_on or self.works_ended_on:
            return None
        if self.start_year and not self.works_started_on and day.year > self.start_year:
            return "start", self.start_year
        return ("end", self.end_year) if self.end_year and day.year > self.end_year else None


@kept_by_state
def files(state: State) -> Mapping[str, File]:
    """Return the files opened by the state's date, of the town or of one directorate, by project."""
    t = literal(state.as_of)

    def known(name: str) -> str:
        return f"CASE WHEN p.{name} <= {t} THEN p.{name} END"

    select = f"""
        SELECT p.project_id, p.title, p.lead_directorate, p.total_cost_amount, p.opened_on, {known("closed_on")},
            CASE WHEN p.closed_on <= {t} THEN p.outcome END, p.start_year, p.end_year,
            {known("works_started_on")}, {known("works_ended_on")}, s.stage, s.entered_on
        FROM projects AS p
        LEFT JOIN stages AS s ON s.project_id = p.project_id AND s.entered_on <= {t}
            AND (s.left_on IS NULL OR s.left_on > {t}) AND (p.closed_on IS NULL OR p.closed_on > {t})
        WHERE p.opened_on <= {t}{" AND p.lead_directorate = ?" if state.scope else ""}
        ORDER BY p.project_id, s.entered_on
    """
    rows = state.engine.rows(select, [state.scope] if state.scope else [])
    return {row[0]: _file_of(row) for row in rows}


def _file_of(row: Sequence[Any]) -> File:
    cells = list(row)
    cells[3] = None if cells[3] is None else float(cells[3])
    return File(*cells)


@kept_by_state
def ageing(state: State) -> Mapping[str, Mapping[str, Any]]:
    """Return the open files that have been in their stage for longer than 85 % of files (the view of KPI P1.4), by project."""
    statement = Statement(state.engine.relations, state.catalogue.parameters)
    statement.put("calendar", calendar([state.as_of]))
    names = ("project_id", "title", "directorate", "stage", "entered_on", "days", "usual_days")
    where = " WHERE a.lead_directorate = ?" if state.scope else ""
    select = (
        "SELECT a.project_id, a.title, a.lead_directorate, a.stage, a.opened_on, a.days, a.usual_days "
        f"FROM ageing_files AS a{where} ORDER BY a.days"
    )
    rows = state.engine.rows(statement.text(select, ["ageing_files"]), [state.scope] if state.scope else [])
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def project_changes(since: State, until: State) -> list[Change]:
    """Return what changed in the life of the files, what ages and what is late."""
    old, now = files(since), files(until)
    found = [one for id in now for one in _life(now[id], old.get(id), since.as_of)]
    return [*found, *_late(old, now, since, until), *_ageing(since, until)]


def _life(now: File, then: File | None, since: date) -> list[Change]:
    """Return the one thing that happened to a file: it closed, else it opened, else its stage is another."""
    if now.closed_on:
        return (
            [_file("closed", now, {"closed_on": now.closed_on, "outcome": now.outcome})]
            if now.closed_on > since
            else []
        )
    if now.opened_on > since:
        return [_file("opened", now, {"opened_on": now.opened_on, "stage": now.stage})]
    if then is None or now.stage is None or then.stage is None or now.stage == then.stage:
        return []
    told = {"stage_then": then.stage, "stage_now": now.stage, "entered_on": now.entered_on}
    return [_file("stage", now, told)]


def _file(
    kind: str, now: File, told: Mapping[str, Any], *, is_new: bool = True, shade: float | None = None
) -> Change:
    facts = {"title": now.title, "directorate": now.directorate, "cost": now.cost, **told}
    weight = weigh(kind, is_new=is_new, shade=of_size(now.cost) if shade is None else shade)
    tone: Tone = "bad" if kind in ("late", "ageing") else "neutral"
    key = f"{kind}:{now.project_id}"
    return Change(key, kind, tone, weight, is_new, project=now.project_id, facts=facts)


def _late(old: Mapping[str, File], now: Mapping[str, File], since: State, until: State) -> list[Change]:
    found = []
    for id, file in now.items():
        if late := file.late(until.as_of):
            told = {"what": late[0], "year": late[1], "days": (until.as_of - date(late[1], 12, 31)).days}
            was = old[id].late(since.as_of) if id in old else None
            found.append(_file("late", file, told, is_new=late != was))
    return found


def _ageing(since: State, until: State) -> list[Change]:
    old, now, known = ageing(since), ageing(until), files(until)
    found = []
    for id, row in now.items():
        is_new = id not in old or old[id]["entered_on"] != row["entered_on"]
        told = {name: row[name] for name in ("stage", "entered_on", "days", "usual_days")}
        shade = min(1.0, row["days"] / max(row["usual_days"], 1) / 10)
        if id in known:
            found.append(_file("ageing", known[id], told, is_new=is_new, shade=shade))
    return found
