"""Codes and answers through the store: roles, refusals, batches in the history, processes killed or at the same time."""

import json
import signal
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data import ballots, urn
from data.access import Actor, Forbidden
from data.problems import BadRequest
from data.store import Store
from schemas.scale_items import ScaleItem
from schemas.tables import TABLES
from schemas.text import Text
from tests.data import voting
from tests.data.samples import ADMIN, csv, store_at
from tests.data.test_recovery import CHILDREN, as_a_new_process
from tests.data.voting import ANSWER, WAVE, held, opened, put, rows, versions

VIEWER, EDITOR, OFFICER = Actor("v", "viewer"), Actor("e", "editor"), Actor("o", "survey_officer")


@pytest.fixture
def wave(tmp_path: Path) -> Store:
    """A store whose wave is open."""
    return opened(tmp_path)


def answered(store: Store, count: int) -> None:
    """Give ``count`` answers."""
    for at, token in enumerate(store.tokens(OFFICER, WAVE, count)):
        store.answer(VIEWER, WAVE, token, {**ANSWER, "recommend": at % 11})


def desk(store: Store) -> ballots.Desk:
    """Return the store's desk of ballots."""
    return store._desk


def batches(store: Store) -> list[int]:
    """Return how many answers each import brought."""
    return sorted(Counter(number for number, _, _ in held(store)).values())


def test_who_may_what(wave: Store) -> None:
    for actor in (VIEWER, EDITOR):
        with pytest.raises(Forbidden):
            wave.tokens(actor, WAVE, 1)
        with pytest.raises(Forbidden):
            wave.response(actor, WAVE)
        with pytest.raises(Forbidden):
            wave.word(actor, [{"item": "who5_1", "words": "x"}])
    for actor in (OFFICER, ADMIN):
        for each in (VIEWER, EDITOR, OFFICER, ADMIN):
            (token,) = wave.tokens(actor, WAVE, 1)
            assert wave.admits(each, WAVE, token)
            wave.answer(each, WAVE, token, ANSWER)
    with pytest.raises(Forbidden):
        wave.answer(Actor("x", "nobody"), WAVE, token, ANSWER)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [None, "draft", "closed", "audited", "published", "purged"])
def test_only_an_open_wave_takes_answers(tmp_path: Path, state: str | None) -> None:
    store = opened(tmp_path)
    (token,) = store.tokens(OFFICER, WAVE, 1)
    name = WAVE
    if state is None:
        name = "2099"
    else:
        put(store, state)
    assert not store.admits(VIEWER, name, token)
    with pytest.raises(BadRequest) as refused:
        store.answer(VIEWER, name, token, ANSWER)
    assert refused.value.text == urn.NOT_OPEN.format(wave=name)
    assert urn.remains(store.places, WAVE).used == 0
    if state == "draft":
        assert len(store.tokens(OFFICER, WAVE, 2)) == 2
    else:
        with pytest.raises(BadRequest):
            store.tokens(OFFICER, name, 2)


BAD: list[dict[str, Any]] = [
    {"who5_1": 6},
    {"who5_1": -1},
    {"qwl_1": 0},
    {"recommend": 11},
    {"recommend": 2.5},
    {"recommend": "beaucoup"},
    {"recommend": [1]},
    {"category": "D", "recommend": 3},
    {"sex": "H", "recommend": 3},
    {"unknown": 1, "recommend": 3},
    {"wave": "2013-audit", "recommend": 3},
    {"answer_id": "mine", "recommend": 3},
    {"directorate_group": "jeanne@example.fr", "recommend": 3},
    {"category": "A", "sex": "F"},
    {},
]


@pytest.mark.parametrize("given", BAD)
def test_a_bad_answer_is_refused_before_the_code_is_used(wave: Store, given: dict[str, Any]) -> None:
    (token,) = wave.tokens(OFFICER, WAVE, 1)
    with pytest.raises(BadRequest):
        wave.answer(VIEWER, WAVE, token, given)
    assert urn.remains(wave.places, WAVE) == urn.Remains(1, 0, 0)
    wave.answer(VIEWER, WAVE, token, ANSWER)


