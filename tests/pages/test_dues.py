"""Lateness is counted on one day that every screen and document names; the past and sealed weeks do not move."""

from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from data.store import Store
from metrics.dues import counted_on
from pages.exports import __main__ as command
from pages.exports import minutes
from pages.parts import alerts_page, alerts_reads, editions, review_reads
from pages.parts import source as sources
from pages.parts.address import Address
from pages.parts.source import Source, open_source
from pages.texts import use
from tests.pages.conftest import Visit
from tests.pages.test_levier import said
from tests.town import WEEKS

MARCH = date(2015, 3, 31)


def test_the_past_tells_the_actions_that_were_open_then(town: Path, visit: Visit) -> None:
    use("fr")
    sql = (
        "SELECT COUNT(*), COUNT(*) FILTER (due_on < $1) FROM actions"
        " WHERE decided_on <= $1 AND (closed_on IS NULL OR closed_on > $1)"
    )
    ((opened, late),) = Store(town).engine(local_actor()).rows(sql, [MARCH])
    source = open_source(Address(as_of=MARCH))
    found = review_reads.to_do(source)
    assert (len(found), sum(one.is_overdue(MARCH) for one in found)) == (opened, late)
    page = said(visit("actions", as_of=str(MARCH)))
    assert f"{opened} actions ouvertes" in page and "au lun. 6 juillet 2015" not in page
    assert {one.action_id for one in editions.of(source).actions} == {one.action_id for one in found}
    assert all(one.decided_on is None or one.decided_on <= MARCH for one in found)


def test_every_count_of_what_is_late_names_its_day(town: Path, visit: Visit) -> None:
    use("fr")
    day = "au lun. 6 juillet 2015"
    assert f"en retard {day}" in said(visit("actions")) and f"en retard {day}" in said(visit())
    source = open_source(Address())
    late = [one.word for one in editions.of(source).actions if one.status == "off_target"]
    assert late and all(word.endswith("au lun. 6 juil.") for word in late)
    assert day in str(alerts_page.body(source))


@pytest.mark.parametrize("week", WEEKS)
def test_a_sealed_week_counts_on_the_day_of_its_review_whatever_today_is(
    sealed: Path, monkeypatch: pytest.MonkeyPatch, week: str
) -> None:
    use("fr")
    told = []
    for day in (date(2015, 7, 20), date(2031, 1, 6)):
        _calendar(monkeypatch, day)
        source = open_source(Address(week=week))
        assert source.seal is not None
        assert source.counted_on == source.seal.held_on == counted_on(alerts_reads.state(source))
        told.append(_told(source))
    assert told[0] == told[1]


def _told(source: Source) -> tuple[object, ...]:
    """What Synthèse, the alerts and the edition say is late."""
    on = review_reads.today(source)
    late = [(one.action_id, one.days_late(on)) for one in review_reads.to_do(source) if on]
    due = [(one.action_id, one.word) for one in editions.of(source).actions]
    seen = [one.key for one in alerts_reads.alerts(source, alerts_reads.earlier(source))]
    return late, due, seen


def _calendar(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    class Calendar(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return day

    for module in (sources, alerts_reads, editions):
        monkeypatch.setattr(module, "date", Calendar)


def test_the_minutes_of_a_past_date_are_of_the_last_review_held_by_then(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def docx(engine: object, catalogue: object, meeting: object, seal: object, by: date | None) -> bytes:
        asked.append((meeting.meeting_id, by))  # type: ignore[attr-defined]
        return b"-"

    monkeypatch.setattr(minutes, "docx", docx)
    for day in (MARCH, date(2015, 4, 7)):
        assert command.main(["minutes", str(tmp_path / "a.docx"), "--as-of", str(day)]) == 0
    assert asked == [("2015-W14", MARCH), ("2015-W14", date(2015, 4, 7))], "the review of 30 March"
