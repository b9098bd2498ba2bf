"""One entry of the catalogue, from YAML data to a Kpi; the first thing wrong in it is a BadEntry."""

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from metrics import fields
from metrics.definitions import (
    SPANS,
    Forecasting,
    Frequency,
    Interval,
    Kpi,
    Per,
    Period,
    Scoring,
    Signals,
    Source,
)
from metrics.fields import Raw
from metrics.refusing import BadEntry, unknown
from schemas.text import Text

KEYS = (
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
        "by",
        "unit",
    ),
    *(
        "direction",
        "target",
        "floor",
        "band",
        "limits",
        "strict",
        "interval",
        "frequency",
        "kind",
        "owner",
        "note",
    ),
    *("n", "counted", "coverage", "audiences", "aims", "weight", "version", "on_demo"),
    *("scoring", "red_flag", "due", "signals", "seasonal", "companion_of", "directorate", "contributes_to"),
    "forecast",
)
STORED = "kpi_values"
Parameters = Mapping[str, Any]


def kpi(id: str, raw: Any, parameters: Parameters, file: str) -> Kpi:
    """Return the Kpi of one YAML entry. Raises BadEntry; its SQL is checked later, by ``checks``."""
    if not isinstance(raw, Mapping):
        raise fields.wrong(id, raw, Text("les clés d'un indicateur", "the keys of a KPI"))
    fields.known_keys(raw, KEYS)
    period = _period(raw, parameters)
    by, by_from = _breakdowns(raw)
    return Kpi(
        id=id,
        code=fields.string(raw, "code"),
        label=fields.words(raw, "label"),
        objective=_objective(raw),
        unit=fields.string(raw, "unit"),
        frequency=fields.choice(raw, "frequency", get_args(Frequency)),
        source=fields.string(raw, "from", None),
        sql=fields.string(raw, "sql", None),
        period=period,
        denominator=_source(raw, "denominator", period, parameters),
        per=_per(raw),
        base=_base(raw, parameters),
        known_from=fields.day(raw, "known_from", parameters),
        needs=fields.string(raw, "needs", None),
        n=fields.string(raw, "n", None),
        coverage=_source(raw, "coverage", period, parameters),
        by=by,
        by_from=by_from,
        interval=_interval(raw),
        kind=fields.choice(raw, "kind", ("lead", "lag"), "lag"),
        owner=fields.string(raw, "owner", ""),
        note=fields.words(raw, "note", Text("", "")),
        audiences=tuple(map(str, fields.sequence(raw, "audiences"))),
        aims=tuple(map(str, fields.sequence(raw, "aims"))),
        **_counted(raw),
        weight=_weight(raw),
        version=_version(raw),
        on_demo=_on_demo(raw),
        file=file,
        due=fields.day(raw, "due", parameters),
        signals=fields.choice(raw, "signals", get_args(Signals), "auto"),
        seasonal=fields.boolean(raw, "seasonal"),
        forecast=fields.choice(raw, "forecast", get_args(Forecasting), "auto"),
        companion_of=fields.string(raw, "companion_of", ""),
        directorate=fields.string(raw, "directorate", ""),
        contributes_to=fields.string(raw, "contributes_to", ""),
        **_goal(raw),
    )


def _counted(raw: Raw) -> dict[str, Any]:
    """Return the words of what is counted, {fr, en}, and under ``one`` those of a single one."""
    held = fields.mapping(raw, "counted")
    if not held:
        return {}
    many = {name: value for name, value in held.items() if name != "one"}
    found = {"counted": fields.text_of(many, "counted")}
    return found | {"counted_one": fields.text_of(held["one"], "counted.one")} if "one" in held else found


def _objective(raw: Raw) -> str:
    """Return the objective's code; a companion and a directorate's own KPI may do without."""
    free = bool(raw.get("companion_of") or raw.get("directorate"))
    found: str = fields.string(raw, "objective", "") if free else fields.string(raw, "objective")
    return found


def _period(raw: Raw, parameters: Parameters, name: str = "period") -> Period | None:
    found = fields.mapping(raw, name)
    if not found:
        return None
    fields.known_keys(found, ("date", "span", "since", "until", "from", "to"), f"{name}.")
    span = fields.choice(found, "span", SPANS)
    period = Period(
        span=span,
        date=fields.string(found, "date", None),
        until=fields.string(found, "until", None),
        since=fields.day(found, "since", parameters),
        start=fields.day(found, "from", parameters),
        end=fields.day(found, "to", parameters),
    )
    return _sound(period)


def _sound(period: Period) -> Period:
    """Refuse a period whose span lacks what it needs."""
    if period.span != "all" and period.date is None:
        raise fields.missing("period.date")
    if period.span == "between" and (period.start is None or period.end is None):
        raise fields.missing("period.from" if period.start is None else "period.to")
    return period


def _source(raw: Raw, name: str, period: Period | None, parameters: Parameters) -> Source | None:
    """Return a second source: {from, sql, period, needs}; its period is the KPI's own unless it says otherwise."""
    found = fields.mapping(raw, name)
    if not found:
        return None
    fields.known_keys(found, ("from", "sql", "period", "needs", "by"), f"{name}.")
    own = _period(found, parameters) or period
    if own is None:
        raise fields.missing(f"{name}.period")
    view = fields.string(found, "from", raw.get("from"))
    by_from = {str(key): str(value) for key, value in fields.mapping(found, "by").items()}
    return Source(view, fields.string(found, "sql"), own, fields.string(found, "needs", None), by_from)


