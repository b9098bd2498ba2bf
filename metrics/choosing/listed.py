"""Candidates listed in a file, one mapping each."""

from collections.abc import Mapping, Sequence
from typing import Any

from metrics import fields
from metrics.choosing.question import CENT, OWN, STAFF, Candidate
from metrics.refusing import BadEntry, unknown
from schemas.text import Text

KEYS = (
    *(
        "id",
        "title",
        "cost",
        "public",
        "private",
        "own",
        "spread",
        "fte",
        "needs",
        "start",
        "starts",
        "points",
    ),
    *("pending", "min_own_share", "has_derogation", "requires", "theme", "district", "traits", "partners"),
    "present",
)
ASSUMED_OWN_SHARE = 0.2
MOST_AMOUNTS = 10  # years of a profile


def listed(items: Sequence[Any], years: tuple[int, ...], free: bool) -> tuple[Candidate, ...]:
    """Return listed candidates. ``free``: each may start in any year unless it says otherwise. Raises BadEntry."""
    found = [_candidate(one, years, free) for one in items]
    ids = [one.id for one in found]
    for one in found:
        if ids.count(one.id) > 1:
            raise BadEntry(
                Text(f"Projet en double : {one.id}.", f"Project twice: {one.id}."),
                Text("Gardez-en un.", "Keep one."),
            )
        for other in one.requires:
            if other not in ids:
                raise unknown(Text("Projet", "project"), other, ids)
    return tuple(found)


def _candidate(raw: Any, years: tuple[int, ...], free: bool) -> Candidate:
    if not isinstance(raw, Mapping):
        raise fields.wrong(
            "candidates", raw, Text("un projet : {id: …, cost: …}", "a project: {id: …, cost: …}")
        )
    id = fields.string(raw, "id")
    fields.known_keys(raw, KEYS, f"{id}.")
    own = _own(raw, id)
    cost, public, private = (_positive(raw, name, id) for name in ("cost", "public", "private"))
    unasked = cost - sum(own) - public - private
    if unasked < -CENT:
        raise BadEntry(
            Text(f"{id} : le plan dépasse le coût.", f"{id}: the plan exceeds the cost."),
            Text(
                "Le coût est own + public + private, ou plus.", "The cost is own + public + private, or more."
            ),
        )
    given = fields.number(raw, "points")
    return Candidate(
        id,
        fields.string(raw, "title", id),
        cost,
        public,
        private,
        _needs(raw, own, id),
        _starts(raw, years, free, id),
        given,
        "unknown" if given is None else "given",
        min(_positive(raw, "pending", id), public + private),
        max(unasked, 0.0),
        _positive(raw, "min_own_share", id, ASSUMED_OWN_SHARE),
        fields.boolean(raw, "has_derogation"),
        tuple(map(str, fields.sequence(raw, "requires"))),
        _traits(raw),
        {str(name): _number(f"{id}.partners", one) for name, one in fields.mapping(raw, "partners").items()},
        fields.boolean(raw, "present"),
    )


def _number(name: str, value: Any) -> float:
    found = fields.number({name: value}, name)
    if found is None or found < 0:
        raise fields.wrong(name, value, Text("zéro ou plus", "zero or more"))
    return found


def _positive(raw: Mapping[str, Any], name: str, id: str, usual: float = 0.0) -> float:
    if name == "cost" and raw.get(name) is None:
        raise fields.missing(f"{id}.cost")
    return _number(f"{id}.{name}", raw.get(name, usual))


def _profile(name: str, given: Any) -> tuple[float, ...]:
    amounts = given if isinstance(given, list) else [given]
    if not 0 < len(amounts) <= MOST_AMOUNTS:
        raise fields.wrong(name, given, Text(f"1 à {MOST_AMOUNTS} années", f"1 to {MOST_AMOUNTS} years"))
    return tuple(_number(name, one) for one in amounts)


def _own(raw: Mapping[str, Any], id: str) -> tuple[float, ...]:
    """Return own funds by year from the start: a list, or an amount and how it spreads."""
    own, spread = _profile(f"{id}.own", raw.get("own", 0)), raw.get("spread")
    if spread is None:
        return own
    parts = _profile(f"{id}.spread", spread)
    if len(own) != 1 or abs(sum(parts) - 1) > 1e-6:
        raise fields.wrong(
            f"{id}.spread",
            spread,
            Text("des parts qui font 1, et un seul montant", "parts that make 1, and one amount"),
        )
    return tuple(own[0] * part for part in parts)


def _needs(raw: Mapping[str, Any], own: tuple[float, ...], id: str) -> dict[str, tuple[float, ...]]:
    """Return what it takes by resource; a single number of posts holds as long as own funds are paid."""
    fte = raw.get("fte", 0)
    staff = _profile(f"{id}.fte", fte) if isinstance(fte, list) else _profile(f"{id}.fte", fte) * len(own)
    more = {
        str(name): _profile(f"{id}.needs.{name}", one) for name, one in fields.mapping(raw, "needs").items()
    }
    return {**more, OWN: own, STAFF: staff}


def _starts(raw: Mapping[str, Any], years: tuple[int, ...], free: bool, id: str) -> tuple[int, ...]:
    """Return the years it may start in: those it says, all where start years are free, else the first."""
    given = fields.sequence(raw, "starts") or ([raw["start"]] if raw.get("start") is not None else [])
    if not given:
        return years if free else years[:1]
    if any(year not in years for year in given):
        raise fields.wrong(
            f"{id}.starts",
            given,
            Text(f"des années de {years[0]} à {years[-1]}", f"years from {years[0]} to {years[-1]}"),
        )
    return tuple(sorted(set(given)))


def _traits(raw: Mapping[str, Any]) -> dict[str, str]:
    short = {name: str(raw[name]) for name in ("theme", "district") if raw.get(name) is not None}
    return short | {str(name): str(one) for name, one in fields.mapping(raw, "traits").items()}
