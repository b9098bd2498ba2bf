"""Whether the sealed weeks are what they were: every copy's bytes, every link of the chain, what the ledger noted of each."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb

from data import ledger
from data.connection import connect
from data.frozen import ENDING, OPEN, final, sha256, waiting
from data.places import Places
from data.problems import StoreProblem
from data.seals import Seal, seals, source_name
from data.session import locked
from schemas.text import Text

Problem = tuple[str, Text]  # week, words


def by_week(places: Places, found: Sequence[Seal]) -> dict[str, list[Text]]:
    """Return what is wrong with each week, as far as its row, its link and its file tell."""
    told: dict[str, list[Text]] = {}
    for week, words in (*_links(found), *_files(places, found)):
        told.setdefault(week, []).append(words)
    return told


def problems(places: Places, found: Sequence[Seal]) -> list[Text]:
    """Return all that is wrong: rows, links, ledger, files, and files that no row knows. Under the writer's lock."""
    return damage(places, found) + list(_surplus(places, found))


def damage(places: Places, found: Sequence[Seal]) -> list[Text]:
    """Return what is wrong with the weeks themselves, stray files left aside. Under the writer's lock."""
    noted = _noted(ledger.read(places.ledger))
    return [words for _, words in (*_links(found), *_in_ledger(found, noted), *_files(places, found))]


def of_damaged(places: Places) -> list[Text]:
    """Return the same of a store that is not served, as far as it can still be read."""
    if not places.store.exists():
        return []
    try:
        with locked(places, None):
            connection = connect(places.store, read_only=True)
            try:
                found = seals(lambda sql: connection.execute(sql).fetchall())
            finally:
                connection.close()
            return problems(places, found)
    except (duckdb.Error, StoreProblem, OSError):
        return []


def _links(found: Sequence[Seal]) -> Iterator[Problem]:
    """Yield the weeks whose facts do not give their link, then those that do not follow the one before."""
    for each in found:
        if each.link != each.chain:
            yield each.week, ROW.format(week=each.week)
    if found and found[0].previous:
        yield found[0].week, UNLINKED.format(week=found[0].week)
    for before, each in pairwise(found):
        if each.previous != before.chain:
            yield each.week, UNLINKED.format(week=each.week)


def _noted(lines: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the ledger noted of sealings: the name of each -> its link."""
    stored = (line for line in lines if line["event"] == ledger.EVENTS["import"])
    return {file["name"]: file["sha256"] for line in stored for file in line.get("files") or ()}


def _in_ledger(found: Sequence[Seal], noted: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the weeks that the ledger tells otherwise, and those that it knows and the register does not."""
    for each in found:
        if noted.get(source_name(each.week)) != each.chain:
            yield each.week, LEDGER.format(week=each.week)
    known = {source_name(each.week) for each in found}
    first, last = source_name("\0").split("\0")
    for name in noted:
        if name not in known and name.startswith(first) and name.endswith(last):
            week = name.removeprefix(first).removesuffix(last)
            yield week, LOST.format(week=week)


def _files(places: Places, found: Sequence[Seal]) -> Iterator[Problem]:
    for each in found:
        path = final(places, each.week)
        content = _content(path) or _content(waiting(places, each.week))
        if content is None:
            yield each.week, NO_FILE.format(week=each.week, file=path.name)
        elif content != each.content_sha256:
            yield each.week, FILE.format(week=each.week, file=path.name)


def _content(path: Path) -> str | None:
    """Return the sha256 of a file's bytes, None where it cannot be read. Read again as soon as it was written to."""
    try:
        told = path.stat()
        return _read(path, (told.st_mtime_ns, told.st_ctime_ns, told.st_ino, told.st_size))
    except OSError:
        return None


@lru_cache(maxsize=1024)
def _read(path: Path, _stamp: tuple[int, ...]) -> str:
    return sha256(path)


def _surplus(places: Places, found: Sequence[Seal]) -> Iterator[Text]:
    known = {final(places, each.week).name for each in found} | {OPEN}
    for path in sorted(places.seals.glob("*")):
        if path.name not in known and not path.name.endswith(".new"):
            yield SURPLUS.format(file=path.name, week=path.name.removesuffix(ENDING))


ROW = Text(
    "La semaine {week} a été altérée dans le registre : ses faits ne donnent plus son maillon. "
    "Que faire : remettez la dernière sauvegarde complète.",
    "Week {week} was altered in the register: its facts no longer give its link. "
    "What to do: put the last complete backup back.",
)
UNLINKED = Text(
    "La chaîne est rompue avant la semaine {week} : elle ne suit plus la semaine scellée avant elle. "
    "Que faire : remettez la dernière sauvegarde complète.",
    "The chain is broken before week {week}: it no longer follows the week sealed before it. "
    "What to do: put the last complete backup back.",
)
LEDGER = Text(
    "La semaine {week} n'est pas celle que le journal des imports a notée. "
    "Que faire : remettez la dernière sauvegarde complète.",
    "Week {week} is not the one that the ledger of imports noted. "
    "What to do: put the last complete backup back.",
)
LOST = Text(
    "La semaine {week} a été scellée, dit le journal des imports, mais le registre ne l'a plus. "
    "Que faire : remettez la dernière sauvegarde complète.",
    "Week {week} was sealed, the ledger of imports says, but the register no longer has it. "
    "What to do: put the last complete backup back.",
)
FILE = Text(
    "La semaine {week} a été altérée : le fichier « {file} » n'est plus celui qui a été scellé. "
    "Que faire : remettez ce fichier depuis une sauvegarde.",
    "Week {week} was altered: the file “{file}” is no longer the one that was sealed. "
    "What to do: put this file back from a backup.",
)
NO_FILE = Text(
    "La copie scellée de la semaine {week} a disparu (fichier « {file} »). "
    "Que faire : remettez ce fichier depuis une sauvegarde.",
    "The sealed copy of week {week} is gone (file “{file}”). What to do: put this file back from a backup.",
)
SURPLUS = Text(
    "Le fichier « {file} » est parmi les semaines scellées, mais aucune n'est enregistrée sous ce nom. "
    "Que faire : déplacez-le ailleurs.",
    "The file “{file}” lies among the sealed weeks, but none is registered under that name. "
    "What to do: move it elsewhere.",
)
