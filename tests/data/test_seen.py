"""When somebody last looked: one note a visit, nobody's name, never in the way of a page."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from data.access import Actor
from data.places import places
from data.seen import MOST, visit

MAYOR, DADI = Actor("cabinet", "viewer"), Actor("dadi", "editor")
NOON = datetime(2015, 7, 6, 12, tzinfo=UTC)
JUNE, JULY = date(2015, 6, 30), date(2015, 7, 31)


def test_a_visit_is_told_what_the_one_before_saw(tmp_path: Path) -> None:
    at = places(tmp_path / "s.duckdb")
    assert visit(at, MAYOR, JUNE, 3, NOON) is None
    assert visit(at, MAYOR, JUNE, 3, NOON + timedelta(minutes=29)) is None  # still the first visit
    before = visit(at, MAYOR, JULY, 5, NOON + timedelta(minutes=31))
    assert before is not None and (before.as_of, before.last_import, before.at) == (JUNE, 3, NOON)
    again = visit(at, MAYOR, JULY, 6, NOON + timedelta(minutes=40))
    assert again == before  # the same visit goes on: it is told the same
    assert visit(at, DADI, JULY, 6, NOON) is None
    assert visit(at, Actor("cabinet", "editor"), JULY, 6, NOON) is None


def test_another_day_is_another_visit(tmp_path: Path) -> None:
    at = places(tmp_path / "s.duckdb")
    late = datetime(2015, 7, 6, 23, 50).astimezone()
    visit(at, MAYOR, JUNE, 3, late)
    assert visit(at, MAYOR, JUNE, 3, late + timedelta(minutes=5)) is None
    assert visit(at, MAYOR, JUNE, 3, late + timedelta(minutes=15)) is not None


def test_it_is_written_once_a_visit_and_names_nobody(tmp_path: Path) -> None:
    at = places(tmp_path / "s.duckdb")
    visit(at, MAYOR, JUNE, 3, NOON)
    first = at.seen.stat().st_mtime_ns
    for minutes in range(20):
        visit(at, MAYOR, JUNE, 3, NOON + timedelta(minutes=minutes))
    assert at.seen.stat().st_mtime_ns == first
    assert "cabinet" not in at.seen.read_text() and "viewer" not in at.seen.read_text()


def test_what_cannot_be_read_or_written_stops_nothing(tmp_path: Path) -> None:
    at = places(tmp_path / "s.duckdb")
    for content in ("", "{", "[]", '{"x": 3}', '{"x": {"current": {"at": "no"}}}'):
        at.seen.write_text(content)
        assert visit(at, MAYOR, JUNE, 3, NOON) is None
    nowhere = places(tmp_path / "no" / "such" / "s.duckdb")
    assert visit(nowhere, MAYOR, JUNE, 3, NOON) is None and not nowhere.seen.exists()
    assert visit(at, MAYOR, None, 0, NOON + timedelta(days=1)) is not None  # an empty store is looked at too


def test_old_visitors_are_forgotten(tmp_path: Path) -> None:
    at = places(tmp_path / "s.duckdb")
    visit(at, MAYOR, JUNE, 3, NOON)
    visit(at, DADI, JUNE, 3, NOON + timedelta(days=500))
    assert len(json.loads(at.seen.read_text())) == 1
    many = {
        str(n): {"current": {"as_of": None, "last_import": 0, "at": NOON.isoformat()}}
        for n in range(MOST + 50)
    }
    at.seen.write_text(json.dumps(many))
    visit(at, MAYOR, JUNE, 3, NOON)
    assert len(json.loads(at.seen.read_text())) == MOST


def test_many_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    at = places(tmp_path / "s.duckdb")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: visit(at, Actor(f"a{n}", "viewer"), JUNE, 3, NOON), range(40)))
    assert json.loads(at.seen.read_text()) and not [
        name for name in os.listdir(tmp_path) if name != "s.duckdb.seen.json"
    ]
