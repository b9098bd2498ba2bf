"""Scenarios side by side as a PDF: A4 across, « scénario » at the head of every page; the numbers are the screen's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from metrics import abreast
from metrics.abreast import Abreast, Row, Side
from metrics.cash import Year
from metrics.chance.futures import Distribution
from metrics.claims import headline
from metrics.definitions import Catalogue, Kpi
from metrics.legality import Side as Plan
from metrics.results import Engine
from metrics.scenario import Scenario
from metrics.steps import Steps, steps
from metrics.whatif import Comparison, Line, compare
from pages.exports.brief import clean
from pages.exports.scenario import banner
from pages.exports.setting import pdf
from pages.exports.wording import fitted
from pages.texts import abreast as words
from pages.texts import futures, language, numbers, said, scenarios, t, typography, units
from pages.texts.futures import Outlook
from pages.texts.judgements import word_of
from pages.texts.leverage import share_words, verdict_word

Json = dict[str, Any]
Rungs = Callable[[Side], tuple[Comparison, ...]]
SHAPES = {"compliant": "on_target", "on_the_limit": "watch", "derogation": "watch", "breach": "off_target"}


@dataclass(frozen=True)
class Told:
    """What a file is written from: the data, the definitions in force, the scenarios, and the way of each (``rungs``)."""

    engine: Engine
    catalogue: Catalogue
    found: Abreast
    rungs: Rungs

    @property
    def rows(self) -> list[Row]:
        """The KPIs that are put forward or that move."""
        first = set(abreast.compared(self.catalogue))
        every = abreast.rows(self.catalogue, self.found.sides)
        return [row for row in every if row.has_moved or row.kpi.id in first]

    @property
    def ways(self) -> list[tuple[Side, Kpi, Steps]]:
        """The way to each scenario, of the headline's KPI that it moves most."""
        found = [(side, _widest(self.catalogue, side)) for side in self.found.sides]
        told = [(side, kpi, steps(self.rungs(side), kpi.id)) for side, kpi in found if kpi is not None]
        return [one for one in told if one[2].is_whole]


def told(engine: Engine, catalogue: Catalogue, found: Abreast, rungs: Rungs | None = None) -> Told:
    """Return what a file is written from; ``rungs`` where comparisons are kept already."""

    def computed(side: Side) -> tuple[Comparison, ...]:
        beginnings = [Scenario(side.scenario.uses[:many]) for many in range(len(side.scenario.uses))]
        return (
            *(compare(engine, catalogue, one, found.as_of, found.scope) for one in beginnings),
            side.found,
        )

    return Told(engine, catalogue, found, rungs or computed)


def write(one: Told) -> bytes:
    """The pages as PDF/A-2b and PDF/UA-1. Raises setting.NotSet."""
    return pdf("compared.typ", content(one))


def content(one: Told) -> Json:
    """What the template sets, in characters that the fonts have."""
    found, town = one.found, typography(one.catalogue.scorecard.town)
    heads = [t("Base"), *(fitted(words.head(side), 60) for side in found.sides)]
    cash = abreast.years(found) if found.cash is not None else []
    made: Json = {
        "lang": language(),
        "document": t("Scénarios, {town}, {day}", town=town, day=numbers.day(found.as_of)),
        "description": words.title(one.catalogue, found),
        "keywords": [town, t("Scénario")],
        "banner": banner(),
        "place": f"{town} · {found.scope or t('Toute la ville')} · {numbers.day(found.as_of)}",
        "foot": t("Scénario"),
        "page": t("page"),
        "kicker": t("Scénarios"),
        "title": words.title(one.catalogue, found),
        "lead": words.lead(found),
        "sides": [_side(one, side) for side in found.sides],
        "kpis": {
            "title": t("Indicateurs, base et scénarios"),
            "head": [t("Indicateur"), *heads],
            "rows": [_score(found), *(_row(row) for row in one.rows)],
        },
        "futures": _futures(one),
        "ways": [_way(one, *way) for way in one.ways],
        "cash": {"title": words.cash_title(found), "head": [t("Année"), *heads], "rows": _years(found, cash)}
        if cash
        else None,
        "costs": {"head": [t("Sur toute la durée des projets"), *heads], "rows": _costs(found)}
        if cash
        else None,
        "plans": {
            "title": words.plans_title(found),
            "head": [t("Projet"), *heads],
            "rows": [_plans(held) for held in abreast.every_plan(found)],
        },
        "supposed": {"title": t("Ce que ces montants supposent"), "lines": _supposed(found) if cash else []},
    }
    cleaned: Json = clean(made)
    return cleaned


