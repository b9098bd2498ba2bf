"""Which folders of YAML make the catalogue: the shipped town's, another shipped one, the store's own, the town's own."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from metrics.loading import Folder, texts

SHIPPED = Path(__file__).parent / "catalogue"
OWN = Path("var") / "catalogue"
TOWN = "town"


def shipped(name: str) -> Path | None:
    """Return the folder of a shipped catalogue (``town`` or a folder of metrics/catalogue), None for no such name."""
    if name == TOWN:
        return SHIPPED
    folder = SHIPPED / name
    return folder if name and Path(name).name == name and (folder / "scorecard.yml").is_file() else None


def _extends(folder: Folder) -> bool:
    """Say whether a folder completes the shipped town: it has no scorecard of its own, or one that says so."""
    card = texts(folder).get("scorecard.yml")
    if card is None:
        return True
    lines = (line.split("#")[0].strip() for line in card.splitlines())
    return any(line.replace(" ", "").replace("'", "").replace('"', "") == f"extends:{TOWN}" for line in lines)


def completed(folder: Folder) -> list[Folder]:
    """Return the folders to load for one chosen folder: itself, after the shipped town's if it extends it."""
    if isinstance(folder, Path) and folder.resolve() == SHIPPED.resolve():
        return [folder]
    return [SHIPPED, folder] if _extends(folder) else [folder]


def catalogue_folders(shipped_name: str | None = None, own: Folder | None = None) -> Sequence[Folder]:
    """Return the folders to load, the later ones completing the earlier.

    The environment's LEVIER_CATALOGUE (a folder or a shipped name) wins; then what the store is bound to: its ``own`` YAML
    (a folder, or file name -> text), or ``shipped_name``; then the shipped town, completed by var/catalogue where there is
    one.
    """
    chosen = os.environ.get("LEVIER_CATALOGUE")
    if chosen:
        return completed(shipped(chosen) or Path(chosen))
    if own is not None and (not isinstance(own, Path) or own.is_dir()):
        return completed(own)
    if shipped_name and (found := shipped(shipped_name)):
        return completed(found)
    return completed(OWN) if OWN.is_dir() else [SHIPPED]


def folders_of(bound: Any) -> Sequence[Folder]:
    """Return the folders to load for what a store is bound to: of a sealed week, the very texts it was read with."""
    return list(bound.layers) or catalogue_folders(bound.shipped, bound.files or None)


def own_folder(shipped_name: str | None = None, own: Folder | None = None) -> Path | None:
    """Return the folder that a town's own entries are written to, None where they would not be read.

    That is LEVIER_CATALOGUE when it names a folder, else var/catalogue; a store bound to another catalogue reads neither.
    """
    chosen = os.environ.get("LEVIER_CATALOGUE")
    if chosen:
        return None if shipped(chosen) else Path(chosen)
    return None if own or shipped_name else OWN
