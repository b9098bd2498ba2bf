"""Sessions of the practices, workshops of the project group and the online course: counts, no persons, no cost."""

from datetime import date
from random import Random

from data.demo.practices import practices
from data.demo.staff import heads_now
from data.demo.town import DATA_DATE, DIRECTORATES, Row, add_months, days, stream, weekday

# Sessions of practices a month, January 2014 to June 2015.
PER_MONTH = (2, 3, 3, 4, 4, 3, 2, 0, 4, 6, 6, 5, 7, 8, 9, 9, 10, 11)
OPINIONS = (7, 6, 8, 7, 7, 5, 9, 7, 6, 8, 7, 7)  # asked once a practice, when it is validated: 84 in all
WORKSHOPS = tuple(date(2013, 9, 24) + days(28 * n) for n in range(23))
# held_on, participants (active), newcomers, enrolled, completed, hours, score before, score after
MOOC = (
    (date(2015, 3, 31), 52, 21, 100, 34, 416, 46.0, 68.5),
    (date(2015, 6, 23), 44, 17, 80, 27, 352, 48.5, 71.0),
)
# Directorates that run sessions by themselves since March 2015.
ON_THEIR_OWN = DIRECTORATES[6], DIRECTORATES[9], DIRECTORATES[10], DIRECTORATES[3]
OWN_SINCE, OWN_WINDOW = date(2015, 3, 1), date(2015, 4, 2)
NEWCOMER_CAP = 0.5


class _Newcomers:
    """Counts who came for the first time, never more than half of a directorate."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left = {name: int(heads * NEWCOMER_CAP) for name, heads in heads_now().items()}

    def draw(self, directorate: str, participants: int) -> int:
        """Return how many of a session's participants are new."""
        new = min(
            self._left[directorate], self._rng.randint(0, max(1, round(participants * 0.55))), participants
        )
        self._left[directorate] -= new
        return new


def _session(
    kind: str, on: date, directorate: str | None, participants: int, newcomers: int, hours: float
) -> Row:
    return {
        "session_id": "",
        "kind": kind,
        "practice": None,
        "held_on": on,
        "directorate": directorate,
        "is_run_by_team": True,
        "participants": participants,
        "newcomers": newcomers,
        "opinions": None,
        "opinions_relevant": None,
        "hours": hours,
        "external_cost_amount": 0,
        "enrolled": None,
        "completed": None,
        "score_before": None,
        "score_after": None,
    }


def _schedule(rng: Random) -> list[tuple[date, str]]:
    """Return (day, practice): each practice's trial and validation, the rest drawn among those already tried."""
    known = practices()
    fixed = [(row["trialled_on"], row["practice"]) for row in known]
    fixed += [(row["validated_on"], row["practice"]) for row in known]
    planned = list(fixed)
    for place, count in enumerate(PER_MONTH):
        first = add_months(date(2014, 1, 1), place)
        here = sum(first <= day < add_months(first, 1) for day, _ in fixed)
        for _ in range(max(0, count - here)):
            day = max(date(2014, 1, 14), weekday(first + days(rng.randint(0, 26))))
            tried = [row["practice"] for row in known if row["trialled_on"] <= day]
            planned.append((day, rng.choice(tried)))
    return sorted(planned)


def _practice_sessions(rng: Random, newcomers: _Newcomers) -> list[Row]:
    asked = {(row["validated_on"], row["practice"]): n for row, n in zip(practices(), OPINIONS, strict=True)}
    weights = [heads**0.5 for heads in heads_now().values()]
    rows = []
    for day, practice in _schedule(rng):
        directorate = rng.choices(DIRECTORATES, weights)[0]
        opinions = asked.pop((day, practice), None)
        people = max(opinions or 0, rng.randint(4, 12))
        if directorate == "DADI":
            people = max(opinions or 0, min(people, 7))
        row = _session(
            "practice", day, directorate, people, newcomers.draw(directorate, people), people * 1.5 + 3
        )
        row |= {"practice": practice, "opinions": opinions, "opinions_relevant": opinions}
        row["is_run_by_team"] = not (directorate in ON_THEIR_OWN and day >= OWN_SINCE and rng.random() < 0.6)
        rows.append(row)
    _adopt(rows)
    return rows


def _adopt(rows: list[Row]) -> None:
    """Make sure that each of the four directorates has run a session by itself in the last ninety days."""
    for directorate in ON_THEIR_OWN:
        recent = [row for row in rows if row["held_on"] >= OWN_WINDOW and row["opinions"] is None]
        last = [row for row in recent if row["directorate"] == directorate] or recent[:1]
        last[-1] |= {"directorate": directorate, "is_run_by_team": False}


def _workshops(rng: Random, newcomers: _Newcomers) -> list[Row]:
    """The project group of eight meets every four weeks; every third time a directorate joins it."""
    rows = []
    for place, day in enumerate(WORKSHOPS):
        if place % 3 == 2:
            directorate = rng.choice(DIRECTORATES)
            people = rng.randint(8, 15)
            rows.append(
                _session(
                    "workshop", day, directorate, people, newcomers.draw(directorate, people), people * 2
                )
            )
        else:
            rows.append(_session("workshop", day, None, 8, 8 if place == 0 else 0, 20))
    return [row for row in rows if row["held_on"] <= DATA_DATE]


def _courses() -> list[Row]:
    rows = []
    for day, active, new, enrolled, completed, hours, before, after in MOOC:
        row = _session("mooc", day, None, active, new, hours)
        rows.append(
            row | {"enrolled": enrolled, "completed": completed, "score_before": before, "score_after": after}
        )
    return rows


def practice_sessions() -> list[Row]:
    """Return all sessions in the order of their dates."""
    rng = stream("sessions")
    newcomers = _Newcomers(rng)
    rows = [*_workshops(rng, newcomers), *_practice_sessions(rng, newcomers), *_courses()]
    rows.sort(key=lambda row: (row["held_on"], row["kind"], row["practice"] or ""))
    return [row | {"session_id": f"S{place:03}"} for place, row in enumerate(rows, 1)]