def _side(one: Told, side: Side) -> Json:
    return {
        "letter": words.letter(side),
        "name": words.name(side),
        "drivers": words.drivers(one.engine, side),
        "sentence": words.sentence(one.catalogue, side, one.found.plans),
    }


def _cell(
    value: str,
    more: str = "",
    bar: Json | None = None,
    status: str = "",
    word: str = "",
    grey: bool = False,
    last: str = "",
) -> Json:
    """A cell: its value, then from top to bottom what is known of it; ``grey`` for one that says nothing."""
    known = {"value": value, "more": more, "bar": bar, "status": status, "word": word}
    return {**known, "grey": grey, "last": last}


def _still() -> Json:
    return _cell(t("inchangé"), grey=True)


def _shift(move: float, most: float, tone: str) -> Json | None:
    """A bar from the middle, the base, ``most`` being the longest of its row."""
    if not move or most <= 0:
        return None
    end = 0.5 + 0.5 * max(-1.0, min(1.0, move / most))
    return {"from": min(0.5, end), "to": max(0.5, end), "zero": 0.5, "tone": tone}


def _score(found: Abreast) -> Json:
    base, *others = (one.score for one in abreast.scores(found))
    moves = [0.0 if one is None or base is None else one - base for one in others]
    most = max(map(abs, moves), default=0.0)
    cells = [
        _cell(
            numbers.score(value),
            f"{'+' if move > 0 else '−'}{numbers.decimal(abs(move), 1)}",
            _shift(move, most, "good" if move > 0 else "bad"),
        )
        if move
        else _still()
        for value, move in zip(others, moves, strict=True)
    ]
    return {"label": t("Score de l’ensemble"), "cells": [_cell(numbers.score(base)), *cells]}


def _row(row: Row) -> Json:
    moves = [line.difference for line in row.lines if line is not None and line.has_moved]
    most = max((abs(one) for one in moves if one is not None), default=0.0)
    base = row.base
    value = t("non calculé") if base.value is None else units.text(base.value, base.unit)
    first = _cell(value, status=base.status, word=word_of(base))
    return {
        "label": said(row.kpi.label),
        "cells": [first, *(_moved(row.kpi, line, most) for line in row.lines)],
    }


def _moved(kpi: Kpi, line: Line | None, most: float) -> Json:
    if line is None or not line.has_moved:
        return _still()
    changed = line.scenario.status != line.base.status
    return _cell(
        scenarios.value(line),
        scenarios.difference(line),
        _shift(line.difference or 0.0, most, words.tone(kpi, line.difference)),
        line.scenario.status if changed else "",
        word_of(line.scenario) if changed else "",
    )


def _widest(catalogue: Catalogue, side: Side) -> Kpi | None:
    """The headline's KPI that a scenario moves most, as a share of its base; else the first it moves."""
    claimed = {kpi.id for kpi in headline(catalogue)}
    moved = [line for line in side.found.moved if line.difference is not None]
    best = max(
        [line for line in moved if line.kpi in claimed] or moved[:1],
        key=lambda line: abs(line.difference or 0.0) / (abs(line.base.value or 0.0) or 1.0),
        default=None,
    )
    return catalogue.kpis[best.kpi] if best else None


