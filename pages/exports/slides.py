"""The slides of a review: what is promised, where each side stands, the money, what changed, what is to decide, how it is known.

Every chart is PowerPoint's own, to be edited there, and its workbook runs nothing. Every figure is the edition's, with its
source in the notes.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from metrics.definitions import Kpi
from metrics.states import State
from pages.charts.palette import LIGHT
from pages.exports import deckcharts
from pages.exports.deck import BODY, MARGIN, SERIF, SMALL, TINY, WIDTH, Box, Deck, Line, Page, Words
from pages.exports.fitting import BOLDER, cut, size_for, width
from pages.exports.material import Material
from pages.exports.model import Edition, Figure
from pages.exports.slide_parts import sources, status
from pages.exports.slides_money import money
from pages.exports.slides_news import decisions, method, news
from pages.exports.slides_sides import side
from pages.texts import numbers, t, tn, units
from pages.texts.headlines import in_words

ACROSS, DOWN = 3, 2
GUTTER = 0.45
MONTHS = 36  # of a trend: three years tell a season from a change
LARGE, NAME = 40, 14


def write(edition: Edition, state: State | None = None, since: State | None = None) -> bytes:
    """Return an edition as slides, a PPTX file; ``state`` is the moment it was made of (None: an empty store), ``since`` the one it
    compares with."""
    place = " · ".join(part for part in (edition.town, edition.scope) if part)
    footer = t("{town} · données au {day}", town=place, day=edition.date_text)
    deck = Deck(edition.title, place if edition.is_empty else footer)
    _cover(deck, edition)
    if state is not None and not edition.is_empty:
        material = Material(state, since)
        _claims(deck, edition)
        _trends(deck, edition, material)
        for one in edition.perspectives:
            side(deck, edition, material, one)
        money(deck, edition, material)
        news(deck, edition, material)
        decisions(deck, edition)
        method(deck, edition, material)
    return deck.content()


def _cover(deck: Deck, edition: Edition) -> None:
    page = deck.slide(edition.title, edition.town, [edition.sources], is_cover=True)
    lines: list[Line] = [[Words(edition.scope, 20, True)]] if edition.scope else []
    day = edition.date_text if edition.is_empty else t("Données au {day}", day=edition.date_text)
    lines.append([Words(day, 20)])
    lines += [
        [Words(words[0].upper() + words[1:], 16, colour=LIGHT.ink2)] for words in (edition.total,) if words
    ]
    page.text(Box(MARGIN, 3.8, WIDTH - 2 * MARGIN, 1.3), lines, t("Date et score d’ensemble"), gap=6)
    if edition.mission:
        words = t("Notre mission : {mission}", mission=edition.mission[0].lower() + edition.mission[1:])
        box = Box(MARGIN, 5.6, 9.5, 1.2)
        page.text(box, [[Words(words, 16, colour=LIGHT.ink2, font=SERIF)]], t("Mission"))


def cells() -> list[Box]:
    """Six places in two rows."""
    wide = (BODY.width - (ACROSS - 1) * GUTTER) / ACROSS
    tall = (BODY.height - (DOWN - 1) * GUTTER) / DOWN
    return [
        Box(BODY.left + column * (wide + GUTTER), BODY.top + row * (tall + GUTTER), wide, tall)
        for row in range(DOWN)
        for column in range(ACROSS)
    ]


def _claims(deck: Deck, edition: Edition) -> None:
    """What is put forward, six to a slide: name, value, status with its target, what it rests on."""
    for start in range(0, len(edition.claims), ACROSS * DOWN):
        shown = edition.claims[start : start + ACROSS * DOWN]
        page = deck.slide(_claims_title(shown), t("Ce qui est mis en avant"), sources(edition, shown))
        for figure, box in zip(shown, cells(), strict=False):
            page.text(box, _claim(figure, box.width), figure.code, gap=3)


def _claims_title(shown: Sequence[Figure]) -> str:
    met = [figure.status for figure in shown].count("on_target")
    if not met:
        return t("Aucun des chiffres mis en avant n’est à sa cible")
    words = tn(
        "{met} chiffre sur {of} est à sa cible",
        "{met} chiffres sur {of} sont à leur cible",
        met,
        met=in_words(met),
        of=in_words(len(shown)),
    )
    return words[0].upper() + words[1:]


def _claim(figure: Figure, room: float) -> list[Line]:
    value = " ".join(part for part in (figure.before, figure.figure) if part)
    size = size_for(value, room / BOLDER - width(figure.after, LARGE / 2), 0.75, LARGE, 16)
    after = [Words(f"\u00a0{figure.after}", size / 2)] if figure.after else []
    aim = [Words(f" · {figure.target_words}", NAME)] if figure.target_words else []
    name = size_for(figure.label, room / BOLDER, 0.3, NAME, TINY)
    lines: list[Line] = [
        [Words(cut(figure.label, name * BOLDER, room, 0.3), name, True)],
        [Words(value, size, True, font=SERIF), *after],
        [*status(figure.status, figure.word, NAME), *aim],
        [Words(figure.proof, SMALL, colour=LIGHT.ink2)],
    ]
    return [*lines, [Words(figure.comment, SMALL)]] if figure.comment else lines


def _trends(deck: Deck, edition: Edition, material: Material) -> None:
    """The last three years of what is put forward, each with its target, as charts to be edited."""
    drawn = [figure for figure in edition.claims if len(_known(figure)) > 1]
    for start in range(0, len(drawn), ACROSS * DOWN):
        shown = drawn[start : start + ACROSS * DOWN]
        kicker = t("Trois ans de ce qui est mis en avant")
        page = deck.slide(_trends_title(shown, material.catalogue.kpis), kicker, sources(edition, shown))
        for figure, box in zip(shown, cells(), strict=False):
            _trend(page, box, figure)


def _known(figure: Figure) -> list[tuple[date, float]]:
    return [(day, value) for day, value in _recent(figure) if value is not None]


def _recent(figure: Figure) -> list[tuple[date, float | None]]:
    if not figure.series:
        return []
    last = figure.series[-1][0]
    first = last.year * 12 + last.month - MONTHS
    return [(day, value) for day, value in figure.series if day.year * 12 + day.month > first]


def _trends_title(shown: Sequence[Figure], kpis: Mapping[str, Kpi]) -> str:
    """How many are farther from their target than at the first date drawn, or else how many came closer."""
    ways = [_way(figure, kpis[figure.kpi].direction) for figure in shown]
    better, worse = ways.count("better"), ways.count("worse")
    of = in_words(len(shown))
    if worse:
        words = tn(
            "{n} chiffre sur {of} est plus loin de sa cible qu’au début",
            "{n} chiffres sur {of} sont plus loin de leur cible qu’au début",
            worse,
            n=in_words(worse),
            of=of,
        )
    elif better:
        words = tn(
            "{n} chiffre sur {of} a avancé vers sa cible, aucun n’a reculé",
            "{n} chiffres sur {of} ont avancé vers leur cible, aucun n’a reculé",
            better,
            n=in_words(better),
            of=of,
        )
    else:
        words = t("ce qui est mis en avant est resté à la même distance de sa cible")
    return words[0].upper() + words[1:]


def _way(figure: Figure, direction: str) -> str:
    """Whether a value came closer to its target between the first and the last date drawn; what meets it has no distance."""
    if figure.target is None:
        return ""
    first, last = (
        _distance(figure, direction, value) for _, value in (_known(figure)[0], _known(figure)[-1])
    )
    return "" if first == last else "better" if last < first else "worse"


def _distance(figure: Figure, direction: str, value: float) -> float:
    target = figure.target or 0.0
    if direction == "band":
        low, high = figure.band or (target, target)
        return max(low - value, value - high, 0.0)
    return max(0.0, target - value if direction == "up" else value - target)


def _trend(page: Page, box: Box, figure: Figure) -> None:
    known = _known(figure)
    head: list[Line] = [
        [Words(cut(figure.label, SMALL * BOLDER, box.width, 0.25), SMALL, True)],
        [
            Words(f"{figure.text} ", SMALL, True),
            *status(figure.status, figure.word, SMALL),
            Words(f" · {figure.target_words}" if figure.target_words else "", SMALL),
        ],
    ]
    page.text(Box(box.left, box.top, box.width, 0.5), head, figure.code)
    described = t(
        "Courbe de {label} : de {first} en {start} à {last} en {end} ; {goal}.",
        label=figure.label,
        first=units.text(known[0][1], figure.unit),
        start=numbers.month(known[0][0]),
        last=units.text(known[-1][1], figure.unit),
        end=numbers.month(known[-1][0]),
        goal=figure.target_words or t("aucune cible fixée"),
    )
    place = Box(box.left - 0.05, box.top + 0.52, box.width + 0.1, box.height - 0.52)
    deckcharts.trend(page, place, figure.label, _recent(figure), figure.target, figure.unit, described)
