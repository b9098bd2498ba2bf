"""Where the lags of a strategy map are written: on their own line, where no other line, label or box is in the way."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pages.parts.map_layout import BOX, HEIGHT, Box, Layout, Point, Route

HALF_WIDE, ABOVE, BELOW = 36.0, 10.0, 26.0  # of the room for a label: the longest word, one or two rows
STEP = 6.0  # between the places tried along a line
Place = tuple[float, float, float, float]


def labelled(made: Layout) -> Layout:
    """Return the layout with each label at the nearest free place to the one it had, along its own line."""
    taken = [_frame(box) for box in made.boxes.values()]
    routes = []
    for route in made.routes:
        others = [other for other in made.routes if other is not route]
        spot = next((p for p in _places(route) if _is_free(p, others, taken)), route.label)
        taken.append(room(spot))
        routes.append(replace(route, label=spot))
    return replace(made, routes=tuple(routes))


def room(at: Point) -> Place:
    """Return the left, top, right and bottom of the label written at a point."""
    return at[0] - HALF_WIDE, at[1] - ABOVE, at[0] + HALF_WIDE, at[1] + BELOW


def meets(start: Point, end: Point, place: Place) -> bool:
    """Whether a line along an axis touches a place."""
    left, top, right, bottom = place
    return not (
        max(start[0], end[0]) < left
        or min(start[0], end[0]) > right
        or max(start[1], end[1]) < top
        or min(start[1], end[1]) > bottom
    )


def crossed(made: Layout) -> list[str]:
    """Return the labels that the line of another link runs through: ``24 months P1-U1 by P2-U1``."""
    return [
        f"{route.link.cause}-{route.link.effect} by {other.link.cause}-{other.link.effect}"
        for route in made.routes
        for other in made.routes
        if other is not route and _runs_through(other, room(route.label))
    ]


def _runs_through(route: Route, place: Place) -> bool:
    return any(meets(a, b, place) for a, b in zip(route.points, route.points[1:], strict=False))


def _is_free(at: Point, others: Iterable[Route], taken: Sequence[Place]) -> bool:
    place = room(at)
    if any(_runs_through(other, place) for other in others):
        return False
    return all(not meets((left, top), (right, bottom), place) for left, top, right, bottom in taken)


def _places(route: Route) -> list[Point]:
    """Return the points of a line, the nearest to where its label stands first."""
    found = [route.label]
    for (x1, y1), (x2, y2) in zip(route.points, route.points[1:], strict=False):
        steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / STEP))
        found += [(x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps) for i in range(1, steps)]
    x, y = route.label
    return sorted(found, key=lambda p: abs(p[0] - x) + abs(p[1] - y))


def _frame(box: Box) -> Place:
    return box.x, box.y, box.x + BOX, box.y + HEIGHT
