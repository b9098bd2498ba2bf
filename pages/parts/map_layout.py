"""Where the boxes and arrows of a strategy map stand: a lane per perspective, columns chosen for short straight links.

Geometry only, in the drawing's own units: works for any objectives and any acyclic links.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from metrics.definitions import Link, Perspective, Scorecard

LEFT, GAP, BOX, HEIGHT, LANE, TOP = 184.0, 100.0, 202.0, 98.0, 188.0, 20.0
MOST = 6  # boxes across; more in one perspective wrap onto further rows
TRIED = 4  # sweeps of the ordering
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """An objective's place: left and top corner."""

    code: str
    row: int
    column: int
    x: float
    y: float

    @property
    def middle(self) -> float:
        """The abscissa of its middle."""
        return self.x + BOX / 2


@dataclass(frozen=True)
class Route:
    """A link's way: corners from the cause's edge to the effect's, and where its lag is written."""

    link: Link
    points: tuple[Point, ...]
    label: Point


@dataclass(frozen=True)
class Layout:
    """A whole drawing: boxes by code, routes, and the (perspective, top, rows) of each lane."""

    boxes: Mapping[str, Box]
    routes: tuple[Route, ...]
    lanes: tuple[tuple[Perspective, float, int], ...]
    width: float
    height: float


def layout(card: Scorecard) -> Layout:
    """Return the places of a scorecard's map, the first perspective on top."""
    rows: list[list[str]] = []
    spans: list[tuple[Perspective, int, int]] = []
    for side in card.perspectives:
        codes = [goal.code for goal in side.objectives]
        made = [codes[i : i + MOST] for i in range(0, len(codes), MOST)] or [[]]
        spans.append((side, len(rows), len(made)))
        rows += made
    wide = max((len(row) for row in rows), default=1)
    columns = _columns(rows, card.links, wide)
    boxes = {
        code: Box(code, r, column, LEFT + column * (BOX + GAP), TOP + r * LANE)
        for r, row in enumerate(rows)
        for code, column in columns.items()
        if code in row
    }
    lanes = tuple((side, TOP + first * LANE, count) for side, first, count in spans)
    width = LEFT + wide * BOX + (wide - 1) * GAP + 26
    return Layout(
        boxes, _routes(boxes, card.links), lanes, width, TOP + len(rows) * LANE - (LANE - HEIGHT) + 20
    )


def _columns(rows: Sequence[Sequence[str]], links: Sequence[Link], wide: int) -> dict[str, int]:
    """Return each objective's column: every row in turn takes the order that costs its links least."""
    found = {code: place for row in rows for place, code in enumerate(row)}
    row_of = {code: r for r, row in enumerate(rows) for code in row}
    known = [link for link in links if link.cause in found and link.effect in found]
    for _ in range(TRIED):
        before = dict(found)
        for row in rows:
            mine = [link for link in known if link.cause in row or link.effect in row]
            if not mine:
                continue
            places = permutations(range(wide), len(row))
            best = min(
                places, key=lambda order: _cost(found | dict(zip(row, order, strict=True)), row_of, mine)
            )
            found |= dict(zip(row, best, strict=True))
        if found == before:
            break
    return found


def _cost(columns: Mapping[str, int], rows: Mapping[str, int], links: Sequence[Link]) -> float:
    """Return how long and how hindered links are: columns apart, boxes jumped over, crossings."""
    cost = 0.0
    ends = [
        (columns[link.cause], rows[link.cause], columns[link.effect], rows[link.effect]) for link in links
    ]
    taken = {(rows[code], column) for code, column in columns.items()}
    for c1, r1, c2, r2 in ends:
        cost += abs(c1 - c2) * (1.0 if r1 != r2 else 0.8)
        if r1 == r2:
            cost += 6.0 * sum((r1, c) in taken for c in range(min(c1, c2) + 1, max(c1, c2)))
        else:
            cost += 2.0 * sum((r, c2) in taken for r in range(min(r1, r2) + 1, max(r1, r2)))
    for i, (a1, ra, a2, rb) in enumerate(ends):
        for b1, rc, b2, rd in ends[i + 1 :]:
            if {ra, rb} == {rc, rd} and ra != rb:
                low_a, high_a = (a1, a2) if ra > rb else (a2, a1)
                low_b, high_b = (b1, b2) if rc > rd else (b2, b1)
                cost += 3.0 * ((low_a - low_b) * (high_a - high_b) < 0)
    return cost


