"""The urn: no order, no time, no link between code and answer; batches of eleven at least; whole at any moment."""

import json
import re
import stat
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import urn, urnfile
from data.places import Places, places
from data.problems import BadRequest, StoreDamaged
from data.tokens import ALPHABET, hashed, new_token, typed

WAVE = "2016"


@pytest.fixture
def where(tmp_path: Path) -> Places:
    """Where a store would be."""
    return places(tmp_path / "town.duckdb")


def cast_all(where: Places, count: int, wave: str = WAVE) -> Iterator[list[str]]:
    """Cast ``count`` answers; yield the identifiers of each batch that is due, and say it is stored."""
    for at, token in enumerate(urn.issue(where, wave, count)):
        batch = urn.cast(where, wave, token, {"recommend": at})
        if batch:
            ids = [each["answer_id"] for each in batch]
            urn.stored_in(where, wave, ids)
            yield ids


def test_a_code_is_long_enough_to_guess_and_easy_to_type() -> None:
    made = {new_token() for _ in range(500)}
    assert len(made) == 500 and all(
        re.fullmatch(rf"(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", t) for t in made
    )
    assert len(ALPHABET) ** 12 >= 2**60 and len(set(ALPHABET)) == len(ALPHABET)
    assert not set(ALPHABET) & set("0O1I")
    assert set("".join(made)) == set(ALPHABET) | {"-"}


@pytest.mark.parametrize(
    "as_typed", ["7kqm x2hd 94tl", " 7KQM-X2HD-94TL\n", "7KQMX2HD94T1", "7kqm.x2hd_94ti"]
)
def test_a_code_is_known_however_it_is_typed(as_typed: str) -> None:
    assert typed(as_typed) == "7KQMX2HD94TL"
    assert hashed(WAVE, as_typed) == hashed(WAVE, "7KQM-X2HD-94TL") != hashed("2015", "7KQM-X2HD-94TL")


def test_the_file_knows_hashes_only_sorted_and_bears_no_date(where: Places) -> None:
    tokens = urn.issue(where, WAVE, 30)
    for at in range(5):
        urn.cast(where, WAVE, tokens[at], {"recommend": at})
    path = urnfile.path_of(where, WAVE)
    text = path.read_text("utf-8")
    told = json.loads(text)
    assert set(told) == {"wave", "tokens", "used", "waiting", "leaving"}
    assert told["tokens"] == sorted(hashed(WAVE, token) for token in tokens)
    assert told["used"] == sorted(hashed(WAVE, token) for token in tokens[:5])
    assert not any(token in text or typed(token) in text for token in tokens)
    assert all(set(each) == {"recommend", "answer_id"} for each in told["waiting"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 and stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert path.stat().st_mtime == 0
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_the_order_of_waiting_answers_changes_at_every_write(where: Places) -> None:
    tokens = urn.issue(where, WAVE, 21)
    orders = []
    for at, token in enumerate(tokens):
        urn.cast(where, WAVE, token, {"recommend": at})
        orders.append([each["recommend"] for each in urnfile.read(where, WAVE).waiting])
    full = [order for order in orders if len(order) > 8]
    assert not any(later[: len(order)] == order for order, later in pairwise(full))
    assert all(order != sorted(order) for order in full)
    # Where the last answer stands says nothing: over many writes it is not always at one end.
    assert {order.index(len(order) - 1) == len(order) - 1 for order in orders} == {True, False}


def test_identifiers_do_not_follow_the_answers(where: Places) -> None:
    for at, token in enumerate(urn.issue(where, WAVE, 20)):
        urn.cast(where, WAVE, token, {"recommend": at})
    waiting = urnfile.read(where, WAVE).waiting
    assert all(re.fullmatch(r"[0-9a-f]{16}", each["answer_id"]) for each in waiting)
    by_id = [each["recommend"] for each in sorted(waiting, key=lambda each: each["answer_id"])]
    assert by_id not in (sorted(by_id), sorted(by_id, reverse=True))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(1, 70))
def test_every_batch_has_eleven_at_least_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory, count: int
) -> None:
    where = places(tmp_path_factory.mktemp("urn") / "town.duckdb")
    batches = list(cast_all(where, count))
    assert all(len(batch) == urn.BATCH for batch in batches)
    last = [each["answer_id"] for each in urn.close(where, WAVE)]
    assert len(last) >= urn.BATCH if count >= urn.BATCH else last == []
    urn.stored_in(where, WAVE, last)
    left = urn.remains(where, WAVE)
    assert left == urn.Remains(count, count, 0 if count >= urn.BATCH else count)
    stored = [id for batch in batches for id in batch] + last
    assert len(set(stored)) == len(stored) == (count if count >= urn.BATCH else 0)