def test_groups_are_those_of_the_scorecard(tmp_path: Path) -> None:
    store = Store(
        tmp_path / "town.duckdb", settings=lambda _: {"directorate_groups": {"Ressources": ["DADI"]}}
    )
    put(store, "open")
    first, second = store.tokens(OFFICER, WAVE, 2)
    with pytest.raises(BadRequest):
        store.answer(VIEWER, WAVE, first, {"directorate_group": "mon bureau", "recommend": 1})
    store.answer(VIEWER, WAVE, first, {"directorate_group": "Ressources", "recommend": 1})
    store.answer(VIEWER, WAVE, second, {"recommend": 1})


def test_items_of_declared_scales_are_answered_with_a_right_alone(tmp_path: Path) -> None:
    words = Text("Calme", "Calm")
    items = [
        ScaleItem("calm_1", None, "calm", words, 1.0, 3.0, 0.5, right=Text("Accord", "Agreement")),
        ScaleItem("mute_1", None, "mute", words, 1.0, 3.0),
    ]
    store = Store(tmp_path / "town.duckdb", settings=lambda _: {"scales": items})
    put(store, "open")
    tokens = store.tokens(OFFICER, WAVE, 22)
    for bad in ({"mute_1": 2}, {"calm_1": 4}, {"calm_1": 1.2}, {"calm_1": "beaucoup"}, {"calm_1": True}):
        with pytest.raises(BadRequest):
            store.answer(VIEWER, WAVE, tokens[0], bad)
    for token in tokens:
        store.answer(VIEWER, WAVE, token, {"calm_1": 2.5, "recommend": 3})
    put(store, "closed")
    assert ballots.empty(desk(store), WAVE).stored == 11
    found = rows(store, "SELECT item, value, count(*) FROM kept.survey_items GROUP BY ALL")
    assert found == [("calm_1", 2.5, 22)] and batches(store) == [11, 11]
    ids = "SELECT count(DISTINCT i.answer_id) FROM kept.survey_items i JOIN kept.survey_answers USING (wave, answer_id)"
    assert rows(store, ids) == [(22,)]


def test_unknown_and_used_codes_read_alike(wave: Store) -> None:
    (token,) = wave.tokens(OFFICER, WAVE, 1)
    wave.answer(VIEWER, WAVE, token, ANSWER)
    said = []
    for bad in (token, "ZZZZ-ZZZZ-ZZZZ"):
        with pytest.raises(BadRequest) as refused:
            wave.answer(VIEWER, WAVE, bad, ANSWER)
        said.append(refused.value.text)
    assert said[0] == said[1]


def test_batches_come_in_as_the_questionnaire_s_imports_and_say_a_count(wave: Store) -> None:
    answered(wave, 40)
    told = [r for r in wave.history(VIEWER) if r.actor == "questionnaire"]
    assert [r.added for r in told] == [{"survey_answers": None}] * 2  # as any count of answers in the books
    assert {(r.files, r.reader, r.warnings) for r in told} == {(("questionnaire",), "questionnaire", 0)}
    assert batches(wave) == [11, 11] and urn.remains(wave.places, WAVE).waiting == 18
    put(wave, "closed")
    assert ballots.empty(desk(wave), WAVE) == ballots.Emptied(18, False)
    assert batches(wave) == [11, 11, 18] and urn.remains(wave.places, WAVE).waiting == 0
    assert ballots.empty(desk(wave), WAVE) == ballots.Emptied(0, False)
    assert wave.verify(ADMIN).ok


def test_fewer_than_eleven_are_never_stored(wave: Store) -> None:
    answered(wave, 10)
    put(wave, "closed")
    assert ballots.empty(desk(wave), WAVE) == ballots.Emptied(0, is_short=True)
    assert held(wave) == []


