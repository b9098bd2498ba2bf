"""``python -m data``: exit codes, one JSON document, words for people, no trace and no path."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from data import __main__ as commands
from data.access import local_actor
from data.demo.edition import FOLDER
from data.purge import Purged
from data.store import Store
from schemas.tables import FILLED, TABLES
from tests.data.samples import PARTNERS, File, budgets, interactions


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The commands' store: empty, without KPIs to compute."""
    monkeypatch.setenv("LEVIER_STORE", str(tmp_path / "town.duckdb"))
    monkeypatch.setattr(commands, "_wiring", lambda: (None, None, None))
    return Store()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command; return its exit code and what it printed (parsed with --json)."""

    def call(*arguments: str) -> tuple[int, Any]:
        code = commands.main(arguments)
        out = capsys.readouterr().out
        return code, json.loads(out) if "--json" in arguments else out

    return call


def put(folder: Path, file: File) -> str:
    path = folder / file[0]
    path.write_bytes(file[1])
    return str(path)


def test_import_history_undo_verify_in_json(run: Any, tmp_path: Path) -> None:
    code, told = run("import", put(tmp_path, budgets("2013,1", "2014,1")), "--json")
    assert code == 0 and told == {
        "import": 1, "stored": {"budgets": 2}, "added": {"budgets": 2}, "changed": {"budgets": 0},
        "unchanged": {"budgets": 0}, "warnings": [], "errors": [], "dry_run": False, "undone": None,
    }  # fmt: skip
    code, told = run("verify", "--json")
    assert code == 0 and told["ok"] and told["problems"] == [] and len(told["content_sha256"]) == 64
    code, told = run("undo", "1", "--json")
    assert code == 0 and (told["import"], told["undone"], told["stored"]) == (2, 1, {"budgets": 2})
    code, told = run("history", "--json")
    assert code == 0 and [(e["import"], e["kind"], e["undone_by"], e["undoes"]) for e in told["imports"]] == [
        (1, "import", 2, None),
        (2, "undo", None, 1),
    ]


def test_a_refused_file_exits_1_and_names_each_fault(run: Any, tmp_path: Path) -> None:
    bad = [
        put(tmp_path, PARTNERS),
        put(tmp_path, interactions("A,2012-01-01,meeting", "Z,2012-02-30,meeting")),
    ]
    code, told = run("import", *bad, "--json")
    assert code == 1 and told["import"] is None and told["stored"] == {}
    assert {(e["file"], e["row"], e["column"], e["value"]) for e in told["errors"]} == {
        ("interactions.csv", 3, "held_on", "2012-02-30"),
        ("interactions.csv", 3, "partner_id", "Z"),
    }
    assert all(e["message"] and e["mend"] and e["rule"] and "sheet" in e for e in told["errors"])
    code, words = run("import", *bad)
    assert (
        code == 1 and "interactions.csv, ligne 3, colonne « Date »" in words
    ) or "colonne « held_on »" in words
    assert "Que faire : " in words and "rien n'est enregistré" in words
    code, words = run("import", *bad, "--lang", "en")
    assert code == 1 and "interactions.csv, row 3, column" in words and "What to do: " in words


def test_a_number_is_shown_as_typed_and_its_column_named_once(run: Any, tmp_path: Path) -> None:
    lines = ("year;price_index", "2013;-5", "2014;douze")
    bad = put(tmp_path, ("budgets.csv", "\n".join(lines).encode()))
    _, told = run("import", bad, "--json")
    faults = {fault["value"]: fault["message"] for fault in told["errors"] if fault["value"]}
    assert {"-5", "douze"} <= set(faults) and all(words.startswith("« ") for words in faults.values())
    _, words = run("import", bad)
    (line,) = [line for line in words.splitlines() if "douze" in line]
    title = TABLES["budgets"].column("price_index").title.fr
    assert (
        line.count(title) == 1 and f"colonne « {title} » : « douze » n'est pas un nombre. Que faire" in line
    )


def test_a_dry_run_says_what_would_be(run: Any, tmp_path: Path, own_store: Store) -> None:
    code, words = run("import", put(tmp_path, budgets("2014,1")), "--dry-run")
    assert code == 0 and "Budgets annuels : 1 ajoutées" in words and "rien n'est enregistré" in words
    assert own_store.history(local_actor()) == []


def test_usage_errors_exit_2(run: Any, tmp_path: Path) -> None:
    for arguments in ([], ["import"], ["undo", "x"], ["import", "f", "--reader", "unknown"], ["nothing"]):
        with pytest.raises(SystemExit) as caught:
            run(*arguments)
        assert caught.value.code == 2
    code, told = run("import", str(tmp_path / "missing.csv"), "--json")
    assert code == 2 and told["import"] is None and len(told["errors"]) == 1
    assert "missing.csv" in told["errors"][0]["message"] and "dossier" in told["errors"][0]["mend"]
    assert run("import", put(tmp_path, budgets("2014,1")), "--table", "unknown")[0] == 2


def test_what_the_store_refuses_exits_1_with_words(run: Any, own_store: Store) -> None:
    code, told = run("undo", "7", "--json")
    assert code == 1 and "n° 7" in told["errors"][0]["message"] and "history" in told["errors"][0]["mend"]
    own_store.engine(local_actor())
    own_store.places.store.write_bytes(b"garbage" * 1000)
    code, told = run("verify", "--json")
    assert code == 1 and told["ok"] is False and told["content_sha256"] is None and len(told["problems"]) == 1
    assert run("history")[0] == 1


def test_an_unexpected_error_gives_a_reference_and_no_trace(
    run: Any, monkeypatch: pytest.MonkeyPatch, own_store: Store, tmp_path: Path
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError(f"secret {tmp_path}")

    monkeypatch.setattr(Store, "history", broken)
    code, words = run("history")
    log = own_store.places.log.read_text("utf-8")
    assert code == 1 and "secret" not in words and str(tmp_path) not in words and "Traceback" not in words
    assert "RuntimeError: secret" in log and log.split()[1] in words


def test_demo_fills_an_empty_store_once(run: Any, own_store: Store) -> None:
    code, told = run("demo", "--json")
    assert (
        code == 0
        and told["import"] == 2  # an earlier edition, then today's
        and told["added"]["partners"] == 214
        and told["changed"]["projects"] == 1
        and set(told["stored"]) == {path.stem for path in FOLDER.glob("*.csv")} <= set(FILLED)
    )
    code, words = run("demo")
    assert code == 0 and "contient déjà des données" in words
    assert len(own_store.history(local_actor())) == 2


def test_the_command_works_while_this_process_reads_the_store(tmp_path: Path, own_store: Store) -> None:
    engine = own_store.engine(local_actor())
    command = [sys.executable, "-m", "data", "import", put(tmp_path, budgets("2014,1")), "--json"]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ), check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["stored"] == {"budgets": 1}
    assert engine.rows("SELECT count(*) FROM budgets") == [(0,)]
    assert own_store.engine(local_actor()).rows("SELECT count(*) FROM budgets") == [(1,)]


def test_a_backup_is_made_and_put_back_while_this_process_reads_the_store(
    tmp_path: Path, own_store: Store
) -> None:
    """As a server does: it holds no lock, and the next rerun sees what the command did."""
    own_store.import_files(local_actor(), [budgets("2014,1")])
    engine = own_store.engine(local_actor())

    def call(*arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-m", "data", *arguments, "--json"]
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=dict(os.environ), check=False
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    told = call("backup", str(tmp_path / "backups"))
    assert Path(told["backup"]).parent == tmp_path / "backups" and len(told["state_sha256"]) == 64
    own_store.import_files(local_actor(), [budgets("2015,1")])
    assert own_store.engine(local_actor()).rows("SELECT count(*) FROM budgets") == [(2,)]
    back = call("restore", str(tmp_path / "backups"))
    assert back["restored"] == told["backup"] and Path(back["aside"]).is_dir() and back["purged"] is None
    assert own_store.engine(local_actor()).rows("SELECT count(*) FROM budgets") == [(1,)]
    assert engine.rows("SELECT count(*) FROM budgets") == [(1,)]
    assert call("purge") == {
        "import": None, "answers": None, "waves": [], "copies": [], "unreached": [], "dry_run": False,
    }  # fmt: skip


def test_backup_restore_and_purge_say_what_they_did(run: Any, tmp_path: Path, own_store: Store) -> None:
    own_store.import_files(local_actor(), [budgets("2014,1")])
    code, words = run("backup", str(tmp_path / "b"))
    assert code == 0 and words.startswith(f"Sauvegardé et vérifié : {tmp_path / 'b'}")
    code, words = run("restore", str(tmp_path / "b"), "--lang", "en")
    assert code == 0 and "Put back: " in words and "What was replaced is kept aside: " in words
    assert run("purge", "--dry-run") == (0, "Aucune réponse n'est à purger.\n")
    code, told = run("restore", str(tmp_path / "none"), "--json")
    assert code == 2 and "sauvegarde" in told["errors"][0]["message"] and told["errors"][0]["mend"]


def test_a_purge_that_leaves_a_backup_behind_exits_1_and_says_which(
    run: Any, own_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = Purged(("2013",), 4, 320, ("/b/levier-1",), ("/b/levier-2",))
    monkeypatch.setattr(Store, "purge_due", lambda *_, **__: left)
    code, words = run("purge")
    assert code == 1 and "2013 (320 réponses, 1 sauvegarde(s) purgée(s))" in words
    assert "Hors d'atteinte" in words and "/b/levier-2" in words
    assert run("purge", "--json")[1]["unreached"] == ["/b/levier-2"]
    assert (
        "seraient" not in words and "Seraient purgées les réponses de : 2013" in run("purge", "--dry-run")[1]
    )
