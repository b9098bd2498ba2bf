"""The strategy map as a drawing: boxes that open objectives, arrows that open hypotheses. Patterns and words before colour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import wrap

from metrics.definitions import Objective
from metrics.links import LinkReading
from metrics.scores import RollUp, Score
from pages.parts import map_reads, map_words
from pages.parts.map_labels import labelled
from pages.parts.map_layout import BOX, HEIGHT, LANE, Box, Layout, Point, Route, layout
from pages.parts.map_paths import busiest
from pages.parts.markup import Html, esc, join, tag
from pages.parts.source import Source
from pages.texts import judgements, numbers, said, t

LETTERS, LINES = 27, 3  # of a label in a box
ROUND, HEAD = 10.0, 9.0  # of a corner; of an arrow
SHAPES = {
    "on_target": '<circle cx="6" cy="6" r="5.5"/>',
    "watch": '<path d="M6 .8 11.8 11.2H.2Z"/>',
    "off_target": '<path d="M6 0 12 6 6 12 0 6Z"/>',
    "unknown": '<circle cx="6" cy="6" r="4.5" fill="none" stroke-width="2"/>',
}


@dataclass(frozen=True)
class Standing:
    """How a box stands where its score alone does not say it: what is written under its label, in place of the score.

    ``is_still``: it is drawn in grey.
    """

    foot: tuple[Html, ...]
    is_still: bool = False


@dataclass(frozen=True)
class Overlay:
    """What a map shows besides its own scores: the boxes' standings, the sides' notes, what its links' addresses keep."""

    boxes: Mapping[str, Standing]
    notes: Mapping[str, str]
    keeps: Mapping[str, str] = field(default_factory=dict)


def drawing(
    source: Source,
    rolled: RollUp,
    said_of: Mapping[tuple[str, str], LinkReading],
    chosen: str,
    over: Overlay | None = None,
) -> Html:
    """The whole map; ``chosen`` is the link whose details are open, ``P1-F1``."""
    card = source.catalogue.scorecard
    made = labelled(layout(card))
    heavy = busiest(card.links)[0]
    goals = card.objectives
    boxes = [
        _box(source, made.boxes[code], goal, rolled.objectives[code], code in heavy, over)
        for code, goal in goals.items()
    ]
    edges = [_edge(source, route, said_of, chosen, over) for route in made.routes]
    top = min(
        [0.0, *(y - 12 for route in made.routes for _, y in route.points)]
    )  # a link above the first lane
    size = f"0 {top:.0f} {made.width:.0f} {made.height - top:.0f}"
    lanes = _lanes(made, rolled, over)
    drawn = tag(
        "svg",
        *lanes,
        *edges,
        *boxes,
        class_="lv-map",
        viewBox=size,
        role="group",
        aria_labelledby="lv-map-name",
    )
    name = tag("span", t("Carte stratégique : objectifs et liens"), id="lv-map-name", class_="lv-hidden")
    return join((name, drawn))


def _lanes(made: Layout, rolled: RollUp, over: Overlay | None) -> list[Html]:
    parts = []
    for place, (side, top, _) in enumerate(made.lanes):
        if place:
            y = top - (LANE - HEIGHT) / 2
            parts.append(
                tag("line", x1=0, x2=f"{made.width:.0f}", y1=f"{y:.1f}", y2=f"{y:.1f}", class_="lane")
            )
        rows = wrap(said(side.label), 24)[:3]
        parts += [text(0, top + 26 + 18 * i, row, "side") for i, row in enumerate(rows)]
        words = over.notes[side.code] if over else map_words.scored(rolled.perspectives[side.code])
        parts.append(text(0, top + 28 + 18 * len(rows), words, "note"))
    return parts


def text(x: float, y: float, words: object, class_: str, **more: object) -> Html:
    """Words at a point of the drawing."""
    return tag("text", words, x=f"{x:.1f}", y=f"{y:.1f}", class_=class_, **more)


def _box(
    source: Source, box: Box, goal: Objective, score: Score, is_heavy: bool, over: Overlay | None
) -> Html:
    rows = _label(goal)
    lines = [text(box.x + 12, box.y + 22 + 17 * i, row, "label") for i, row in enumerate(rows)]
    standing = over.boxes[goal.code] if over else Standing(_foot(box, score))
    frame = tag(
        "rect",
        x=f"{box.x:.1f}",
        y=f"{box.y:.1f}",
        width=BOX,
        height=HEIGHT,
        rx=2,
        class_="heavy" if is_heavy else None,
    )
    href = map_reads.objective(source, goal.code, **(over.keeps if over else {}))
    return tag(
        "a", frame, *lines, *standing.foot, href=href, class_="goal still" if standing.is_still else "goal"
    )


