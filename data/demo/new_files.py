"""The 140 files opened since September 2014: 90 still open, worth 182 M€, and 50 closed."""

from datetime import date
from random import Random

from data.demo.cohorts import Appraisal, appraisals
from data.demo.grants import CPER, DEPARTMENT, FEDER, FNADT, REGION, Funder, investor, request
from data.demo.projects import partners_for, project
from data.demo.timeline import spell, spells, suspend
from data.demo.titles import Titles
from data.demo.town import DATA_DATE, Row, days, round_to, split_total, stream

# How the decided files ended up, in the order in which they were decided (early half, then the rest).
EARLY = {"works": 24, "completed": 18, "refused": 8, "abandoned": 5}
LATE = {"contracting": 12, "financing": 7, "abandoned": 6, "refused": 5}
LATEST = {"financing": 17, "refused": 8}

# Total cost of the open files by stage (euros), and the share that the town's own voted funds cover.
# Together 182 M€: no file in works or contracting waits for a co-financing.
COSTS = {"works": 20_000_000, "contracting": 12_000_000, "financing": 62_000_000, "appraisal": 88_000_000}
OWN_SHARE = {
    "works": (1.0, 1.0),
    "contracting": (1.0, 1.0),
    "financing": (0.2, 0.35),
    "appraisal": (0.05, 0.26),
}
STEPS = {"works": 10, "contracting": 100, "financing": 500, "appraisal": 5_000}
WITH_PARTNERS = 53
SUSPENDED = ("N014", "N047", "N065", "N089")

PENDING_AMOUNT = 1_375_000
PENDING: tuple[Funder, ...] = (
    REGION,
    FNADT,
    FEDER,
    DEPARTMENT,
    REGION,
    FEDER,
    investor("PRI-FONCIERE"),
    CPER,
)
PENDING_COSTS = (3_180_000, 3_045_000, 4_260_000, 3_655_500, 2_990_000, 5_120_000, 2_870_500, 3_379_000)


def _fates(rng: Random, files: list[Appraisal]) -> dict[str, str]:
    """Say of each file the stage it is in at the data date, or its outcome."""
    decided = sorted((file.decided_on, file.project_id) for file in files if file.decided_on)
    fates = []
    for part in (EARLY, LATE, LATEST):
        drawn = [fate for fate, count in part.items() for _ in range(count)]
        rng.shuffle(drawn)
        fates += drawn
    known = {project_id: fate for (_, project_id), fate in zip(decided, fates, strict=True)}
    return {file.project_id: known.get(file.project_id, "appraisal") for file in files}