def _way(one: Told, side: Side, kpi: Kpi, found: Steps) -> Json:
    """The rows of a waterfall, each bar as shares of the axis."""
    ends = [found.start or 0.0, *(step.after or 0.0 for step in found.steps), 0.0]
    low, extent = min(ends), (max(ends) - min(ends)) or 1.0

    def bar(start: float, end: float, tone: str) -> Json:
        left, right = sorted(((start - low) / extent, (end - low) / extent))
        return {"from": left, "to": right, "zero": -low / extent, "tone": tone}

    rows = [
        {
            "label": t("Base"),
            "bar": bar(0, found.start or 0.0, "whole"),
            "words": units.text(found.start, kpi.unit),
        }
    ]
    for step in found.steps:
        told_words = scenarios.signed(step.amount, kpi.unit) if step.amount else t("sans effet")
        drawn = bar(step.before or 0.0, step.after or 0.0, words.tone(kpi, step.amount))
        rows.append(
            {"label": fitted(words.step(one.engine, step, found), 70), "bar": drawn, "words": told_words}
        )
    last = t("Scénario {letter}", letter=words.letter(side))
    rows.append(
        {"label": last, "bar": bar(0, found.end or 0.0, "whole"), "words": units.text(found.end, kpi.unit)}
    )
    return {"title": words.steps_title(side, kpi, found), "rows": rows}


def _futures(one: Told) -> Json | None:
    """What may come by the horizon on each side."""
    told = futures.outlooks(one.catalogue, one.found) if one.found.futures is not None else []
    if not told:
        return None
    heads = [t("Base"), *(fitted(words.head(side), 60) for side in one.found.sides)]
    return {
        "title": t("Ce qui peut arriver d’ici l’échéance"),
        "sentence": futures.sentence(one.found, told),
        "note": futures.note(one.found),
        "head": [t("Résultat"), *heads],
        "rows": [{"label": each.label, "cells": [_may(each, law) for law in each.sides]} for each in told],
    }


def _may(one: Outlook, law: Distribution | None) -> Json:
    """Middle, 8 chances in 10 as words and as a bar whose tick is the middle, the chance of the target."""
    if law is None:
        return _cell(t("non calculé"), grey=True)
    low, high = one.reach
    places = (law.quantile(level) for level in (futures.LOW, futures.MIDDLE, futures.HIGH))
    start, middle, end = ((place - low) / ((high - low) or 1.0) for place in places)
    bar = {"from": start, "to": end, "zero": middle, "tone": "neutral"}
    value = units.text(law.quantile(futures.MIDDLE), one.unit)
    return _cell(value, futures.band(law), bar, last=futures.aim(one, law))


def _years(found: Abreast, years: Sequence[int]) -> list[Json]:
    held = [
        {} if one is None else {year.year: year for year in one.years}
        for one in (found.cash, *(side.cash for side in found.sides))
    ]
    nets = [year.net for one in held for year in one.values()]
    low, high = min([0.0, *nets]), max([0.0, *nets])
    return [
        {"label": str(year), "cells": [_year(one.get(year), low, high) for one in held]} for year in years
    ]


def _year(year: Year | None, low: float, high: float) -> Json:
    if year is None:
        return _cell(numbers.NONE, grey=True)
    extent = (high - low) or 1.0
    ends = sorted((-low / extent, (year.net - low) / extent))
    bar = {"from": ends[0], "to": ends[1], "zero": -low / extent, "tone": "neutral"}
    return _cell(units.text(year.net, "eur"), words.ahead(year.advanced), bar)


def _costs(found: Abreast) -> list[Json]:
    sides = [one for one in (found.cash, *(side.cash for side in found.sides)) if one is not None]
    return [
        {"label": label, "cells": [_cell(units.text(value, unit)) for value in values]}
        for label, unit, values in words.costs(sides)
    ]


def _plans(held: Sequence[Plan | None]) -> Json:
    plan = next(one.plan for one in held if one is not None)
    return {
        "label": f"{plan.project_id} {plan.title}",
        "cells": [_plan(one, held[0], at) for at, one in enumerate(held)],
    }


def _plan(one: Plan | None, base: Plan | None, at: int) -> Json:
    if one is None:
        return _cell(t("plus de plan gagné") if at and base is not None else t("pas de plan"), grey=True)
    if at and base is not None and words.is_same(one, base):
        return _still()
    share = share_words(one.own_share) if one.own_share is not None else t("fonds propres inconnus")
    shape, word = SHAPES.get(one.verdict, "unknown"), verdict_word(one.verdict)
    return _cell(share, status=shape, word=word, last=" ; ".join(map(words.breach, one.breaches)))


def _supposed(found: Abreast) -> list[str]:
    return [f"{words.supposed(one)} {said(one.note)}" for one in found.cash.supposed] if found.cash else []
