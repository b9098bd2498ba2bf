"""A choice as a YAML file or a form has it, read and held to what makes sense."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from metrics import fields
from metrics.assumptions import assumptions
from metrics.choosing.listed import listed
from metrics.choosing.points import scored
from metrics.choosing.question import (
    GUARDS,
    MEASURES,
    OBJECTIVES,
    Budget,
    Candidate,
    Choice,
    Limit,
    Risk,
    Share,
)
from metrics.choosing.stored import WHICH, Asked, stored
from metrics.definitions import NO_WORDS, Catalogue
from metrics.refusing import BadEntry, unknown
from metrics.results import Engine
from schemas.text import Text

KEYS = (
    *("label", "note", "as_of", "years", "candidates", "budgets", "objective", "committed", "excluded"),
    *("exclusive", "limits", "shares", "partner_caps", "guard", "start_years", "discount", "works_inflation"),
    *("risk", "gap", "seconds", "fully_funded"),
)
STORE_KEYS = ("from", "which", "directorate", "points", "but")
YEARS = Text("des années qui se suivent : [2015, 2016]", "years in a row: [2015, 2016]")
IDS = Text("des identifiants de projets candidats", "ids of candidate projects")
MOST_YEARS = 10
MOST_CANDIDATES = 1000
MOST_DRAWS = 5000
MOST_SOLVED = 1000


def read(raw: Mapping[str, Any], engine: Engine | None, catalogue: Catalogue | None, as_of: date) -> Choice:
    """Return the choice of a document: see docs/formats.md. Raises BadEntry.

    Listed candidates need neither engine nor catalogue. Under a scenario hand in ``whatif.under(engine, scenario)``.
    """
    fields.known_keys(raw, KEYS)
    years = _years(raw, as_of)
    free = fields.choice(raw, "start_years", ("given", "free"), "given") == "free"
    objective, theta = _objective(raw)
    candidates, assumed = _candidates(raw, years, free, engine, catalogue, as_of)
    known = [one.id for one in candidates]
    return Choice(
        years,
        candidates,
        _budgets(raw, years),
        objective,
        theta,
        _committed(raw, candidates),
        _ids(raw, "excluded", known),
        tuple(_known(ids, known) for ids in fields.sequence(raw, "exclusive")),
        tuple(limit for one in fields.sequence(raw, "limits") for limit in _limits(one, candidates)),
        tuple(_share(one, candidates) for one in fields.sequence(raw, "shares")),
        _caps(raw, candidates),
        fields.choice(raw, "guard", GUARDS, "exclude"),
        _within(raw, "discount", 0.0, 1.0, 0.0),
        _within(raw, "works_inflation", -0.2, 0.5, 0.0),
        _risk(fields.mapping(raw, "risk")),
        None if raw.get("gap") is None else _within(raw, "gap", 0.0, 0.5, 0.0),
        _within(raw, "seconds", 0.1, 600.0, 10.0),
        fields.words(raw, "label", NO_WORDS),
        fields.words(raw, "note", NO_WORDS),
        assumed,
        assumptions(catalogue.parameters if catalogue else {}),
        fields.boolean(raw, "fully_funded"),
    )


def _years(raw: Mapping[str, Any], as_of: date) -> tuple[int, ...]:
    found = fields.sequence(raw, "years") or [as_of.year, as_of.year + 1]
    good = all(isinstance(year, int) and 1900 < year < 3000 for year in found)
    if not good or len(found) > MOST_YEARS or any(after != year + 1 for year, after in pairwise(found)):
        raise fields.wrong("years", found, YEARS)
    return tuple(found)


def _candidates(
    raw: Mapping[str, Any],
    years: tuple[int, ...],
    free: bool,
    engine: Engine | None,
    catalogue: Catalogue | None,
    as_of: date,
) -> tuple[tuple[Candidate, ...], tuple[Text, ...]]:
    """Return the candidates, listed or from the store, and what was assumed of them."""
    given = raw.get("candidates")
    if isinstance(given, Mapping):
        fields.known_keys(given, STORE_KEYS, "candidates.")
        fields.choice(given, "from", ("store",), "store")
        if engine is None or catalogue is None:
            raise fields.missing("candidates")
        return stored(engine, catalogue, as_of, _asked(raw, given, years, free))
    items = fields.sequence(raw, "candidates")
    if not items:
        raise fields.missing("candidates")
    if len(items) > MOST_CANDIDATES:
        raise fields.wrong(
            "candidates",
            len(items),
            Text(f"{MOST_CANDIDATES} projets au plus", f"{MOST_CANDIDATES} projects at most"),
        )
    found = listed(items, years, free)
    if raw.get("objective", "total") != "total" and engine is not None and catalogue is not None:
        found = scored(engine, catalogue, as_of, found)
    return found, ()


def _asked(raw: Mapping[str, Any], given: Mapping[str, Any], years: tuple[int, ...], free: bool) -> Asked:
    return Asked(
        fields.choice(given, "which", WHICH, "not_started"),
        years,
        free,
        fields.string(given, "directorate", ""),
        fields.choice(given, "points", ("none", "scorecard"), "none") == "scorecard"
        or raw.get("objective", "total") != "total",
        tuple(map(str, fields.sequence(given, "but"))),
    )


def _objective(raw: Mapping[str, Any]) -> tuple[Any, float]:
    """Return the objective and its theta: ``total``, ``points``, or ``{blend: 0.7}``."""
    given = raw.get("objective")
    if not isinstance(given, Mapping):
        return fields.choice(raw, "objective", OBJECTIVES[:2], "total"), 1.0
    fields.known_keys(given, ("blend",), "objective.")
    return "blend", _within(given, "blend", 0.0, 1.0, 0.5)


def _within(raw: Mapping[str, Any], name: str, least: float, most: float, usual: float) -> float:
    found = fields.number(raw, name, usual)
    if found is None or not least <= found <= most:
        raise fields.wrong(name, found, Text(f"de {least:g} à {most:g}", f"{least:g} to {most:g}"))
    return found


def _budgets(raw: Mapping[str, Any], years: tuple[int, ...]) -> tuple[Budget, ...]:
    """Return what there is by resource: a number for every year, a list, or amounts by year."""
    given = fields.mapping(raw, "budgets")
    return tuple(Budget(str(name), _amounts(str(name), amounts, years)) for name, amounts in given.items())


def _amounts(name: str, given: Any, years: tuple[int, ...]) -> tuple[float | None, ...]:
    if isinstance(given, Mapping):
        if any(year not in years for year in given):
            raise fields.wrong(f"budgets.{name}", list(given), Text("ces années", "those years"))
        given = [given.get(year) for year in years]
    if not isinstance(given, list):
        given = [given] * len(years)
    if len(given) != len(years):
        raise fields.wrong(f"budgets.{name}", given, Text(f"{len(years)} montants", f"{len(years)} amounts"))
    return tuple(None if one is None else _least_zero(f"budgets.{name}", one) for one in given)


def _least_zero(name: str, value: Any) -> float:
    found = fields.number({name: value}, name)
    if found is None or found < 0:
        raise fields.wrong(name, value, Text("zéro ou plus", "zero or more"))
    return found


def _ids(raw: Mapping[str, Any], name: str, known: Sequence[str]) -> tuple[str, ...]:
    return _known(fields.sequence(raw, name), known)


def _known(ids: Any, known: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(ids, list):
        raise fields.wrong("exclusive", ids, IDS)
    for id in ids:
        if str(id) not in known:
            raise unknown(Text("Projet", "project"), id, known)
    return tuple(dict.fromkeys(map(str, ids)))


def _committed(raw: Mapping[str, Any], candidates: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the committed projects: those listed, or the word ``started``: those whose works have begun."""
    if raw.get("committed") == "started":
        return tuple(one.id for one in candidates if one.traits.get("works") == "started")
    return _ids(raw, "committed", [one.id for one in candidates])


