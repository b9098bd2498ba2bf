"""A perspective: its score, its objectives with their KPIs as cards, results apart from what leads to them, and all in a table."""

from metrics import scores
from metrics.definitions import Kpi, Objective, Perspective
from metrics.scores import RollUp, Score
from pages.parts import filters, overview, page, sensitivity, status, tables
from pages.parts.board import rolled_words
from pages.parts.card import card
from pages.parts.filters import Filters
from pages.parts.kpi_table import kpi_table
from pages.parts.markup import Html, div, heading, join, link, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.screens import Screen, of_sides
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn, units
from pages.texts.perspectives import title

TABLE = "perspective-indicateurs"
WIDE = ("label", "value", "target", "status", "variation", "assurance", "score")
KINDS = ("lag", "lead")


def side_of(source: Source, screen: Screen) -> Perspective | None:
    """The perspective that a screen shows; None where this scorecard has none at that address."""
    return next((s for s in source.catalogue.scorecard.perspectives if s.code == screen.code), None)


@kept(maxsize=VIEWS)
def head(source: Source, screen: Screen) -> Html:
    """Title and score, which no filter changes; what to do next where there is nothing to show."""
    side = side_of(source, screen)
    if side is None:
        return nowhere(source)
    if source.as_of is None:
        return overview.empty(source, said(side.label))
    rolled, readings = _rolled(source), source.readings()
    kicker = t("{label} au {day}", label=said(side.label), day=numbers.day(source.as_of))
    if source.scope:
        kicker = f"{kicker} · {source.scope}"
    score = div("lv-side-score", rolled_words(rolled.perspectives[side.code], source))
    words = title(source.catalogue, side, rolled.objectives, readings)
    return join((page.head(words, kicker=kicker, aside=score), others(source, screen)))


@kept(maxsize=VIEWS)
def _rolled(source: Source) -> RollUp:
    return scores.roll_up(source.catalogue, source.readings())


def others(source: Source, screen: Screen) -> Html:
    """The other perspectives, where the menu cannot name them all; "" where it does."""
    sides = source.catalogue.scorecard.perspectives
    if len(of_sides(sides)) == len(sides):
        return Html("")
    links = [
        link(
            source.link(screen.path, code=side.code),
            said(side.short if side.short.fr else side.label),
            aria_current="true" if side.code == screen.code else None,
        )
        for side in sides
    ]
    return tag("nav", *links, class_="lv-seg", aria_label=t("Perspectives"))


@kept(maxsize=VIEWS)
def objectives(source: Source, screen: Screen, asked: Filters) -> Html:
    """The objectives with their cards, under what they can be narrowed to; "" where head() has said all there is."""
    side = side_of(source, screen)
    if side is None or source.as_of is None:
        return Html("")
    shown = [_objective(source, goal, asked) for goal in side.objectives]
    return join(
        (
            filters.bar(source, screen, side, asked),
            narrowed(source, screen, side, asked),
            _town_only(source, screen, side, asked),
            *shown,
        )
    )


def is_here(source: Source, kpi: Kpi) -> bool:
    """Whether a KPI exists in the source's scope: some have no rows that a directorate leads."""
    found = source.readings().get(kpi.id)
    return not source.scope or (found is not None and found.reason != "not_a_dimension")


def _town_only(source: Source, screen: Screen, side: Perspective, asked: Filters) -> Html:
    """How many KPIs only the whole town has, in a sentence that leads there; "" where there are none."""
    kpis = [kpi for kpi in filters.kpis_of(source.catalogue, side) if asked.keeps(kpi, source.catalogue)]
    gone = sum(not is_here(source, kpi) for kpi in kpis)
    if not gone:
        return Html("")
    words = tn(
        "{n} indicateur n’existe que pour toute la ville.",
        "{n} indicateurs n’existent que pour toute la ville.",
        gone,
    )
    there = source.whole_town().link(screen.path, **screen.params, **asked.params)
    return tag("p", words, " ", link(there, t("Voir leurs valeurs")), class_="lv-note lv-town-only")


def weighed(source: Source, screen: Screen) -> Html:
    """What other weights would make of the score, which no filter changes; "" without a score."""
    if side_of(source, screen) is None or source.as_of is None:
        return Html("")
    return sensitivity.panel(source, screen.code)


def narrowed(source: Source, screen: Screen, side: Perspective, asked: Filters, **kept: str) -> Html:
    """How many KPIs the filters keep, and the way back to all of them, which says ``kept`` too."""
    if not asked.is_any:
        return Html("")
    kpis = filters.kpis_of(source.catalogue, side)
    left = sum(asked.keeps(kpi, source.catalogue) for kpi in kpis)
    words = tn(
        "{n} indicateur sur {of} pour {filters}.",
        "{n} indicateurs sur {of} pour {filters}.",
        left,
        of=len(kpis),
        filters=filters.sentence(source.catalogue, asked),
    )
    back = link(source.link(screen.path, **screen.params, **kept), t("Tout montrer"))
    return tag("p", words, " ", back, class_="lv-note", role="status")