def _entries(rng: Random, file: Appraisal, fate: str) -> tuple[list[date], date | None]:
    """Return the days on which the file enters each stage, and the day it closes (None: open)."""
    decided = file.decided_on
    if decided is None:
        return [file.opened_on], None
    room = (DATA_DATE - decided).days
    if fate == "refused":
        return [file.opened_on], decided
    if fate == "financing":
        return [file.opened_on, decided], None
    if fate == "abandoned":
        return [file.opened_on, decided], decided + days(min(rng.randint(12, 45), room))
    to_contract = decided + days(min(rng.randint(14, 45), room // 3))
    if fate == "contracting":
        return [file.opened_on, decided, to_contract], None
    to_works = to_contract + days(min(rng.randint(14, 40), room // 3))
    end = None if fate == "works" else to_works + days(min(rng.randint(25, 90), room // 4))
    return [file.opened_on, decided, to_contract, to_works], end


def _costs(rng: Random, fates: dict[str, str]) -> dict[str, int]:
    """Draw every file's cost; open files add up to COSTS, the eight with a pending request are given."""
    costs: dict[str, int] = {}
    for stage, total in COSTS.items():
        ids = [project_id for project_id, fate in fates.items() if fate == stage]
        given = dict(zip(ids[:16:2], PENDING_COSTS, strict=True)) if stage == "financing" else {}
        others = [project_id for project_id in ids if project_id not in given]
        weights = [rng.lognormvariate(0, 0.75) for _ in others]
        drawn = split_total(weights, total - sum(given.values()), STEPS[stage])
        costs |= given | dict(zip(others, drawn, strict=True))
    for project_id, fate in fates.items():
        if fate == "completed":
            costs[project_id] = round_to(min(160_000, rng.lognormvariate(10.6, 0.6)), 1) + 4_000
        elif fate in ("refused", "abandoned"):
            costs[project_id] = round_to(rng.lognormvariate(12.3, 0.8), 1_000) + 20_000
    return costs


def _own(rng: Random, fate: str, cost: int, pending: bool) -> int:
    if pending:
        return round_to(cost * rng.uniform(0.26, 0.33), 500)
    low, high = OWN_SHARE.get(fate, (0.3, 1.0))
    return cost if low == 1.0 or fate == "completed" else round_to(cost * rng.uniform(low, high), 500)


def _stages(file: Appraisal, entries: list[date], end: date | None) -> list[Row]:
    """Return the file's stages; a few applicants had to complete their file during the appraisal."""
    rows = spells(file.project_id, entries, end)
    if file.project_id in SUSPENDED and file.decided_on:
        span = (file.decided_on - file.opened_on).days
        first = file.opened_on + days(span // 3)
        return suspend(rows, "appraisal", first, first + days(max(3, span // 5)))
    return rows


def _close(row: Row, fate: str, entries: list[date], end: date | None) -> None:
    """Write the dates and the outcome that follow from the stages."""
    if len(entries) == 4:
        row["works_started_on"] = entries[3]
    if end is not None:
        row |= {"closed_on": end, "outcome": fate}
    if fate == "completed" and end is not None:
        row["works_ended_on"] = end - days(2)


def new_files(titles: Titles) -> tuple[list[Row], list[Row], list[Row]]:
    """Return the projects, their stages and the eight pending requests (11.0 M€)."""
    rng, files = stream("new files"), appraisals("after_dadi")
    fates = _fates(rng, files)
    costs = _costs(rng, fates)
    asked = _asked(fates, costs)
    projects, stages = [], []
    for file in files:
        fate, cost = fates[file.project_id], costs[file.project_id]
        entries, end = _entries(rng, file, fate)
        own = _own(rng, fate, cost, file.project_id in asked)
        row = project(file.project_id, titles.take(cost), file.opened_on, cost, own)
        _close(row, fate, entries, end)
        _plan(rng, row)
        projects.append(row)
        stages += _stages(file, entries, end)
    _share_out(rng, projects)
    lines = [
        _request(rng, project_id, funder, stages) for project_id, funder in zip(asked, PENDING, strict=True)
    ]
    return projects, stages, lines


def _asked(fates: dict[str, str], costs: dict[str, int]) -> list[str]:
    """Return the eight financing-stage files that wait for an answer, in the order of PENDING."""
    by_cost = {cost: project_id for project_id, cost in costs.items() if fates[project_id] == "financing"}
    return [by_cost[cost] for cost in PENDING_COSTS]


def _request(rng: Random, project_id: str, funder: Funder, stages: list[Row]) -> Row:
    """Ask the funder some days after the file's financing began."""
    financing = spell([row for row in stages if row["project_id"] == project_id], "financing")
    asked_on = min(financing["entered_on"] + days(rng.randint(6, 24)), DATA_DATE - days(4))
    return request(f"{project_id}-F01", project_id, funder, PENDING_AMOUNT, asked_on)


def _plan(rng: Random, row: Row) -> None:
    """Set the years and the staff time that the file's size calls for."""
    start = max(2015, row["opened_on"].year)
    row["start_year"] = start
    row["end_year"] = (
        start
        + (1 if row["total_cost_amount"] > 800_000 else 0)
        + (1 if row["total_cost_amount"] > 4_000_000 else 0)
    )
    row["planned_fte"] = round(
        min(2.0, 0.1 + row["total_cost_amount"] ** 0.5 / 2_500 * rng.uniform(0.7, 1.2)), 1
    )


def _share_out(rng: Random, projects: list[Row]) -> None:
    """Give partner directorates to 53 of the 90 open files, and to about as large a share of the closed ones."""
    open_files = [row for row in projects if row["closed_on"] is None]
    closed = [row for row in projects if row["closed_on"] is not None]
    for row in [*rng.sample(open_files, WITH_PARTNERS), *rng.sample(closed, 26)]:
        row["partner_directorates"] = partners_for(rng, row["lead_directorate"])
