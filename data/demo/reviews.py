"""The DADI's reviews since it exists, every Monday: agendas with their minutes, decisions and actions, read from ``reviews/*.txt``.

A line of these files opens a review (``= day``), an item (``kind minutes subject | title | minutes``), notes a decision (``D words``)
or an action (``A owner | due | fate | words | outcome | subject``; fate ``-`` is open, ``=day`` done, ``xday`` dropped). A subject is the
key of a change (``awarded:P001-F01``), or ``@`` and what is spoken of; decisions and actions have their item's unless they name one.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from data.demo.town import Row, days
from schemas.week import week_of

FOLDER = Path(__file__).parent / "reviews"
OFFICE, LENGTH = "DADI", 60
SUMMER = ((date(2014, 3, 30), date(2014, 10, 26)), (date(2015, 3, 29), date(2015, 10, 25)))
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
NUMBERS = ["aucune", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"]
FATES = {"-": "open", "=": "done", "x": "dropped"}
OF_A_KPI = ("status", "signal", "target", "definition")


class Review(NamedTuple):
    """One review: its day and the rows of its items, decisions and actions."""

    held_on: date
    items: list[Row]
    decisions: list[Row]
    actions: list[Row]


def reviews(financings: Iterable[Row]) -> dict[str, list[Row]]:
    """Return meetings, agenda_items, decisions and actions; ``financings`` say whose grant a subject speaks of."""
    lines = {row["financing_id"]: row for row in financings}
    held = list(_read(lines))
    for place, review in enumerate(held):
        _frame(review, held[:place], held[place + 1].held_on if place + 1 < len(held) else None)
    return {
        "meetings": [_meeting(review.held_on) for review in held],
        "agenda_items": [row for review in held for row in review.items],
        "decisions": [row for review in held for row in review.decisions],
        "actions": [row for review in held for row in review.actions],
    }


def _read(financings: dict[str, Row]) -> Iterator[Review]:
    """Yield the reviews as they are written, without their first and last items."""
    review: Review | None = None
    for file in sorted(FOLDER.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            mark, _, rest = line.partition(" ")
            if mark == "=":
                if review:
                    yield review
                review = Review(date.fromisoformat(rest), [], [], [])
            elif review:
                _note(review, mark, rest, financings)
    if review:
        yield review


def _note(review: Review, mark: str, rest: str, financings: dict[str, Row]) -> None:
    """Put one line into the review under way."""
    cells = [cell.strip() for cell in rest.split("|")]
    if mark == "D":
        review.decisions.append({"words": cells[0]} | _of_item(review))
    elif mark == "A":
        owner, due, fate, words, *more = cells
        own = _subject(more[1], financings) if len(more) > 1 else {}
        own.pop("change", None)
        review.actions.append(_of_item(review) | _action(owner, due, fate, words, more) | own)
    else:
        minutes, subject = cells[0].split()
        item = {"kind": mark, "title": cells[1], "said": cells[2], "minutes": int(minutes)}
        review.items.append(item | _subject(subject, financings))


def _action(owner: str, due: str, fate: str, words: str, more: list[str]) -> Row:
    return {
        "words": words,
        "owner": owner,
        "due_on": date.fromisoformat(due),
        "state": FATES[fate[0]],
        "closed_on": date.fromisoformat(fate[1:]) if fate[1:] else None,
        "outcome": (more[0] if more else "") or None,
    }


def _subject(text: str, financings: dict[str, Row]) -> Row:
    """Return what a subject speaks of: change, kpi, project and partner, each or nothing."""
    found: Row = {"change": None, "kpi": None, "project": None, "partner": None}
    kind, _, named = text.partition(":")
    if text.startswith("@"):
        of_project = len(text) == 5 and text[2:].isdigit()
        return found | {"project" if of_project else "kpi": text[1:]}
    if kind == "awarded":
        line = financings[named]
        return found | {"change": text, "project": line["project_id"], "partner": line["partner_id"]}
    return found | {"change": text, "kpi" if kind in OF_A_KPI else "project": named}


def _of_item(review: Review) -> Row:
    """Return what the item under discussion speaks of, and its place."""
    item = review.items[-1]
    return {"place": len(review.items)} | {name: item[name] for name in ("kpi", "project", "partner")}


def _frame(review: Review, before: list[Review], following: date | None) -> None:
    """Put the follow-up first and the closing last, share out the minutes, and name every row."""
    left = LENGTH - sum(item["minutes"] for item in review.items)
    first = [_followup(review.held_on, before, left // 2)] if before else []
    closing = _closing(review, following, left - left // 2 if before else left)
    review.items[:] = [*first, *review.items, closing]
    week, signed = week_of(review.held_on), {"decided_by": OFFICE, "decided_on": review.held_on}
    for place, item in enumerate(review.items, 1):
        item |= {
            "item_id": f"{week}-{place}",
            "meeting_id": week,
            "position": place,
            "is_done": True,
        } | signed
    for letter, rows in (("D", review.decisions), ("A", review.actions)):
        key = "decision_id" if letter == "D" else "action_id"
        for number, row in enumerate(rows, 1):
            place = row.pop("place") + len(first)
            row |= {
                key: f"{week}-{letter}{number}",
                "meeting_id": week,
                "item_id": f"{week}-{place}",
            } | signed


def _followup(day: date, before: list[Review], minutes: int) -> Row:
    """Return the first item: what was closed since the last review, what is late."""
    known, last = [action for review in before for action in review.actions], before[-1].held_on
    closed = [a for a in known if a["closed_on"] and last < a["closed_on"] <= day]
    late = [a for a in known if a["due_on"] < day and (a["closed_on"] is None or a["closed_on"] > day)]
    done, dropped = ([a for a in closed if a["state"] == state] for state in ("done", "dropped"))
    parts = (("Fait", done), ("Sans objet", dropped), ("En retard", late))
    said = " ".join(f"{word} : {_listed(actions)}." for word, actions in parts if actions)
    item = {
        "kind": "followup",
        "title": f"Suites de la revue du {said_day(last)}",
        "minutes": minutes,
        "said": said or "Rien n'était à rendre cette semaine.",
    }
    return item | dict.fromkeys(("change", "kpi", "project", "partner"))


def _listed(actions: list[Row]) -> str:
    return " ; ".join(f"{action['words'][0].lower()}{action['words'][1:]}" for action in actions)


def _closing(review: Review, following: date | None, minutes: int) -> Row:
    decisions, actions = len(review.decisions), len(review.actions)
    told = f"{NUMBERS[decisions]} décision{'s' * (decisions > 1)}, {NUMBERS[actions]} action{'s' * (actions > 1)}."
    then = f" Prochaine revue le {said_day(following)}." if following else ""
    item = {
        "kind": "standing",
        "title": "Décisions, rôles, relevé",
        "minutes": minutes,
        "said": f"{told[0].upper()}{told[1:]}{then}",
    }
    return item | dict.fromkeys(("change", "kpi", "project", "partner"))


def said_day(day: date) -> str:
    """Return a day as minutes say it: 1er décembre, 6 juillet."""
    return f"{day.day}{'er' * (day.day == 1)} {MONTHS[day.month - 1]}"


def _meeting(day: date) -> Row:
    """Return a review's own row: half past nine in the morning, told in UTC."""
    hour = 7 if any(first <= day < last for first, last in SUMMER) else 8
    return {
        "meeting_id": week_of(day),
        "held_on": day,
        "opened_at": f"{day.isoformat()}T{hour:02}:30:00+00:00",
        "minutes": LENGTH,
        "decided_by": OFFICE,
        "decided_on": day - days(3),
    }
