"""Sealed weeks: whole or absent, read as they were, never written to; whatever is changed afterwards is noticed and named."""

import gzip
import hashlib
import inspect
import json
import os
import shutil
import signal
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data import __main__ as commands
from data import frozen, layout, sealed
from data.access import Actor, Forbidden, Role
from data.connection import connect
from data.problems import BadRequest, NoSuchWeek, NotUndoable, SealAltered, StoreBusy
from data.seals import Seal, link
from data.store import Store
from tests.data import killing
from tests.data.killing import count_budgets
from tests.data.samples import ADMIN, PARTNERS, budgets
from tests.data.test_purge import answers
from tests.data.test_recovery import CHILDREN, as_a_new_process

FIRST, SECOND = "2015-W28", "2015-W29"
READER = Actor("mayor", "viewer")


def meet(store: Store, week: str = FIRST, held_on: date = date(2015, 7, 6)) -> None:
    assert store.record(ADMIN, "meetings", [{"meeting_id": week, "held_on": held_on, "minutes": 60}]).ok


def copied(given: Path, folder: Path) -> Store:
    """Return a store of one's own with what another has."""
    for entry in given.glob("town.duckdb*"):
        shutil.copytree(entry, folder / entry.name) if entry.is_dir() else shutil.copy2(entry, folder)
    return Store(folder / "town.duckdb", after=count_budgets)


@pytest.fixture(scope="module")
def two_reviews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with one reading and the reviews of two weeks."""
    folder = tmp_path_factory.mktemp("reviews")
    own = Store(folder / "town.duckdb", after=count_budgets)
    assert own.import_files(ADMIN, [budgets("2014,1"), PARTNERS]).ok
    meet(own)
    meet(own, SECOND, date(2015, 7, 13))
    return folder


@pytest.fixture(scope="module")
def two_seals(two_reviews: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the same with both weeks sealed, a budget between them."""
    folder = tmp_path_factory.mktemp("seals")
    own = copied(two_reviews, folder)
    own.seal(ADMIN, FIRST)
    own.import_files(ADMIN, [budgets("2015,2")])
    own.seal(ADMIN, SECOND)
    return folder


@pytest.fixture
def met(two_reviews: Path, tmp_path: Path) -> Store:
    """A store of one's own with the reviews."""
    return copied(two_reviews, tmp_path)


@pytest.fixture
def chained(two_seals: Path, tmp_path: Path) -> Store:
    """A store of one's own with the sealed weeks."""
    return copied(two_seals, tmp_path)


def years(store: Store) -> list[int]:
    return [year for (year,) in store.engine(ADMIN).rows("SELECT year FROM budgets ORDER BY 1")]


def file_of(store: Store, week: str) -> Path:
    return frozen.final(store.places, week)


def told(store: Store) -> str:
    """What verify says, a new process's first word on this store."""
    sealed._OPEN.clear()
    fresh = Store(as_a_new_process(store).places.store, after=count_budgets)
    return "\n".join(problem.fr for problem in fresh.verify(ADMIN).problems)


def test_a_sealed_week_keeps_what_was_known_and_the_store_goes_on(met: Store) -> None:
    before = met.version(ADMIN)
    made = met.seal(ADMIN, FIRST)
    assert met.seals(ADMIN) == [made] and made.held_on == date(2015, 7, 6) and made.as_of == date(2011, 2, 1)
    assert made.version == before and made.previous == "" and made.sealed_by == ADMIN.name
    met.import_files(ADMIN, [budgets("2014,7", "2015,2")])
    week = met.sealed(READER, FIRST)
    assert years(week) == [2014] and years(met) == [2014, 2015]
    assert week.engine(ADMIN).rows("SELECT population FROM budgets") == [(1,)]
    assert week.engine(ADMIN).rows("SELECT value FROM readings") == [(1.0,)]
    assert week.version(ADMIN) == f"sealed-{made.content_sha256[:12]}" != met.version(ADMIN)
    assert week.as_of(ADMIN) == made.as_of and len(week.history(ADMIN)) == 3 < len(met.history(ADMIN))
    assert met.verify(ADMIN).ok


