"""The strategy map under a scenario: each objective's score as it is, as it would be, and the difference; the rest in grey."""

from metrics.definitions import Perspective
from pages.parts import (
    chart,
    map_body,
    map_draw,
    map_reads,
    overview,
    page,
    status,
    tables,
    under_band,
    under_table,
)
from pages.parts.map_draw import Overlay, Standing, shape, text
from pages.parts.map_labels import labelled
from pages.parts.map_layout import BOX, HEIGHT, Box, layout
from pages.parts.markup import Html, div, heading, join, link, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.screens import Screen
from pages.parts.source import Source
from pages.parts.under_reads import PARAM, Under, under
from pages.parts.under_words import both, change_figure, counted, has_moved, map_title
from pages.texts import judgements, numbers, said, t


@kept(maxsize=VIEWS)
def body(source: Source, screen: Screen, text: str, asked: str) -> Html:
    """The whole screen; ``text`` is the address's scenario, ``asked`` the link whose details it opens."""
    if source.as_of is None:
        return overview.empty(source, t("Carte stratégique"))
    found = under(source, text)
    if not isinstance(found, Under):
        return under_band.refused(source, screen, found)
    return join(_parts(source, screen, found, asked))


def _parts(source: Source, screen: Screen, found: Under, asked: str) -> list[Html]:
    card, links = source.catalogue.scorecard, map_reads.link_readings(source)
    by_ends = {(reading.cause, reading.effect): reading for reading in links}
    chosen = next((r for r in links if f"{r.cause}-{r.effect}" == asked), None)
    drawn = map_draw.drawing(
        source, found.scenario, by_ends, asked if chosen else "", _overlay(source, found)
    )
    kicker = t("Carte stratégique au {day}", day=numbers.day(source.as_of))
    parts = [
        page.head(
            map_title(source, found),
            kicker=f"{t('Scénario')} · {kicker}" + (f" · {source.scope}" if source.scope else ""),
            lead=t(
                "Chaque objectif avec son score en base, sous le scénario, et leur écart. Les liens restent des hypothèses : "
                "le scénario ne calcule que ce que les définitions mesurent."
            ),
        ),
        under_band.band(source, found, screen),
        div("lv-map-wide lv-under-map", drawn),
        div("lv-map-list", *(_side(source, side, found) for side in card.perspectives)),
        map_body.legend(
            links, t("En gris : ce qui ne bouge pas, et les liens par lesquels rien du scénario ne passe.")
        ),
    ]
    if chosen:
        parts.append(map_body.details(source, chosen, **{PARAM: found.text}))
    rows = tables.drawn(source, under_table.MAP, class_="lv-labels lv-whatif", **{PARAM: found.text})  # type: ignore[arg-type]
    return [*parts, chart.switch(rows, t("Les objectifs en tableau"))]


def _overlay(source: Source, found: Under) -> Overlay:
    card = source.catalogue.scorecard
    made = labelled(layout(card))
    boxes = {code: _standing(source, found, made.boxes[code], code) for code in card.objectives}
    notes = {side.code: _note(found, side) for side in card.perspectives}
    return Overlay(boxes, notes, {PARAM: found.text})


def _note(found: Under, side: Perspective) -> str:
    """A lane's score: as it is and as it would be."""
    base, scenario = found.sides(side.code)
    if base.score is None and scenario.score is None:
        return t("non calculé")
    return t("{score} sur 100", score=both(base, scenario))


def _standing(source: Source, found: Under, box: Box, code: str) -> Standing:
    """A box's two rows: the scores with their difference, then the status, the base's before it where it changes."""
    base, scenario = found.goals(code)
    moved = found.moved(source, code)
    kinds = [one.status if one.score is not None else "unknown" for one in (base, scenario)]
    y = box.y + HEIGHT - 9
    figures = both(base, scenario) if has_moved(base, scenario) or not moved else counted(len(moved))
    foot = [
        text(box.x + 12, y - 17, figures, "score from"),
        text(box.x + BOX - 12, y - 17, change_figure(base, scenario), "score change"),
    ]
    at = box.x + 12
    if kinds[0] != kinds[1]:
        foot += [shape(kinds[0], at, y - 11), text(at + 17, y, "→", "status")]
        at += 36
    foot += [shape(kinds[1], at, y - 11), text(at + 19, y, judgements.word(kinds[1]), "status")]
    return Standing(tuple(foot), is_still=not moved)


def _side(source: Source, side: Perspective, found: Under) -> Html:
    """One perspective as a list, for small screens."""
    head = heading(2, said(side.label))
    items = [_item(source, found, goal.code, said(goal.label)) for goal in side.objectives]
    return tag("section", head, div("lv-note", _note(found, side)), tag("ul", *items), class_="lv-section")


def _item(source: Source, found: Under, code: str, label: str) -> Html:
    base, scenario = found.goals(code)
    moved = found.moved(source, code)
    name = link(map_reads.objective(source, code, **{PARAM: found.text}), f"{code} {label}")
    kind = scenario.status if scenario.score is not None else "unknown"
    change = span("lv-under-change", change_figure(base, scenario))
    words = counted(len(moved)) if moved else t("ne bouge pas")
    return tag(
        "li",
        div("", name),
        div("lv-note", status.status(kind), " ", both(base, scenario), " ", change),
        div("lv-note", words),
        class_=None if moved else "lv-still",
    )
