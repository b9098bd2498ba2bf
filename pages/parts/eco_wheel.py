"""The wheel of the 12 levers: a sector a lever, its practices around it, well-being at its heart; on a phone, a list."""

import math
from collections.abc import Sequence
from textwrap import wrap

from metrics.ecosystem import STATES, Practice
from pages.parts import eco_words
from pages.parts.fiche_columns import label
from pages.parts.markup import Html, div, join, link, span, tag
from pages.parts.source import Source
from pages.texts import t, tn
from schemas.practices import LEVERS

WIDE, HIGH = 1160, 700
X, Y = WIDE / 2, HIGH / 2
HEART, INNER, RIM = 96.0, 104.0, 262.0  # radii: the heart; a sector from ... to
NAME_AT, OUT_AT = 216.0, 282.0  # where a sector's name and its practices stand
LETTER = 5.9  # mean width of a letter of a state's words
GAP = 0.6  # degrees left between two sectors
MOST = 2  # practices of a lever named on the wheel: the table has them all


def wheel(source: Source, practices: Sequence[Practice]) -> Html:
    """The drawing for wide screens and the list for the others, of the same practices."""
    return join((div("lv-wheel-wide", _drawing(source, practices)), _list(source, practices)))


def by_lever(practices: Sequence[Practice]) -> dict[str, list[Practice]]:
    """The practices of each lever, levers in the order of the ecosystem's sheet; one without a practice is there too."""
    found: dict[str, list[Practice]] = {lever: [] for lever in LEVERS}
    for practice in practices:
        found.setdefault(practice.lever, []).append(practice)
    return found


def _drawing(source: Source, practices: Sequence[Practice]) -> Html:
    levers = by_lever(practices)
    turn = 360 / len(levers)
    sectors = [
        _sector(source, lever, found, i * turn, turn) for i, (lever, found) in enumerate(levers.items())
    ]
    heart = join(
        (
            tag("circle", cx=X, cy=Y, r=HEART, class_="heart"),
            _text(X, Y - 12, t("le bien-être"), "core"),
            _text(X, Y + 14, t("au cœur de"), "mid"),
            _text(X, Y + 34, t("l’écosystème"), "mid"),
        )
    )
    name = tag("span", t("Roue des leviers et de leurs outils"), id="lv-wheel-name", class_="lv-hidden")
    drawn = tag(
        "svg",
        heart,
        *sectors,
        class_="lv-wheel",
        viewBox=f"0 0 {WIDE} {HIGH}",
        role="group",
        aria_labelledby="lv-wheel-name",
    )
    return join((name, drawn))


def _sector(source: Source, lever: str, found: Sequence[Practice], angle: float, turn: float) -> Html:
    """One lever: its sector opens its first practice, the others stand under it with their own links."""
    furthest = max((STATES.index(p.state) for p in found), default=-1)
    shape = tag("path", d=_ring(angle, turn), class_=f"sector at{furthest}" if found else "sector none")
    rows = wrap(label("lever", lever), 17 if len(label("lever", lever).split()) == 1 else 13)
    # Nearer to the heart at the sides, where a name runs along its sector.
    x, y = _at(angle, NAME_AT - 30 * math.sin(math.radians(angle)) ** 4)
    names = [
        _text(x, y + 5 + 17 * (i - (len(rows) - 1) / 2), row + " ", "lever") for i, row in enumerate(rows)
    ]
    if not found:
        return join((shape, *names, *_outside(angle, [t("aucun outil")], ["none"], None)))
    linked = [_practice(source, p, angle, i, len(found)) for i, p in enumerate(found[:MOST])]
    first = tag("a", shape, *names, linked[0], href=source.link("outil", id=found[0].practice))
    others = [
        tag("a", drawn, href=source.link("outil", id=p.practice))
        for drawn, p in zip(linked[1:], found[1:MOST], strict=True)
    ]
    return join((first, *others))