def _values(column: str, candidates: Iterable[Candidate]) -> list[str]:
    """Return a column's values among the candidates, sorted. Raises BadEntry for a column nobody has."""
    found = {one.traits[column] for one in candidates if column in one.traits}
    if not found:
        raise unknown(
            Text("Colonne", "column"), column, sorted({name for one in candidates for name in one.traits})
        )
    return sorted(found)


def _limits(raw: Any, candidates: tuple[Candidate, ...]) -> list[Limit]:
    """Return the limits of one rule: of its value, or of each value of its column."""
    raw = _rule("limits", raw)
    column, value = fields.string(raw, "column"), raw.get("value")
    values = _values(column, candidates)
    if value is not None and str(value) not in values:
        raise unknown(Text(f"Valeur de « {column} »", f"value of “{column}”"), value, values)
    of = fields.choice(raw, "of", MEASURES, "count")
    sides = _sides(raw, None)
    return [Limit(column, one, *sides, of) for one in (values if value is None else [str(value)])]


def _share(raw: Any, candidates: tuple[Candidate, ...]) -> Share:
    raw = _rule("shares", raw)
    column, value = fields.string(raw, "column"), fields.string(raw, "value")
    if value not in (values := _values(column, candidates)):
        raise unknown(Text(f"Valeur de « {column} »", f"value of “{column}”"), value, values)
    return Share(column, value, *_sides(raw, 1.0), fields.choice(raw, "of", MEASURES, "own"))


def _rule(name: str, raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise fields.wrong(name, raw, Text("{column: theme, most: 2}", "{column: theme, most: 2}"))
    fields.known_keys(raw, ("column", "value", "least", "most", "of"), f"{name}.")
    return raw


def _sides(raw: Mapping[str, Any], highest: float | None) -> tuple[float | None, float | None]:
    """Return the least and the most of a rule; one of them must be there."""
    least, most = (
        None if raw.get(name) is None else _least_zero(name, raw[name]) for name in ("least", "most")
    )
    if least is None and most is None:
        raise fields.missing("most")
    if highest is not None and max(least or 0.0, most or 0.0) > highest:
        raise fields.wrong("shares", raw, Text("des parts de 0 à 1", "shares from 0 to 1"))
    return least, most


def _caps(raw: Mapping[str, Any], candidates: Iterable[Candidate]) -> dict[str, float]:
    given = fields.mapping(raw, "partner_caps")
    known = sorted({name for one in candidates for name in one.partners})
    for name in given:
        if str(name) not in known:
            raise unknown(Text("Partenaire", "partner"), name, known)
    return {str(name): _least_zero(f"partner_caps.{name}", most) for name, most in given.items()}


def _risk(raw: Mapping[str, Any]) -> Risk:
    fields.known_keys(raw, ("share", "draws", "seed", "solved"), "risk.")
    usual = Risk()
    share = None if raw.get("share") is None else _within(raw, "share", 0.5, 0.99, 0.9)
    return Risk(
        share,
        round(_within(raw, "draws", 100, MOST_DRAWS, usual.draws)),
        round(_within(raw, "seed", 0, 2**32 - 1, usual.seed)),
        round(_within(raw, "solved", 0, MOST_SOLVED, usual.solved)),
    )


def no_candidates() -> BadEntry:
    """Return the refusal of a choice among nothing."""
    return BadEntry(
        Text("Aucun projet candidat.", "No candidate project."),
        Text("Choisissez d'autres candidats.", "Take other candidates."),
    )