def _foot(box: Box, score: Score) -> tuple[Html, ...]:
    """Status and score, and what the score hides."""
    kind = score.status if score.score is not None else "unknown"
    figure = numbers.score(score.score, score.status == "on_target") if score.score is not None else ""
    foot = [
        shape(kind, box.x + 12, box.y + HEIGHT - 22),
        text(box.x + 31, box.y + HEIGHT - 11, judgements.word(kind), "status"),
        text(box.x + BOX - 12, box.y + HEIGHT - 11, figure, "score"),
    ]
    if flag := map_words.flag(score):
        foot.append(text(box.x + BOX - 44, box.y + HEIGHT - 11, flag, "flag"))
    return tuple(foot)


def shape(kind: str, x: float, y: float) -> Html:
    """A status's shape with its left and top corner at a point."""
    return tag(
        "svg",
        Html(SHAPES[kind]),
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=12,
        height=12,
        class_=f"lv-mark {kind}",
    )


def _label(goal: Objective) -> list[Html]:
    """Code and label in at most three lines; the code in bold."""
    rows = wrap(f"{goal.code} {said(goal.label)}", LETTERS)
    if len(rows) > LINES:
        rows = [*rows[: LINES - 1], rows[LINES - 1][: LETTERS - 2].rstrip() + "…"]
    first = join((tag("tspan", goal.code, class_="code"), rows[0].removeprefix(goal.code) + " "))
    return [first, *(esc(f"{row} ") for row in rows[1:])]


def _edge(
    source: Source,
    route: Route,
    said_of: Mapping[tuple[str, str], LinkReading],
    chosen: str,
    over: Overlay | None,
) -> Html:
    link = route.link
    reading = said_of.get((link.cause, link.effect))
    verdict = reading.verdict if reading else "not_testable"
    rows = map_words.edge(link.lag_months, verdict)
    words = ", ".join(rows)
    wide = 7.0 * max(map(len, rows)) + 8
    x, y = route.label
    name = f"{link.cause}-{link.effect}"
    path = _path(route.points)
    return tag(
        "a",
        tag("path", d=path, class_="hit"),
        tag("path", d=path, class_=f"edge {verdict}"),
        tag("path", d=_arrow(route.points), class_="head"),
        tag(
            "rect",
            x=f"{x - wide / 2:.1f}",
            y=f"{y - 10:.1f}",
            width=f"{wide:.1f}",
            height=2 + 17 * len(rows),
            class_="ground",
        ),
        *(text(x, y + 4.5 + 16 * i, f"{row} ", "lag") for i, row in enumerate(rows)),
        href=f"{source.link('carte', link=name, **(over.keeps if over else {}))}#lien",
        class_=_class(route, name == chosen, over),
        aria_label=t(
            "{words} : {cause} agit sur {effect}", words=words, cause=link.cause, effect=link.effect
        ),
    )


def _class(route: Route, is_chosen: bool, over: Overlay | None) -> str:
    """A link is grey where its cause does not move: nothing of the scenario comes through it."""
    still = over is not None and over.boxes[route.link.cause].is_still
    return "link" + (" chosen" if is_chosen else "") + (" still" if still else "")


def _path(points: tuple[Point, ...]) -> str:
    """Straight lines with rounded corners."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, at, after in zip(points, points[1:], points[2:], strict=False):
        enter, leave = _toward(at, before), _toward(at, after)
        parts.append(f"L{enter[0]:.1f} {enter[1]:.1f}Q{at[0]:.1f} {at[1]:.1f} {leave[0]:.1f} {leave[1]:.1f}")
    return "".join(parts) + f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"


def _toward(at: Point, other: Point) -> Point:
    dx, dy = other[0] - at[0], other[1] - at[1]
    far = max(abs(dx), abs(dy)) or 1.0
    step = min(ROUND, far / 2) / far
    return at[0] + dx * step, at[1] + dy * step


def _arrow(points: tuple[Point, ...]) -> str:
    (x0, y0), (x, y) = points[-2:]
    far = max(abs(x - x0), abs(y - y0)) or 1.0
    ux, uy = (x - x0) / far, (y - y0) / far
    left = (x - HEAD * ux - HEAD / 2 * uy, y - HEAD * uy + HEAD / 2 * ux)
    right = (x - HEAD * ux + HEAD / 2 * uy, y - HEAD * uy - HEAD / 2 * ux)
    return f"M{x:.1f} {y:.1f}L{left[0]:.1f} {left[1]:.1f}L{right[0]:.1f} {right[1]:.1f}Z"