def test_the_file_is_the_published_copy_and_the_chain_can_be_recomputed_by_hand(chained: Store) -> None:
    one, two = chained.seals(ADMIN)
    for each in (one, two):
        assert hashlib.sha256(file_of(chained, each.week).read_bytes()).hexdigest() == each.content_sha256
    assert file_of(chained, FIRST).read_bytes()[3:8] == bytes(5)  # neither name nor date in the header
    facts = ["", FIRST, "2015-07-06", "2011-02-01", one.sealed_at, "test", one.version, one.content_sha256]
    text = "[" + ",".join(f'"{fact}"' for fact in facts) + "]"
    assert one.chain == hashlib.sha256(text.encode()).hexdigest() and two.previous == one.chain
    noted = [
        file["sha256"]
        for line in chained.places.ledger.read_text("utf-8").splitlines()
        for file in json.loads(line).get("files", ())
        if json.loads(line)["event"] == "stored" and "scellée" in file["name"]
    ]
    assert noted == [one.chain, two.chain]


@pytest.mark.parametrize("week", ["2015-W27", "../2015", "2015", ""])
def test_only_the_week_of_a_review_is_sealed_and_only_once(met: Store, week: str) -> None:
    with pytest.raises(BadRequest) as refused:
        met.seal(ADMIN, week)
    assert refused.value.text.fr != refused.value.text.en and "Que faire" in refused.value.text.fr
    met.seal(ADMIN, FIRST)
    with pytest.raises(BadRequest, match="est scellée depuis"):
        met.seal(ADMIN, FIRST)
    assert len(met.seals(ADMIN)) == 1 and met.verify(ADMIN).ok


def test_a_week_before_the_last_sealed_one_is_not_sealed_afterwards(met: Store) -> None:
    met.seal(ADMIN, SECOND)
    with pytest.raises(BadRequest) as refused:
        met.seal(ADMIN, FIRST)
    assert f"la semaine {SECOND}" in refused.value.text.fr and "Que faire" in refused.value.text.fr
    assert f"week {SECOND}" in refused.value.text.en and [one.week for one in met.seals(ADMIN)] == [SECOND]


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"x")])
def test_nothing_is_sealed_onto_a_damaged_chain(chained: Store, damage: Callable[[Path], object]) -> None:
    meet(chained, "2015-W30", date(2015, 7, 20))
    kept = file_of(chained, FIRST).read_bytes()
    damage(file_of(chained, FIRST))
    with pytest.raises(BadRequest, match=r"chaîne abîmée.*Que faire") as refused:
        chained.seal(ADMIN, "2015-W30")
    assert FIRST in refused.value.text.fr and "What to do" in refused.value.text.en
    file_of(chained, FIRST).write_bytes(kept)
    assert chained.seal(ADMIN, "2015-W30").week == "2015-W30" and chained.verify(ADMIN).ok


def test_a_week_that_went_by_is_not_sealed_with_later_data(store: Store) -> None:
    assert store.import_files(ADMIN, [budgets("2014,1"), PARTNERS]).ok  # data of 1 February 2011
    meet(store, "2011-W03", date(2011, 1, 17))
    assert store.seal(ADMIN, "2011-W03").held_on == date(2011, 1, 17)  # late, but none was held since
    meet(store, "2011-W04", date(2011, 1, 24))
    meet(store, "2011-W05", date(2011, 1, 31))
    with pytest.raises(BadRequest, match="passée sans être scellée") as refused:
        store.seal(ADMIN, "2011-W04")
    assert "2011-01-31" in refused.value.text.en and "2011-02-01" in refused.value.text.en
    assert store.seal(ADMIN, "2011-W05").as_of == date(2011, 2, 1)


def test_an_empty_store_has_nothing_to_seal(store: Store) -> None:
    meet(store)
    with pytest.raises(BadRequest, match="rien à sceller"):
        store.seal(ADMIN, FIRST)
    assert not list(store.places.seals.glob("*.gz*"))


