"""The closed files: the 81 of 2012 and about two hundred of 2006-2011, 2013 and early 2014."""

from datetime import date
from random import Random

from data.demo.cohorts import appraisals
from data.demo.projects import of_its_time, partners_for, project
from data.demo.timeline import spells, suspend
from data.demo.titles import Titles, size_of
from data.demo.town import (
    BUILDINGS,
    CULTURE,
    DADI,
    DATA_DATE,
    PLANNING,
    REBASE_ON,
    STREETS,
    TECHNICAL,
    TECHNICAL_SPLIT_ON,
    Row,
    days,
    round_to,
    stream,
)

# Files opened each year, and the median days that their appraisal took. 2012 is recorded in appraisals.csv.
OPENED = {2006: 28, 2007: 31, 2008: 34, 2009: 32, 2010: 36, 2011: 38, 2013: 36, 2014: 10}
MEDIAN_DAYS = {2006: 188, 2007: 195, 2008: 204, 2009: 212, 2010: 221, 2011: 236, 2013: 232, 2014: 150}
LAST_ENTRY_2014 = date(2014, 3, 31)
DECIDED_BEFORE = REBASE_ON - days(3)
WORKS_DAYS = {"S": (120, 420), "M": (240, 600), "L": (420, 900)}
STUDIED = (PLANNING, STREETS, BUILDINGS, CULTURE)
BASELINE_DAY, BASELINE_SHARE = date(2013, 12, 31), 0.18

# The one file that was awarded money in 2013, and the one that belongs to someone else.
AWARDED_IN_2013 = f"H{sum(OPENED.values()) + 1}"
ITS_ENTRIES = [date(2011, 5, 16), date(2012, 2, 6), date(2013, 7, 1), date(2013, 9, 9)]
ITS_CLOSE = date(2015, 3, 20)
THIRD_PARTY = "H088"
ABANDONED_IN_APPRAISAL = ("H031", "H067", "H102", "H139")


def _openings(rng: Random) -> list[tuple[str, date, date]]:
    """Return the identifier, opening and decision of every file that is not in a recorded cohort."""
    found: list[tuple[date, date]] = []
    for year, count in OPENED.items():
        last = LAST_ENTRY_2014 if year == 2014 else date(year, 12, 20)
        step = (last - date(year, 1, 3)).days / count
        for place in range(count):
            opened = date(year, 1, 3) + days(round(place * step + rng.uniform(0, step * 0.8)))
            span = round(MEDIAN_DAYS[year] * rng.lognormvariate(0, 0.33))
            decided = opened + days(max(45, span))
            latest = DECIDED_BEFORE if year >= 2013 else date(year + 2, 6, 30)
            found.append((opened, min(decided, latest - days(rng.randint(0, 40)))))
    found.append((ITS_ENTRIES[0], ITS_ENTRIES[1]))
    return [(f"H{number:03}", *pair) for number, pair in enumerate(found, start=1)]


def _fate(rng: Random, project_id: str) -> str:
    if project_id in (AWARDED_IN_2013, THIRD_PARTY):
        return "completed"
    if project_id in ABANDONED_IN_APPRAISAL:
        return "abandoned"
    return rng.choices(("completed", "refused", "abandoned"), (76, 14, 10))[0]


def _entries(
    rng: Random, project_id: str, opened: date, decided: date, fate: str, size: str
) -> tuple[list[date], date]:
    """Return the days on which the file enters each stage, and the day it closes."""
    if project_id == AWARDED_IN_2013:
        return ITS_ENTRIES, ITS_CLOSE
    if fate == "refused" or project_id in ABANDONED_IN_APPRAISAL:
        return [opened], decided
    to_contract = decided + days(rng.randint(50, 160))
    if fate == "abandoned":
        return [opened, decided], to_contract
    to_works = to_contract + days(rng.randint(30, 90))
    end = to_works + days(rng.randint(*WORKS_DAYS[size]))
    if end > DATA_DATE - days(5):
        return _hurried(rng, opened, decided)
    return [opened, decided, to_contract, to_works], end


