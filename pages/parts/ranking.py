"""The best five, the five to look at, and what is not computed, with its reason."""

from collections import defaultdict
from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import card, numbers, status, units
from pages.parts.headline import headline, in_words
from pages.parts.markup import Html, div, heading, join, link, section, span, table, tag
from pages.parts.source import Source
from pages.texts import said, t, tn

FEW = 5
MISSING = 8
LONG = 100

Pair = tuple[Kpi, Reading]


def scored(source: Source) -> list[Pair]:
    """KPIs that have a score, the best first; equals in the catalogue's order."""
    readings = source.readings()
    pairs = [
        (k, readings[i])
        for i, k in source.catalogue.kpis.items()
        if i in readings and readings[i].score is not None
    ]
    return sorted(pairs, key=lambda pair: -(pair[1].score or 0))


def rankings(source: Source) -> Html:
    """Best and worst side by side; one list when there are few; nothing without any score."""
    pairs = scored(source)
    if not pairs:
        return Html("")
    if len(pairs) <= FEW:
        return section(t("Du meilleur au moins bon"), ranking(source, pairs))
    few = min(FEW, len(pairs) // 2)
    best = tn("Le meilleur", "Les {count} meilleurs", few, count=in_words(few))
    return div("lv-two", section(best, ranking(source, pairs[:few])), _worst(source, pairs[: -few - 1 : -1]))


def _worst(source: Source, pairs: Sequence[Pair]) -> Html:
    """The last ones that miss their target, the worst first."""
    missed = [pair for pair in pairs if pair[1].status != "on_target"]
    if not missed:
        all_met = tag("p", t("Tous les indicateurs notés atteignent leur cible."), class_="lv-grey")
        return section(t("Aucun à regarder"), all_met)
    title = tn("Celui à regarder", "Les {count} à regarder", len(missed), count=in_words(len(missed)))
    return section(title, ranking(source, missed))


def ranking(source: Source, pairs: Sequence[Pair]) -> Html:
    """KPIs in rows: label (a link to the sheet), value, target, status, score."""
    head = (t("Indicateur"), t("Valeur"), t("Cible"), t("Statut"), t("Score"))
    return table(head, [_row(source, *pair) for pair in pairs], right=(1, 2, 4), class_="lv-ranks")


def _row(source: Source, kpi: Kpi, reading: Reading) -> tuple[object, ...]:
    return (
        link(source.link("fiche", kpi=kpi.id), said(kpi.label)),
        units.short(reading.value, kpi.unit)
        if kpi.unit not in units.KNOWN
        else units.text(reading.value, kpi.unit),
        card.target(kpi) or numbers.NONE,
        status.of_reading(reading),
        numbers.score(reading.score, reading.status == "on_target"),
    )


def plain_list(source: Source) -> Html:
    """The KPIs of a scorecard without targets that no card shows; "" when the cards show them all."""
    readings, carded = source.readings(), {kpi.id for kpi in headline(source.catalogue)}
    rest = [(k, readings[i]) for i, k in source.catalogue.kpis.items() if i in readings and i not in carded]
    if not rest:
        return Html("")
    lines = [
        (
            link(source.link("fiche", kpi=k.id), said(k.label)),
            units.text(r.value, k.unit),
            card.fraction(r, k),
        )
        for k, r in rest[:LONG]
    ]
    more = tag("p", t("et {n} autres", n=len(rest) - LONG), class_="lv-note") if len(rest) > LONG else ""
    return section(
        t("Les autres indicateurs"),
        table((t("Indicateur"), t("Valeur"), t("Sur quoi")), lines, right=(1,)),
        more,
    )


def missing(source: Source) -> Html:
    """What is not computed, reason by reason, each KPI with its sheet; "" when nothing is missing."""
    readings, gaps = source.readings(), defaultdict[str, list[Kpi]](list)
    for id_, kpi in source.catalogue.kpis.items():
        reading = readings.get(id_)
        if reading is None or reading.value is None:
            why = status.reason(reading.reason if reading else "not_a_dimension") or t("non calculable")
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
