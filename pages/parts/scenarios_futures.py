"""What may come by the horizon, in the base and under each scenario, drawn on one axis a row: the same draws for all."""

from metrics.abreast import Abreast
from metrics.chance.futures import Distribution
from pages.parts import scenarios_reads, tables, whatif_assumed
from pages.parts.markup import Html, div, section, span, tag
from pages.parts.scenarios_drawings import reach
from pages.parts.scenarios_reads import Slot
from pages.parts.scenarios_tables import asked_of, drawn, filters
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import abreast as words
from pages.texts import futures, numbers, t, units
from pages.texts.futures import Outlook

FUTURES = "scenarios-avenirs"


def panel(source: Source, filled: list[Slot], found: Abreast) -> Html:
    """The finding, the table of outcomes, what is supposed; "" where nothing can be told."""
    told = futures.outlooks(source.catalogue, found) if found.futures is not None else []
    if not told:
        return Html("")
    return div(
        "lv-scenario",
        section(
            t("Ce qui peut arriver d’ici l’échéance"),
            tag("p", futures.sentence(found, told)),
            drawn(source, FUTURES, scenarios_reads.texts(filled)),
            _supposed(found),
            note=futures.note(found),
        ),
    )


def _supposed(found: Abreast) -> Html:
    """The laws of the base, and what a scenario moves of them; those that no data bear out."""
    assert found.futures is not None
    items = []
    for place, one in enumerate(found.futures.assumptions):
        moved = [
            t(" ; sous {letter} : {spread}", letter=words.letter(side), spread=whatif_assumed.spread(mine))
            for side in found.sides
            if side.futures is not None and (mine := side.futures.assumptions[place]) != one
        ]
        items.append(tag("li", whatif_assumed.words(one), *moved))
    title = t("Ce qui est supposé, sans données pour l’étayer")
    return tag("details", tag("summary", title), tag("ul", *items), class_="lv-more")


@tables.offered(FUTURES)
def table(source: Source, asked: Asked) -> Table | None:
    """Each outcome in the base and under the scenarios ``a`` to ``d``: middle, 8 chances in 10, the chance of its target."""
    found = asked_of(source, asked)
    if found is None or found.futures is None:
        return None
    columns = [Column(t("Résultat"))]
    heads = [(t("Base"), t("base")), *((words.head(one), words.letter(one)) for one in found.sides)]
    for head, letter in heads:
        columns += [
            Column(head, "number", in_file=False),
            Column(t("Bas (1 fois sur 10), {side}", side=letter), "number", on_screen=False),
            Column(t("Milieu, {side}", side=letter), "number", on_screen=False),
            Column(t("Haut (1 fois sur 10), {side}", side=letter), "number", on_screen=False),
            Column(t("Chance de la cible, {side}", side=letter), "number", "ratio", on_screen=False),
        ]
    columns += [Column(t("Cible"), "number", on_screen=False), Column(t("Unité"), on_screen=False)]
    rows = [
        [
            one.label,
            *(cell for law in one.sides for cell in _side(one, law)),
            one.target,
            units.unit_name(one.unit),
        ]
        for one in futures.outlooks(source.catalogue, found)
    ]
    title = t("Scénarios, avenirs au {day}", day=numbers.day(found.futures.horizon))
    return tables.table(source, title, columns, rows, filters=filters(source, found))


def _side(one: Outlook, law: Distribution | None) -> list[object]:
    """One side's cells: what the screen draws, then low, middle, high and chance for files."""
    if law is None:
        return [Cell(None, span("lv-grey", t("non calculé"))), None, None, None, None]
    low, middle, high = (law.quantile(level) for level in (futures.LOW, futures.MIDDLE, futures.HIGH))
    aim = futures.aim(one, law)
    shown = div(
        "lv-pile",
        span("lv-strong", units.text(middle, one.unit)),
        span("lv-pile-more", futures.band(law)),
        reach(low, middle, high, *one.reach),
        span("lv-pile-more", aim) if aim else "",
    )
    return [Cell(middle, shown), low, middle, high, one.chance(law)]
