"""The question that an address asks of the choice of projects: candidates, years, budgets, rules. Text in, text out, no data.

Amounts are thousands of euros in the address (``own=4800;4800``), so that it can be read and typed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from metrics import fields
from metrics.refusing import BadEntry
from schemas.text import Text

EXAMPLE = "example"  # the documented example in place of the store's candidates
WHICH = ("not_started", "funded", "pending", "funded_or_pending", "open", EXAMPLE)
GOALS, GUARDS = ("total", "points", "blend"), ("exclude", "more_own", "off")
KINDS = ("most", "least", "share_least", "share_most", "cap", "one")
MOST_YEARS, LONGEST = 6, 60  # years of a choice; rules of an address
MOST = 1e12
NAMES = (
    "which",
    "years",
    "own",
    "fte",
    "goal",
    "theta",
    "start",
    "guard",
    "each",
    "risk",
    "in",
    "out",
    "rules",
    "funded",
)
THOUSAND = 1000.0
NO_BOUND = "-"
EXPECTED = {
    "own": Text(
        "des milliers d’euros, un montant par année séparé par « ; » ; « - » pour aucune limite",
        "thousands of euros, one amount a year separated by “;”; “-” for no limit",
    ),
    "fte": Text(
        "des ETP, un nombre par année séparé par « ; » ; « - » pour aucune limite",
        "FTE, one number a year separated by “;”; “-” for no limit",
    ),
}


@dataclass(frozen=True)
class Added:
    """A rule typed on the screen: how many (or how much of ``of``, or which share) of a column's value; a partner's cap; one of some.

    ``value`` is the column's value, the partner's kind, or the projects' ids joined by ``+``.
    """

    kind: str
    column: str = ""
    value: str = ""
    number: float = 0.0
    of: str = "count"

    def as_text(self) -> str:
        """Return the rule as an address bears it."""
        cells = (self.kind, self.column, self.value, f"{self.number:.10g}", self.of)
        return ",".join(quote(cell, safe="+") for cell in cells)


@dataclass(frozen=True)
class Start:
    """Where a question starts: the years, and what the data say there is of own funds (euros) and posts a year."""

    years: tuple[int, ...]
    own: tuple[float | None, ...]
    fte: tuple[float | None, ...]
    each: int = 0


@dataclass(frozen=True)
class Question:
    """What is asked. ``own`` in euros and ``fte``, one a year (None: no bound); ``each`` projects at most of a theme, 0 for no rule."""

    which: str
    years: tuple[int, ...]
    own: tuple[float | None, ...]
    fte: tuple[float | None, ...]
    goal: str = "total"
    theta: float = 0.5
    is_free: bool = False
    guard: str = "exclude"
    each: int = 0
    risk: float | None = None
    committed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    rules: tuple[Added, ...] = field(default=())
    is_funded: bool = False  # only projects without money still to find


def which(params: Mapping[str, str]) -> str:
    """Which candidates an address asks for."""
    found = params.get("which", "")
    return found if found in WHICH else WHICH[0]


def asked(params: Mapping[str, str], start: Start) -> Question:
    """The question of an address; what cannot be read counts as not said (of budgets, ``unread`` tells)."""
    years = _years(params.get("years", ""), start.years)
    return Question(
        which(params),
        years,
        _amounts("own", params.get("own"), years, start.own, THOUSAND),
        _amounts("fte", params.get("fte"), years, start.fte, 1.0),
        _one_of(params.get("goal", ""), GOALS),
        _within(params.get("theta"), 0.0, 1.0) or 0.5,
        params.get("start") == "free",
        _one_of(params.get("guard", ""), GUARDS),
        start.each if "each" not in params else round(_within(params["each"], 0, 99) or 0),
        _within(params.get("risk"), 0.5, 0.99),
        _ids(params.get("in", "")),
        _ids(params.get("out", "")),
        _rules(params.get("rules", "")),
        params.get("funded") == "yes",
    )


def unread(params: Mapping[str, str]) -> BadEntry | None:
    """The refusal of the first budget of an address that is not amounts: no limit is only what says so."""
    for name, expected in EXPECTED.items():
        text = params.get(name, "")
        for cell in text.split(";") if text else ():
            if cell.strip() != NO_BOUND and _within(cell, 0.0, MOST) is None:
                return fields.wrong(name, cell, expected)
    return None


def params_of(one: Question, start: Start) -> dict[str, str]:
    """What an address says of a question: what differs from where it starts. A question without years is where it starts."""
    if not one.years:
        return {"which": one.which} if one.which != WHICH[0] else {}
    said = {
        "which": one.which if one.which != WHICH[0] else "",
        "years": f"{one.years[0]}-{one.years[-1]}" if one.years != start.years else "",
        "own": _told(one.own, THOUSAND) if one.own != _spread(start.own, one.years) else "",
        "fte": _told(one.fte, 1.0) if one.fte != _spread(start.fte, one.years) else "",
        "goal": one.goal if one.goal != GOALS[0] else "",
        "theta": f"{one.theta:g}" if one.goal == "blend" else "",
        "start": "free" if one.is_free else "",
        "guard": one.guard if one.guard != GUARDS[0] else "",
        "each": str(one.each) if one.each != start.each else "",
        "risk": f"{one.risk:g}" if one.risk else "",
        "in": ";".join(one.committed),
        "out": ";".join(one.excluded),
        "rules": ";".join(rule.as_text() for rule in one.rules),
        "funded": "yes" if one.is_funded else "",
    }
    return {name: value for name, value in said.items() if value}


def raw(one: Question, example: Mapping[str, Any]) -> dict[str, Any]:
    """The question as a choice file has it (docs/formats.md); ``example`` is the documented file, whose candidates it may take."""
    points = "none" if one.goal == "total" else "scorecard"
    candidates = {"from": "store", "which": one.which, "points": points}
    limits = [{"column": "theme", "most": one.each}] if one.each else []
    kept = {"years": list(one.years), "budgets": {"own": list(one.own), "fte": list(one.fte)}}
    return {
        **kept,
        **({"note": example["note"]} if one.which == EXAMPLE else {}),
        "candidates": example["candidates"] if one.which == EXAMPLE else candidates,
        "objective": {"blend": one.theta} if one.goal == "blend" else one.goal,
        "start_years": "free" if one.is_free else "given",
        "guard": one.guard,
        "fully_funded": one.is_funded,
        "committed": list(one.committed),
        "excluded": list(one.excluded),
        "limits": [*limits, *_of(one, ("most", "least"), _limit)],
        "shares": _of(one, ("share_least", "share_most"), _share),
        "partner_caps": {rule.value: rule.number for rule in one.rules if rule.kind == "cap"},
        "exclusive": [rule.value.split("+") for rule in one.rules if rule.kind == "one"],
        "risk": {"share": one.risk} if one.risk else {},
        "seconds": 5,
    }


def _of(one: Question, kinds: Iterable[str], made: Callable[[Added], dict[str, Any]]) -> list[dict[str, Any]]:
    return [made(rule) for rule in one.rules if rule.kind in kinds]


def _limit(rule: Added) -> dict[str, Any]:
    value = {"value": rule.value} if rule.value else {}
    return {"column": rule.column, **value, rule.kind: rule.number, "of": rule.of}


def _share(rule: Added) -> dict[str, Any]:
    side = rule.kind.removeprefix("share_")
    return {"column": rule.column, "value": rule.value, side: rule.number, "of": rule.of}


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else known[0]


def _years(text: str, usual: tuple[int, ...]) -> tuple[int, ...]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and 1900 < int(first) <= int(last) < 3000):
        return usual
    return tuple(range(int(first), min(int(last), int(first) + MOST_YEARS - 1) + 1))


def _spread(amounts: tuple[float | None, ...], years: tuple[int, ...]) -> tuple[float | None, ...]:
    """Amounts for as many years: the last one goes on."""
    return tuple(amounts[min(place, len(amounts) - 1)] for place in range(len(years)))


def _amounts(
    name: str, text: str | None, years: tuple[int, ...], usual: tuple[float | None, ...], factor: float
) -> tuple[float | None, ...]:
    if not text or unread({name: text}):
        return _spread(usual, years)
    cells = [_within(cell, 0.0, MOST) for cell in text.split(";")]
    return _spread(tuple(None if cell is None else cell * factor for cell in cells), years)


def _told(amounts: tuple[float | None, ...], factor: float) -> str:
    return ";".join(NO_BOUND if one is None else f"{one / factor:.10g}" for one in amounts)


def _within(text: str | None, least: float, most: float) -> float | None:
    try:
        found = float(text or "")
    except ValueError:
        return None
    return found if least <= found <= most else None


def _ids(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, text.split(";"))))


def _rules(text: str) -> tuple[Added, ...]:
    found = []
    for part in text.split(";")[:LONGEST]:
        cells = [unquote(cell) for cell in part.split(",")]
        number = _within(cells[3], 0.0, 1e12) if len(cells) == 5 else None
        if number is not None and cells[0] in KINDS:
            found.append(Added(cells[0], cells[1], cells[2], number, cells[4]))
    return tuple(found)
