"""The command: what it writes, what it refuses, and that nothing half written is left."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.access import local_actor
from metrics.meetings import read_meetings
from pages.exports import __main__ as door
from pages.exports.__main__ import COMMANDS, main
from pages.exports.setting import NotSet
from tests.pages.exports import papers

ROOT = Path(__file__).resolve().parents[3]


def test_the_brief_and_the_book_are_written(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "note.pdf"
    assert main(["brief", str(out)]) == 0
    assert papers.pages(out.read_bytes()) == 1 and "Les six promesses" in papers.text(out.read_bytes())
    assert capsys.readouterr().out.startswith("note.pdf")
    assert main(["book", str(out), "--lang", "en", "--as-of", "2015-03-31"]) == 0
    assert "31 Mar" in papers.text(out.read_bytes()) and "Method" in papers.text(out.read_bytes())
    assert [one.name for one in tmp_path.iterdir()] == ["note.pdf"]


def test_a_date_beyond_the_data_is_the_data_s(town: Path, tmp_path: Path) -> None:
    assert main(["brief", str(tmp_path / "a.pdf"), "--as-of", "2031-01-31"]) == 0
    assert "30 juin 2015" in papers.text((tmp_path / "a.pdf").read_bytes())


def test_a_scope_is_looked_up(town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", str(tmp_path / "a.pdf"), "--scope", "DADY"]) == 2
    said = capsys.readouterr().err
    assert "Périmètre inconnu : DADY." in said.replace("\u00a0", " ") and "DADI" in said
    assert not list(tmp_path.iterdir())
    assert main(["brief", str(tmp_path / "a.pdf"), "--scope", "DADI"]) == 0
    assert "DADI" in papers.text((tmp_path / "a.pdf").read_bytes())


def test_no_folder_and_no_week_are_said_without_a_path(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", str(tmp_path / "nowhere" / "a.pdf")]) == 2
    assert main(["brief", str(tmp_path)]) == 2
    assert main(["brief", str(tmp_path / "a.pdf"), "--week", "1999-W01"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 3 and str(tmp_path) not in said and "1999-W01" in said


def test_what_cannot_be_set_or_written_leaves_the_file_of_before(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.pdf"
    out.write_bytes(b"before")

    def fails(*_: object) -> bytes:
        raise NotSet("a font is missing")

    monkeypatch.setattr(door.brief, "write", fails)
    assert main(["brief", str(out), "--lang", "en"]) == 1
    assert "could not be set: a font is missing" in capsys.readouterr().err

    def full(*_: object) -> None:
        raise OSError(28, "no space", str(out))

    monkeypatch.undo()
    monkeypatch.setenv("LEVIER_STORE", str(town))
    monkeypatch.setattr(door.os, "fsync", full)
    assert main(["brief", str(out)]) == 1
    assert str(tmp_path) not in capsys.readouterr().err
    assert out.read_bytes() == b"before" and [one.name for one in tmp_path.iterdir()] == ["a.pdf"]


@pytest.mark.parametrize(
    "arguments", [[], ["brief"], ["nothing", "a.pdf"], ["brief", "a.pdf", "--as-of", "June"]]
)
def test_usage_exits_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_it_is_a_program_and_an_empty_store_has_its_page(empty: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pages.exports", "brief", str(tmp_path / "a.pdf"), "--lang", "en"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "") and "a.pdf" in done.stdout
    assert "No data" in papers.text((tmp_path / "a.pdf").read_bytes())


def test_every_command_says_what_it_writes() -> None:
    assert {"brief", "book"} <= COMMANDS.keys() and all(one.help for one in COMMANDS.values())


def test_a_sealed_week_is_read_as_it_was_sealed(own_town: Path, tmp_path: Path) -> None:
    store, actor = door.wired(), local_actor()
    week = next(one.meeting_id for one in reversed(read_meetings(store.engine(actor))) if one.opened_at)
    store.seal(actor, week)
    store.record(
        actor,
        "targets",
        [{"kpi": "active_files", "valid_from": date(2015, 1, 1), "target": 500, "reason": "x"}],
    )
    assert main(["brief", str(tmp_path / "then.pdf"), "--week", week]) == 0
    assert main(["brief", str(tmp_path / "now.pdf")]) == 0
    then, now = (papers.text((tmp_path / name).read_bytes()) for name in ("then.pdf", "now.pdf"))
    assert f"semaine scellée {week}" in then and "cible 500" in now and "cible 500" not in then
