"""Writing definitions: where the town's own folder is, what an edited entry would give, and saving it with its former text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from data import definitions
from data.access import ALLOWED
from metrics import editing, folders
from metrics.editing import Candidate
from metrics.loading import Folder, texts
from pages.parts.source import Source


def may_define(source: Source) -> bool:
    """Whether the visitor's role edits definitions: for showing; the data layer checks on each call."""
    return "define" in ALLOWED.get(source.actor.role, frozenset())


def own(source: Source) -> Path | None:
    """The folder of the town's own entries; None where this store's catalogue is another one."""
    bound = source.store.catalogue(source.actor)
    return folders.own_folder(bound.shipped, bound.files or None)


def raw(source: Source, id: str) -> dict[str, Any]:
    """The data of an entry in force; {} for none."""
    return editing.raw_of(source.reads.folders, id)


def is_own(source: Source, id: str) -> bool:
    """Whether the town's own folder says something of an entry."""
    folder = own(source)
    return folder is not None and folder.is_dir() and editing.file_of(folder, id) is not None


def is_shipped(source: Source, id: str) -> bool:
    """Whether an entry exists without the town's own folder."""
    return bool(editing.raw_of(_others(source), id))


def _others(source: Source) -> Sequence[Folder]:
    mine = own(source)
    return [
        f
        for f in source.reads.folders
        if not (isinstance(f, Path) and mine and f.resolve() == mine.resolve())
    ]


def whole(source: Source, id: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry as the town's own file must say it, so that no key that it left out comes back from the shipped one."""
    return editing.replacing(entry, editing.raw_of(_others(source), id))


def edited(source: Source, id: str, entry: Mapping[str, Any] | None) -> tuple[str, str]:
    """The file of the town's own folder that an entry belongs in, and its text with the entry. Raises BadEntry."""
    folder = own(source)
    assert folder is not None
    name = (editing.file_of(folder, id) if folder.is_dir() else None) or editing.FORM
    return name, editing.with_entry(texts(folder).get(name, "") if folder.is_dir() else "", id, entry)


def candidate(source: Source, name: str, text: str, ids: Sequence[str]) -> Candidate:
    """What the catalogue would be with this file; nothing is written."""
    folder = own(source)
    assert folder is not None
    return editing.candidate(source.reads.folders, folder, name, text, ids)


def save(source: Source, ids: Sequence[str], name: str, text: str) -> None:
    """Keep the definitions in force of ``ids``, write the file, and recompute the readings. Raises Forbidden, StoreProblem."""
    folder = own(source)
    assert folder is not None
    for id in ids:
        former = raw(source, id)
        if former:
            version = editing.version_of(former)
            definitions.keep(source.actor, folder, id, version, editing.entry_text(id, former))
    definitions.write(source.actor, folder, name, text)
    source.store.refresh(source.actor)


def former(source: Source, id: str) -> list[tuple[int, str]]:
    """The former definitions of an entry, the newest first."""
    folder = own(source)
    return definitions.former(source.actor, folder, id) if folder else []


def replaced_at(source: Source, id: str) -> list[tuple[int, datetime]]:
    """When each former definition of an entry was replaced, the newest first."""
    folder = own(source)
    return definitions.replaced_at(source.actor, folder, id) if folder else []
