"""The tornado on the screen of scenarios: what weighs most on what may come, from P10 to P90, with rank correlations beside it."""

from collections.abc import Iterable

import streamlit as st

from metrics.chance.model import model
from metrics.refusing import BadEntry
from metrics.scenario import Scenario, from_text
from metrics.tornado import Bar, Tornado, tornadoes
from pages.parts import chart, tables, whatif_reads
from pages.parts.markup import Html, div, join, link, section, show, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, said, t, units

NAME = "etsi-tornade"
OUTCOME = "issue"  # what the address says of the outcome that is looked at


@kept(maxsize=VIEWS)
def found(source: Source, text: str) -> tuple[Tornado, ...]:
    """The tornado of each outcome under the scenario of an address; none where it cannot be read."""
    assert source.as_of is not None
    catalogue = source.catalogue
    try:
        scenario = from_text(text, source.as_of, catalogue.parameters)
        made = model(source.engine, catalogue, scenario, source.as_of, scope=source.scope)
    except BadEntry:
        return ()
    return tuple(one for one in tornadoes(made).values() if one.bars)


def names() -> dict[str, str]:
    """The outcomes in words."""
    return {
        "raised": t("Cofinancements levés"),
        "leverage": t("Effet de levier"),
        "own_cost": t("Coût à la charge de la Ville"),
        "capacity": t("Capacité d’investissement"),
    }


def panel(source: Source, scenario: Scenario) -> None:
    """The bars of the outcome that the address asks for, the first without one, with their sentence and their table."""
    wanted = st.query_params.get(OUTCOME, "")
    every = {one.outcome: one for one in found(source, scenario.as_text())}
    shown = every.get(wanted) or next(iter(every.values()), None)
    if shown is None:
        show(section(t("Ce qui pèse le plus"), note=t("Rien n’est en attente : aucune supposition ne joue.")))
    else:
        show(drawn(source, scenario, shown, every))


def _ways(source: Source, scenario: Scenario, outcomes: Iterable[str], chosen: str = "") -> Html:
    """The outcomes as links, the one that is shown marked."""
    ways = [
        link(
            whatif_reads.to(source, scenario.as_text(), **{OUTCOME: id}),
            names()[id],
            aria_current="true" if id == chosen else None,
        )
        for id in outcomes
    ]
    return tag("p", join(ways, " · "), class_="lv-tornado-ways")


def drawn(source: Source, scenario: Scenario, one: Tornado, every: dict[str, Tornado]) -> Html:
    """The whole panel for one outcome."""
    text = scenario.as_text()
    note = t(
        "Chaque supposition de son P10 à son P90, les autres à leur médiane, au {day}. À droite, la corrélation de rang de {n} tirages où tout bouge.",
        day=numbers.day(one.horizon),
        n=numbers.decimal(one.draws),
    )
    body = tables.drawn(source, NAME, class_="lv-labels", s=text, issue=one.outcome)
    return section(
        title(one),
        _ways(source, scenario, every, one.outcome),
        bars(one),
        tag("p", disagreement(one), class_="lv-note") if not one.agrees else "",
        chart.under(sentence(one), body),
        note=note,
    )


def title(one: Tornado) -> str:
    """The finding: what weighs most."""
    first = one.bars[0]
    return t(
        "Scénario : « {outcome} » dépend d’abord de « {input} »",
        outcome=names()[one.outcome],
        input=said(first.assumption.label),
    )


def sentence(one: Tornado) -> str:
    """The bars in words, for those who cannot see them."""
    told = [
        t(
            "{input}, de {low} à {high} : de {at_low} à {at_high}",
            input=said(bar.assumption.label),
            low=input_text(bar, bar.low),
            high=input_text(bar, bar.high),
            at_low=units.text(bar.at_low, one.unit),
            at_high=units.text(bar.at_high, one.unit),
        )
        for bar in one.bars
    ]
    return "; ".join(told)


def disagreement(one: Tornado) -> str:
    """What bars and rank correlations do not say alike, and why it may be."""
    told = ", ".join(f"« {said(bar.assumption.label)} »" for bar in one.bars if bar.disagrees)
    return t(
        "Les corrélations de rang ne rangent pas comme les barres {inputs} : une barre déplace toutes les demandes ensemble, un tirage les décide une à une.",
        inputs=told,
    )