def _per(raw: Raw) -> Per | None:
    found = fields.mapping(raw, "per")
    if not found:
        return None
    fields.known_keys(found, ("key", "measures"), "per.")
    measures = {str(name): str(sql) for name, sql in fields.mapping(found, "measures").items()}
    if not measures or not fields.sequence(found, "key"):
        raise fields.missing("per.measures" if not measures else "per.key")
    return Per(tuple(map(str, fields.sequence(found, "key"))), measures)


def _base(raw: Raw, parameters: Parameters) -> date | None:
    """Return the last day of the base period: a year (or a parameter that is one), or a date."""
    value = raw.get("base")
    value = parameters.get(value, value) if isinstance(value, str) else value
    if isinstance(value, int) and not isinstance(value, bool):
        return date(value, 12, 31)
    return fields.day({"base": value}, "base", parameters)


def _breakdowns(raw: Raw) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the breakdowns and, for those written {dimension: view}, the view to read instead."""
    names: list[str] = []
    views: dict[str, str] = {}
    for item in fields.sequence(raw, "by"):
        if isinstance(item, Mapping):
            views |= {str(name): str(view) for name, view in item.items()}
        names += list(map(str, item)) if isinstance(item, Mapping) else [str(item)]
    return tuple(names), views


def _interval(raw: Raw) -> Interval | None:
    text = fields.string(raw, "interval", "none").replace(" ", "")
    if text == "none":
        return None
    if text in ("km", "clopper_pearson", "weighted"):
        return Interval(text)
    if text.startswith("bootstrap(") and text.endswith(")") and len(text) > 11:
        return Interval("bootstrap", text[10:-1])
    raise unknown(
        Text("Intervalle", "interval"),
        text,
        ("none", "km", "clopper_pearson", "weighted", "bootstrap(project_id)"),
    )


def _weight(raw: Raw) -> float:
    weight = fields.number(raw, "weight", 1.0)
    if weight is None or weight < 0:
        raise fields.wrong("weight", weight, Text("un nombre positif", "a positive number"))
    return weight


def _version(raw: Raw) -> int:
    version = 1 if raw.get("version") is None else raw["version"]
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise fields.wrong("version", version, Text("1, 2, 3…", "1, 2, 3…"))
    return version


def _on_demo(raw: Raw) -> dict[str, float]:
    found = fields.mapping(raw, "on_demo")
    return {str(period): float(fields.number(found, period) or 0.0) for period in found}


def _goal(raw: Raw) -> dict[str, Any]:
    """Return direction, target, floor, band, limits and strict, and refuse what does not go together."""
    direction = fields.choice(raw, "direction", ("up", "down", "band"))
    target, floor = fields.number(raw, "target"), fields.number(raw, "floor")
    band, limits = fields.pair(raw, "band"), fields.pair(raw, "limits")
    if direction == "band":
        _check_band(band, limits)
    elif (
        target is not None and floor is not None and (target < floor if direction == "up" else target > floor)
    ):
        raise _contrary(direction, target, floor)
    elif target is not None and target == floor:
        raise _no_way(target)
    strict = fields.boolean(raw, "strict")
    scoring, red_flag = fields.choice(raw, "scoring", get_args(Scoring), "target_floor"), None
    if scoring == "goal_red_flag":
        red_flag = _red_flag(raw, direction, target)
    return {
        "scoring": scoring,
        "red_flag": red_flag,
        "direction": direction,
        "target": target,
        "floor": floor,
        "band": band,
        "limits": limits,
        "strict": strict,
    }


def _red_flag(raw: Raw, direction: str, target: float | None) -> float:
    """Return the value from which a KPI scored by goal and red flag is off target; it lies on the goal's wrong side."""
    red_flag = fields.number(raw, "red_flag")
    if red_flag is None or target is None:
        raise fields.missing("red_flag" if red_flag is None else "target")
    if direction == "band" or red_flag == target or (red_flag > target) == (direction == "up"):
        raise _contrary(direction, target, red_flag)
    return red_flag


def _check_band(band: tuple[float, float] | None, limits: tuple[float, float] | None) -> None:
    if band is None:
        raise fields.missing("band")
    if limits is not None and not (limits[0] <= band[0] and band[1] <= limits[1]):
        raise fields.wrong(
            "limits", list(limits), Text("des limites autour de la bande", "limits around the band")
        )


def _contrary(direction: str, target: float, floor: float) -> BadEntry:
    reason = Text(
        f"La cible {target:g} et le plancher {floor:g} contredisent le sens « {direction} ».",
        f"Target {target:g} and floor {floor:g} contradict direction “{direction}”.",
    )
    return BadEntry(
        reason, Text("Échangez-les, ou changez « direction ».", "Swap them, or change “direction”.")
    )


def _no_way(target: float) -> BadEntry:
    return BadEntry(
        Text(
            f"La cible et le plancher sont tous deux {target:g} : aucun score entre 0 et 100.",
            f"Target and floor are both {target:g}: no score between 0 and 100.",
        ),
        Text(
            "Écartez « floor » (score 0) de « target » (score 100), ou retirez « floor ».",
            "Move “floor” (score 0) away from “target” (score 100), or leave “floor” out.",
        ),
    )