def test_a_wave_s_steps_empty_its_urn(store: Store) -> None:
    store.declare_wave(OFFICER, WAVE, held_on=date(2016, 5, 1))
    tokens = store.tokens(OFFICER, WAVE, 15)
    store.step(OFFICER, WAVE, "open")
    for token in tokens[:10]:
        store.answer(VIEWER, WAVE, token, ANSWER)
    assert "Moins de 11" in store.step(OFFICER, WAVE, "closed").told.fr and held(store) == []
    store.step_back(OFFICER, WAVE)
    for token in tokens[10:13]:
        store.answer(VIEWER, WAVE, token, ANSWER)
    assert store.step(OFFICER, WAVE, "closed").told.fr == "" and batches(store) == [13]
    with pytest.raises(BadRequest):
        store.answer(VIEWER, WAVE, tokens[14], ANSWER)
    assert store.admits(VIEWER, WAVE, tokens[14]) is False


def test_a_wave_does_not_close_on_answers_that_cannot_be_stored(wave: Store) -> None:
    staff = csv("staff", "as_of,directorate,category,sex,headcount", "2016-01-01,DADI,C,F,12")
    assert wave.import_files(ADMIN, [staff]).ok
    answered(wave, 13)
    with pytest.raises(BadRequest):
        wave.step(OFFICER, WAVE, "closed")
    assert ballots.state(desk(wave), WAVE) == "open"
    more = csv("staff", "as_of,directorate,category,sex,headcount", "2016-02-01,DADI,C,F,20", name="more.csv")
    assert wave.import_files(ADMIN, [more]).ok
    wave.step(OFFICER, WAVE, "closed")
    assert batches(wave) == [13]


def test_the_officer_learns_twenties_and_nothing_under_eleven(wave: Store) -> None:
    wave.tokens(OFFICER, WAVE, 3)
    answered(wave, 10)
    assert wave.response(OFFICER, WAVE) == ballots.Participation(13, None)
    answered(wave, 3)
    assert wave.response(OFFICER, WAVE) == ballots.Participation(16, 20)
    answered(wave, 12)
    assert wave.response(OFFICER, WAVE) == ballots.Participation(28, 20)


def test_no_file_beside_the_store_tells_a_code_or_an_answer(wave: Store, tmp_path: Path) -> None:
    tokens = wave.tokens(OFFICER, WAVE, 23)
    for token in tokens:
        wave.answer(VIEWER, WAVE, token, {"recommend": 7})
    ids = [id for _, id, _ in held(wave)]
    for file in tmp_path.rglob("*"):
        if file.is_file() and not file.name.endswith(".duckdb") and file.parent != wave.places.urns:
            text = file.read_bytes().decode("utf-8", "replace")
            assert not [token for token in tokens if token in text or urn.hashed(WAVE, token) in text]
            assert not [id for id in ids if id in text]
    lines = [json.loads(line) for line in wave.places.ledger.read_text("utf-8").splitlines()]
    assert sum(line.get("actor") == "questionnaire" for line in lines) == 2  # begun and stored, of one batch


def test_a_refused_batch_is_kept_and_whoever_answered_is_thanked(wave: Store) -> None:
    staff = csv("staff", "as_of,directorate,category,sex,headcount", "2016-01-01,DADI,C,F,20")
    assert wave.import_files(ADMIN, [staff]).ok
    answered(wave, 44)  # more answers than staff: none of the batches beyond can be stored
    assert len(held(wave)) == 11
    assert wave.response(OFFICER, WAVE).is_held_back
    put(wave, "closed")
    assert ballots.empty(desk(wave), WAVE) == ballots.Emptied(0, False, is_refused=True)
    assert urn.remains(wave.places, WAVE).waiting == 33