def test_readings_that_wait_are_computed_before_they_are_frozen(met: Store) -> None:
    def failing(*_: object) -> None:
        raise ValueError("no")

    met.import_files(ADMIN, [budgets("2015,1")], after=failing)
    assert met.engine(ADMIN).rows("SELECT value FROM readings") == []
    met.seal(ADMIN, FIRST)
    assert met.sealed(ADMIN, FIRST).engine(ADMIN).rows("SELECT value FROM readings") == [(2.0,)]
    with pytest.raises(BadRequest, match="pas à jour"):
        Store(met.places.store, after=failing).seal(ADMIN, SECOND)


def test_who_may_not_seal_reads_all_the_same(met: Store) -> None:
    roles: tuple[Role, ...] = ("viewer", "reader")
    for role in roles:
        with pytest.raises(Forbidden):
            met.seal(Actor("x", role), FIRST)
    met.seal(Actor("x", "editor"), FIRST)
    assert met.sealed(READER, FIRST).seals(READER) == []  # of that moment: it was not sealed yet
    with pytest.raises(Forbidden):
        met.sealed(READER, FIRST).provenance(READER, [1])
    assert met.sealed(READER, FIRST).provenance(Actor("x", "reader"), [1])[0].import_id == 1
    with pytest.raises(NoSuchWeek):
        met.sealed(READER, SECOND)


READING = {
    *("history", "warnings", "engine", "version", "catalogue", "as_of", "freshness", "provenance", "waves"),
    *("published", "seals", "seal_problems", "sealed", "verify"),
}


def test_every_method_of_a_store_reads_a_sealed_week_or_is_refused_in_words(met: Store) -> None:
    methods = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if name[0] != "_"}
    assert methods == READING | set(sealed.WRITING), (
        "a new method: does it read, or must a sealed week refuse it?"
    )
    met.seal(ADMIN, FIRST)
    week = met.sealed(ADMIN, FIRST)
    for name in sealed.WRITING:
        with pytest.raises(BadRequest, match="scellée : rien ne s'y écrit"):
            getattr(week, name)(ADMIN)
    plain: dict[str, tuple[object, ...]] = {"warnings": (1,), "provenance": ([1],), "sealed": (FIRST,)}
    for name in READING:
        getattr(week, name)(ADMIN, *plain.get(name, ()))
    with pytest.raises(duckdb.Error):
        week.engine(ADMIN)._connection.execute("DELETE FROM kept.budgets")


def test_a_seal_is_not_undone_but_what_was_typed_is_corrected_afterwards(met: Store) -> None:
    met.seal(ADMIN, FIRST)
    number = met.history(ADMIN)[-1].import_id
    with pytest.raises(NotUndoable, match=f"scellé la semaine {FIRST}"):
        met.undo(ADMIN, number)
    assert met.history(ADMIN)[-1].files == (f"semaine {FIRST} : scellée",)
    met.record(ADMIN, "meetings", [{"meeting_id": FIRST, "held_on": date(2015, 7, 7), "minutes": 30}])
    sql = f"SELECT minutes FROM meetings WHERE meeting_id = '{FIRST}'"
    assert met.engine(ADMIN).rows(sql) == [(30,)]
    assert met.sealed(ADMIN, FIRST).engine(ADMIN).rows(sql) == [(60,)]
    assert met.verify(ADMIN).ok and met.undo(ADMIN, number + 1).ok


def test_nobody_writes_the_register_but_sealing(met: Store) -> None:
    with pytest.raises(BadRequest):
        met.record(ADMIN, "seals", [{"week": FIRST}])
    with pytest.raises(BadRequest):
        met.withdraw(ADMIN, "seals", [FIRST])
    header = "week,held_on,as_of,sealed_at,sealed_by,version,content_sha256,previous,chain"
    row = f"{FIRST},2015-07-06,2014-12-31,2015-07-06T10:00:00+00:00,x,1,aa,,bb"
    try:
        refused = not met.import_files(ADMIN, [("seals.csv", f"{header}\n{row}\n".encode())]).ok
    except BadRequest:
        refused = True
    assert refused and met.seals(ADMIN) == []


