"""The chart that moves with a slider: each headline KPI from its base (ring) to the scenario (disc), on an axis that stays."""

from metrics.claims import headline
from metrics.scenario import Scenario
from metrics.whatif import Comparison, Line
from pages.parts import whatif_words
from pages.parts.markup import Html, div, esc, link, span, tag
from pages.parts.source import Source
from pages.parts.status import of_reading
from pages.texts import numbers, said, t, tn, units

MORE = 4  # KPIs that moved besides the headline's
STAYS = 2  # headline KPIs in the line that stays in sight on a phone
ROOM = 1.25  # of the axis, beyond the base and its target: the base stands still while a slider moves


def panel(source: Source, found: Comparison) -> Html:
    """The headline, then what else moved most, then the score."""
    lines = {line.kpi: line for line in found.lines}
    first = [lines[kpi.id] for kpi in headline(source.catalogue) if kpi.id in lines]
    rest = _others(found, {line.kpi for line in first})
    hidden = len([line for line in found.moved if line not in first]) - len(rest)
    return div(
        "lv-moves",
        _legend(),
        tag("ul", *(_row(source, line, found.scenario) for line in (*first, *rest))),
        tag("p", _score(found), class_="lv-moves-score"),
        tag("p", _more(hidden), class_="lv-note") if hidden > 0 else "",
    )


def line(source: Source, found: Comparison) -> Html:
    """The headline in three rows that stay in sight on a phone while a hand moves a slider; the chart says it to readers."""
    lines = {one.kpi: one for one in found.lines}
    known = [lines[kpi.id] for kpi in headline(source.catalogue) if kpi.id in lines]
    first = sorted(known, key=lambda one: not one.has_moved)[:STAYS]
    rows = [
        div("", span("", said(source.catalogue.kpis[one.kpi].label)), span("num", _values(one)))
        for one in first
    ]
    return div("lv-etsi-line", *rows, tag("p", _score(found)), aria_hidden="true")


def _others(found: Comparison, but: set[str]) -> list[Line]:
    """The lines that moved most, as a share of their base, besides some."""
    moved = [line for line in found.moved if line.kpi not in but]
    return sorted(moved, key=lambda line: -abs((line.difference or 0.0) / (line.base.value or 1.0)))[:MORE]


def _more(count: int) -> str:
    return tn(
        "{n} autre indicateur bouge : il est dans le tableau.",
        "{n} autres indicateurs bougent : ils sont dans le tableau.",
        count,
        n=numbers.decimal(count),
    )


def _legend() -> Html:
    ring = '<circle class="base" cx="7" cy="7" r="5"/>'
    disc = '<circle class="made" cx="7" cy="7" r="6"/>'
    target = '<rect class="target" x="5.5" y="0" width="3" height="14"/>'
    keys = [(ring, t("base")), (disc, t("scénario")), (target, t("cible"))]
    return div("lv-note lv-moves-key", *(span("", _key(shape), words) for shape, words in keys))


def _key(shape: str) -> Html:
    return Html(f'<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">{shape}</svg>')


def _row(source: Source, line: Line, scenario: Scenario) -> Html:
    """One KPI: its name, the track, its values and what becomes of its status."""
    kpi = source.catalogue.kpis[line.kpi]
    name = link(source.link("fiche", kpi=kpi.id), said(kpi.label), class_="lv-moves-name")
    return tag(
        "li",
        name,
        span("lv-moves-track", _track(line)),
        span("lv-moves-values", _values(line)),
        span("lv-note lv-moves-status", _status(line)),
        span("lv-note lv-moves-why", why) if (why := whatif_words.why(line, scenario)) else "",
        class_="moved" if line.has_moved else "still",
    )


def _values(line: Line) -> Html:
    base = whatif_words.value(line, scenario=False)
    if not line.has_moved:
        return esc(base)
    arrow = span("", Html("&nbsp;→ "), aria_hidden="true")
    return tag("span", span("lv-moves-from", base), arrow, tag("b", whatif_words.value(line)))


def _status(line: Line) -> Html:
    """The difference, and the status that the scenario gives."""
    if not line.has_moved:
        return esc(t("ne bouge pas"))
    return tag("span", span("num", whatif_words.difference(line)), " ", of_reading(line.scenario))


def _track(line: Line) -> Html:
    """Ring, line and disc over a ground from zero; percentages, so that shapes keep their size at any width."""
    base, made, target = line.base.value, line.scenario.value, line.base.target
    known = [abs(value) for value in (base, target) if value is not None]
    top = max([ROOM * max(known, default=1.0), made or 0.0]) or 1.0
    low = min(0.0, *(value for value in (base, made) if value is not None), 0.0)

    def at(value: float) -> str:
        return f"{100 * min(max((value - low) / (top - low), 0.0), 1.0):.2f}%"

    parts = ['<line class="ground" x1="0" x2="100%" y1="10" y2="10"/>']
    if target is not None:
        parts.append(
            f'<svg x="{at(target)}" overflow="visible"><rect class="target" x="-1.5" y="1" width="3" height="18"/></svg>'
        )
    if base is not None and made is not None and line.has_moved:
        parts.append(f'<line class="way" x1="{at(base)}" x2="{at(made)}" y1="10" y2="10"/>')
    if base is not None:
        parts.append(f'<circle class="base" cx="{at(base)}" cy="10" r="5.5"/>')
    if made is not None and line.has_moved:
        parts.append(f'<circle class="made" cx="{at(made)}" cy="10" r="6.5"/>')
    inside = "".join(parts)
    return Html(
        f'<svg width="100%" height="20" role="img" aria-label="{esc(_sentence(line))}">{inside}</svg>'
    )


def _sentence(line: Line) -> str:
    """What the track shows, for who cannot see it."""
    aimed = units.short(line.base.target, line.base.unit)
    words = {
        "base": whatif_words.value(line, scenario=False),
        "made": whatif_words.value(line),
        "target": aimed,
    }
    if line.base.target is None:
        return t("base {base}, scénario {made}", **words)
    return t("base {base}, scénario {made}, cible {target}", **words)


def _score(found: Comparison) -> Html:
    """The score of the whole, base and scenario."""
    base, made = numbers.score(found.base_score.score), numbers.score(found.scenario_score.score)
    if base == made:
        return esc(
            t("Score de l’ensemble : {base}, sur {top} ; il ne bouge pas.", base=base, top=numbers.out_of())
        )
    return esc(
        t("Score de l’ensemble : de {base} à {made}, sur {top}.", base=base, made=made, top=numbers.out_of())
    )
