"""The catalogue for people: every KPI with its definition, by objective; refused entries with their mend; links."""

import unicodedata
from collections.abc import Sequence

from metrics import words as words_of
from metrics.definitions import Catalogue, Kpi
from pages.parts import kpi_table, tables
from pages.parts.formula import formula, period
from pages.parts.markup import Html, div, facts, heading, join, link, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import beside, numbers, said, t, tn, units

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


@kept(maxsize=VIEWS)
def body(source: Source, words: str) -> Html:
    """What a search finds; with no search, the refused entries, bare objectives and links after all entries."""
    catalogue, found = source.catalogue, matching(source.catalogue, words)
    files = tables.links(source, "catalogue-indicateurs", t("Les définitions"), q=words.strip())
    if words.strip():
        return join((entries(source, found), files)) if found else nothing(words)
    return join((entries(source, found), files, refused(source), bare(catalogue), links(source)))


@tables.offered("catalogue-indicateurs")
def definitions_table(source: Source, asked: tables.Asked) -> tables.Table:
    """Every definition that the search ``q`` finds, in full."""
    q = asked.get("q", "").strip()
    found, filters = matching(source.catalogue, q), t("recherche « {words} »", words=q) if q else ""
    columns = [
        *(Column(words) for words in (t("Code"), t("Identifiant"), t("Indicateur"), t("Objectif"))),
        *(Column(words) for words in (t("Formule"), t("Expression"), t("Période"), t("Fréquence"))),
        *(Column(words) for words in (t("Unité"), t("Sens favorable"))),
        *(Column(words, "number") for words in (t("Cible"), t("Plancher"), t("Poids"))),
        *(Column(words) for words in (t("Responsable"), t("Note"), t("Fichier"))),
        Column(t("Version"), "number", "n"),
    ]
    rows = [_line(kpi) for kpi in found]
    version = kpi_table.versions((kpi, None) for kpi in found)
    return tables.table(source, t("Les définitions"), columns, rows, filters=filters, version=version)


def _line(kpi: Kpi) -> list[tables.Value]:
    better = {"up": t("vers le haut"), "down": t("vers le bas"), "band": t("dans une bande")}
    text = [kpi.code, kpi.id, said(kpi.label), kpi.objective, said(words_of.formula(kpi)), kpi.sql]
    text += [period(kpi), frequency(kpi), units.unit_name(kpi.unit), better[kpi.direction]]
    numbers_: list[tables.Value] = [kpi.target, kpi.floor, kpi.weight]
    return [*text, *numbers_, kpi.owner, said(kpi.note), kpi.file, kpi.version]


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
        span("lv-note", beside.target(kpi) and t("cible {target}", target=beside.target(kpi))),
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
        (t("Cible"), beside.target(kpi) or t("aucune")),
        (t("Plancher"), units.short(kpi.floor, kpi.unit) if kpi.floor is not None else t("aucun")),
        (t("Responsable"), kpi.owner or numbers.NONE),
        (t("Version"), f"{kpi.version}"),
        (t("Fichier"), kpi.file or numbers.NONE),
    ]
    note = tag("p", said(kpi.note)) if said(kpi.note) else ""
    opening = tag(
        "p",
        link(source.link("fiche", kpi=kpi.id), t("Ouvrir la fiche")),
        " · ",
        link(source.link("indicateur", kpi=kpi.id), t("Modifier la définition")),
    )
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


def refused(source: Source) -> Html:
    """Entries that were not taken: where, why, what to do; "" when all were."""
    body = tables.drawn(source, "catalogue-refus", class_="lv-cells", most=SHOWN)
    note = t("Les autres indicateurs n’en souffrent pas.")
    return section(t("Entrées refusées"), body, note=note) if body else Html("")


@tables.offered("catalogue-refus")
def refused_table(source: Source, asked: tables.Asked) -> tables.Table:
    """The entries of the catalogue that were not taken."""
    columns = [Column(words) for words in (t("Fichier"), t("Entrée"), t("Pourquoi"), t("Que faire"))]
    rows = [
        [r.file, Cell(r.id, tag("code", r.id) if r.id else numbers.NONE), said(r.reason), said(r.mend)]
        for r in source.catalogue.refused
    ]
    return tables.table(source, t("Entrées refusées"), columns, rows)


def links(source: Source) -> Html:
    """The strategy's hypotheses: which objective moves which, and after how long; "" when there is none."""
    body = tables.drawn(source, "catalogue-liens")
    note = t("Ce sont des hypothèses : chacune a un sens et un délai, et reste à éprouver.")
    return section(t("Ce qui agit sur quoi"), body, note=note) if body else Html("")


@tables.offered("catalogue-liens")
def links_table(source: Source, asked: tables.Asked) -> tables.Table:
    """The hypotheses of the scorecard: cause, effect, lag."""
    names = source.catalogue.scorecard.objectives

    def name(code: str) -> Cell:
        label = said(names[code].label) if code in names else ""
        return Cell(f"{code} {label}".strip(), join((tag("b", code), " ", label)))

    columns = (Column(t("Cause")), Column(t("Effet")), Column(t("Délai"), "number", "months"))
    rows = [
        [name(x.cause), name(x.effect), Cell(x.lag_months, tn("{n} mois", "{n} mois", x.lag_months))]
        for x in source.catalogue.scorecard.links
    ]
    return tables.table(source, t("Ce qui agit sur quoi"), columns, rows)


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
