"""Why it moved: a KPI between two dates, what its parts and its groups brought, as a waterfall, a sentence and a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from metrics import contributions, moves
from metrics.contributions import Effect
from metrics.definitions import Kpi
from metrics.moves import Move
from pages.charts.palette import Palette, palette
from pages.charts.waterfall import Level, Step, Tone, waterfall
from pages.parts import chart, tables, why_words
from pages.parts.markup import Html, div, join, link, section, show, span, tag
from pages.parts.once import SHEETS, kept
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import numbers, said, t, units

FROM, TO, BY = "why_from", "why_to", "why_by"  # the panel's own parameters in the address
NONE = "none"  # the address's word for no breakdown
TABLED = 100  # effects in the table, the largest


@dataclass(frozen=True)
class Asked:
    """What the panel shows: the two dates and the breakdown ("" for numerator and denominator alone)."""

    start: date
    end: date
    by: str


@dataclass(frozen=True)
class Drawn:
    """All that the panel shows, kept by what it was drawn from."""

    title: str
    sentence: str
    wide: dict[str, Any] | None
    narrow: dict[str, Any] | None
    table: Html
    foot: str


def draw(source: Source, kpi: Kpi, params: Mapping[str, str]) -> None:
    """The panel of a KPI with at least two known values; ``params`` are the address's."""
    wanted = asked(source, kpi, params)
    if wanted is None:
        return
    found = drawn(source, kpi.id, wanted, chart.theme())
    show(section(found.title, choices(source, kpi, wanted), tag("p", found.sentence, class_="lv-why")))
    if found.wide is not None:
        chart.draw(found.wide, key=f"why-{kpi.id}", sentence=found.sentence, narrow=found.narrow)
        show(chart.under(found.sentence, found.table, found.foot))


def asked(source: Source, kpi: Kpi, params: Mapping[str, str]) -> Asked | None:
    """The dates and the breakdown that the address asks for, else a year before the date shown; None without two values."""
    known = days(source, kpi)
    end = _date(params.get(TO, ""), known) or (known[-1] if known else None)
    earlier = [day for day in known if end and day < end]
    if end is None or not earlier:
        return None
    start = _date(params.get(FROM, ""), earlier) or usual(earlier, end)
    able = moves.dimensions(kpi, source.engine.relations, source.scope)
    word = params.get(BY, "")
    by = "" if word == NONE else word if word in able else next(iter(able), "")
    return Asked(start, end, by)


def days(source: Source, kpi: Kpi) -> list[date]:
    """The dates with a known value in this scope, up to the date shown, the oldest first."""
    return [reading.as_of for reading in source.series(kpi.id) if reading.value is not None]


def usual(earlier: list[date], end: date) -> date:
    """The date to compare with when none is asked for: a year before, else the first one known."""
    year_before = [day for day in earlier if (day.year, day.month) <= (end.year - 1, end.month)]
    return year_before[-1] if year_before else earlier[0]


def _date(word: str, among: list[date]) -> date | None:
    try:
        found = date.fromisoformat(word)
    except ValueError:
        return None
    return found if found in among else None


@kept(maxsize=SHEETS)
def _found(source: Source, kpi_id: str, wanted: Asked) -> Move:
    return moves.move(
        source.engine, source.catalogue, kpi_id, wanted.start, wanted.end, wanted.by, source.scope
    )


@kept(maxsize=SHEETS)
def drawn(source: Source, kpi_id: str, wanted: Asked, theme: str) -> Drawn:
    """Everything of one panel, kept by store version, language, date, scope, KPI, dates, breakdown and theme."""
    kpi = source.catalogue.every[kpi_id]
    found = _found(source, kpi_id, wanted)
    shown = contributions.folded(found.effects)
    names = why_words.names(source, kpi, found)
    sentence = why_words.sentence(kpi, found, shown, names)
    title = why_words.title(kpi, found, names)
    if not found.effects:
        return Drawn(title, sentence, None, None, Html(""), "")
    wide, narrow = (
        figure(source, kpi, found, shown, names, palette(theme), is_narrow) for is_narrow in (False, True)
    )
    return Drawn(title, sentence, wide, narrow, _table(source, kpi_id, wanted), foot(source, found, shown))


