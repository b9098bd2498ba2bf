"""Entries written as an analyst would write them: into a file's text, its other entries and comments left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from metrics import yamlfile
from metrics.definitions import Catalogue, Kpi, Refusal, load
from metrics.entries import KEYS
from metrics.loading import NO_ENTRIES, Folder, texts
from metrics.refusing import BadEntry
from schemas.text import Text

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
        "known_from",
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
    "known_from",
    "needs",
    "period",
    "n",
    "coverage",
    "unit",
    "frequency",
    "interval",
)
WHOLE = ("code", "label", "unit", "direction", "frequency")  # what no entry can do without
KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("label", "note", "period"), Mapping),
    **dict.fromkeys(("target", "floor"), (int, float)),
    **dict.fromkeys(("by", "band"), list),
}
Entry = tuple[str, Any]  # id, and data or a BadEntry


@dataclass(frozen=True)
class Candidate:
    """An entry as it would stand: the whole catalogue with it, the Kpi (None: refused), and why it is refused."""

    catalogue: Catalogue
    kpi: Kpi | None
    refused: tuple[Refusal, ...]


def entry_text(id: str, raw: Any) -> str:
    """Return one entry as YAML: its keys in the usual order, short lists and words on one line."""
    if isinstance(raw, Mapping):
        raw = {key: raw[key] for key in (*ORDER, *KEYS, *raw) if key in raw}
    return yaml.dump({id: raw}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118)


class _Dumper(yaml.SafeDumper):
    """Block style outside, flow style for what has no further level; values said twice are written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write every value out: an anchor would tie an entry to its neighbours."""
        return True

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
    """Return a file's text with an entry put in, replaced, or (None) taken out. Raises BadEntry for unreadable YAML.

    The other entries stay as they are: where they cannot stay as they are written (``{a: …, b: …}``, or an alias to what
    goes), the whole file is written anew, an entry under the other.
    """
    wanted = _put(list(yamlfile.entries(text)), id, raw)
    found = _spliced(text, id, raw)
    if _says(found, wanted):
        return found
    for name, held in wanted:
        if isinstance(held, BadEntry):
            raise _in_the_way(name, held)
    return "\n".join(entry_text(name, held) for name, held in wanted)


def _put(entries: list[Entry], id: str, raw: Mapping[str, Any] | None) -> list[Entry]:
    """Return a file's entries with one put in, replaced or taken out."""
    at = next((i for i, (name, _) in enumerate(entries) if name == id), len(entries))
    new: list[Entry] = [] if raw is None else [(id, dict(raw))]
    return [*entries[:at], *new, *entries[at + 1 :]]


def _says(text: str, wanted: list[Entry]) -> bool:
    """Say whether a text has these entries and no others; a refused one is as good as it was."""
    try:
        found = list(yamlfile.entries(text))
    except BadEntry:
        return False
    return len(found) == len(wanted) and all(
        name == other and (held == said or (isinstance(held, BadEntry) and isinstance(said, BadEntry)))
        for (name, held), (other, said) in zip(found, wanted, strict=True)
    )


def _in_the_way(name: str, error: BadEntry) -> BadEntry:
    return BadEntry(
        Text(
            f"Le fichier est à récrire, et « {name} » ne se lit pas : {error.reason.fr}",
            f"The file must be written anew, and “{name}” cannot be read: {error.reason.en}",
        ),
        error.mend,
    )


def _spliced(text: str, id: str, raw: Mapping[str, Any] | None) -> str:
    """Return a text with an entry's lines replaced, or written after the others."""
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
    """Return the data of an entry as the folders together say it (a key without value is none); {} for no entry.

    ``version`` is the last one that is a version: what is to be mended must not break who mends it.
    """
    found: dict[str, Any] = {}
    for folder in folders:
        for name, text in texts(folder).items():
            if name not in NO_ENTRIES:
                said = _raw_in(text, id)
                found |= (
                    said if _is_version(said.get("version")) else {**said, "version": found.get("version")}
                )
    return {key: value for key, value in found.items() if value is not None}


def _raw_in(text: str, id: str) -> dict[str, Any]:
    try:
        return next(
            (dict(raw) for key, raw in yamlfile.entries(text) if key == id and isinstance(raw, Mapping)), {}
        )
    except BadEntry:
        return {}


def file_of(folder: Folder, id: str) -> str | None:
    """Return the file of one folder that has an entry, readable or not, None for none."""
    return next(
        (name for name, text in texts(folder).items() if name not in NO_ENTRIES and _names(text, id)), None
    )


def _names(text: str, id: str) -> bool:
    try:
        return any(key == id for key, _ in yamlfile.entries(text))
    except BadEntry:
        return False


def mendable(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry without the values of another kind than a form has fields for: they are to be said again."""
    return {key: value for key, value in raw.items() if key not in KINDS or isinstance(value, KINDS[key])}


def versioned(raw: Mapping[str, Any], former: Mapping[str, Any]) -> dict[str, Any]:
    """Return a whole entry with its version: the former's, one more when the definition is another one, 1 for a new one.

    A defining key that is gone makes another definition, as one that is new does.
    """
    if not former:
        return {**raw, "version": 1}
    changed = any(raw.get(key) != former.get(key) for key in DEFINING)
    return {**raw, "version": version_of(former) + changed}


def version_of(raw: Mapping[str, Any]) -> int:
    """Return an entry's version, 1 where it says none that is one."""
    version = raw.get("version")
    return version if _is_version(version) else 1


def _is_version(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def is_whole(raw: Mapping[str, Any]) -> bool:
    """Say whether an entry says all that one must: it then replaces the former one, where a part completes it."""
    return all(raw.get(key) is not None for key in WHOLE)


def replacing(raw: Mapping[str, Any], earlier: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as a later folder must say it: what the earlier folders say and it does not is taken out by null."""
    return {**raw, **{key: None for key in earlier if key not in raw}}


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