def _hurried(rng: Random, opened: date, decided: date) -> tuple[list[date], date]:
    """Return shorter stages for a late file, so that it is closed by the data date."""
    end = DATA_DATE - days(rng.randint(5, 120))
    room = (end - decided).days
    return [opened, decided, decided + days(room // 5), decided + days(room // 3)], end


def _cost(rng: Random, project_id: str) -> int:
    if project_id == AWARDED_IN_2013:
        return 2_612_480
    cost = min(3_400_000, rng.lognormvariate(12.0, 0.95)) + 6_000
    return round_to(cost, rng.choice((1, 1, 10, 100)))


def _row(
    rng: Random, titles: Titles, project_id: str, cost: int, entries: list[date], end: date, fate: str
) -> Row:
    """Return the project of a closed file, with the lighter paperwork of the time."""
    own = cost if fate == "completed" else round_to(cost * rng.uniform(0.3, 1.0), 500)
    row = project(project_id, titles.take(cost), entries[0], cost, own)
    row |= {"closed_on": end, "outcome": fate, "lead_directorate": _lead(row["lead_directorate"], end)}
    if len(entries) == 4:
        row |= {"works_started_on": entries[3], "works_ended_on": end - days(rng.randint(3, 25))}
    row["has_charter"], row["has_manager"] = rng.random() < 0.45, rng.random() < 0.6
    row["has_milestones"] = row["has_charter"] and rng.random() < 0.7
    row["has_preliminary_study"] = row["lead_directorate"] in STUDIED and rng.random() < 0.3
    row["start_year"], row["end_year"] = entries[-1].year, end.year
    return row


def _lead(directorate: str, closed_on: date) -> str:
    """Return the directorate under the name it had when the file closed; the DADI took no old file over."""
    if closed_on < TECHNICAL_SPLIT_ON and directorate in (STREETS, BUILDINGS):
        return TECHNICAL
    if directorate == DADI and closed_on > date(2014, 6, 30):
        return PLANNING
    return of_its_time(directorate, closed_on, date(2014, 6, 30))


def _interrupt(rng: Random, rows: list[Row]) -> list[Row]:
    """Suspend one appraisal in nine and some works, always inside the stage so that gross durations stay."""
    drawn = rng.random()
    stage = "appraisal" if drawn < 0.11 else "works" if drawn > 0.93 else None
    span = next((row for row in rows if row["stage"] == stage), None)
    if span is None or (span["left_on"] - span["entered_on"]).days < 40:
        return rows
    length = (span["left_on"] - span["entered_on"]).days
    first = span["entered_on"] + days(round(length * rng.uniform(0.2, 0.4)))
    back = first + days(round(length * rng.uniform(0.1, 0.3)))
    # An appraisal that resumes would enter the cohort of 2012 or of the DADI if rows were counted for files.
    if stage == "appraisal" and span["entered_on"].year != 2012 and back.year == 2012:
        return rows
    return suspend(rows, stage or "", first, back)


def old_files(titles: Titles) -> tuple[list[Row], list[Row]]:
    """Return the closed projects and their stages."""
    rng = stream("old files")
    cohort = [(file.project_id, file.opened_on, file.decided_on) for file in appraisals("before_dadi")]
    projects, stages = [], []
    for project_id, opened, decided in [*_openings(rng), *cohort]:
        if decided is None:
            raise ValueError(f"{project_id} of 2012 has no decision")
        cost, fate = _cost(rng, project_id), _fate(rng, project_id)
        entries, end = _entries(rng, project_id, opened, decided, fate, size_of(cost))
        projects.append(_row(rng, titles, project_id, cost, entries, end, fate))
        stages += _interrupt(rng, spells(project_id, entries, end))
    return projects, stages


def work_together(projects: list[Row]) -> None:
    """Give partner directorates to old files so that 18 % of those open at the end of 2013 were shared."""
    rng = stream("old partners")
    open_then = [row for row in projects if row["opened_on"] <= BASELINE_DAY and _open_on(row, BASELINE_DAY)]
    shared = sum(row["partner_directorates"] is not None for row in open_then)
    old = [row for row in open_then if row["closed_on"] is not None]
    wanted = round(BASELINE_SHARE * len(open_then)) - shared
    others = [row for row in projects if row["closed_on"] and row["opened_on"] < REBASE_ON and row not in old]
    for row in [*rng.sample(old, wanted), *rng.sample(others, len(others) // 8)]:
        row["partner_directorates"] = _partner_then(rng, row)


def _open_on(row: Row, day: date) -> bool:
    return row["closed_on"] is None or row["closed_on"] > day


def _partner_then(rng: Random, row: Row) -> str:
    """Return partner directorates that existed when the file closed."""
    while True:
        names = partners_for(rng, row["lead_directorate"]).split(";")
        then = {_lead(name, row["closed_on"]) for name in names} - {row["lead_directorate"]}
        if then:
            return ";".join(sorted(then))
