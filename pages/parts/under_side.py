"""A perspective under a scenario: each objective's score and each KPI as it is, as it would be, and the difference."""

from metrics import scores
from metrics.definitions import Kpi, Objective, Perspective
from metrics.scores import Score
from pages.parts import filters, overview, page, perspective, status, tables, under_band, under_table
from pages.parts.filters import Filters
from pages.parts.markup import Html, div, heading, join, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.screens import Screen
from pages.parts.source import Source
from pages.parts.under_card import card
from pages.parts.under_reads import PARAM, Under, under
from pages.parts.under_words import both, change_figure, has_moved, side_title
from pages.texts import numbers, said, t


@kept(maxsize=VIEWS)
def body(source: Source, screen: Screen, text: str, asked: Filters) -> Html:
    """The whole screen; ``text`` is the address's scenario, ``asked`` what narrows the KPIs."""
    side = perspective.side_of(source, screen)
    if side is None:
        return perspective.nowhere(source)
    if source.as_of is None:
        return overview.empty(source, said(side.label))
    found = under(source, text)
    if not isinstance(found, Under):
        return under_band.refused(source, screen, found)
    kept = {PARAM: found.text}
    return join(
        (
            _head(source, side, found),
            under_band.band(source, found, screen),
            filters.bar(source, screen, side, asked, **kept),
            perspective.narrowed(source, screen, side, asked, **kept),
            *(_objective(source, goal, found, asked) for goal in side.objectives),
            _table(source, side, found, asked),
        )
    )


def _head(source: Source, side: Perspective, found: Under) -> Html:
    kpis = [kpi for kpi in filters.kpis_of(source.catalogue, side) if perspective.is_here(source, kpi)]
    lines = [found.lines[kpi.id] for kpi in kpis if kpi.id in found.lines]
    kicker = t("{label} au {day}", label=said(side.label), day=numbers.day(source.as_of))
    return page.head(
        side_title(source, lines),
        kicker=f"{t('Scénario')} · {kicker}" + (f" · {source.scope}" if source.scope else ""),
        aside=div("lv-side-score", _scored(*found.sides(side.code))),
    )


def _scored(base: Score, scenario: Score) -> Html:
    """A score's two sides and their difference."""
    if base.score is None and scenario.score is None:
        return div("", status.status("unknown"))
    change = change_figure(base, scenario)
    top = t("sur {top}", top=numbers.out_of())
    return join(
        (
            div("lv-note", span("lv-score", both(base, scenario)), " ", top),
            div("", span("lv-under-change", change)) if change else "",
        )
    )


def _objective(source: Source, goal: Objective, found: Under, asked: Filters) -> Html:
    """One objective with its cards; "" when a filter leaves none of them."""
    kpis = source.catalogue.of_objective(goal.code)
    left = [kpi for kpi in kpis if asked.keeps(kpi, source.catalogue)]
    if asked.is_any and not left:
        return Html("")
    shown = [kpi for kpi in left if perspective.is_here(source, kpi) and kpi.id in found.lines]
    name = div("lv-goal-name", span("lv-code", goal.code), heading(2, said(goal.label)))
    top = div("lv-goal-top", name, _goal_score(source, goal, found))
    cards = div("lv-cards", *(card(source, kpi, found.lines[kpi.id]) for kpi in _ordered(shown, found)))
    still = "" if found.moved(source, goal.code) else " lv-still"
    none = tag("p", t("Mesuré pour toute la ville seulement."), class_="lv-grey")
    return tag(
        "section",
        top,
        cards if shown else none,
        class_=f"lv-section lv-objective{still}",
        id=goal.code,
    )


def _ordered(kpis: list[Kpi], found: Under) -> list[Kpi]:
    """What moved first; else the catalogue's order."""
    return sorted(kpis, key=lambda kpi: not found.lines[kpi.id].has_moved)


def _goal_score(source: Source, goal: Objective, found: Under) -> Html:
    """An objective's status and score under the scenario, from the base's; nothing where no KPI has a target."""
    if not any(scores.counts(kpi) for kpi in source.catalogue.of_objective(goal.code)):
        return Html("")
    base, scenario = found.goals(goal.code)
    kind = scenario.status if scenario.score is not None else "unknown"
    if not has_moved(base, scenario):
        return div("lv-goal-score", status.status(kind), div("lv-note", both(base, scenario)))
    change = span("lv-under-change", change_figure(base, scenario))
    return div(
        "lv-goal-score",
        status.status(kind),
        div("lv-note", span("lv-score", both(base, scenario)), " ", change),
    )


def _table(source: Source, side: Perspective, found: Under, asked: Filters) -> Html:
    params = {"side": side.code, PARAM: found.text, **asked.params}
    drawn = tables.drawn(source, under_table.SIDE, class_="lv-labels lv-whatif", **params)  # type: ignore[arg-type]
    return section(t("Base et scénario, en tableau"), drawn) if drawn else Html("")
