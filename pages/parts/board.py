"""The scorecard's sides with their objectives: score, coverage, status, in the scorecard's own order."""

from metrics import scores
from metrics.definitions import Objective, Perspective
from metrics.scores import Score
from pages.parts import kpi_table, status, tables
from pages.parts.markup import Html, div, heading, join, span, tag
from pages.parts.screens import SIDES, of_sides
from pages.parts.source import Source
from pages.parts.svg import mark
from pages.texts import headlines, judgements, numbers, said, t, units

SHOWN = 80  # objectives of one side before the rest folds away


def board(source: Source) -> Html:
    """Every perspective with its objectives, as rows under a title that counts them."""
    rolled = scores.roll_up(source.catalogue, source.readings())
    sides = source.catalogue.scorecard.perspectives
    rows = [_side(source, side, rolled) for side in sides]
    title = headlines.sides(sides, rolled)
    return join((heading(2, title), *rows, tables.links(source, "synthese-objectifs", title)))


@tables.offered("synthese-objectifs")
def objectives_table(source: Source, asked: tables.Asked) -> tables.Table:
    """The whole, the perspectives and the objectives with their scores, in the scorecard's order."""
    rolled = scores.roll_up(source.catalogue, source.readings())
    sides = source.catalogue.scorecard.perspectives
    columns = (
        tables.Column(t("Niveau")),
        tables.Column(t("Code")),
        tables.Column(t("Libellé")),
        tables.Column(t("Perspective")),
        tables.Column(t("Statut")),
        tables.Column(t("Score"), "number"),
        tables.Column(t("Couverture"), "number", "ratio"),
        tables.Column(t("Responsable")),
    )
    rows = [_line(t("ensemble"), "", source.town, "", rolled.total, "")]
    for side in sides:
        name = said(side.label)
        rows.append(_line(t("perspective"), side.code, name, name, rolled.perspectives[side.code], ""))
        rows += [
            _line(t("objectif"), goal.code, said(goal.label), name, rolled.objectives[goal.code], goal.owner)
            for goal in side.objectives
        ]
    version = kpi_table.versions([(k, None) for k in source.catalogue.kpis.values()])
    return tables.table(source, headlines.sides(sides, rolled), columns, rows, version=version)


def _line(level: str, code: str, label: str, side: str, score: Score, owner: str) -> list[tables.Value]:
    known = score.status if score.score is not None else "unknown"
    return [level, code, label, side, judgements.word(known), score.score, score.coverage, owner]


def _side(source: Source, side: Perspective, rolled: scores.RollUp) -> Html:
    at = next((s for s in of_sides(source.catalogue.scorecard.perspectives) if s.code == side.code), None)
    href = source.link(at.path, **at.params) if at else source.link(SIDES, code=side.code)
    label = tag("a", said(side.label), href=href)
    name = tag("div", heading(3, label), rolled_words(rolled.perspectives[side.code], source))
    rows = [_objective(source, o, rolled.objectives[o.code], href) for o in side.objectives]
    listed = tag("ul", *rows[:SHOWN], class_="lv-goals")
    if len(rows) > SHOWN:
        words = t("Les {n} autres objectifs", n=len(rows) - SHOWN)
        rest = tag(
            "details", tag("summary", words), tag("ul", *rows[SHOWN:], class_="lv-goals"), class_="lv-more"
        )
        listed = tag("div", listed, rest)
    return div("lv-side", name, listed)


def rolled_words(score: Score, source: Source) -> Html:
    """A rolled-up score with its coverage, or that it is not computed and what coverage it would take."""
    covered = units.text(score.coverage, "ratio")
    if score.score is None:
        least = units.text(source.catalogue.scorecard.thresholds.min_coverage, "ratio")
        note = t("couverture {covered}, il en faut {least}", covered=covered, least=least)
        return join((div("", status.status("unknown")), div("lv-note", note)))
    figure = span("lv-score", numbers.score(score.score, score.status == "on_target"))
    return join(
        (
            div(
                "lv-note", figure, t("sur {top}, couverture {covered}", top=numbers.out_of(), covered=covered)
            ),
            div("", hidden(score)) if hidden(score) else "",
        )
    )


def hidden(score: Score) -> Html:
    """The KPIs off target that a better score hides; "" when it hides none."""
    if not score.off_target or score.status in ("off_target", "unknown"):
        return Html("")
    words = t("{codes} en écart", codes=", ".join(score.off_target))
    return join((" ", span("lv-note lv-hides", mark("off_target"), " ", words)))


def _objective(source: Source, objective: Objective, score: Score, side: str) -> Html:
    figure = numbers.score(score.score, score.status == "on_target")
    label = tag("a", said(objective.label), href=f"{side}#{objective.code}")
    return tag(
        "li",
        span("lv-code", objective.code),
        span("lv-goal", label, hidden(score)),
        status.status(score.status if score.score is not None else "unknown"),
        span("num", figure),
    )
