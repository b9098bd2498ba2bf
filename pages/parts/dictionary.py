"""The catalogue for people: every KPI with its definition, by objective; refused entries with their mend; links."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from metrics.definitions import Catalogue, Kpi, Refusal
from pages.parts import card, numbers, units
from pages.parts.formula import formula, period
from pages.parts.markup import Html, div, facts, heading, join, link, section, span, table, tag
from pages.parts.source import Source
from pages.texts import said, t, tn

SHOWN = 100


def title(catalogue: Catalogue) -> str:
    """The finding of the screen: how many KPIs serve how many objectives, and how many were refused."""
    served = sum(1 for o in catalogue.scorecard.objectives.values() if catalogue.of_objective(o.code))
    kpis = tn("{n} indicateur", "{n} indicateurs", len(catalogue.kpis))
    if served:
        kpis = t(
            "{kpis} pour {objectives}", kpis=kpis, objectives=tn("{n} objectif", "{n} objectifs", served)
        )
    if not catalogue.refused:
        return kpis
    refused = tn("{n} entrée refusée", "{n} entrées refusées", len(catalogue.refused))
    return t("{kpis}, {refused}", kpis=kpis, refused=refused)


@lru_cache(maxsize=128)
def body(source: Source, words: str) -> Html:
    """What a search finds; with no search, the refused entries, bare objectives and links after all entries."""
    catalogue, found = source.catalogue, matching(source.catalogue, words)
    if words.strip():
        return entries(source, found) if found else nothing(words)
    return join((entries(source, found), refused(catalogue.refused), bare(catalogue), links(catalogue)))


def matching(catalogue: Catalogue, words: str) -> list[Kpi]:
    """The KPIs whose code, id, label, objective, owner or note holds every one of the words, accents apart."""
    asked = plain(words).split()
    return [kpi for kpi in catalogue.kpis.values() if all(word in _haystack(kpi) for word in asked)]


def _haystack(kpi: Kpi) -> str:
    return plain(" ".join((kpi.code, kpi.id, *kpi.label, kpi.objective, kpi.owner, *kpi.note)))


def plain(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def entries(source: Source, kpis: Sequence[Kpi]) -> Html:
    """The KPIs under their objectives, in the scorecard's order; the first SHOWN of them."""
    shown, objectives = kpis[:SHOWN], source.catalogue.scorecard.objectives
    codes = [*objectives, *dict.fromkeys(k.objective for k in shown if k.objective not in objectives)]
    groups = [_objective(source, code, [k for k in shown if k.objective == code]) for code in codes]
    rest = len(kpis) - len(shown)
    more = (
        tag("p", t("et {n} autres : précisez la recherche.", n=numbers.decimal(rest)), class_="lv-note")
        if rest
        else ""
    )
    return join((*groups, more))


def _objective(source: Source, code: str, kpis: Sequence[Kpi]) -> Html:
    if not kpis:
        return Html("")
    known = source.catalogue.scorecard.objectives.get(code)
    label = said(known.label) if known else t("Sans objectif")
    name = tag("div", span("lv-code", code), heading(2, label), class_="lv-shelf-name")
    return tag("section", name, tag("div", *(entry(source, kpi) for kpi in kpis)), class_="lv-shelf")


def entry(source: Source, kpi: Kpi) -> Html:
    """One KPI: a line that opens on its whole definition."""
    line = tag(
        "summary",
        span("lv-code", kpi.code),
        span("lv-term", said(kpi.label)),
        span("lv-note", card.target(kpi) and t("cible {target}", target=card.target(kpi))),
        span("lv-note", kpi.owner),
    )
    return tag(
        "details", line, div("lv-def", _definition(source, kpi)), class_="lv-entry", id=f"kpi-{kpi.id}"
    )


def _definition(source: Source, kpi: Kpi) -> Html:
    pairs = [
        (t("Identifiant"), tag("code", kpi.id)),
        (t("Formule"), formula(source, kpi)),
        (t("Période"), period(kpi)),
        (t("Fréquence"), frequency(kpi)),
        (t("Unité"), units.unit_name(kpi.unit)),
        (t("Cible"), card.target(kpi) or t("aucune")),
        (t("Plancher"), units.short(kpi.floor, kpi.unit) if kpi.floor is not None else t("aucun")),
        (t("Responsable"), kpi.owner or numbers.NONE),
        (t("Version"), f"{kpi.version}"),
        (t("Fichier"), kpi.file or numbers.NONE),
    ]
    note = tag("p", said(kpi.note)) if said(kpi.note) else ""
    opening = tag("p", link(source.link("fiche", kpi=kpi.id), t("Ouvrir la fiche")))
    return join((note, facts(pairs), opening))


def frequency(kpi: Kpi) -> str:
    """How often a KPI is read, in a word."""
    words = {
        "monthly": lambda: t("chaque mois"),
        "quarterly": lambda: t("chaque trimestre"),
        "yearly": lambda: t("chaque année"),
        "wave": lambda: t("à chaque enquête"),
    }
    return words[kpi.frequency]()


def refused(found: Sequence[Refusal]) -> Html:
    """Entries that were not taken: where, why, what to do; "" when all were."""
    if not found:
        return Html("")
    head = (t("Fichier"), t("Entrée"), t("Pourquoi"), t("Que faire"))
    lines = [
        (r.file, tag("code", r.id) if r.id else numbers.NONE, said(r.reason), said(r.mend))
        for r in found[:SHOWN]
    ]
    note = t("Les autres indicateurs n’en souffrent pas.")
    return section(t("Entrées refusées"), table(head, lines, class_="lv-cells"), note=note)


def links(catalogue: Catalogue) -> Html:
    """The strategy's hypotheses: which objective moves which, and after how long; "" when there is none."""
    card_ = catalogue.scorecard
    if not card_.links:
        return Html("")
    names = card_.objectives

    def name(code: str) -> Html:
        return join((tag("b", code), " ", said(names[code].label) if code in names else ""))

    lines = [(name(x.cause), name(x.effect), tn("{n} mois", "{n} mois", x.lag_months)) for x in card_.links]
    note = t("Ce sont des hypothèses : chacune a un sens et un délai, et reste à éprouver.")
    return section(
        t("Ce qui agit sur quoi"), table((t("Cause"), t("Effet"), t("Délai")), lines, right=(2,)), note=note
    )


def bare(catalogue: Catalogue) -> Html:
    """The objectives that no KPI measures yet; "" when all are."""
    none = [o for o in catalogue.scorecard.objectives.values() if not catalogue.of_objective(o.code)]
    if not none:
        return Html("")
    items = (tag("li", tag("b", o.code), " ", said(o.label)) for o in none)
    return section(t("Objectifs sans indicateur"), tag("ul", *items, class_="lv-news"))


def nothing(words: str) -> Html:
    """What to say when a search finds nothing."""
    return div(
        "lv-notice",
        heading(2, t("Rien ne répond à « {words} »", words=words)),
        tag("p", t("Cherchez par code, par mot du libellé ou par responsable.")),
        role="status",
    )
