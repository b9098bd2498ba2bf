"""When the address names no KPI, or one that nobody knows: what was probably meant, and the list."""

from difflib import get_close_matches

from metrics.definitions import Catalogue, Kpi
from pages.parts import page
from pages.parts.markup import Html, div, heading, join, link, section, span, tag
from pages.parts.source import Source
from pages.texts import said, t


def nearest(catalogue: Catalogue, asked: str) -> list[Kpi]:
    """The KPIs whose id, code or label look most like ``asked``, at most three, the likeliest first."""
    names: dict[str, Kpi] = {}
    for kpi in catalogue.kpis.values():
        for name in (kpi.id, kpi.code, kpi.label.fr, kpi.label.en):
            names.setdefault(name.lower(), kpi)
    found = [names[match] for match in get_close_matches(asked.lower(), names, n=6, cutoff=0.5)]
    return list({kpi.id: kpi for kpi in found}.values())[:3]


def missing(source: Source, asked: str) -> Html:
    """The whole screen without a KPI: a kind message, suggestions, then all KPIs by objective."""
    if not source.catalogue.kpis:
        return page.head(
            t("Aucun indicateur dans ce catalogue"),
            lead=t("Ajoutez une entrée au catalogue pour ouvrir sa fiche."),
        )
    if not asked:
        title, lead = t("De quel indicateur voulez-vous la fiche ?"), t("Choisissez-le dans la liste.")
    else:
        title = t("Aucun indicateur ne s’appelle « {asked} »", asked=asked[:60])
        lead = t("Il a peut-être changé de nom, ou appartient à un autre catalogue.")
    return join(
        (
            page.head(title, kicker=t("Fiche indicateur"), lead=lead),
            _suggested(source, asked),
            listing(source),
        )
    )


def _suggested(source: Source, asked: str) -> Html:
    found = nearest(source.catalogue, asked) if asked else []
    if not found:
        return Html("")
    items = [tag("li", _link(source, kpi)) for kpi in found]
    return div("lv-notice", heading(3, t("Vouliez-vous dire")), tag("ul", *items), role="status")


def listing(source: Source) -> Html:
    """All KPIs of the catalogue under their objectives, each a link to its sheet."""
    objectives = source.catalogue.scorecard.objectives
    codes = list(dict.fromkeys([*objectives, *(kpi.objective for kpi in source.catalogue.kpis.values())]))
    blocks = []
    for code in codes:
        kpis = source.catalogue.of_objective(code)
        if kpis:
            words = said(objectives[code].label) if code in objectives else code
            blocks.append(
                div(
                    "lv-list-block",
                    heading(3, words),
                    tag("ul", *(tag("li", _link(source, kpi)) for kpi in kpis)),
                )
            )
    return section(t("Tous les indicateurs"), div("lv-list", *blocks))


def _link(source: Source, kpi: Kpi) -> Html:
    return join((link(source.link("fiche", kpi=kpi.id), said(kpi.label)), " ", span("lv-grey", kpi.code)))
