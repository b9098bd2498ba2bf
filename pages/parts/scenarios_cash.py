"""The cash of the plans by year, as it is and under each scenario; what it comes to, and what it supposes."""

from metrics import abreast
from metrics.abreast import Abreast
from metrics.cash import Cash, Year
from pages.parts import scenarios_reads, tables
from pages.parts.markup import Html, div, section, span, tag
from pages.parts.scenarios_drawings import amount
from pages.parts.scenarios_reads import Slot
from pages.parts.scenarios_tables import asked_of, drawn, filters
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import abreast as words
from pages.texts import numbers, said, t, units

YEARS, COSTS = "scenarios-tresorerie", "scenarios-couts"


def panel(source: Source, filled: list[Slot], found: Abreast) -> Html:
    """Years, then what they come to, then the suppositions; "" where there is no plan with dates."""
    if found.cash is None or not abreast.years(found):
        return Html("")
    asked = scenarios_reads.texts(filled)
    note = t(
        "Ce qui sort de la caisse de la ville, travaux TTC moins subventions et FCTVA reçus, des projets dont le plan est gagné. Sur toute leur durée, c’est le reste à charge net."
    )
    return div(
        "lv-scenario",
        section(words.cash_title(found), drawn(source, YEARS, asked), note=note),
        drawn(source, COSTS, asked),
        _supposed(found.cash),
    )


def _supposed(base: Cash) -> Html:
    """What no data decide, each as what it is."""
    items = [tag("li", words.supposed(one), " ", span("lv-grey", said(one.note))) for one in base.supposed]
    return tag(
        "details", tag("summary", t("Ce que ces montants supposent")), tag("ul", *items), class_="lv-more"
    )


def _sides(found: Abreast) -> list[tuple[str, str, Cash]]:
    """Each side's head, letter and cash, the base first."""
    named = [(words.head(side), words.letter(side), side.cash) for side in found.sides]
    return [
        (head, letter, one)
        for head, letter, one in ((t("Base"), t("base"), found.cash), *named)
        if one is not None
    ]


@tables.offered(YEARS)
def years_table(source: Source, asked: Asked) -> Table | None:
    """The cash of the plans by year, in the base and under the scenarios ``a`` to ``d``."""
    found = asked_of(source, asked)
    if found is None or not abreast.years(found):
        return None
    sides, columns = _sides(found), [Column(t("Année"))]
    for head, letter, _ in sides:
        columns += [
            Column(head, "number", in_file=False),
            *(
                Column(t("{what}, {side}", what=what, side=letter), "number", "eur", on_screen=False)
                for what in words.cash_parts()
            ),
        ]
    held = [{year.year: year for year in one.years} for _, _, one in sides]
    nets = [year.net for one in held for year in one.values()]
    low, high = min(nets, default=0.0), max(nets, default=0.0)
    rows = [
        [str(year), *(cell for one in held for cell in _year(one.get(year), low, high))]
        for year in abreast.years(found)
    ]
    return tables.table(
        source, t("Scénarios, trésorerie par année"), columns, rows, filters=filters(source, found)
    )


def _year(year: Year | None, low: float, high: float) -> list[object]:
    if year is None:
        return [Cell(0.0, span("lv-grey", numbers.NONE)), *words.cash_cells(year)]
    ahead = units.text(abs(year.advanced), "eur")
    ahead = (
        t("avancé {amount}", amount=ahead)
        if year.advanced >= 0
        else t("reçu d’avance {amount}", amount=ahead)
    )
    shown = div(
        "lv-pile",
        span("lv-strong", units.text(year.net, "eur")),
        span("lv-pile-more", words.ahead(year.advanced)),
        amount(year.net, low, high),
    )
    return [Cell(year.net, shown), *words.cash_cells(year)]


@tables.offered(COSTS)
def costs_table(source: Source, asked: Asked) -> Table | None:
    """What the cash comes to: net own cost, the most advanced, the price of waiting, leverage in present value."""
    found = asked_of(source, asked)
    if found is None or found.cash is None or not abreast.years(found):
        return None
    sides = _sides(found)
    columns = [Column(t("Sur toute la durée des projets"))]
    columns += [Column(head, "number") for head, _, _ in sides] + [Column(t("Unité"), on_screen=False)]
    rows = [
        [
            label,
            *(
                Cell(value, units.text(value, unit) if value is not None else numbers.NONE)
                for value in values
            ),
            units.unit_name(unit),
        ]
        for label, unit, values in words.costs([one for _, _, one in sides])
    ]
    return tables.table(
        source, t("Scénarios, coûts et attentes"), columns, rows, filters=filters(source, found)
    )