# ---------------------------------------------------------------------------------- killed on the way


def seal_and_die(folder: str, point: str) -> None:
    """Seal the first week, and die at a given point of the way."""
    store = Store(Path(folder) / "town.duckdb", after=count_budgets)
    store.engine(ADMIN)
    POINTS[point]()
    store.seal(ADMIN, FIRST)
    killing.die()


def _die_in(module: str, name: str) -> Callable[[], None]:
    def patch() -> None:
        setattr(__import__(f"data.{module}", fromlist=["x"]), name, killing.die)

    return patch


MARKS = ("before begun", "after commit", "within stored", "publishing")  # the others are those of any import
POINTS = {point: killing.POINTS[point] for point in MARKS} | {
    "copying": _die_in("frozen", "_pack"),
    "packed": _die_in("frozen", "sync_folder"),
    "before the name": _die_in("sealing", "final"),
    "before its folder is synced": _die_in("sealing", "sync_folder"),
}
ABSENT = {"copying", "packed", "before begun"}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("point", POINTS)
def test_a_sealing_killed_at_any_point_is_whole_or_absent(met: Store, tmp_path: Path, point: str) -> None:
    child = CHILDREN.Process(target=seal_and_die, args=(str(tmp_path), point))
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    fresh = Store(as_a_new_process(met).places.store, after=count_budgets)
    weeks = [each.week for each in fresh.seals(ADMIN)]
    assert weeks == ([] if point in ABSENT else [FIRST])
    if weeks:
        assert years(fresh.sealed(ADMIN, FIRST)) == [2014] and fresh.seal_problems(ADMIN) == {}
    else:
        fresh.seal(ADMIN, FIRST)
    assert fresh.seal(ADMIN, SECOND).previous == fresh.seals(ADMIN)[0].chain
    assert told(met) == "" and sorted(path.name for path in met.places.seals.glob("*.*")) == [
        f"{FIRST}.duckdb.gz",
        f"{SECOND}.duckdb.gz",
    ]


def test_two_people_seal_the_same_week_and_others_read_meanwhile(met: Store) -> None:
    outcomes: list[object] = []
    done = threading.Event()

    def sealing() -> None:
        try:
            outcomes.append(Store(met.places.store, after=count_budgets).seal(ADMIN, FIRST))
        except (BadRequest, StoreBusy) as problem:
            outcomes.append(problem)

    seen: set[int] = set()
    wrong: list[Exception] = []

    def reading() -> None:
        while not done.is_set():
            try:
                seen.add(len(years(met)) + len(met.seals(ADMIN)))
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=sealing) for _ in range(2)]
    reader = threading.Thread(target=reading)
    for thread in (*threads, reader):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    assert sorted(type(each).__name__ for each in outcomes) == ["BadRequest", "Seal"]
    assert wrong == [] and seen <= {1, 2} and len(met.seals(ADMIN)) == 1 and met.verify(ADMIN).ok


