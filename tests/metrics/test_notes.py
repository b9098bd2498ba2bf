"""Threads of notes, and those that exports bear."""

import random
from datetime import date
from typing import Any

import pytest

from data.access import Actor
from data.store import Store
from metrics.notes import Note, every_note, exported_notes, read_notes_on

HEAD = "note_id,about,subject,answers,words,is_exported,signed_by,written_on,reviewed_by,reviewed_on"


def held(tmp_path: Any, lines: list[str]) -> Any:
    """An engine on a store that holds these notes, brought by a file."""
    store, admin = Store(tmp_path / "n.duckdb"), Actor("root", "admin")
    done = store.import_files(admin, [("notes.csv", "\n".join([HEAD, *lines]).encode())])
    assert done.ok, done.errors
    return store.engine(admin)


LINES = [
    "a,kpi,throughput,,Un creux,true,DADI,2015-01-05,Cabinet,2015-01-07",
    "b,kpi,throughput,a,Pourquoi ?,false,Cabinet,2015-01-06,,",
    "c,kpi,throughput,b,Les fêtes,true,DADI,2015-01-08,,",
    "d,kpi,throughput,,Autre sujet,,DADI,2015-01-07,,",
    "e,kpi,active_files,a,Perdue,,DADI,2015-01-09,,",
    "f,project,throughput,,Un projet,,DADI,2015-01-09,,",
]


def shape(threads: tuple[Note, ...]) -> dict[str, list[str]]:
    return {thread.note_id: [reply.note_id for reply in thread.replies] for thread in threads}


def test_replies_stand_under_the_first_note_in_the_order_written(tmp_path: Any) -> None:
    engine = held(tmp_path, LINES)
    found = read_notes_on(engine, "kpi", "throughput")
    assert shape(found) == {"a": ["b", "c"], "d": []}
    assert (found[0].reviewed_by, found[0].reviewed_on, found[0].is_exported) == (
        "Cabinet",
        date(2015, 1, 7),
        True,
    )
    assert found[1].is_exported is False and found[1].reviewed_by == ""


def test_an_answer_to_a_note_that_is_gone_or_elsewhere_opens_a_thread(tmp_path: Any) -> None:
    engine = held(tmp_path, LINES)
    assert shape(read_notes_on(engine, "kpi", "active_files")) == {"e": []}
    assert shape(read_notes_on(engine, "project", "throughput")) == {"f": []}
    assert read_notes_on(engine, "week", "2015-W28") == ()


@pytest.mark.parametrize("seed", range(20))
def test_every_note_stands_in_one_thread_whatever_answers_what(tmp_path: Any, seed: int) -> None:
    """Circles included: a file may hold them."""
    rng, ids = random.Random(seed), [f"n{i}" for i in range(12)]
    lines = [
        f"{id},kpi,k,{rng.choice(['', *ids])},Mots,,DADI,2015-01-{i + 1:02}," for i, id in enumerate(ids)
    ]
    found = shape(read_notes_on(held(tmp_path, [line + "," for line in lines]), "kpi", "k"))
    assert sorted([*found, *(reply for replies in found.values() for reply in replies)]) == sorted(ids)


def test_exports_bear_the_marked_notes_written_by_their_date(tmp_path: Any) -> None:
    engine = held(tmp_path, LINES)
    assert [note.note_id for note in exported_notes(engine, date(2015, 1, 5))] == ["a"]
    assert [note.note_id for note in exported_notes(engine, date(2015, 1, 31))] == ["a", "c"]
    assert len(every_note(engine)) == len(LINES)


def test_the_last_date_of_the_data_bears_what_was_written_since(town: Any) -> None:
    last = town.rows("SELECT MAX(as_of) FROM readings")[0][0]

    class Later:
        """The town's engine as if every note were written today."""

        def rows(self, sql: str, params: Any = ()) -> Any:
            return town.rows(sql.replace("FROM notes", f"FROM ({ONE}) AS notes"), params)

    assert [note.note_id for note in exported_notes(Later(), last)] == ["z"]
    assert exported_notes(Later(), date(2015, 5, 31)) == ()


ONE = (
    "SELECT 'z' AS note_id, 'kpi' AS about, 'throughput' AS subject, NULL AS answers, 'Mots' AS words, TRUE AS is_exported, "
    "'DADI' AS signed_by, DATE '2026-01-01' AS written_on, NULL AS reviewed_by, NULL AS reviewed_on, 1 AS _id"
)
