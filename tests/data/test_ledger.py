"""The ledger: where its lines lead, a last line cut short, lines of somebody else."""

from pathlib import Path

import pytest

from data import ledger
from data.digest import EMPTY
from data.problems import StoreDamaged


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "town.duckdb.ledger.jsonl"


def test_no_ledger_expects_nothing(path: Path) -> None:
    told = ledger.expected(ledger.read(path))
    assert (told.lines, told.state, told.begun, told.pending) == (0, EMPTY, None, set())


def test_the_lines_lead_to_the_last_state_and_what_waits(path: Path) -> None:
    ledger.append(path, "created", state_sha256=EMPTY)
    ledger.append(path, "begun", state_sha256="a", tables={"budgets": {}})
    assert ledger.expected(ledger.read(path)).begun["state_sha256"] == "a"  # type: ignore[index]
    ledger.append(path, "stored", state_sha256="a", tables={"budgets": {}})
    told = ledger.expected(ledger.read(path))
    assert (told.state, told.begun, told.pending) == ("a", None, {"budgets"})
    ledger.append(path, "published", state_sha256="a", readings_sha256="r")
    ledger.append(path, "refused", errors=3)
    told = ledger.expected(ledger.read(path))
    assert (told.state, told.pending, told.readings) == ("a", set(), "r")


def test_a_last_line_cut_short_is_taken_away(path: Path) -> None:
    ledger.append(path, "created", state_sha256=EMPTY)
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"event": "stor')
    assert len(ledger.read(path)) == 1 and path.read_bytes() == whole
    path.write_bytes(b'{"event"')
    assert ledger.read(path) == [] and path.read_bytes() == b""


@pytest.mark.parametrize("line", [b"garbage", b"[]", b'{"at": "x"}', b"\xff\xfe"])
def test_a_line_of_somebody_else_is_said(path: Path, line: bytes) -> None:
    path.write_bytes(line + b"\n")
    with pytest.raises(StoreDamaged, match="registre"):
        ledger.read(path)