def test_a_fresh_copy_is_opened_by_several_threads_at_once(met: Store) -> None:
    files = [Path(shutil.copy(met.places.store, met.places.store.with_name(f"{at}.db"))) for at in range(15)]
    wrong: list[Exception] = []
    gate = threading.Barrier(4)

    def opening() -> None:
        for file in files:
            gate.wait()
            try:
                kept.append(connect(file, read_only=True))
            except Exception as error:
                wrong.append(error)

    kept: list[object] = []
    threads = [threading.Thread(target=opening) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == [] and len(kept) == 60


# ---------------------------------------------------------------------------------- tampering


def test_a_changed_byte_is_noticed_named_and_not_served(chained: Store) -> None:
    path = file_of(chained, FIRST)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    assert FIRST in told(chained) and "a été altérée" in told(chained) and SECOND not in told(chained)
    assert list(chained.seal_problems(ADMIN)) == [FIRST]
    with pytest.raises(SealAltered, match=FIRST):
        chained.sealed(ADMIN, FIRST)
    assert years(chained.sealed(ADMIN, SECOND)) == [2014, 2015] and years(chained) == [2014, 2015]
    path.write_bytes(whole)
    assert told(chained) == "" and years(chained.sealed(ADMIN, FIRST)) == [2014]


def test_a_deleted_file_and_a_file_too_many_are_noticed_and_named(chained: Store) -> None:
    shutil.copy(file_of(chained, FIRST), file_of(chained, "2015-W30"))
    file_of(chained, SECOND).unlink()
    words = told(chained)
    assert (
        f"de la semaine {SECOND} a disparu" in words
        and "« 2015-W30.duckdb.gz »" in words
        and FIRST not in words
    )
    with pytest.raises(SealAltered, match="a disparu"):
        chained.sealed(ADMIN, SECOND)


def test_two_files_swapped_are_both_noticed(chained: Store) -> None:
    one, two = file_of(chained, FIRST), file_of(chained, SECOND)
    aside = one.with_name("aside")
    for given, taken in ((one, aside), (two, one), (aside, two)):
        os.replace(given, taken)
    assert FIRST in told(chained) and SECOND in told(chained)


def edited(store: Store, *statements: str) -> str:
    with duckdb.connect(str(store.places.store)) as connection:
        for statement in statements:
            connection.execute(statement)
    return told(store)


def test_an_edited_row_of_the_register_is_noticed_and_named(chained: Store) -> None:
    words = edited(chained, f"UPDATE kept.seals SET as_of = '2014-12-30' WHERE week = '{FIRST}'")
    assert f"{FIRST} a été altérée dans le registre" in words and SECOND not in words


def test_an_edited_row_with_its_link_made_anew_breaks_the_chain(chained: Store) -> None:
    one = chained.seals(ADMIN)[0]
    facts = one.__dict__ | {"sealed_by": "somebody else"}
    made = link(one.previous, facts)
    words = edited(
        chained, f"UPDATE kept.seals SET sealed_by = 'somebody else', chain = '{made}' WHERE week = '{FIRST}'"
    )
    assert f"avant la semaine {SECOND}" in words and f"{FIRST} n'est pas celle" in words


def test_two_weeks_swapped_in_the_register_are_noticed_and_named(chained: Store) -> None:
    words = edited(
        chained,
        f"UPDATE kept.seals SET week = CASE week WHEN '{FIRST}' THEN '{SECOND}' ELSE '{FIRST}' END",
    )
    assert (
        f"{FIRST} a été altérée dans le registre" in words
        and f"{SECOND} a été altérée dans le registre" in words
    )


def test_a_row_taken_out_of_the_register_is_noticed_and_named(chained: Store) -> None:
    words = edited(chained, f"DELETE FROM kept.seals WHERE week = '{SECOND}'")
    assert f"La semaine {SECOND} a été scellée, dit le journal" in words and FIRST not in words


# ---------------------------------------------------------------------------------- kept


def test_a_backup_has_the_seals_and_a_restore_puts_them_back(chained: Store, tmp_path: Path) -> None:
    kept = [file_of(chained, week).read_bytes() for week in (FIRST, SECOND)]
    copy = chained.backup(ADMIN, tmp_path / "b").folder
    assert [each.week for each in Store(copy / "levier.duckdb").seals(ADMIN)] == [FIRST, SECOND]
    assert told(Store(copy / "levier.duckdb")) == ""
    assert years(Store(copy / "levier.duckdb").sealed(ADMIN, FIRST)) == [2014]
    meet(chained, "2015-W30", date(2015, 7, 20))
    chained.seal(ADMIN, "2015-W30")
    file_of(chained, FIRST).unlink()
    done = chained.restore(ADMIN, copy)
    assert [file_of(chained, week).read_bytes() for week in (FIRST, SECOND)] == kept
    assert told(chained) == "" and not file_of(chained, "2015-W30").exists()
    assert done.aside is not None and "2015-W30" in [
        each.week for each in Store(done.aside / "levier.duckdb").seals(ADMIN)
    ]
    assert FIRST in told(Store(done.aside / "levier.duckdb"))


def test_an_altered_week_is_backed_up_as_it_is(chained: Store, tmp_path: Path) -> None:
    file_of(chained, FIRST).write_bytes(b"x")
    assert FIRST in told(Store(chained.backup(ADMIN, tmp_path / "b").folder / "levier.duckdb"))


def test_a_sealed_week_holds_no_survey_answer(met: Store) -> None:
    met.import_files(ADMIN, [answers("2013", "secret")])
    met.seal(ADMIN, FIRST)
    copy = gzip.decompress(file_of(met, FIRST).read_bytes())
    assert b"secret" not in copy
    engine = met.sealed(ADMIN, FIRST).engine(ADMIN)
    for table in sorted(layout.UNTRACED):
        assert engine.rows(f"SELECT count(*) FROM kept.{table}") == [(0,)]


def test_a_week_sealed_by_an_earlier_release_is_led_forward(
    met: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = frozen._pack

    def older(copy: Path, target: Path) -> None:
        with duckdb.connect(str(copy)) as connection:
            connection.execute("DROP VIEW main.partners; ALTER TABLE kept.partners DROP COLUMN sector")
            connection.execute("DROP TABLE main.sealed_texts")
            layout.put_meta(connection, "layout", "an earlier one")
        pack(copy, target)

    monkeypatch.setattr(frozen, "_pack", older)
    made = met.seal(ADMIN, FIRST)
    week = met.sealed(ADMIN, FIRST)
    assert week.engine(ADMIN).rows("SELECT name, sector FROM partners ORDER BY 1")[0] == ("Alpha", None)
    assert week.catalogue(ADMIN).layers == () and met.verify(ADMIN).ok  # the sealed file itself is as it was
    assert hashlib.sha256(file_of(met, FIRST).read_bytes()).hexdigest() == made.content_sha256


def test_a_process_holds_a_few_weeks_open_and_leaves_no_copy_behind(
    chained: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed._OPEN.clear()
    monkeypatch.setattr(sealed, "KEPT", 1)
    folder = chained.places.seals / frozen.OPEN
    folder.mkdir(exist_ok=True)
    left = folder / "left-by-a-stopped-process.duckdb"
    left.write_bytes(b"x")
    os.utime(left, (0, 0))
    one, two = chained.sealed(ADMIN, FIRST), chained.sealed(ADMIN, SECOND)
    for _ in range(2):
        assert (years(one), years(two)) == ([2014], [2014, 2015]) and len(sealed._OPEN) == 1
    assert chained.sealed(ADMIN, SECOND).engine(ADMIN) is two.engine(ADMIN)
    assert list(folder.glob("*")) == []


def test_the_commands_seal_list_and_say_which_week_was_altered(
    met: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LEVIER_STORE", str(met.places.store))
    monkeypatch.setattr(commands, "_wiring", lambda: (count_budgets, None, None))

    def run(*arguments: str) -> tuple[int, str]:
        return commands.main(arguments), capsys.readouterr().out

    assert run("seals") == (0, "Aucune semaine scellée.\n")
    code, out = run("seal", FIRST, "--json")
    made = met.seals(ADMIN)[0]
    assert code == 0 and Seal(**json.loads(out) | {"held_on": made.held_on, "as_of": made.as_of}) == made
    assert run("seal", "2015-W52")[0] == 2
    code, out = run("seals", "--json")
    assert code == 0 and json.loads(out) == {"seals": [made.as_json() | {"problems": []}]}
    assert "intacte" in run("seals")[1] and "intact" in run("seals", "--lang", "en")[1]
    file_of(met, FIRST).unlink()
    code, out = run("seals")
    assert code == 1 and "ALTÉRÉE" in out and "a disparu" in out
    code, out = run("verify", "--json", "--lang", "en")
    assert code == 1 and f"sealed copy of week {FIRST} is gone" in json.loads(out)["problems"][0]
