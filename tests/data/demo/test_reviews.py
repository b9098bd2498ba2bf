"""The demo's reviews and notes speak of what its data show on their day: nobody, nothing and no event that is not there."""

import re
from datetime import date, timedelta

import pandas as pd
import pytest

from data.access import local_actor
from data.demo.discussions import notes
from data.demo.reviews import said_day
from data.store import Store
from metrics.definitions import load
from metrics.folders import SHIPPED
from schemas.week import monday_of, week_of
from tests.data.demo.frames import REBASE_ON, T, decisions, table
from tests.town import town_store

HOLIDAYS = {date(2014, 11, 11), date(2014, 12, 25), date(2015, 1, 1), date(2015, 4, 6), date(2015, 5, 1)} | {
    date(2015, 5, 8),
    date(2015, 5, 14),
    date(2015, 5, 25),
    date(2015, 7, 14),
}
BREAK = date(2014, 12, 29)
TODAY = pd.Timestamp("2015-07-06")  # the review that comes after the data
TEAM = {
    "Direction DADI",
    *(f"Resp. {what}" for what in ("instruction", "financements", "partenariats", "innovation", "usagers")),
    "Resp. projets urbains",
}
JOURNALS = ("agenda_items", "decisions", "actions")


def held(name: str) -> pd.DataFrame:
    """Return a journal with the day of its reviews."""
    return table(name).merge(table("meetings")[["meeting_id", "held_on"]], on="meeting_id")


def days(column: pd.Series) -> list[date]:
    return [day.date() for day in column]


def test_a_review_is_held_every_monday_that_is_worked() -> None:
    met = days(table("meetings").held_on)
    mondays = [date(2014, 9, 8) + timedelta(days=7 * n) for n in range(43)]
    assert met == [day for day in mondays if day not in HOLIDAYS | {BREAK}]
    assert [monday_of(week) for week in table("meetings").meeting_id] == met


def test_an_agenda_lasts_the_hour_and_starts_with_last_week() -> None:
    for number, (_, items) in enumerate(table("agenda_items").groupby("meeting_id", sort=False)):
        assert list(items.position) == list(range(1, len(items) + 1)) and len(items) >= 4
        assert items.minutes.sum() == 60 and items.minutes.min() >= 5
        assert (items.kind.iloc[0] == "followup") == (number > 0)
        assert list(items.kind.iloc[1:]).count("followup") == 0


def test_nothing_is_said_twice() -> None:
    items = table("agenda_items")
    words = [*items[items.kind != "followup"].said, *table("decisions").words, *table("actions").words]
    words += [note["words"] for note in notes()]
    own = [text for text in words if "Prochaine revue" not in text]
    assert len(own) == len(set(own)) > 250
    assert items.title[items.title != "Décisions, rôles, relevé"].is_unique


def test_what_is_spoken_of_exists_and_was_there_on_the_day() -> None:
    kpis = load([SHIPPED]).every
    opened = table("projects").set_index("project_id").opened_on
    joined = table("partners").set_index("partner_id").joined_on
    for name in JOURNALS:
        rows = held(name)
        assert set(rows.kpi.dropna()) <= set(kpis)
        for column, since in (("project", opened), ("partner", joined)):
            named = rows[rows[column].notna()]
            assert (named[column].map(since) <= named.held_on).all(), (name, column)


def test_notes_are_about_what_exists_and_come_after_it() -> None:
    found = table("notes")
    known = {
        "kpi": set(load([SHIPPED]).every),
        "project": set(table("projects").project_id),
        "partner": set(table("partners").partner_id),
        "week": set(table("meetings").meeting_id),
    }
    assert all(subject in known[about] for about, subject in zip(found.about, found.subject, strict=True))
    assert found.written_on.between(REBASE_ON, T).all() and not (found.reviewed_on < found.written_on).any()
    assert (found.reviewed_on.isna() == found.reviewed_by.isna()).all()
    first = found.set_index("note_id")
    for reply in found[found.answers.notna()].itertuples():
        above = first.loc[reply.answers]
        assert (above.about, above.subject) == (reply.about, reply.subject)
        assert above.written_on <= reply.written_on
    assert found.is_exported.sum() >= 8 and found.answers.notna().sum() >= 8


def within(found: pd.Series, rows: pd.DataFrame) -> pd.Series:
    """Say whether each event happened in the two weeks before its review."""
    gap = rows.held_on - found.set_axis(rows.index)
    return (gap >= pd.Timedelta(0)) & (gap <= pd.Timedelta(days=14))


