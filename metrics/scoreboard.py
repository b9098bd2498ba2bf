"""scorecard.yml, from YAML data to a Scorecard. Each section stands alone: a bad one is refused and left out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal, TypeVar

from metrics import fields
from metrics.definitions import Link, Objective, Parameter, Perspective, Scorecard, Standing, Thresholds, Wave
from metrics.fields import Raw
from metrics.refusing import BadEntry, unknown
from schemas.text import Text

KEYS = (
    *("town", "extends", "mission", "challenges", "tags", "headline", "perspectives", "links", "thresholds"),
    *("parameters", "directorate_groups", "waves", "words", "display", "standing", "signatures"),
    "licence",
)
EMPTY = Scorecard(town="", mission=Text("", ""), perspectives=())
T = TypeVar("T")
Refuse = Callable[[str, BadEntry], None]


def scorecard(raw: Raw, refuse: Refuse) -> Scorecard:
    """Return the Scorecard of a file's data; ``refuse(section, error)`` is called for each section left out."""

    def section(name: str, read: Callable[[], T], default: T) -> T:
        try:
            return read()
        except BadEntry as error:
            refuse(name, error)
            return default

    section("scorecard.yml", lambda: fields.known_keys(raw, KEYS), None)
    none: tuple[Perspective, ...] = ()
    sides = section("perspectives", lambda: _perspectives(raw), none)
    codes = [objective.code for side in sides for objective in side.objectives]
    unsaid: tuple[tuple[str, ...], dict[str, Text], dict[str, Text]] = ((), {}, {})
    headline, claims, shows = section("headline", lambda: _headline(raw), unsaid)
    return Scorecard(
        town=section("town", lambda: fields.string(raw, "town", ""), ""),
        mission=section("mission", lambda: fields.words(raw, "mission", EMPTY.mission), EMPTY.mission),
        perspectives=sides,
        challenges=section("challenges", lambda: _texts(raw, "challenges"), ()),
        tags=section("tags", lambda: _texts(raw, "tags"), ()),
        headline=headline,
        claims=claims,
        shows=shows,
        links=section("links", lambda: _links(raw, codes), ()),
        thresholds=section("thresholds", lambda: _thresholds(raw), Thresholds()),
        words=section("words", lambda: _words(raw), {}),
        directorate_groups=section("directorate_groups", lambda: _groups(raw), {}),
        waves=section("waves", lambda: _waves(raw), ()),
        score_out_of=section("display", lambda: _score_out_of(raw), EMPTY.score_out_of),
        licence=section("licence", lambda: fields.words(raw, "licence", EMPTY.licence), EMPTY.licence),
        standing=section("standing", lambda: _standing(raw), ()),
        signatures=section("signatures", lambda: _signatures(raw), EMPTY.signatures),
    )


def parameters(raw: Raw) -> dict[str, Parameter]:
    """Return the parameters that views and entries read: dates, numbers and words. Raises BadEntry."""
    found = fields.mapping(raw, "parameters")
    for name, value in found.items():
        if isinstance(value, bool) or not isinstance(value, (date, int, float, str)):
            raise fields.wrong(
                f"parameters.{name}", value, Text("une date, un nombre ou un mot", "a date, number or word")
            )
        if not str(name).isidentifier():
            raise fields.wrong(
                "parameters", name, Text("un nom sans espace ni accent", "a name without spaces")
            )
    return {str(name): value for name, value in found.items()}


def _texts(raw: Raw, name: str) -> tuple[Text, ...]:
    return tuple(fields.text_of(item, name) for item in fields.sequence(raw, name))


def _words(raw: Raw) -> dict[str, Text]:
    return {
        str(key): fields.text_of(value, f"words.{key}") for key, value in fields.mapping(raw, "words").items()
    }


def _groups(raw: Raw) -> dict[str, tuple[str, ...]]:
    found = fields.mapping(raw, "directorate_groups")
    return {str(name): tuple(map(str, fields.sequence(found, name))) for name in found}


def _waves(raw: Raw) -> tuple[Wave, ...]:
    return tuple(_wave(item) for item in fields.sequence(raw, "waves"))


def _wave(raw: Any) -> Wave:
    """Return a wave: {wave, held_on, headcount}; the headcount may be left out."""
    if not isinstance(raw, Mapping):
        raise fields.wrong("waves", raw, Text("wave, held_on et headcount", "wave, held_on and headcount"))
    fields.known_keys(raw, ("wave", "held_on", "headcount"), "waves.")
    held_on, heads = fields.day(raw, "held_on", {}), fields.number(raw, "headcount")
    if held_on is None:
        raise fields.missing("waves.held_on")
    if heads is not None and heads < 1:
        raise fields.wrong("waves.headcount", heads, Text("un effectif", "a headcount"))
    return Wave(fields.string(raw, "wave"), held_on, None if heads is None else round(heads))


def _standing(raw: Raw) -> tuple[Standing, ...]:
    return tuple(_point(item) for item in fields.sequence(raw, "standing"))


