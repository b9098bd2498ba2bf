"""A KPI's card under a scenario: what it would be, from what it is, by how much; in grey where it does not move."""

from metrics.definitions import Kpi
from metrics.reading import UNJUDGED
from metrics.whatif import Line
from pages.charts import small
from pages.parts import status, svg, whatif_words
from pages.parts.card import ticks, value
from pages.parts.markup import Html, join, link, span
from pages.parts.source import Source
from pages.parts.under_words import still
from pages.texts import beside, judgements, said, t, units


def card(source: Source, kpi: Kpi, line: Line) -> Html:
    """The card of a KPI, a link to its sheet (of measured values)."""
    return _moved(source, kpi, line) if line.has_moved else _still(source, kpi, line)


def _top(kpi: Kpi) -> Html:
    return span("lv-top", span("lv-label", said(kpi.label)), span("lv-code", kpi.code))


def _moved(source: Source, kpi: Kpi, line: Line) -> Html:
    noun = beside.noun(source.catalogue, kpi, line.scenario)
    change = span(
        "lv-under-from",
        span("lv-under-change", whatif_words.difference(line)),
        span("lv-grey", t("base {value}", value=whatif_words.value(line, scenario=False))),
    )
    return link(
        source.link("fiche", kpi=kpi.id),
        _top(kpi),
        span("lv-middle", value(line.scenario, kpi, noun=noun), change),
        _gauge(kpi, line),
        span("lv-judged", *_judged(line)),
        span("lv-foot", t("Scénario"), " · ", beside.foot(line.scenario, kpi)),
        class_="lv-card lv-under",
    )


def _still(source: Source, kpi: Kpi, line: Line) -> Html:
    noun = beside.noun(source.catalogue, kpi, line.base)
    return link(
        source.link("fiche", kpi=kpi.id),
        _top(kpi),
        span("lv-middle", value(line.base, kpi, noun=noun)),
        span("lv-judged", status.of_reading(line.base), span("lv-grey", still(line))),
        span("lv-foot", beside.foot(line.base, kpi)),
        class_="lv-card lv-under lv-still",
    )


def _judged(line: Line) -> list[Html]:
    """The status under the scenario, after the base's where it changes; why there is no value."""
    after = status.of_reading(line.scenario)
    missing = line.scenario.reason if line.scenario.value is None else None
    why = [span("lv-grey", judgements.reason(missing))] if missing else []
    if line.base.status == line.scenario.status:
        return [after, *why]
    arrow = span("lv-under-arrow", svg.arrow("flat"), span("lv-hidden", t("devient")))
    return [status.of_reading(line.base), arrow, after, *why]


def _gauge(kpi: Kpi, line: Line) -> Html:
    """The bullet bar of the scenario over the base's outline; nothing without target or value."""
    goal = kpi.target if kpi.target is not None else (kpi.band[1] if kpi.band else None)
    reading, base = line.scenario, line.base
    if goal is None or reading.value is None or base.value is None:
        return Html("")
    if {reading.reason, base.reason} & {"no_target", *UNJUDGED}:
        return Html("")
    ends = [small.axis(one, kpi, goal) for one in (reading, base)]
    top, low = max(end[0] for end in ends), min(end[1] for end in ends)
    words = t(
        "{scenario} sous le scénario, {base} en base, cible {target}",
        scenario=units.text(reading.value, kpi.unit),
        base=units.text(base.value, kpi.unit),
        target=beside.target(kpi),
    )
    drawn = svg.bullet(
        reading.value, top, base=low, target=kpi.target, band=kpi.band, was=base.value, words=words
    )
    at = max(0.0, min(100.0, 100 * (goal - low) / ((top - low) or 1)))
    return join((span("", drawn), span("lv-axis", *ticks(kpi, low, top, at), aria_hidden="true")))