def _table(source: Source, kpi_id: str, wanted: Asked) -> Html:
    params = {FROM: wanted.start.isoformat(), TO: wanted.end.isoformat(), BY: wanted.by or NONE}
    return tables.drawn(source, "fiche-ecart", most=TABLED, kpi=kpi_id, **params)  # type: ignore[arg-type]


def figure(
    source: Source,
    kpi: Kpi,
    found: Move,
    shown: list[Effect],
    names: why_words.Names,
    colours: Palette,
    narrow: bool,
) -> dict[str, Any]:
    """The waterfall of a move."""
    start, end = (
        Level(numbers.month(day), value or 0.0, why_words.value(value, kpi.unit))
        for day, value in ((found.start, found.before), (found.end, found.after))
    )
    longest = 40 if narrow else 42
    steps: list[Step] = []
    for part in dict.fromkeys(effect.part for effect in shown):
        own = [effect for effect in shown if effect.part == part]
        if found.way == "ratio" and own[0].kind != "whole":
            words = why_words.part_name(names, part)
            steps.append(Step(why_words.wrapped(words[:1].upper() + words[1:], longest)))
        steps += [_step(kpi, effect, names, longest) for effect in own]
    return waterfall(
        start,
        steps,
        end,
        colours,
        source.lang,
        tick_words=lambda value: units.short(value, kpi.unit),
        narrow=narrow,
    )


def _step(kpi: Kpi, effect: Effect, names: why_words.Names, longest: int) -> Step:
    amount = float(effect.amount)
    words = why_words.name(names, effect)
    label = why_words.short(words[:1].upper() + words[1:], longest)
    return Step(label, amount, why_words.delta(amount, kpi.unit), _tone(kpi, amount))


def _tone(kpi: Kpi, amount: float) -> Tone:
    """Whether an effect goes the wanted way; neither for a band, or for no effect."""
    if kpi.direction == "band" or not amount:
        return "neutral"
    return "good" if (amount > 0) == (kpi.direction == "up") else "bad"


@tables.offered("fiche-ecart")
def effects_table(source: Source, params: tables.Asked) -> tables.Table | None:
    """The change of the KPI ``kpi`` in figures, whole, then what each group brought, the largest first."""
    kpi = source.kpi(params.get("kpi", ""))
    wanted = asked(source, kpi, params) if kpi else None
    if kpi is None or wanted is None:
        return None
    found = _found(source, kpi.id, wanted)
    names = why_words.names(source, kpi, found)
    nets = {(one.kind, one.group): one.amount for one in contributions.nets(found.effects)}
    netted = why_words.is_netted(found)
    ordered = sorted(
        found.effects,
        key=lambda one: (
            (-abs(nets[one.kind, one.group]), str(one.group)) if netted else (-abs(one.amount), "")
        ),
    )
    columns = [
        Column(why_words.breakdown(found.by).capitalize() if found.by else t("Partie")),
        Column(t("Partie de la formule")),
        Column(t("Au départ"), "number"),
        Column(t("À l’arrivée"), "number"),
        Column(t("Effet sur la valeur"), "number", kpi.unit),
        *([Column(t("Effet net du groupe"), "number", kpi.unit)] if netted else []),
    ]
    rows = [_line(kpi, found, effect, names) for effect in ordered]
    if netted:
        for row, effect in zip(rows, ordered, strict=True):
            row.append(_signed(nets[effect.kind, effect.group], kpi))
    change = (found.after or 0.0) - (found.before or 0.0)
    whole = [
        Cell(t("Ensemble"), tag("b", t("Ensemble"))),
        "",
        Cell(found.before, why_words.value(found.before, kpi.unit)),
        Cell(found.after, why_words.value(found.after, kpi.unit)),
        Cell(change, tag("b", why_words.delta(change, kpi.unit, exact=True))),
        *([_signed(change, kpi)] if netted else []),
    ]
    dates = t("de {start} à {end}", start=numbers.month(found.start), end=numbers.month(found.end))
    filters = f"{dates}, {why_words.breakdown(found.by)}" if found.by else dates
    return tables.table(
        source,
        f"{said(kpi.label)}, {t('Pourquoi ça a bougé').lower()}",
        columns,
        [whole, *rows] if rows else [],
        filters=filters,
        version=kpi.version,
        about="-".join(part for part in (kpi.id, found.by) if part),
    )


