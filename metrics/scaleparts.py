"""The lists of items in a scale's YAML: which are named, which make subscales, how many must be answered."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from metrics import fields
from metrics.refusing import BadEntry, unknown
from metrics.scales import Subscale
from schemas.text import Text


def once(name: str, codes: Sequence[str]) -> None:
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise BadEntry(
            Text(f"« {name} » : {twice} deux fois.", f"“{name}”: {twice} twice."),
            Text("Gardez-en un.", "Keep one."),
        )


def named(raw: Mapping[str, Any], name: str, codes: Sequence[str]) -> list[str]:
    """Return a list of item codes, each once; raises BadEntry for one that is no item."""
    found = [str(code) for code in fields.sequence(raw, name)]
    for code in found:
        if code not in codes:
            raise unknown(Text(f"Code de « {name} »", f"code in “{name}”"), code, codes)
    once(name, found)
    return found


def needs_of(raw: Mapping[str, Any], scoring: str) -> tuple[str, float]:
    """Return the missing rule: ("items", how many) or ("share", of the items); all for a sum, half for a mean."""
    given = fields.mapping(raw, "missing")
    fields.known_keys(given, ("items", "share"), "missing.")
    if len(given) > 1:
        raise BadEntry(
            Text("« missing » : items et share à la fois.", "“missing”: both items and share."),
            Text("Gardez l'un.", "Keep one."),
        )
    if given.get("items") is not None:
        count = fields.number(given, "items") or 0.0
        if count < 1 or count != int(count):
            raise fields.wrong(
                "missing.items", given["items"], Text("un entier positif", "a positive whole number")
            )
        return "items", count
    share = fields.number(given, "share", 1.0 if scoring == "sum" else 0.5) or 0.0
    if not 0 < share <= 1:
        raise fields.wrong("missing.share", share, Text("une part entre 0 et 1", "a share between 0 and 1"))
    return "share", share


def least_of(needs: tuple[str, float], size: int, where: str = "missing.items") -> int:
    """Return how many of ``size`` items must be answered."""
    kind, value = needs
    if kind == "share":
        return max(1, ceil(value * size - 1e-9))
    if value > size:
        raise fields.wrong(where, int(value), Text(f"{size} au plus", f"{size} at most"))
    return int(value)


def subscales(raw: Mapping[str, Any], codes: Sequence[str], needs: tuple[str, float]) -> tuple[Subscale, ...]:
    """Return the subscales of {id: [items]} or {id: {label, items, missing}}; a share is each one's, a count all items' at most."""
    return tuple(
        _subscale(str(id), given, codes, needs) for id, given in fields.mapping(raw, "subscales").items()
    )


def _subscale(id: str, given: Any, codes: Sequence[str], needs: tuple[str, float]) -> Subscale:
    where = f"subscales.{id}"
    raw = {"items": given} if isinstance(given, list) else given
    if not isinstance(raw, Mapping):
        raise fields.wrong(where, given, Text("une liste d'items", "a list of items"))
    fields.known_keys(raw, ("label", "items", "missing"), f"{where}.")
    items = named({where: raw.get("items")}, where, codes)
    if not items:
        raise fields.missing(f"{where}.items")
    own = needs_of(raw, "mean") if raw.get("missing") is not None else None
    least = least_of(own, len(items), f"{where}.missing.items") if own else _inherited(needs, len(items))
    return Subscale(id, fields.words(raw, "label", Text(id, id)), tuple(items), least)


def _inherited(needs: tuple[str, float], size: int) -> int:
    """Return how many of a subscale's items must be answered by the scale's rule: a count never asks for more than all."""
    return min(size, int(needs[1])) if needs[0] == "items" else least_of(needs, size)