def _point(raw: Any) -> Standing:
    """Return a standing item of the weekly review: {fr, en, minutes}; the minutes may be left out."""
    if not isinstance(raw, Mapping):
        raise fields.wrong("standing", raw, Text("fr, en et minutes", "fr, en and minutes"))
    title = fields.text_of({name: raw[name] for name in raw if name != "minutes"}, "standing")
    minutes = fields.number(raw, "minutes", 5)
    if not minutes or not 1 <= minutes <= 120:
        raise fields.wrong("standing.minutes", minutes, Text("de 1 à 120 minutes", "1 to 120 minutes"))
    return Standing(title, round(minutes))


def _score_out_of(raw: Raw) -> int:
    """Return the scale on which scores are said: 100, or 10 as spider charts have it."""
    found = fields.mapping(raw, "display")
    fields.known_keys(found, ("score_out_of",), "display.")
    scale = found.get("score_out_of", EMPTY.score_out_of)
    if scale not in (10, 100) or isinstance(scale, bool):
        raise fields.wrong("display.score_out_of", scale, Text("100 ou 10", "100 or 10"))
    return int(scale)


def _signatures(raw: Raw) -> Literal["role", "name"]:
    """Return what notes are signed with."""
    found = raw.get("signatures", EMPTY.signatures)
    if found not in ("role", "name"):
        raise fields.wrong("signatures", found, Text("role ou name", "role or name"))
    return "name" if found == "name" else "role"


def _thresholds(raw: Raw) -> Thresholds:
    found, default = fields.mapping(raw, "thresholds"), Thresholds()
    fields.known_keys(found, ("off_target_below", "min_coverage", "stale_after"), "thresholds.")
    below = fields.number(found, "off_target_below", default.off_target_below)
    cover = fields.number(found, "min_coverage", default.min_coverage)
    stale = fields.number(found, "stale_after", default.stale_after)
    return Thresholds(float(below or 0), float(cover or 0), float(stale or 0))


def _headline(raw: Raw) -> tuple[tuple[str, ...], dict[str, Text], dict[str, Text]]:
    items = [
        item if isinstance(item, Mapping) else {"kpi": item} for item in fields.sequence(raw, "headline")
    ]
    ids = tuple(fields.string(item, "kpi") for item in items)
    claims, shows = (
        {item["kpi"]: fields.words(item, key) for item in items if item.get(key)}
        for key in ("claim", "shows")
    )
    return ids, claims, shows


def _perspectives(raw: Raw) -> tuple[Perspective, ...]:
    found = fields.mapping(raw, "perspectives")
    sides = tuple(_perspective(str(code), fields.mapping(found, code)) for code in found)
    _weights_sum("perspectives", [found[code] for code in found])
    return sides


def _perspective(code: str, raw: Raw) -> Perspective:
    fields.known_keys(raw, ("label", "short", "path", "weight", "objectives"), f"{code}.")
    found = fields.mapping(raw, "objectives")
    objectives = tuple(_objective(str(name), fields.mapping(found, name)) for name in found)
    _weights_sum(code, list(found.values()))
    return Perspective(
        code=code,
        label=fields.words(raw, "label"),
        objectives=objectives,
        weight=fields.number(raw, "weight", 1.0) or 0.0,
        short=fields.words(raw, "short", Text("", "")),
        path=fields.string(raw, "path", ""),
    )


def _objective(code: str, raw: Raw) -> Objective:
    fields.known_keys(raw, ("label", "weight", "text", "owner", "tags"), f"{code}.")
    return Objective(
        code=code,
        label=fields.words(raw, "label"),
        weight=fields.number(raw, "weight", 1.0) or 0.0,
        text=fields.words(raw, "text", Text("", "")),
        owner=fields.string(raw, "owner", ""),
        tags=tuple(map(str, fields.sequence(raw, "tags"))),
    )


def _weights_sum(where: str, items: Iterable[Any]) -> None:
    """Weights are all left out (equal), or all given and worth 1 together."""
    given = [float(item["weight"]) for item in items if isinstance(item, Mapping) and "weight" in item]
    if given and abs(sum(given) - 1) > 1e-6:
        raise BadEntry(
            Text(
                f"Les poids de {where} font {sum(given):g}, non 1.",
                f"The weights of {where} sum to {sum(given):g}, not 1.",
            ),
            Text(
                "Corrigez-les, ou retirez-les tous (poids égaux).",
                "Mend them, or remove them all (equal weights).",
            ),
        )


def _links(raw: Raw, codes: list[str]) -> tuple[Link, ...]:
    links = []
    for item in fields.sequence(raw, "links"):
        for end in ("cause", "effect"):
            if item.get(end) not in codes:
                raise unknown(Text("Objectif", "objective"), item.get(end), codes)
        links.append(Link(item["cause"], item["effect"], int(fields.number(item, "lag_months", 0) or 0)))
    _check_acyclic(links)
    return tuple(links)


def _check_acyclic(links: list[Link]) -> None:
    """Raise BadEntry when following effects from some objective leads back to it."""
    left = list(links)
    while left:
        effects = {link.effect for link in left}
        kept = [link for link in left if link.cause in effects]
        if len(kept) == len(left):
            loop = " → ".join(sorted(effects))
            raise BadEntry(
                Text(f"La carte tourne en rond : {loop}.", f"The map goes round in circles: {loop}."),
                Text("Retirez un des liens.", "Remove one of the links."),
            )
        left = kept