def _line(kpi: Kpi, found: Move, effect: Effect, names: why_words.Names) -> list[object]:
    start, end = _ends(found, effect)
    return [
        why_words.name(names, effect),
        why_words.part_name(names, effect.part),
        Cell(start, _amount(start, kpi, found)),
        Cell(end, _amount(end, kpi, found)),
        _signed(effect.amount, kpi),
    ]


def _signed(amount: float, kpi: Kpi) -> Cell:
    return Cell(float(amount), why_words.delta(amount, kpi.unit, exact=True))


def _ends(found: Move, effect: Effect) -> tuple[float | None, float | None]:
    """What a group's part was at both dates."""
    side = found.sides[1 if effect.part == "denominator" else 0]
    if effect.kind == "group":
        return side.groups[effect.group]
    return (side.start, side.end) if effect.kind == "whole" else side.residual


def _amount(value: float | None, kpi: Kpi, found: Move) -> str:
    """A part's amount: euros where the KPI is made of euros."""
    if value is None:
        return numbers.NONE
    largest = max(abs(end or 0.0) for side in found.sides for end in (side.start, side.end))
    money = kpi.unit in ("eur", "eur_per_eur") or (kpi.unit in ("ratio", "factor") and largest >= 1e5)
    return units.text(value, "eur") if money else numbers.plain(value)


def choices(source: Source, kpi: Kpi, wanted: Asked) -> Html:
    """From when, to when (a form that works with a keyboard alone), split by what (links)."""
    return div("lv-why-choice", _dates(source, kpi, wanted), _breakdowns(source, kpi, wanted))


def _dates(source: Source, kpi: Kpi, wanted: Asked) -> Html:
    known = days(source, kpi)
    state = source.state | {"kpi": kpi.id, BY: wanted.by or NONE}
    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in state.items())
    return tag(
        "form",
        _select(FROM, t("De"), [day for day in known if day < known[-1]], wanted.start),
        _select(TO, t("à"), known[1:], wanted.end),
        tag("button", t("Comparer"), type="submit"),
        *hidden,
        action="/fiche",
        method="get",
        class_="lv-why-dates",
    )


def _select(name: str, words: str, options: list[date], chosen: date) -> Html:
    items = (
        tag("option", numbers.month(day), value=day.isoformat(), selected=day == chosen)
        for day in reversed(options)
    )
    return join((tag("label", words, for_=f"lv-{name}"), tag("select", *items, id=f"lv-{name}", name=name)))


def _breakdowns(source: Source, kpi: Kpi, wanted: Asked) -> Html:
    able = moves.dimensions(kpi, source.engine.relations, source.scope)
    if not able:
        return Html("")
    dates = {FROM: wanted.start.isoformat(), TO: wanted.end.isoformat()}
    links = [
        link(
            source.link("fiche", kpi=kpi.id, **dates, **{BY: by or NONE}),
            why_words.breakdown(by) if by else t("ensemble"),
            aria_current="true" if by == wanted.by else None,
        )
        for by in ("", *able)
    ]
    label = span("lv-seg-label", t("Répartir l’écart par"), id="lv-why-by")
    return div("", label, tag("nav", *links, class_="lv-seg", aria_labelledby="lv-why-by"))


def foot(source: Source, found: Move, shown: list[Effect]) -> str:
    """How the effects were computed, and what the drawing puts together."""
    parts = [t("Source : {town}, données au {day}.", town=source.town, day=numbers.day(source.as_of))]
    if found.way == "ratio":
        parts.append(
            t(
                "Effets de Shapley : moyenne des deux ordres dans lesquels numérateur et dénominateur peuvent bouger ; leur somme est exactement l’écart."
            )
        )
    else:
        parts.append(t("Écart de chaque groupe ; leur somme est exactement l’écart."))
    if any(effect.kind == "residual" for effect in shown):
        parts.append(
            t(
                "Cette répartition ne s’additionne pas : des lignes comptent dans plusieurs groupes ou dans aucun. Ce qui reste est montré à part."
            )
        )
    whole = sorted({effect.part for effect in shown if effect.kind == "whole"}) if found.by else []
    if whole:
        parts.append(t("Une partie que les lignes ne répartissent pas ainsi est montrée entière."))
    if any(effect.kind == "rest" for effect in shown):
        parts.append(t("Les petits groupes sont réunis ; le tableau les détaille."))
    return " ".join(parts)
