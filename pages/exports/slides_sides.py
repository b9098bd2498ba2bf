"""A perspective on a slide: its objectives' scores as bars to be edited, its KPIs as a table."""

from collections.abc import Sequence

from pages.charts.palette import LIGHT
from pages.exports import deckcharts
from pages.exports.deck import BODY, NOTE, SMALL, Box, Deck, Line, Page, Words
from pages.exports.fitting import shorter
from pages.exports.material import Material
from pages.exports.model import Edition, Figure, Side
from pages.exports.slide_parts import SHAPES, sources, status
from pages.texts import numbers, perspectives, t, tn

CHART, APART = 4.4, 0.35  # inches
MOST_ROWS = 13  # of a table on a slide: the workbook has them all
ROW = 0.4
LONGEST = 48  # letters of a name beside a bar
WHOLE = 100
WIDTHS = (0.07, 0.4, 0.15, 0.2, 0.18)


def side(deck: Deck, edition: Edition, material: Material, one: Side) -> None:
    """Add a perspective's slide; the title says how many of its objectives are held."""
    figures = [edition.figures[kpi] for goal in one.goals for kpi in goal.kpis]
    title = perspectives.title(
        material.catalogue, material.side(one.code), material.rolled.objectives, material.readings
    )
    page = deck.slide(title, _kicker(one), sources(edition, figures))
    if one.goals:
        _scores(page, one)
    if figures:
        left = BODY.left + CHART + APART
        table(page, Box(left, BODY.top, BODY.width - CHART - APART, BODY.height), figures, one.label)


def _kicker(one: Side) -> str:
    if one.score is None:
        return t(
            "{side} · score non calculé, couverture {covered}", side=one.label, covered=one.coverage_text
        )
    return t(
        "{side} · {score} sur {top}, couverture {covered}",
        side=one.label,
        score=one.score_text,
        top=numbers.out_of(),
        covered=one.coverage_text,
    )


def on_scale(score: float | None) -> float | None:
    """A score (0..100) on the run's scale, as far as a chart shows it."""
    return None if score is None else round(score * numbers.out_of() / WHOLE, 2)


def score_format() -> str:
    """How a chart writes a score: whole out of 100, with a decimal out of 10."""
    return "0" if numbers.out_of() == WHOLE else "0.0"


def _scores(page: Page, one: Side) -> None:
    top = numbers.out_of()
    told = " ; ".join(
        f"{goal.code} {goal.label}, {goal.word.lower()}"
        + (f", {goal.score_text}" if goal.score is not None else "")
        for goal in one.goals
    )
    heading = t("Scores des objectifs, sur {top}", top=top)
    page.text(Box(BODY.left, BODY.top, CHART, 0.3), [[Words(heading, SMALL, True)]], t("Titre du graphique"))
    deckcharts.bars(
        page,
        Box(BODY.left, BODY.top + 0.3, CHART, BODY.height - 0.3),
        [shorter(f"{SHAPES[goal.status]} {goal.code} {goal.label}", LONGEST) for goal in one.goals],
        [(t("Score"), [on_scale(goal.score) for goal in one.goals])],
        score_format(),
        f"{heading}. {told}.",
        colours=[[LIGHT.status(goal.status) for goal in one.goals]],
        most=top * 1.15,
    )


def table(page: Page, box: Box, figures: Sequence[Figure], name: str) -> None:
    """KPIs with value, target and status; those that have no room are counted."""
    head = (t("Code"), t("Indicateur"), t("Valeur"), t("Cible"), t("Statut"))
    shown = figures[:MOST_ROWS]
    rest = len(figures) - len(shown)
    tall = min(box.height - (0.3 if rest else 0), ROW * (len(shown) + 1))
    words = t("Tableau : {name}, indicateurs avec valeur, cible et statut", name=name)
    place = Box(box.left, box.top, box.width, tall)
    page.table(place, head, [_row(one) for one in shown], WIDTHS, words, frozenset({2, 3}), NOTE)
    if rest:
        line = [Words(tn("et {n} autre", "et {n} autres", rest), NOTE, colour=LIGHT.ink2)]
        page.text(Box(box.left, box.top + tall + 0.05, box.width, 0.25), [line], t("Les autres"))


def _row(figure: Figure) -> list[Line | str]:
    return [
        figure.code,
        figure.label,
        figure.text if figure.is_known else numbers.NONE,
        figure.target_text or numbers.NONE,
        status(figure.status, figure.word, NOTE),
    ]
