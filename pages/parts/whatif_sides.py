"""Base and scenario by perspective: what moved in a table, what did not in grey under it, all of it in the files."""

from metrics.scenario import Scenario
from metrics.whatif import Comparison, Line
from pages.parts import markup, tables, whatif_tables, whatif_words
from pages.parts.markup import Html, div, heading, join, link, span, tag
from pages.parts.source import Source
from pages.parts.status import of_reading
from pages.texts import said, t, tn


def drawn(source: Source, found: Comparison) -> Html:
    """The perspectives in the scorecard's order, then the files of all of it."""
    sides = source.catalogue.scorecard.perspectives
    parts = [_side(source, side.code, said(side.label), found) for side in sides]
    files = tables.links(
        source, whatif_tables.NAME, t("Scénario, écarts à la base"), s=found.scenario.as_text()
    )
    return join((div("lv-etsi-sides", *parts), files))


def _side(source: Source, code: str, title: str, found: Comparison) -> Html:
    lines = [line for line in found.lines if source.catalogue.kpis[line.kpi].objective.startswith(code)]
    if not lines:
        return Html("")
    moved = [line for line in lines if line.has_moved]
    count = (
        tn("{n} indicateur bouge sur {of}", "{n} indicateurs bougent sur {of}", len(moved), of=len(lines))
        if moved
        else t("rien ne bouge")
    )
    head = heading(3, title, span("lv-grey", f", {count}"))
    still = _still(source, [line for line in lines if not line.has_moved])
    return div("lv-etsi-side", head, _moved(source, title, moved, found.scenario) if moved else "", still)


def _moved(source: Source, title: str, lines: list[Line], scenario: Scenario) -> Html:
    head = [t("Indicateur"), t("Base"), t("Scénario"), t("Écart"), t("Statut"), t("Statut sous le scénario")]
    rows = [
        [
            _name(source, line, whatif_words.why(line, scenario)),
            whatif_words.value(line, scenario=False),
            tag("b", whatif_words.value(line)),
            whatif_words.difference(line),
            of_reading(line.base),
            of_reading(line.scenario),
        ]
        for line in lines
    ]
    caption = t("{title} : ce qui bouge sous le scénario", title=title)
    return markup.table(head, rows, caption=caption, right=(1, 2, 3), class_="lv-labels lv-whatif")


def _name(source: Source, line: Line, why: str) -> Html:
    name = link(source.link("fiche", kpi=line.kpi), said(source.catalogue.kpis[line.kpi].label))
    return join((name, tag("div", why, class_="lv-note"))) if why else name


def _still(source: Source, lines: list[Line]) -> Html:
    """The KPIs that stay, in grey, with what they are worth."""
    if not lines:
        return Html("")
    items = [
        span(
            "",
            link(source.link("fiche", kpi=line.kpi), said(source.catalogue.kpis[line.kpi].label)),
            "\u00a0",
            whatif_words.value(line),
        )
        for line in lines
    ]
    return tag("p", span("", t("Ne bougent pas :"), " "), join(items, " · "), class_="lv-etsi-still")