@pytest.mark.parametrize(
    ("kind", "source", "key", "event"),
    [
        ("awarded", "financings", "financing_id", "awarded_on"),
        ("opened", "projects", "project_id", "opened_on"),
        ("closed", "projects", "project_id", "closed_on"),
    ],
)
def test_an_event_on_the_agenda_has_just_happened(kind: str, source: str, key: str, event: str) -> None:
    rows = held("agenda_items")
    rows = rows[rows.change.str.startswith(f"{kind}:", na=False)]
    events = table(source).set_index(key)[event]
    assert len(rows) >= 8
    assert within(rows.change.str.partition(":")[2].map(events), rows).all()


def test_a_stage_on_the_agenda_was_just_entered() -> None:
    rows = held("agenda_items")
    stages = table("stages")
    for row in rows[rows.change.str.startswith("stage:", na=False)].itertuples():
        entered = stages[stages.project_id == row.project].entered_on
        assert entered.between(row.held_on - pd.Timedelta(days=7), row.held_on).any(), row


def test_an_ageing_file_on_the_agenda_is_still_in_appraisal_after_a_hundred_days() -> None:
    rows = held("agenda_items")
    files = decisions()
    for row in rows[rows.change.str.startswith("ageing:", na=False)].itertuples():
        entered, decided = files.loc[row.project]
        assert row.held_on - entered >= pd.Timedelta(days=100), row
        assert pd.isna(decided) or decided >= row.held_on, row


@pytest.fixture(scope="module")
def statuses(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, date], str]:
    """The town's status of each KPI at each month end, as the product judges it."""
    engine = Store(town_store(tmp_path_factory)).engine(local_actor())
    sql = "SELECT kpi, as_of, status FROM readings WHERE COALESCE(dimension, '') = ''"
    return {(kpi, day): status for kpi, day, status in engine.rows(sql)}


def test_a_status_on_the_agenda_has_changed_at_the_last_month_end(
    statuses: dict[tuple[str, date], str],
) -> None:
    ends = sorted({day for _, day in statuses})
    rows = held("agenda_items")
    rows = rows[rows.change.str.startswith("status:", na=False)]
    for kpi, day in zip(rows.kpi, days(rows.held_on), strict=True):
        before, last = [end for end in ends if end < day][-2:]
        assert statuses[kpi, before] != statuses[kpi, last], (kpi, day)
    assert len(rows) >= 8


def test_an_action_is_a_role_s_for_a_working_day() -> None:
    rows = held("actions")
    assert set(rows.owner) == TEAM
    assert (rows.due_on >= rows.held_on).all() and (rows.due_on.dt.weekday < 5).all()
    assert not set(days(rows.due_on)) & HOLIDAYS
    closed = rows[rows.state != "open"]
    assert closed.closed_on.between(closed.held_on, T).all() and closed.outcome.notna().all()
    assert rows[rows.state == "open"].closed_on.isna().all()


def test_most_actions_are_closed_on_time_some_late_a_handful_is_open() -> None:
    rows = table("actions")
    done, left = rows[rows.state == "done"], rows[rows.state == "open"]
    on_time = (done.closed_on <= done.due_on).sum()
    assert on_time / len(done) > 0.8 and len(done) - on_time >= 8
    assert (rows.state == "dropped").sum() == 2
    assert len(left) == 9 and (left.due_on < TODAY).sum() == 3 and (left.due_on == TODAY).sum() == 1


def test_the_follow_up_says_what_was_done_and_what_is_late() -> None:
    items = held("agenda_items")
    follow = items[items.kind == "followup"].set_index("meeting_id")
    last = follow.loc[week_of(date(2015, 6, 29))]
    assert last.said.startswith("Fait : instruire le guichet de l'état civil")
    assert "obtenir la réponse de l'énergéticien ; saisir la Région" in last.said
    assert "En retard : reprendre l'extension du restaurant des Tilleuls" in last.said
    assert (
        follow.loc[week_of(date(2015, 2, 2))].said.startswith("Sans objet")
        or "Sans objet" in follow.loc[week_of(date(2015, 2, 2))].said
    )
    assert said_day(date(2014, 12, 1)) == "1er décembre"


def test_words_quote_no_amount_and_no_rate() -> None:
    """Figures are the screens' to say: in words they would go stale with the data."""
    items, quoted = table("agenda_items"), re.compile(r"\d\s*(?:%|€|M€|k€|euros)")
    texts = [*items.title, *items.said, *table("decisions").words, *table("actions").words]
    texts += [*table("actions").outcome.dropna(), *table("notes").words]
    assert [text for text in texts if quoted.search(text)] == []
