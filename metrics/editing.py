"""Entries written as an analyst would write them: into a file's text, its other entries and comments left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from metrics import yamlfile
from metrics.definitions import Catalogue, Kpi, Refusal, load
from metrics.entries import KEYS
from metrics.loading import Folder, texts
from metrics.refusing import BadEntry

FORM = "saisie.yml"  # where the guided form puts new entries
ORDER = (
    *(
        "code",
        "label",
        "objective",
        "from",
        "sql",
        "denominator",
        "per",
        "base",
        "needs",
        "period",
        "n",
        "counted",
    ),
    *(
        "coverage",
        "by",
        "unit",
        "direction",
        "target",
        "floor",
        "strict",
        "band",
        "limits",
        "scoring",
        "red_flag",
    ),
    *(
        "due",
        "interval",
        "signals",
        "seasonal",
        "forecast",
        "frequency",
        "kind",
        "owner",
        "audiences",
        "aims",
    ),
    *("weight", "companion_of", "directorate", "contributes_to", "note", "version", "on_demo"),
)
# What makes a value: another target or another label is the same definition.
DEFINING = (
    "from",
    "sql",
    "denominator",
    "per",
    "base",
    "needs",
    "period",
    "n",
    "coverage",
    "unit",
    "frequency",
    "interval",
)


@dataclass(frozen=True)
class Candidate:
    """An entry as it would stand: the whole catalogue with it, the Kpi (None: refused), and why it is refused."""

    catalogue: Catalogue
    kpi: Kpi | None
    refused: tuple[Refusal, ...]


def entry_text(id: str, raw: Mapping[str, Any]) -> str:
    """Return one entry as YAML: its keys in the usual order, short lists and words on one line."""
    ordered = {key: raw[key] for key in (*ORDER, *KEYS, *raw) if key in raw}
    return yaml.dump({id: ordered}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118)


class _Dumper(yaml.SafeDumper):
    """Block style outside, flow style for what has no further level."""

    def represent_mapping(self, tag: str, mapping: Any, flow_style: bool | None = None) -> yaml.MappingNode:
        """Represent a mapping of plain values on one line."""
        plain = not any(isinstance(value, (Mapping, list)) for value in mapping.values())
        return super().represent_mapping(tag, mapping, flow_style=plain and len(mapping) <= 6)

    def represent_sequence(
        self, tag: str, sequence: Any, flow_style: bool | None = None
    ) -> yaml.SequenceNode:
        """Represent a list on one line."""
        return super().represent_sequence(tag, sequence, flow_style=True)


def with_entry(text: str, id: str, raw: Mapping[str, Any] | None) -> str:
    """Return a file's text with an entry put in, replaced, or (None) taken out. Raises BadEntry for unreadable YAML."""
    new = "" if raw is None else entry_text(id, raw)
    lines, place = text.splitlines(keepends=True), _place(text, id)
    if place is None:
        glue = "\n" if text.strip() and new else ""
        return text.rstrip("\n") + ("\n" if text.strip() else "") + glue + new
    first, last = place
    found = "".join(lines[:first]) + new + "".join(lines[last:])
    return found if found.strip() else ""


def _place(text: str, id: str) -> tuple[int, int] | None:
    """Return the lines [first, last) of an entry, the comments above the next one left to that one."""
    list(yamlfile.entries(text))  # refuses what cannot be read, with the line
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    starts = [key.start_mark.line for key, _ in pairs]
    for place, (key, _) in enumerate(pairs):
        if key.value == id:
            lines = text.splitlines()
            last = starts[place + 1] if place + 1 < len(starts) else len(lines)
            while last > starts[place] + 1 and lines[last - 1].lstrip()[:1] in ("", "#"):
                last -= 1
            return starts[place], last
    return None


def raw_of(folders: Sequence[Folder], id: str) -> dict[str, Any]:
    """Return the data of an entry as the folders together say it; {} for none."""
    found: dict[str, Any] = {}
    for folder in folders:
        for name, text in texts(folder).items():
            if name != "scorecard.yml":
                found |= _raw_in(text, id)
    return found


def _raw_in(text: str, id: str) -> dict[str, Any]:
    try:
        return next(
            (dict(raw) for key, raw in yamlfile.entries(text) if key == id and isinstance(raw, Mapping)), {}
        )
    except BadEntry:
        return {}


def file_of(folder: Folder, id: str) -> str | None:
    """Return the file of one folder that has an entry, None for none."""
    return next(
        (name for name, text in texts(folder).items() if name != "scorecard.yml" and _raw_in(text, id)), None
    )


def versioned(raw: Mapping[str, Any], former: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry with its version: the former's, one more when the definition is another one, 1 for a new one."""
    if not former:
        return {**raw, "version": 1}
    changed = any(raw.get(key, former.get(key)) != former.get(key) for key in DEFINING)
    return {**raw, "version": int(former.get("version", 1)) + changed}


def candidate(folders: Sequence[Folder], own: Path, name: str, text: str, ids: Sequence[str]) -> Candidate:
    """Return the catalogue as it would be with file ``name`` of folder ``own`` saying ``text``; nothing is written.

    ``ids`` are the entries in question: the first is the Kpi, and refusals that name one of them or the file are kept.
    """
    mine = (texts(own) if own.is_dir() else {}) | {name: text}
    others = [
        folder for folder in folders if not (isinstance(folder, Path) and folder.resolve() == own.resolve())
    ]
    found = load([*others, mine])
    refused = tuple(one for one in found.refused if one.id in ids or (one.id is None and one.file == name))
    taken = {one.id for one in refused}
    kpi = found.every.get(ids[0]) if ids and ids[0] not in taken else None
    return Candidate(found, kpi, refused)