def _routes(boxes: Mapping[str, Box], links: Sequence[Link]) -> tuple[Route, ...]:
    known = [link for link in links if link.cause in boxes and link.effect in boxes]
    ports = _ports(boxes, known)
    lines: dict[int, int] = {}
    made = []
    for index, link in enumerate(known):
        cause, effect = boxes[link.cause], boxes[link.effect]
        if cause.row == effect.row and _is_free(boxes, cause, effect):
            made.append(_beside(link, cause, effect))
        else:
            made.append(_across(link, boxes, ports[index], lines))
    return tuple(made)


def _is_free(boxes: Mapping[str, Box], cause: Box, effect: Box) -> bool:
    low, high = sorted((cause.column, effect.column))
    return not any(b.row == cause.row and low < b.column < high for b in boxes.values())


def _beside(link: Link, cause: Box, effect: Box) -> Route:
    """A straight line between neighbours of one lane."""
    y = cause.y + HEIGHT / 2
    start, end = (cause.x + BOX, effect.x) if effect.x > cause.x else (cause.x, effect.x + BOX)
    return Route(link, ((start, y), (end, y)), ((start + end) / 2, y))


def _ports(boxes: Mapping[str, Box], links: Sequence[Link]) -> dict[int, tuple[Point, Point]]:
    """Return where each link leaves and arrives: spread along the edge, in the order of the other ends."""
    at: dict[tuple[str, bool], list[tuple[float, int, bool]]] = {}
    for index, link in enumerate(links):
        cause, effect = boxes[link.cause], boxes[link.effect]
        if cause.row == effect.row and _is_free(boxes, cause, effect):
            continue
        up = effect.row <= cause.row
        at.setdefault((link.cause, up), []).append((effect.middle, index, True))
        at.setdefault((link.effect, not up if cause.row != effect.row else up), []).append(
            (cause.middle, index, False)
        )
    places: dict[tuple[int, bool], Point] = {}
    for (code, is_top), ends in at.items():
        box = boxes[code]
        step = BOX / (len(ends) + 1)
        for place, (_, index, is_start) in enumerate(sorted(ends), 1):
            places[index, is_start] = (box.x + place * step, box.y if is_top else box.y + HEIGHT)
    return {index: (places[index, True], places[index, False]) for index, _ in places}


def _across(link: Link, boxes: Mapping[str, Box], ends: tuple[Point, Point], lines: dict[int, int]) -> Route:
    """A way through the corridors between lanes and, past a lane in between, through a free column or a gap."""
    (x1, y1), (x2, y2) = ends
    cause, effect = boxes[link.cause], boxes[link.effect]
    if abs(x1 - x2) < BOX / 4 and _is_clear(boxes, cause, effect, x2):
        return Route(link, ((x2, y1), (x2, y2)), (x2, (y1 + y2) / 2))
    up = effect.row <= cause.row
    points: list[Point] = [(x1, y1)]
    first = _corridor(cause.row if up else cause.row + 1, lines)
    if abs(cause.row - effect.row) <= 1:
        points += [(x1, first), (x2, first)]
        label = ((x1 + x2) / 2, first)
    else:
        last = _corridor(effect.row + 1 if up else effect.row, lines)
        x = x2 if _is_clear(boxes, cause, effect, x2) else _gap(boxes, cause, effect, x2)
        points += [(x1, first), (x, first), (x, last), (x2, last)]
        label = ((x1 + x) / 2, first) if abs(x1 - x) > 70 else (x, first - 24 if up else first + 24)
    return Route(link, tuple(_without_doubles([*points, (x2, y2)])), label)


def _corridor(below: int, lines: dict[int, int]) -> float:
    """The ordinate of a line of its own in the corridor above a row."""
    place = lines.get(below, 0)
    lines[below] = place + 1
    middle = TOP + below * LANE - (LANE - HEIGHT) / 2
    return middle + (20, -20, 33, -33, 26, -26)[place % 6]


def _is_clear(boxes: Mapping[str, Box], cause: Box, effect: Box, x: float) -> bool:
    """Whether a vertical line at ``x`` meets no box of the rows in between."""
    low, high = sorted((cause.row, effect.row))
    return not any(low < b.row < high and b.x - 8 < x < b.x + BOX + 8 for b in boxes.values())


def _gap(boxes: Mapping[str, Box], cause: Box, effect: Box, x: float) -> float:
    """The nearest column gap to ``x`` that no box of the rows in between covers."""
    wide = 1 + max(b.column for b in boxes.values())
    gaps = [LEFT + c * (BOX + GAP) - 16 for c in range(1, wide)]
    gaps += [LEFT + wide * (BOX + GAP) - GAP + 14]
    free = [gap for gap in gaps if _is_clear(boxes, cause, effect, gap)]
    return min(free or gaps, key=lambda gap: abs(gap - x))


def _without_doubles(points: Sequence[Point]) -> list[Point]:
    return [point for i, point in enumerate(points) if i == 0 or point != points[i - 1]]