def test_a_batch_is_drawn_from_all_that_waits(where: Places) -> None:
    first = []
    for draw in range(12):
        for at, token in enumerate(urn.issue(where, f"w{draw}", 22)):
            batch = urn.cast(where, f"w{draw}", token, {"recommend": at})
        assert batch is not None
        first.append(frozenset(each["recommend"] for each in batch))
    assert (
        len(set(first)) > 1
        and any(max(each) >= 11 for each in first)
        and any(21 not in each for each in first)
    )


def test_a_code_serves_once_and_the_words_do_not_say_which(where: Places) -> None:
    token, other = urn.issue(where, WAVE, 2)
    assert urn.admits(where, WAVE, token) and not urn.admits(where, WAVE, "AAAA-AAAA-AAAA")
    urn.cast(where, WAVE, token, {"recommend": 1})
    assert not urn.admits(where, WAVE, token) and urn.admits(where, WAVE, other)
    said = []
    for bad in (token, "AAAA-AAAA-AAAA", ""):
        with pytest.raises(BadRequest) as refused:
            urn.cast(where, WAVE, bad, {"recommend": 1})
        said.append(refused.value.text)
    assert said[0] == said[1] == said[2] == urn.BAD_TOKEN
    with pytest.raises(BadRequest):
        urn.cast(where, "2017", other, {"recommend": 1})  # another wave's code
    assert urn.remains(where, WAVE) == urn.Remains(2, 1, 1)


def test_a_closed_wave_takes_nothing_and_the_code_has_not_served(where: Places) -> None:
    (token,) = urn.issue(where, WAVE, 1)
    with pytest.raises(BadRequest):
        urn.cast(where, WAVE, token, {"recommend": 1}, lambda: False)
    assert urn.admits(where, WAVE, token)


def test_a_batch_that_did_not_arrive_leaves_again_unchanged_and_no_other_before_it(where: Places) -> None:
    tokens = urn.issue(where, WAVE, 60)
    due = []
    for at, token in enumerate(tokens[:44]):
        due.append(urn.cast(where, WAVE, token, {"recommend": at}))
    batches = [sorted(each["answer_id"] for each in batch) for batch in due if batch]
    assert [at for at, batch in enumerate(due) if batch] == [21, 32, 43]  # once per eleven answers
    assert batches[0] == batches[1] == batches[2] and len(batches[0]) == urn.BATCH
    assert urn.remains(where, WAVE) == urn.Remains(60, 44, 44, is_held_back=True)
    last = urn.close(where, WAVE)
    assert len(last) == 44 and {each["answer_id"] for each in last} >= set(batches[0])


def test_the_few_of_a_second_opening_stay(where: Places) -> None:
    list(cast_all(where, 15))
    first = urn.close(where, WAVE)
    assert len(first) == 15 and len(urn.close(where, WAVE)) == 15  # not yet stored: asked again
    list(cast_all(where, 3))
    assert len(urn.close(where, WAVE)) == 15  # three more never leave as three
    urn.stored_in(where, WAVE, [each["answer_id"] for each in first])
    assert urn.close(where, WAVE) == [] and urn.remains(where, WAVE).waiting == 3


def test_an_urn_is_discarded_whole(where: Places) -> None:
    list(cast_all(where, 3))
    urnfile.path_of(where, WAVE).with_suffix(".new").write_text("left by a power cut")
    assert urn.discard(where, WAVE) and not urn.discard(where, WAVE)
    assert list(where.urns.iterdir()) == [] and urn.remains(where, WAVE) == urn.Remains(0, 0, 0)


def test_names_of_waves_make_files_apart_inside_the_folder(where: Places) -> None:
    names = ["2016", "../2016", "2016/..", "Été 2016", "été 2016", "x" * 200, "x" * 199, ".", ""]
    paths = {urnfile.path_of(where, name) for name in names}
    assert len(paths) == len(names) and {path.parent for path in paths} == {where.urns}


def test_a_torn_urn_is_said(where: Places) -> None:
    urn.issue(where, WAVE, 1)
    urnfile.path_of(where, WAVE).write_text("{")
    with pytest.raises(StoreDamaged):
        urn.remains(where, WAVE)


@pytest.mark.parametrize("count", [0, -1, urn.MOST_TOKENS + 1])
def test_a_number_of_codes_has_limits(where: Places, count: int) -> None:
    with pytest.raises(BadRequest):
        urn.issue(where, WAVE, count)
    assert not where.urns.exists()
