"""Reviews as they are kept: read back, overdue and carried counts, by hand on a few rows and through the store."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.access import local_actor
from data.engine import Engine
from data.store import Store
from metrics.meetings import moment, open_actions, owners, read_actions, read_meeting, read_meetings

MONDAY = date(2015, 7, 6)


class Rows:
    """An engine that answers with rows given for a table."""

    def __init__(self, **tables: list[tuple[Any, ...]]) -> None:
        self.tables = tables

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of the table that the SELECT names."""
        name = sql.split(" FROM ")[1].split()[0]
        return self.tables.get(name, [])


def action(id: str, week: str, due: date, state: str = "open", closed: date | None = None) -> tuple[Any, ...]:
    return (id, week, "", "Relancer", "Resp. financements", due, "", "", "", state, closed, "", "dadi", None)


SEALS: list[tuple[Any, ...]] = [
    ("2015-W27", date(2015, 6, 29)),
    ("2015-W28", MONDAY),
    ("2015-W29", date(2015, 7, 13)),
]


def carried(*actions: tuple[Any, ...]) -> dict[str, int]:
    return {one.action_id: one.carried for one in read_actions(Rows(actions=list(actions), seals=SEALS))}


def test_an_action_is_carried_by_each_later_review_sealed_while_it_is_open() -> None:
    due = date(2015, 7, 10)
    found = carried(
        action("before all", "2015-W26", due),
        action("of the first", "2015-W27", due),
        action("of the last", "2015-W29", due),
        action("closed between", "2015-W27", due, "done", date(2015, 7, 10)),
        action("closed at once", "2015-W27", due, "dropped", date(2015, 7, 1)),
    )
    assert found == {
        "before all": 3,
        "of the first": 2,
        "of the last": 0,
        "closed between": 1,
        "closed at once": 0,
    }


def test_a_week_of_the_year_before_is_earlier() -> None:
    engine = Rows(actions=[action("a", "2014-W52", MONDAY)], seals=[("2015-W01", date(2014, 12, 29))])
    assert read_actions(engine)[0].carried == 1


def test_the_overdue_come_first_the_latest_of_them_before_all() -> None:
    engine = Rows(
        actions=[
            action("next", "2015-W27", date(2015, 7, 15)),
            action("today", "2015-W27", MONDAY),
            action("late", "2015-W27", date(2015, 7, 3)),
            action("later", "2015-W27", date(2015, 6, 1)),
            action("done", "2015-W27", date(2015, 6, 1), "done", date(2015, 6, 2)),
        ]
    )
    found = open_actions(engine, MONDAY)
    assert [one.action_id for one in found] == ["later", "late", "today", "next"]
    assert [one.days_late(MONDAY) for one in found] == [35, 3, 0, 0]


def test_moments() -> None:
    assert moment("2015-07-06T09:30:00+02:00") == datetime(2015, 7, 6, 7, 30, tzinfo=UTC)
    assert moment("2015-07-06T07:30:00") == datetime(2015, 7, 6, 7, 30, tzinfo=UTC)
    assert moment("") is None and moment("lundi") is None


def test_a_review_is_read_back_as_it_was_typed(own_town: Path) -> None:
    store, actor = Store(own_town), local_actor()
    item = {"meeting_id": "2015-W28", "minutes": 12}
    done = store.record_all(
        actor,
        {
            "meetings": [
                {
                    "meeting_id": "2015-W28",
                    "held_on": MONDAY,
                    "minutes": 60,
                    "opened_at": "2015-07-06T09:00:00+00:00",
                }
            ],
            "agenda_items": [
                item | {"item_id": "b", "position": 2, "kind": "new", "title": "Divers"},
                item
                | {"item_id": "a", "position": 1, "kind": "exception", "title": "Débit", "kpi": "throughput"},
            ],
            "decisions": [
                {"meeting_id": "2015-W28", "item_id": "a", "words": "Recruter", "kpi": "throughput"}
            ],
            "actions": [
                {
                    "meeting_id": "2015-W28",
                    "words": "Chiffrer",
                    "owner": "DADI",
                    "due_on": MONDAY,
                    "state": "open",
                }
            ],
        },
    )
    assert done.ok, done.errors
    store.record(
        actor,
        "agenda_items",
        [item | {"item_id": "a", "position": 1, "kind": "exception", "title": "Débit", "said": "Rien."}],
    )
    engine = store.engine(actor)
    found = read_meeting(engine, "2015-W28")
    assert found is not None and [one.item_id for one in found.items] == ["a", "b"]
    assert found.items[0].said == "Rien." and not found.items[0].is_done and found.items[0].kpi == ""
    assert found.planned_before(found.items[1]) == 12 and found.item("b") is found.items[1]
    assert [one.words for one in found.decisions] == ["Recruter"] and found.decisions[0].decided_by == "local"
    assert [one.words for one in found.actions] == ["Chiffrer"] and "DADI" in owners(engine)
    assert found.opened_at == datetime(2015, 7, 6, 9, tzinfo=UTC) and not found.is_sealed
    assert [one.meeting_id for one in read_meetings(engine)][-2:] == ["2015-W27", "2015-W28"]
    assert read_meeting(engine, "2015-W29") is None


def test_the_role_that_had_most_actions_comes_first(town: Engine) -> None:
    found = owners(town)
    assert set(found[:2]) == {"Resp. financements", "Resp. instruction"} and len(found) == 7
