"""Statements kept for the next slider: a scenario's texts stay the same whatever its values are, which are put in last."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import TypeVar

from metrics.definitions import Catalogue
from metrics.moving import Told

Made = TypeVar("Made")
MOST = 64  # statements kept: some scenarios, each with its fetches
_known: OrderedDict[Hashable, tuple[Catalogue, object]] = OrderedDict()
_guard = Lock()


def kept(
    catalogue: Catalogue, views: Mapping[str, str], asked: Hashable, make: Callable[[Mapping[str, str]], Made]
) -> Made:
    """Return what ``make`` makes of views whose values are blank, made once for these texts and this question.

    Without a scenario's values among the views, nothing is kept.
    """
    blank = {name: text.blank if isinstance(text, Told) else text for name, text in views.items()}
    if not any(isinstance(text, Told) for text in views.values()):
        return make(views)
    key = (id(catalogue), frozenset(blank.items()), asked)
    with _guard:
        found = _known.get(key)
        if found is not None and found[0] is catalogue:
            _known.move_to_end(key)
            return found[1]  # type: ignore[return-value]
    made = make(blank)
    with _guard:
        _known[key] = (catalogue, made)
        while len(_known) > MOST:
            _known.popitem(last=False)
    return made


def filled(sql: str, views: Mapping[str, str]) -> str:
    """Return a statement made over blank values with those of ``views`` in their place."""
    for name, text in views.items():
        if isinstance(text, Told):
            sql = sql.replace(f"{name} AS (\n{text.blank}\n)", f"{name} AS (\n{text}\n)")
    return sql
