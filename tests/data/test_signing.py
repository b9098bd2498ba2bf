"""Notes are signed by the data layer: by role or by name as the town decides, never for somebody else."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.access import Actor
from data.problems import BadRequest
from data.signing import signature
from data.store import Store

DADI = Actor("jdupont", "editor", "Resp. instruction")
OTHER = Actor("cabinet", "editor")
ADMIN = Actor("root", "admin")
NOTE = {"about": "kpi", "subject": "throughput", "words": "Deux instructeurs absents en juin."}
TODAY = date.today()


def noted(store: Store, **more: Any) -> str:
    """Store a note of DADI's and return its id."""
    assert store.record(DADI, "notes", [NOTE | more]).ok
    return str(store.engine(DADI).rows("SELECT note_id FROM notes ORDER BY _id DESC LIMIT 1")[0][0])


def held(store: Store, columns: str) -> list[tuple[Any, ...]]:
    return store.engine(ADMIN).rows(f"SELECT {columns} FROM notes ORDER BY _id")


@pytest.mark.parametrize(
    ("actor", "by", "words"),
    [
        (DADI, "role", "Resp. instruction"),
        (DADI, "name", "jdupont"),
        (OTHER, "role", "editor"),
        (OTHER, "name", "cabinet"),
    ],
)
def test_an_account_signs_with_its_function_its_role_or_its_name(actor: Actor, by: str, words: str) -> None:
    assert signature(actor, by) == words


def test_a_screen_cannot_sign_date_or_stamp_a_note_for_somebody_else(store: Store) -> None:
    noted(store, signed_by="Maire", written_on=date(2014, 1, 1), reviewed_by="Maire", reviewed_on=TODAY)
    assert held(store, "signed_by, written_on, reviewed_by, reviewed_on") == [
        ("Resp. instruction", TODAY, None, None)
    ]


def test_the_town_decides_that_names_sign(tmp_path: Path) -> None:
    def by_name(bound: object) -> Mapping[str, Any]:
        return {"signatures": "name"}

    store = Store(tmp_path / "named.duckdb", settings=by_name)
    noted(store)
    assert held(store, "signed_by") == [("jdupont",)]


def test_another_may_stamp_and_mark_but_not_reword_or_withdraw(store: Store) -> None:
    key = noted(store)
    assert store.record(OTHER, "notes", [{"note_id": key, "reviewed_on": date(2015, 1, 1)}]).ok
    assert store.record(OTHER, "notes", [{"note_id": key, "is_exported": True}]).ok
    assert held(store, "signed_by, reviewed_by, reviewed_on, is_exported, words") == [
        ("Resp. instruction", "editor", TODAY, True, NOTE["words"])
    ]
    with pytest.raises(BadRequest, match="signée par quelqu'un d'autre"):
        store.record(OTHER, "notes", [{"note_id": key, "words": "Tout va bien."}])
    with pytest.raises(BadRequest):
        store.withdraw(OTHER, "notes", [key])
    assert len(held(store, "note_id")) == 1


def test_new_words_lose_the_stamp_and_keep_the_rest(store: Store) -> None:
    key = noted(store, is_exported=True)
    store.record(OTHER, "notes", [{"note_id": key, "reviewed_on": TODAY}])
    edited = {"note_id": key, "words": "Un seul.", "subject": "active_files"}
    assert store.record(DADI, "notes", [edited]).ok
    assert held(store, "words, subject, is_exported, reviewed_by, reviewed_on") == [
        ("Un seul.", "throughput", True, None, None)
    ]


def test_a_stamp_comes_off(store: Store) -> None:
    key = noted(store)
    store.record(OTHER, "notes", [{"note_id": key, "reviewed_on": TODAY}])
    store.record(DADI, "notes", [{"note_id": key, "reviewed_on": None}])
    assert held(store, "reviewed_by, reviewed_on") == [(None, None)]


def test_one_withdraws_ones_own_whoever_administers_any_and_it_comes_back(store: Store) -> None:
    mine, other = noted(store), noted(store)
    gone = store.withdraw(DADI, "notes", [mine])
    assert store.withdraw(ADMIN, "notes", [other]).ok and held(store, "note_id") == []
    assert store.undo(DADI, gone.import_id or 0).ok
    assert held(store, "note_id, signed_by") == [(mine, "Resp. instruction")]


def test_one_answers_a_note_that_is_there_and_about_the_same(store: Store) -> None:
    key = noted(store)
    assert store.record(OTHER, "notes", [NOTE | {"answers": key, "words": "Jusqu'au 15."}]).ok
    for wrong in ({"answers": "gone"}, {"answers": key, "subject": "active_files"}):
        with pytest.raises(BadRequest, match="n'est plus là"):
            store.record(OTHER, "notes", [NOTE | wrong])


def test_a_person_s_address_is_refused_in_clear_words(store: Store) -> None:
    done = store.record(DADI, "notes", [NOTE | {"words": "Voir avec jeanne.martin@ville.fr"}])
    assert not done.ok and held(store, "note_id") == []
    (fault,) = done.errors
    assert "adresse électronique" in fault.message.fr and "jeanne.martin" not in fault.message.fr