def test_a_group_with_more_answers_than_staff_loses_its_sexes_not_its_answers(tmp_path: Path) -> None:
    groups = {"directorate_groups": {"Ressources": ["DADI"]}}
    store = Store(tmp_path / "town.duckdb", settings=lambda _: groups)
    rows = ["2016-01-01,DADI,A,F,2", "2016-01-01,DADI,A,M,60"]
    assert store.import_files(ADMIN, [csv("staff", "as_of,directorate,category,sex,headcount", *rows)]).ok
    put(store, "open")
    for token in store.tokens(OFFICER, WAVE, 22):
        about = {"directorate_group": "Ressources", "category": "A", "sex": "F"}
        store.answer(VIEWER, WAVE, token, {**about, "recommend": 5})
    assert len(held(store)) == 11 and not store.response(OFFICER, WAVE).is_held_back


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize(
    ("point", "used", "stored"),
    [("before the urn", 21, 0), ("before the batch", 22, 0), ("before it is taken away", 22, 11)],
)
def test_a_process_killed_while_answering(tmp_path: Path, point: str, used: int, stored: int) -> None:
    store = opened(tmp_path)
    tokens = store.tokens(OFFICER, WAVE, 44)
    for token in tokens[:21]:
        store.answer(VIEWER, WAVE, token, {"recommend": 1})
    child = CHILDREN.Process(target=voting.answer_and_die, args=(str(tmp_path), tokens[21], point))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    store = as_a_new_process(store)
    assert urn.remains(store.places, WAVE).used == used
    before = held(store)
    assert len(before) == stored
    for token in tokens[used:]:
        store.answer(VIEWER, WAVE, token, {"recommend": 2})
    put(store, "closed")
    ballots.empty(desk(store), WAVE)
    after = held(store)
    assert len(after) == len({id for _, id, _ in after}) == 44 and set(before) <= set(after)
    assert (
        versions(store) == 44 and min(batches(store)) >= 11
    )  # no row was changed, none came in a smaller batch


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no forkserver")
def test_two_processes_answer_at_once(wave: Store, tmp_path: Path) -> None:
    tokens = wave.tokens(OFFICER, WAVE, 50)
    halves = [tokens[:30], tokens[20:]]  # ten codes are tried by both: one of them is refused
    children = [CHILDREN.Process(target=answer_some, args=(str(tmp_path), half)) for half in halves]
    for child in children:
        child.start()
    for child in children:
        child.join(120)
    assert [child.exitcode for child in children] == [0, 0]
    store = as_a_new_process(wave)
    assert urn.remains(store.places, WAVE).used == 50
    put(store, "closed")
    ballots.empty(desk(store), WAVE)
    assert len(held(store)) == 50
    assert sum(batches(store)) == 50 and min(batches(store)) >= 11


def answer_some(folder: str, tokens: list[str]) -> None:
    """Give an answer for each code that has not served."""
    store = store_at(Path(folder))
    for token in tokens:
        try:
            store.answer(VIEWER, WAVE, token, {"recommend": 4})
        except BadRequest as refused:
            assert refused.text == urn.BAD_TOKEN


def test_words_are_pasted_signed_taken_back_and_undone(wave: Store) -> None:
    rows = [{"item": "who5_1", "words": " Une première phrase "}, {"item": "who5:0", "words": "Jamais"}]

    def words() -> dict[str, Any]:
        found = wave.engine(VIEWER).rows("SELECT item, words, decided_by FROM survey_wordings")
        return {item: (text, who) for item, text, who in found}

    first = wave.word(OFFICER, rows)
    assert first.ok and words() == {"who5_1": ("Une première phrase", "o"), "who5:0": ("Jamais", "o")}
    wave.word(OFFICER, [{"item": "who5_1", "words": ""}])
    assert words()["who5_1"] == (None, "o")
    again = wave.word(ADMIN, rows)  # the same words come back
    assert again.ok and again.import_id and words()["who5_1"] == ("Une première phrase", "test")
    wave.undo(OFFICER, again.import_id)
    assert words()["who5_1"] == (None, "o")


@pytest.mark.parametrize(
    "rows", [[], [{"item": "who5_1"}], [{"item": "who5_1", "words": "x", "decided_by": "y"}]]
)
def test_words_have_an_item_and_nothing_else(wave: Store, rows: list[dict[str, str]]) -> None:
    with pytest.raises(BadRequest):
        wave.word(OFFICER, rows)


def test_words_hold_no_address(wave: Store) -> None:
    done = wave.word(OFFICER, [{"item": "who5_1", "words": "écrivez à jeanne@example.fr"}])
    assert [fault.rule for fault in done.errors] == ["R20"]


def test_what_an_answer_may_say_is_in_the_table() -> None:
    assert {column.name for column in TABLES["survey_answers"].columns} >= {*ballots.ABOUT, *ballots.BY_US}
