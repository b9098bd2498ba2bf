"""Which folders of YAML make the catalogue: the shipped town's, another shipped one, the store's own, the town's own."""

import os
from collections.abc import Sequence
from pathlib import Path

SHIPPED = Path(__file__).parent / "catalogue"
OWN = Path("var") / "catalogue"
TOWN = "town"


def shipped(name: str) -> Path | None:
    """Return the folder of a shipped catalogue (``town`` or a folder of metrics/catalogue), None for no such name."""
    if name == TOWN:
        return SHIPPED
    folder = SHIPPED / name
    return folder if name and Path(name).name == name and (folder / "scorecard.yml").is_file() else None


def _extends(folder: Path) -> bool:
    """Say whether a folder completes the shipped town: it has no scorecard of its own, or one that says so."""
    card = folder / "scorecard.yml"
    if not card.is_file():
        return True
    lines = (line.split("#")[0].strip() for line in card.read_text("utf-8").splitlines())
    return any(line.replace(" ", "").strip("'\"") == f"extends:{TOWN}" for line in lines)


def completed(folder: Path) -> list[Path]:
    """Return the folders to load for one chosen folder: itself, after the shipped town's if it extends it."""
    return [SHIPPED, folder] if _extends(folder) and folder.resolve() != SHIPPED.resolve() else [folder]


def catalogue_folders(bound_name: str | None = None, bound_folder: Path | None = None) -> Sequence[Path]:
    """Return the folders to load, the later ones completing the earlier.

    The environment's LEVIER_CATALOGUE (a folder or a shipped name) wins; then what the store is bound to (``bound_name``
    shipped, or ``bound_folder`` kept beside it); then the shipped town, completed by var/catalogue where there is one.
    """
    chosen = os.environ.get("LEVIER_CATALOGUE")
    if chosen:
        return completed(shipped(chosen) or Path(chosen))
    if bound_folder is not None and bound_folder.is_dir():
        return completed(bound_folder)
    if bound_name and shipped(bound_name):
        return completed(shipped(bound_name) or SHIPPED)
    return completed(OWN) if OWN.is_dir() else [SHIPPED]
