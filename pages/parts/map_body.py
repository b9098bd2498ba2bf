"""The strategy map's screen: the drawing, the same as a list for small screens, one link's details, all links in a table."""

from datetime import date

from metrics.definitions import Perspective
from metrics.links import LinkReading
from pages.parts import map_draw, map_reads, map_words, overview, page, status, tables
from pages.parts.card import trend
from pages.parts.markup import Html, div, facts, heading, join, link, section, span, tag
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, said, t, tn

PATTERNS = ("expected", "not_testable", "undecided", "contrary")


def body(source: Source, asked: str) -> Html:
    """The whole screen; ``asked`` is the link whose details the address opens, ``P1-F1``."""
    card = source.catalogue.scorecard
    if source.as_of is None:
        return overview.empty(source, t("Carte stratégique"))
    if not card.objectives:
        return page.head(t("Ce tableau de bord n’a pas d’objectifs"), kicker=t("Carte stratégique"))
    rolled, found = map_reads.rolled(source), map_reads.link_readings(source)
    by_ends = {(reading.cause, reading.effect): reading for reading in found}
    chosen = next((r for r in found if f"{r.cause}-{r.effect}" == asked), None)
    parts = [
        page.head(map_words.title(card, rolled), kicker=_kicker(source), lead=map_words.lead(card)),
        _mission(source),
        div("lv-map-wide", map_draw.drawing(source, rolled, by_ends, asked if chosen else "")),
        div("lv-map-list", *(_side(source, side, by_ends) for side in card.perspectives)),
        legend(found),
    ]
    if chosen:
        parts.append(details(source, chosen))
    if found:
        parts.append(
            section(
                _table_title(found),
                tables.drawn(source, "carte-liens", class_="lv-links lv-labels"),
                note=_note(),
            )
        )
    return join(parts)


def _kicker(source: Source) -> str:
    words = t("Carte stratégique au {day}", day=numbers.day(source.as_of))
    return f"{words} · {source.scope}" if source.scope else words


def _mission(source: Source) -> Html:
    mission = said(source.catalogue.scorecard.mission)
    return (
        tag("p", span("lv-map-what", t("Mission")), " ", mission, class_="lv-map-mission")
        if mission
        else Html("")
    )


def _side(source: Source, side: Perspective, by_ends: dict[tuple[str, str], LinkReading]) -> Html:
    """One perspective as a list: each objective, its standing, what it acts on."""
    rolled = map_reads.rolled(source)
    items = []
    for goal in side.objectives:
        score = rolled.objectives[goal.code]
        kind = score.status if score.score is not None else "unknown"
        acts = [
            tag(
                "li",
                link(
                    _href(source, reading),
                    t("agit sur {effect}, sous {n} mois", effect=reading.effect, n=reading.lag),
                ),
                span("lv-grey", f" · {map_words.verdict(reading.verdict)}"),
            )
            for reading in by_ends.values()
            if reading.cause == goal.code
        ]
        name = link(map_reads.objective(source, goal.code), f"{goal.code} {said(goal.label)}")
        figure = numbers.score(score.score, kind == "on_target") if score.score is not None else ""
        items.append(
            tag(
                "li",
                div("", name),
                div("lv-note", status.status(kind), " ", figure),
                tag("ul", *acts) if acts else "",
            )
        )
    head = heading(2, said(side.label))
    return tag(
        "section",
        head,
        div("lv-note", map_words.scored(rolled.perspectives[side.code])),
        tag("ul", *items),
        class_="lv-section",
    )


def _href(source: Source, reading: LinkReading) -> str:
    return f"{source.link('carte', link=f'{reading.cause}-{reading.effect}')}#lien"


def legend(found: tuple[LinkReading, ...], more: str = "") -> Html:
    """What each pattern of line says, and how many links have it; ``more`` in place of what a box's own signs say."""
    counts = {kind: sum(reading.verdict == kind for reading in found) for kind in PATTERNS}
    items = [
        span(
            "lv-map-key",
            Html(
                f'<svg width="34" height="10" aria-hidden="true" class="lv-map"><path class="edge {kind}" d="M1 5H33"/></svg>'
            ),
            " ",
            t("{words} ({n})", words=map_words.verdict(kind), n=count),
        )
        for kind, count in counts.items()
        if count
    ]
    heavy = span(
        "lv-map-key",
        more
        or t(
            "Bord épais : les objectifs par où passent le plus de chaînes. ◆ : un indicateur ou objectif en écart que la moyenne cache."
        ),
    )
    return div("lv-map-legend lv-note", *items, heavy)


def _note() -> str:
    return t(
        "Variations d’avancement vers la cible, au délai du lien, avec un intervalle à 95 % corrigé de l’autocorrélation. Une association n’est jamais une preuve."
    )