def _objective(source: Source, goal: Objective, asked: Filters) -> Html:
    """One objective: what it wants, who answers for it, its score, then its cards; "" when a filter leaves none of them."""
    kpis = source.catalogue.of_objective(goal.code)
    kept = [kpi for kpi in kpis if asked.keeps(kpi, source.catalogue)]
    if asked.is_any and not kept:
        return Html("")
    name = div("lv-goal-name", span("lv-code", goal.code), heading(2, said(goal.label)))
    words = div("", name, _about(source, goal))
    top = div("lv-goal-top", words, _scored(source, goal, _rolled(source).objectives[goal.code]))
    here = [kpi for kpi in kept if is_here(source, kpi)]
    cards = [_cards(source, kind, [kpi for kpi in here if kpi.kind == kind]) for kind in KINDS]
    return tag(
        "section",
        top,
        div("lv-kinds", *cards) if here else _elsewhere() if kept else _bare(source),
        class_="lv-section lv-objective",
        id=goal.code,
    )


def _about(source: Source, goal: Objective) -> Html:
    """The objective's text, owner and key words."""
    owner = t("Responsable : {owner}", owner=goal.owner) if goal.owner else ""
    tags = ", ".join(filters.said_of(source.catalogue, word) for word in goal.tags)
    parts = [part for part in (owner, tags) if part]
    text = tag("p", said(goal.text), class_="lv-lead") if said(goal.text) else ""
    return join((text, div("lv-note", " · ".join(parts)) if parts else ""))


def _scored(source: Source, goal: Objective, score: Score) -> Html:
    """Status, score and coverage of an objective; nothing for one whose KPIs have no target."""
    kpis = source.catalogue.of_objective(goal.code)
    if not any(scores.counts(kpi) for kpi in kpis):
        return Html("")
    figure = (
        span("lv-score", numbers.score(score.score, score.status == "on_target"))
        if score.score is not None
        else ""
    )
    covered = units.text(score.coverage, "ratio")
    note = (
        t("sur {top}, couverture {covered}", top=numbers.out_of(), covered=covered)
        if figure
        else _short(source, covered)
    )
    return div("lv-goal-score", status.status(score.status), div("lv-note", figure, note), _weakest(score))


def _weakest(score: Score) -> Html:
    """The weakest KPI that a mean may hide, with its status in shape and word; "" when all meet their target."""
    if not score.worst or score.worst_status in ("on_target", "unknown"):
        return Html("")
    words = t("le plus faible : {code}", code=score.worst)
    return div("lv-note", words, " ", status.status(score.worst_status))


def _short(source: Source, covered: str) -> str:
    least = units.text(source.catalogue.scorecard.thresholds.min_coverage, "ratio")
    return t("couverture {covered}, il en faut {least}", covered=covered, least=least)


def _cards(source: Source, kind: str, kpis: list[Kpi]) -> Html:
    """The cards of results, or of what leads to them, under their heading."""
    if not kpis:
        return Html("")
    title = t("De résultat") if kind == "lag" else t("Avancés")
    note = t("ce qui est atteint") if kind == "lag" else t("ce qui y mène")
    readings = source.readings()
    drawn = [card(source, kpi, readings.get(kpi.id)) for kpi in kpis]
    head = heading(3, title, span("lv-grey", f", {note}"))
    return div(f"lv-kind of-{min(len(kpis), 3)}", head, div("lv-cards", *drawn))


def _elsewhere() -> Html:
    return tag("p", t("Mesuré pour toute la ville seulement."), class_="lv-grey")


def _bare(source: Source) -> Html:
    words = t("Aucun indicateur ne mesure encore cet objectif.")
    return tag("p", words, " ", link(source.link("catalogue"), t("Ouvrir le catalogue")), class_="lv-grey")


@kept(maxsize=VIEWS)
def listed(source: Source, screen: Screen, asked: Filters) -> Html:
    """All KPIs of the perspective that the filters keep, in a table with its files; "" when they keep none."""
    side = side_of(source, screen)
    if side is None or source.as_of is None:
        return Html("")
    drawn = tables.drawn(source, TABLE, class_="lv-ranks lv-side-kpis", side=side.code, **asked.params)  # type: ignore[arg-type]
    return section(t("Les indicateurs en tableau"), drawn) if drawn else Html("")


@tables.offered(TABLE)
def side_table(source: Source, params: tables.Asked) -> tables.Table | None:
    """The KPIs of the perspective ``side`` that the filters keep, with their readings."""
    sides = source.catalogue.scorecard.perspectives
    side = next((side for side in sides if side.code == params.get("side", "")), None)
    if side is None:
        return None
    asked, readings = filters.asked(params), source.readings()
    kept = [kpi for kpi in filters.kpis_of(source.catalogue, side) if asked.keeps(kpi, source.catalogue)]
    words = filters.sentence(source.catalogue, asked)
    pairs = [(kpi, readings.get(kpi.id)) for kpi in kept]
    return kpi_table(source, said(side.label), pairs, WIDE, filters=words, about=side.path or side.code)


def nowhere(source: Source) -> Html:
    """What is said at the address of a perspective that this scorecard does not have."""
    names = [
        tag("li", link(source.link(found.path, **found.params), said(found.title)))
        for found in of_sides(source.catalogue.scorecard.perspectives)
    ]
    return join(
        (
            page.head(t("Ce tableau de bord n’a pas cette perspective"), kicker=t("Perspectives")),
            section(t("Celles qu’il a"), tag("ul", *names, class_="lv-news")) if names else "",
            tag("p", link(source.link(""), t("Ouvrir la synthèse"), class_="lv-button main")),
        )
    )
