"""The only way to a figure of a survey: a cell of a table that was published, or nothing."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from metrics.disclosure.tables import ATTRIBUTES, Published

Loader = Callable[[str], Iterable[Published | Mapping[str, Any]]]  # a wave's published lists, objects or JSON
DEFAULT_MEASURE = "who5"


def _of_the_store(wave: str) -> Iterable[Mapping[str, Any]]:
    """Read the environment's store, through the command that is wired to it."""
    from metrics.__main__ import published

    return published(wave)


_loader: Loader = _of_the_store


def publish_from(loader: Loader | None) -> None:
    """Say where published lists are read from; None: the environment's store."""
    global _loader
    _loader = loader or _of_the_store


def results(
    filters: Mapping[str, Any] | None, wave: str, *, measure: str = "", published: Loader | None = None
) -> dict[str, Any]:
    """Return {n, mean, suppressed} of the published cell that the filters name exactly.

    ``filters``: values of directorate_group, category and sex (None: not given), and ``measure`` (who5 otherwise); {} is the
    town. Whatever is no published cell, an unknown wave included, gives n None, mean None, suppressed True.
    """
    wanted = dict(filters or {})
    asked = wanted.pop("measure", None) or measure or DEFAULT_MEASURE
    told = {"n": None, "mean": None, "suppressed": True}
    if not set(wanted) <= set(ATTRIBUTES):
        return told
    for given in (published or _loader)(wave):
        one = given if isinstance(given, Published) else Published.from_json(given)
        cells = [
            cell
            for table in one.tables
            if one.wave == wave and table.measure == asked and set(table.by) == set(wanted)
            for cell in table.cells
            if dict(cell.group) == wanted and not cell.suppressed
        ]
        if cells:
            return {"n": cells[0].n, "mean": cells[0].mean, "suppressed": False}
    return told