def _table_title(found: tuple[LinkReading, ...]) -> str:
    tested = [reading for reading in found if reading.verdict != "not_testable"]
    agree = sum(reading.verdict == "expected" for reading in tested)
    if not tested:
        return t("Aucun lien n’est encore testable")
    one = tn("{n} lien testable sur {of}", "{n} liens testables sur {of}", len(tested), of=len(found))
    return t("{tested}, {agree} dans le sens attendu", tested=one, agree=agree)


def details(source: Source, reading: LinkReading, **kept: str) -> Html:
    """One link: its hypothesis, what the data say, the KPIs that say it, the pairs of changes; ``kept`` on the way back."""
    goals = source.catalogue.scorecard.objectives
    title = map_words.hypothesis(goals, reading.cause, reading.effect, reading.lag)
    rows = [
        (t("Corrélation"), map_words.signed(reading.r) if reading.low is not None else numbers.NONE),
        (t("Intervalle à 95 %"), map_words.interval(reading) or numbers.NONE),
        (t("Couples de variations"), numbers.decimal(reading.n)),
        (t("dont indépendants"), numbers.decimal(reading.effective, 1)),
        (t("Durée d’une variation"), tn("{n} mois", "{n} mois", reading.step)),
        (t("Mesuré par"), _kpis(source, reading.cause_kpis, reading.cause)),
        (t("et par"), _kpis(source, reading.effect_kpis, reading.effect)),
    ]
    name = f"{reading.cause}-{reading.effect}"
    pairs = tables.drawn(source, "carte-lien", link=name, most=12)
    shown = (
        tag("details", tag("summary", t("Les variations, deux à deux")), pairs, class_="lv-more")
        if pairs
        else ""
    )
    back = link(source.link("carte", **kept), t("Fermer le détail"))
    scope = tag("p", t("Calculé pour toute la ville."), class_="lv-note") if source.scope else ""
    made = section(
        title,
        facts(rows),
        scope,
        shown,
        tag("p", back),
        note=map_words.evidence(reading),
        class_="lv-map-link",
    )
    return join((tag("span", id="lien"), made))


def _kpis(source: Source, ids: tuple[str, ...], code: str) -> Html | str:
    """The KPIs that take part, each with its trend and a link to its sheet."""
    kpis = [kpi for kpi in (source.kpi(id) for id in ids) if kpi]
    if not kpis:
        return t("aucun indicateur de {code} n’est assez fréquent", code=code)
    town = source.whole_town()
    items = [
        tag(
            "li",
            link(source.link("fiche", kpi=kpi.id), f"{kpi.code} {said(kpi.label)}"),
            " ",
            trend(town.series(kpi.id), kpi, source.as_of),
        )
        for kpi in kpis
    ]
    return tag("ul", *items, class_="lv-map-kpis")


@tables.offered("carte-liens")
def links_table(source: Source, asked: Asked) -> Table | None:
    """Every link of the map with what the data say of it."""
    found = map_reads.link_readings(source)
    goals = source.catalogue.scorecard.objectives
    columns = (
        Column(t("Cause")),
        Column(t("Effet")),
        Column(t("Délai (mois)"), "number", "n"),
        Column(t("Ce que disent les données")),
        Column(t("r"), "number"),
        Column(t("Borne basse"), "number"),
        Column(t("Borne haute"), "number"),
        Column(t("Couples"), "number", "n"),
        Column(t("Indépendants"), "number"),
    )
    rows = [
        [
            Cell(
                f"{r.cause} {said(goals[r.cause].label)}",
                link(_href(source, r), f"{r.cause} {said(goals[r.cause].label)}"),
            ),
            f"{r.effect} {said(goals[r.effect].label)}",
            r.lag,
            map_words.verdict(r.verdict),
            *(_figure(x if r.low is not None else None) for x in (r.r, r.low, r.high)),
            r.n,
            Cell(r.effective, numbers.decimal(r.effective, 1)),
        ]
        for r in found
    ]
    return (
        tables.table(source.whole_town(), t("Liens de la carte stratégique"), columns, rows) if rows else None
    )


def _figure(x: float | None) -> Cell:
    return Cell(x, map_words.signed(x))


@tables.offered("carte-lien")
def pairs_table(source: Source, asked: Asked) -> Table | None:
    """The pairs of changes of one link, the last first."""
    name = asked.get("link", "")
    reading = next((r for r in map_reads.link_readings(source) if f"{r.cause}-{r.effect}" == name), None)
    if reading is None or not reading.changes:
        return None
    columns = (
        Column(t("Variation de {code} au", code=reading.cause), "date"),
        Column(t("Variation de {code}", code=reading.cause), "number"),
        Column(t("Variation de {code}, {n} mois après", code=reading.effect, n=reading.lag), "number"),
    )
    rows: list[list[date | Cell]] = [[day, _change(x), _change(y)] for day, x, y in reversed(reading.changes)]
    title = t("{name} : variations d’avancement vers la cible", name=name)
    return tables.table(source.whole_town(), title, columns, rows, about=name)


def _change(x: float) -> Cell:
    return Cell(x, f"{'+' if x > 0 else ''}{numbers.decimal(x, 3)}")
