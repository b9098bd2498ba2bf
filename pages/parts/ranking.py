"""The best five, the five to look at, and what is not computed, with its reason."""

from collections import defaultdict
from collections.abc import Sequence

from metrics import ranking
from metrics.claims import headline
from metrics.definitions import Kpi
from metrics.ranking import FEW, Pair
from pages.parts import tables
from pages.parts.kpi_table import PLAIN, kpi_table
from pages.parts.markup import Html, div, heading, join, link, section, span, tag
from pages.parts.source import Source
from pages.texts import headlines, judgements, said, t, tn

MISSING = 8
LONG = 100


def scored(source: Source) -> list[Pair]:
    """KPIs that have a score, the best first."""
    return ranking.scored(source.catalogue, source.readings())


def rankings(source: Source) -> Html:
    """Best and worst side by side; one list when there are few; nothing without any score."""
    pairs = scored(source)
    if not pairs:
        return Html("")
    if len(pairs) <= FEW:
        return section(headlines.best(pairs), tables.drawn(source, "synthese-meilleurs", class_="lv-ranks"))
    worst = tables.drawn(source, "synthese-a-regarder", class_="lv-ranks")
    if not worst:
        worst = tag("p", t("Tous les indicateurs notés atteignent leur cible."), class_="lv-grey")
    best = tables.drawn(source, "synthese-meilleurs", class_="lv-ranks")
    return div(
        "lv-two", section(headlines.best(pairs), best), section(headlines.worst(ranking.worst(pairs)), worst)
    )


@tables.offered("synthese-meilleurs")
def best_table(source: Source, asked: tables.Asked) -> tables.Table:
    """The best KPIs: all that have a score when they are few."""
    pairs = scored(source)
    return kpi_table(source, headlines.best(pairs), ranking.best(pairs))


@tables.offered("synthese-a-regarder")
def worst_table(source: Source, asked: tables.Asked) -> tables.Table:
    """The last ones that miss their target, the worst first; none when the scorecard has few KPIs in all."""
    worst = ranking.worst(scored(source))
    return kpi_table(source, headlines.worst(worst), worst)


@tables.offered("synthese-indicateurs")
def plain_table(source: Source, asked: tables.Asked) -> tables.Table:
    """The KPIs of a scorecard without targets that no card shows."""
    readings, carded = source.readings(), {kpi.id for kpi in headline(source.catalogue)}
    rest = [(k, readings[i]) for i, k in source.catalogue.kpis.items() if i in readings and i not in carded]
    return kpi_table(source, t("Les autres indicateurs"), rest, PLAIN)


def plain_list(source: Source) -> Html:
    """The KPIs of a scorecard without targets that no card shows; "" when the cards show them all."""
    body = tables.drawn(source, "synthese-indicateurs", most=LONG)
    return section(t("Les autres indicateurs"), body) if body else Html("")


def missing(source: Source) -> Html:
    """What is not computed, reason by reason, each KPI with its sheet; "" when nothing is missing."""
    readings, gaps = source.readings(), defaultdict[str, list[Kpi]](list)
    for id_, kpi in source.catalogue.kpis.items():
        reading = readings.get(id_)
        if reading is None or reading.value is None:
            why = judgements.reason(reading.reason if reading else "not_a_dimension") or t("non calculable")
            gaps[why].append(kpi)
    items = [_gap(source, why, kpis) for why, kpis in gaps.items()] + _bare(source)
    if not items:
        return Html("")
    return tag("div", heading(2, t("Ce qui n’est pas calculé")), tag("ul", *items, class_="lv-news"))


def _gap(source: Source, why: str, kpis: Sequence[Kpi]) -> Html:
    named = [link(source.link("fiche", kpi=kpi.id), said(kpi.label)) for kpi in kpis[:MISSING]]
    rest = len(kpis) - MISSING
    more = t(" et {n} autres", n=rest) if rest > 0 else ""
    return tag("li", tag("b", why[0].upper() + why[1:]), t(" : "), join(named, ", "), more, ".")


def _bare(source: Source) -> list[Html]:
    bare = [
        objective
        for objective in source.catalogue.scorecard.objectives.values()
        if not source.catalogue.of_objective(objective.code)
    ]
    if not bare:
        return []
    why = tn(
        "Aucun indicateur défini pour l’objectif", "Aucun indicateur défini pour les objectifs", len(bare)
    )
    rows = (tag("li", span("lv-code", o.code), " ", said(o.label)) for o in bare[:MISSING])
    rest = len(bare) - MISSING
    more = tag("li", t("et {n} autres", n=rest)) if rest > 0 else ""
    return [tag("li", tag("b", why), t(" : "), tag("ul", *rows, more))]
