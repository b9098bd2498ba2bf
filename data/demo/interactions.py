"""Meetings, events, agreements: what shows that a partner is alive."""

from datetime import date
from random import Random

from data.demo.partners import TWO_YEARS_AGO, YEAR_AGO
from data.demo.town import DATA_DATE, Row, days, stream, weekday

PER_YEAR = {"core": 1.7, "lost": 1.1, "back": 0.9, "dormant": 0.8, "new": 3.0, "silent": 0.0}
KINDS = ("contact", "meeting", "event", "visit")
RECENT_PER_YEAR = 2.6
LINKED_SHARE = 0.35


def _between(rng: Random, first: date, last: date) -> date:
    """Return a working day in [first, last]."""
    day = weekday(first + days(rng.randint(0, (last - first).days)))
    return max(day, first)


def _windows(kind: str, joined: date) -> list[tuple[date, date]]:
    """Return the spells in which the partner was seen at least once."""
    last_year = (max(joined, YEAR_AGO + days(1)), DATA_DATE - days(1))
    year_before = (max(joined, TWO_YEARS_AGO + days(1)), YEAR_AGO)
    before = (joined, TWO_YEARS_AGO - days(30))
    spells = {
        "core": [before, year_before, last_year],
        "lost": [before, year_before],
        "back": [before, last_year],
        "dormant": [before],
        "new": [last_year],
        "silent": [],
    }[kind]
    return [(first, last) for first, last in spells if first <= last]


def _dates(rng: Random, kind: str, joined: date) -> list[date]:
    found = []
    for first, last in _windows(kind, joined):
        rate = RECENT_PER_YEAR if first > YEAR_AGO else PER_YEAR[kind]
        expected = rate * ((last - first).days + 1) / 365
        count = max(1, round(rng.gauss(expected, expected**0.5)))
        found += [_between(rng, first, last) for _ in range(count)]
    return sorted(found)


def _kind(rng: Random, level: int) -> str:
    if level >= 4 and rng.random() < 0.08:
        return "agreement"
    if level == 5 and rng.random() < 0.15:
        return "financing"
    return rng.choices(KINDS, (30, 40, 22, 8))[0]


def interactions(partners: list[Row], kinds: dict[str, str], projects: list[Row]) -> list[Row]:
    """Return the interactions in the order of their dates; about a third concern a file open on that day."""
    rng = stream("interactions")
    found = []
    for partner in partners:
        for day in _dates(rng, kinds[partner["partner_id"]], partner["joined_on"]):
            kind = _kind(rng, partner["engagement_level"])
            about = _about(rng, day, projects)
            found.append(
                {"partner_id": partner["partner_id"], "held_on": day, "kind": kind, "project_id": about}
            )
    return sorted(found, key=lambda row: (row["held_on"], row["partner_id"], row["kind"]))


def _about(rng: Random, day: date, projects: list[Row]) -> str | None:
    if rng.random() > LINKED_SHARE:
        return None
    known = [
        row["project_id"]
        for row in projects
        if row["opened_on"] <= day and (row["closed_on"] is None or row["closed_on"] > day)
    ]
    return rng.choice(known) if known else None