def input_text(bar: Bar, value: float) -> str:
    """A supposition's value as people say it."""
    unit = bar.assumption.unit
    if unit == "ratio":
        return units.text(value, "ratio")
    return units.text(round(value), "days") if unit == "days" else units.text(round(value, 2), unit)


def bars(one: Tornado) -> Html:
    """One row a supposition: its name and its ends, the bar on a common axis around the median future, its rank correlation."""
    ends = [end for bar in one.bars for end in (bar.at_low, bar.at_high)]
    low, high = min(*ends, one.middle), max(*ends, one.middle)
    extent = (high - low) or 1.0

    def at(value: float) -> float:
        return round(100 * (value - low) / extent, 2)

    rows = [_row(one, bar, at(bar.at_low), at(bar.at_high), at(one.middle)) for bar in one.bars]
    foot = t(
        "Trait : médiane, {value}. Barre hachurée : l’issue baisse quand la supposition monte.",
        value=units.text(one.middle, one.unit),
    )
    return div("lv-tornado", *rows, tag("p", foot, class_="lv-note"), aria_hidden="true")


def _row(one: Tornado, bar: Bar, start: float, end: float, middle: float) -> Html:
    left, width = min(start, end), abs(end - start)
    first, last = (bar.at_low, bar.at_high) if start <= end else (bar.at_high, bar.at_low)
    name = join(
        (
            said(bar.assumption.label),
            span("lv-tornado-span", f"{input_text(bar, bar.low)} → {input_text(bar, bar.high)}"),
            span(
                "lv-tornado-span",
                t("supposition") if not bar.assumption.is_supported else t("tiré des données"),
            ),
        )
    )
    track = div(
        "lv-tornado-track",
        span("bar" if end >= start else "bar down", style=f"left:{left}%;width:{width}%"),
        span("middle", style=f"left:{middle}%"),
    )
    said_ends = div(
        "lv-tornado-ends",
        span("", units.text(first, one.unit)),
        span("", units.text(last, one.unit)),
        style=f"margin-left:min({left}%, calc(100% - 11em));width:max({width}%, 11em)",
    )
    rank = numbers.NONE if bar.rank is None else numbers.decimal(bar.rank, 2)
    mark = join(
        (t("ρ {rank}", rank=rank), span("lv-tornado-span", t("▲ autre rang")) if bar.disagrees else "")
    )
    return div(
        "lv-tornado-row",
        div("lv-tornado-name", name),
        div("", track, said_ends),
        div("lv-tornado-rank", mark),
    )


@tables.offered(NAME)
def table(source: Source, asked: Asked) -> Table | None:
    """The bars of one outcome as rows."""
    if source.as_of is None:
        return None
    text = asked.get(whatif_reads.PARAM, "")
    one = next((one for one in found(source, text) if one.outcome == asked.get(OUTCOME, "raised")), None)
    if one is None:
        return None
    columns = (
        Column(t("Supposition")),
        Column(t("P10"), "number"),
        Column(t("P90"), "number"),
        Column(t("{outcome} au P10", outcome=names()[one.outcome]), "number"),
        Column(t("au P90"), "number"),
        Column(t("Écart"), "number"),
        Column(t("Corrélation de rang"), "number"),
        Column(t("Rangs d’accord"), "boolean"),
        Column(t("Tirée des données"), "boolean"),
    )
    rows = [
        [
            said(bar.assumption.label),
            Cell(bar.low, input_text(bar, bar.low)),
            Cell(bar.high, input_text(bar, bar.high)),
            Cell(bar.at_low, units.text(bar.at_low, one.unit)),
            Cell(bar.at_high, units.text(bar.at_high, one.unit)),
            Cell(bar.size, units.text(abs(bar.size), one.unit)),
            Cell(bar.rank, numbers.NONE if bar.rank is None else numbers.decimal(bar.rank, 2)),
            not bar.disagrees,
            bar.assumption.is_supported,
        ]
        for bar in one.bars
    ]
    return tables.table(source, t("Scénario, ce qui pèse le plus"), columns, rows, filters=text)