def _practice(source: Source, practice: Practice, angle: float, place: int, total: int) -> Html:
    words = [practice.name + " ", eco_words.dated(practice)]
    if place == MOST - 1 and total > MOST:
        words.append(tn("et {n} autre au tableau", "et {n} autres au tableau", total - MOST))
    return join(_outside(angle, words, ["name", "state", "more"], practice, place))


def _outside(
    angle: float, words: Sequence[str], classes: Sequence[str], practice: Practice | None, place: int = 0
) -> list[Html]:
    """Words beside a sector, outward: to the right on the right, to the left on the left, centred above and below."""
    x, y = _at(angle, OUT_AT)
    side = round(math.sin(math.radians(angle)), 6)
    anchor = "middle" if abs(side) < 0.1 else "start" if side > 0 else "end"
    top = y - 4 + 46 * place
    if anchor == "middle":
        top = y - 26 if math.cos(math.radians(angle)) > 0 else y + 14
        top += 46 * place * (-1 if math.cos(math.radians(angle)) > 0 else 1)
    rows = []
    for i, (row, class_) in enumerate(zip(words, classes, strict=False)):
        at = x
        if class_ == "state" and practice is not None:
            at, drawn = _beside(x, top + 20 * i, row, anchor, practice)
            rows.append(drawn)
        rows.append(_text(at, top + 20 * i, row, f"{class_} {anchor}"))
    return rows


def _beside(x: float, y: float, row: str, anchor: str, practice: Practice) -> tuple[float, Html]:
    """The squares of a state next to its words, and where the words then stand."""
    wide = eco_words.STEP * eco_words.STEPS
    if anchor == "end":  # the words end where the squares begin: no length to guess
        left, at = x - wide, x - wide - 7
    elif anchor == "start":
        left, at = x, x + wide + 7
    else:
        left, at = x - (LETTER * len(row) + wide + 7) / 2, x + (wide + 7) / 2
    return at, tag("g", eco_words.squares(practice.state, left, y - 9), class_="lv-steps")


def _text(x: float, y: float, words: object, class_: str) -> Html:
    return tag("text", words, x=f"{x:.1f}", y=f"{y:.1f}", class_=class_)


def _at(angle: float, radius: float) -> tuple[float, float]:
    """A point of the wheel: 0 degrees at the top, clockwise."""
    turned = math.radians(angle)
    return X + radius * math.sin(turned), Y - radius * math.cos(turned)


def _ring(angle: float, turn: float) -> str:
    """The outline of a sector."""
    a, b = angle - turn / 2 + GAP, angle + turn / 2 - GAP
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = _at(a, INNER), _at(a, RIM), _at(b, RIM), _at(b, INNER)
    return (
        f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}A{RIM} {RIM} 0 0 1 {x3:.1f} {y3:.1f}"
        f"L{x4:.1f} {y4:.1f}A{INNER} {INNER} 0 0 0 {x1:.1f} {y1:.1f}Z"
    )


def _list(source: Source, practices: Sequence[Practice]) -> Html:
    items = [_item(source, lever, found) for lever, found in by_lever(practices).items()]
    return div("lv-wheel-list", tag("ul", *items))


def _item(source: Source, lever: str, found: Sequence[Practice]) -> Html:
    lines = [
        div(
            "", link(source.link("outil", id=p.practice), p.name), eco_words.mark(p.state, eco_words.dated(p))
        )
        for p in found
    ]
    return tag(
        "li", span("lv-wheel-lever", label("lever", lever)), *(lines or [span("lv-grey", t("aucun outil"))])
    )


def legend() -> Html:
    """What each state means."""
    means = {
        "imagined": t("l’outil est décrit"),
        "trialled": t("construit, une première fois essayé"),
        "validated": t("retenu après essai"),
        "deployed": t("mis en œuvre"),
        "alive": t("mis en œuvre, une séance dans les 90 derniers jours"),
    }
    keys = [span("lv-wheel-key", eco_words.mark(code), span("lv-grey", means[code])) for code in STATES]
    return div("lv-wheel-legend", *keys)
