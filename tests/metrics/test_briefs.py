"""What was chosen for the brief: read back as stored, corrected by saying it again, arranged, reviewed for one content only."""

from datetime import date
from pathlib import Path

import pytest

from data.access import Actor, Forbidden
from data.store import Store
from metrics.briefs import LEAD, NONE, Choice, Choices, Review, item_id, read_choices, row_of

EDITOR, VIEWER = Actor("cabinet", "editor"), Actor("visitor", "viewer")
DAY = date(2015, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "levier.duckdb")


def choose(store: Store, *choices: Choice, on: date = DAY) -> None:
    assert store.record(EDITOR, "brief_items", [row_of(on, choice) for choice in choices]).ok


def test_choices_are_read_back_as_they_were_stored(store: Store) -> None:
    choose(
        store,
        Choice("status:throughput", 2, is_pinned=True, words="À dire d'abord"),
        Choice(LEAD, words="Un bon mois."),
    )
    found = read_choices(store.engine(EDITOR), DAY)
    assert found.lead == "Un bon mois." and found.pinned == ("status:throughput",)
    assert found.words("status:throughput") == "À dire d'abord" and found.words("plan:P001") == ""
    assert found.items[LEAD].decided_by == "cabinet" and found.items[LEAD].decided_on == date.today()


def test_a_choice_made_again_corrects_the_first_one_and_takes_words_away(store: Store) -> None:
    choose(store, Choice("plan:P001", is_pinned=True, words="x"))
    choose(store, Choice("plan:P001", is_hidden=True))
    found = read_choices(store.engine(EDITOR), DAY)
    assert list(found.items) == ["plan:P001"] and found.is_hidden("plan:P001")
    assert found.pinned == () and found.words("plan:P001") == ""


def test_the_choices_of_another_date_are_not_these(store: Store) -> None:
    choose(store, Choice("plan:P001", is_pinned=True), on=date(2015, 5, 31))
    assert read_choices(store.engine(EDITOR), DAY) == NONE
    assert item_id(DAY, "plan:P001") != item_id(date(2015, 5, 31), "plan:P001")


def test_pinned_lines_come_first_in_their_order_and_hidden_ones_not_at_all() -> None:
    picked = [Choice("c", 1, is_pinned=True), Choice("a", 2, is_pinned=True), Choice("d", is_hidden=True)]
    found = Choices({one.change: one for one in picked})
    assert found.arranged(["a", "b", "c", "d", "e"], str) == ["c", "a", "b", "e"]
    assert NONE.arranged(["b", "a"], str) == ["b", "a"]


def test_a_kpi_cannot_be_taken_out() -> None:
    found = Choices({"kpi:x": Choice("kpi:x", 1, is_pinned=True, is_hidden=True, words="Bravo")})
    assert not found.is_hidden("kpi:x") and found.pinned == ("kpi:x",) and found.words("kpi:x") == "Bravo"
    assert found.arranged(["kpi:y", "kpi:x"], str) == ["kpi:x", "kpi:y"]


def test_a_review_is_of_one_content_only() -> None:
    found = Choices(
        {}, (Review("1", "aa", decided_by="x"), Review("2", "bb"), Review("3", "aa", decided_by="y"))
    )
    last = found.review_of("aa")
    assert last is not None and last.decided_by == "y"
    assert found.review_of("ab") is None and NONE.review_of("aa") is None


def test_a_review_is_stored_and_taken_back(store: Store) -> None:
    done = store.record(EDITOR, "brief_reviews", [{"as_of": DAY, "edition": "f" * 64}])
    assert read_choices(store.engine(EDITOR), DAY).review_of("f" * 64) is not None
    assert store.undo(EDITOR, done.import_id or 0).ok
    assert read_choices(store.engine(EDITOR), DAY).review_of("f" * 64) is None


def test_a_viewer_neither_chooses_nor_reviews(store: Store) -> None:
    with pytest.raises(Forbidden):
        store.record(VIEWER, "brief_items", [row_of(DAY, Choice("plan:P001"))])
    with pytest.raises(Forbidden):
        store.record(VIEWER, "brief_reviews", [{"as_of": DAY, "edition": "f" * 64}])
