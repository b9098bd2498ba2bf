"""All identical KPIs by directorate in one table, the additive check, what directorates add of their own, what the town keeps."""

from collections.abc import Mapping
from functools import lru_cache

from metrics import cascade
from metrics.cascade import Check
from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import numbers, status, tables, units
from pages.parts.directions_reads import checks, comparison, parts, structure
from pages.parts.fiche_finding import label, why
from pages.parts.markup import Html, div, join, link, section, span, table, tag
from pages.parts.reads import DIMENSION
from pages.parts.source import Source
from pages.parts.svg import mark
from pages.texts import t, tn

STATUSES = ("on_target", "watch", "off_target", "unknown")


@lru_cache(maxsize=64)
def title(source: Source) -> str:
    """The screen's finding: in how many of the KPIs that can be compared directorates differ by more than noise."""
    compared = [comparison(source, kpi.id) for kpi in cascade.identical(source.catalogue)]
    tested = [one for one in compared if one is not None and one.method]
    differ = sum(one.differ for one in tested)
    if not tested:
        return t("Aucun indicateur n’a de quoi comparer les directions à cette date")
    if not differ:
        return tn(
            "Un indicateur comparable : les directions n’y diffèrent pas plus que le hasard",
            "{n} indicateurs comparables : les directions n’y diffèrent pas plus que le hasard",
            len(tested),
        )
    return tn(
        "Les directions diffèrent plus que le hasard sur un indicateur, des {many} qui se comparent",
        "Les directions diffèrent plus que le hasard sur {n} indicateurs, des {many} qui se comparent",
        differ,
        many=len(tested),
    )


@lru_cache(maxsize=64)
def board(source: Source) -> Html:
    """Directorates in rows, identical KPIs in columns; each cell a shape, a word for who does not see it, and the value."""
    kpis, names = cascade.identical(source.catalogue), structure(source)
    found = {id: {str(one.scope.get(DIMENSION)): one for one in many} for id, many in parts(source).items()}
    head = [
        t("Direction"),
        *(link(source.link("directions", kpi=kpi.id), kpi.code, title=label(kpi)) for kpi in kpis),
    ]
    rows = [
        [
            link(source.link("direction", name=name), name),
            *(_cell(kpi, found[kpi.id].get(name)) for kpi in kpis),
        ]
        for name in names
    ]
    caption = tn(
        "{n} indicateur identique, direction par direction",
        "{n} indicateurs identiques, direction par direction",
        len(kpis),
    )
    note = t(
        "La même définition, recalculée sur les lignes de chaque direction. Chaque colonne ouvre sa comparaison, chaque ligne sa direction."
    )
    return section(
        caption,
        _legend(),
        table(head, rows, caption=caption, class_="lv-matrix"),
        tables.links(source.whole_town(), "directions-indicateurs", caption),
        _codes(source, kpis),
        note=note,
    )


def _cell(kpi: Kpi, one: Reading | None) -> Html:
    code = span("lv-cell-code", kpi.code)
    if one is None or one.value is None:
        reason = why(one) if one else t("aucune ligne")
        return join((code, mark("unknown"), span("lv-quiet", numbers.NONE), span("lv-hidden", f" {reason}")))
    words = t("Sans cible") if one.score is None and one.status == "unknown" else status.word(one.status)
    return join((code, mark(one.status), units.short(one.value, kpi.unit), span("lv-hidden", f" {words}")))


def _legend() -> Html:
    return div(
        "lv-legend",
        *(
            status.status(kind, t("Sans cible ou non calculé") if kind == "unknown" else "")
            for kind in STATUSES
        ),
    )


def _codes(source: Source, kpis: list[Kpi]) -> Html:
    """What the codes of the columns mean, each with its sheet."""
    items = [
        join((span("lv-code", kpi.code), " ", link(source.link("fiche", kpi=kpi.id), label(kpi))))
        for kpi in kpis
    ]
    summary = tag("summary", t("Ce que disent les codes"))
    return tag(
        "details",
        summary,
        tag("ul", *(tag("li", item) for item in items), class_="lv-news"),
        class_="lv-more",
    )


@lru_cache(maxsize=64)
def additive(source: Source) -> Html:
    """Whether the directorates make the town, KPI by KPI; a difference with its cause."""
    lines = [(kpi, one) for kpi, many in checks(source) for one in many]
    wrong = sum(not one.is_exact for _, one in lines)
    title = (
        t("La somme des directions est celle de la Ville")
        if not wrong
        else tn(
            "Une somme des directions n’est pas celle de la Ville",
            "{n} sommes des directions ne sont pas celles de la Ville",
            wrong,
        )
    )
    head = [t("Indicateur"), t("Σ directions = Ville"), t("Contrôle")]
    rows = [
        [
            join((link(source.link("fiche", kpi=kpi.id), label(kpi)), span("lv-grey", ", ", _part(one)))),
            f"{_amount(one.directorates, kpi, one)} {'=' if one.is_exact else '≠'} {_amount(one.town, kpi, one)}",
            _verdict(one),
        ]
        for kpi, one in lines
    ]
    note = t(
        "Une durée, une médiane ou une part de survie ne s’additionne pas : ce sont alors ses dossiers qui sont comptés."
    )
    without = [label(kpi) for kpi, many in checks(source) if not many]
    silent = t("Rien à additionner pour : {labels}.", labels=", ".join(without)) if without else ""
    below = tag("p", silent, class_="lv-note") if silent else ""
    files = tables.links(source.whole_town(), "directions-controle", title)
    return section(title, table(head, rows, caption=title, right=(1,)), files, below, note=note)


def _part(one: Check) -> str:
    words = {
        "numerator": t("numérateur"),
        "denominator": t("dénominateur"),
        "value": t("valeur"),
        "n": t("effectif"),
    }
    return words[one.part]


def _amount(value: float, kpi: Kpi, one: Check) -> str:
    money = one.part != "n" and (kpi.unit in ("eur", "eur_per_eur") or max(one.town, one.directorates) >= 1e5)
    return units.text(value, "eur") if money else numbers.plain(value)


def _verdict(one: Check) -> Html:
    if one.is_exact:
        return status.status("on_target", t("Égal"))
    causes = {
        "unassigned": t("il manque des lignes sans direction"),
        "shared": t("des lignes comptent pour plusieurs directions"),
    }
    return join((status.status("off_target", t("Écart")), " ", span("lv-grey", causes[str(one.cause)])))


@lru_cache(maxsize=64)
def others(source: Source) -> Html:
    """The directorates' own KPIs beside the KPIs that only the whole town has."""
    return div("lv-two", _own(source), _alone(source))


def _own(source: Source) -> Html:
    every = source.catalogue.every.values()
    found = [kpi for kpi in every if kpi.directorate]
    items = [_own_line(source, kpi) for kpi in sorted(found, key=lambda kpi: (kpi.directorate, kpi.code))]
    title = tn("Un indicateur propre à une direction", "{n} indicateurs propres à une direction", len(found))
    note = t("Contributif : il nourrit un indicateur de la Ville. Propre : il n’en nourrit aucun.")
    if not found:
        return section(t("Aucun indicateur propre à une direction"), note=note)
    return section(title, tag("ul", *items, class_="lv-moved"), note=note)


def _own_line(source: Source, kpi: Kpi) -> Html:
    fed = source.catalogue.kpis.get(kpi.contributes_to)
    words = t("nourrit {label}", label=label(fed)) if fed else t("propre")
    home = link(source.link("direction", name=kpi.directorate), kpi.directorate)
    return tag(
        "li",
        span("lv-code", kpi.code),
        link(source.link("fiche", kpi=kpi.id), label(kpi)),
        span("lv-grey", home, t(" : "), words),
    )


def _alone(source: Source) -> Html:
    found = cascade.town_only(source.catalogue, source.engine.relations)
    many = sum(len(kpis) for kpis in found.values())
    items = [_reason(source, reason, kpis) for reason, kpis in found.items()]
    title = tn(
        "Un indicateur n’existe que pour toute la Ville",
        "{n} indicateurs n’existent que pour toute la Ville",
        many,
    )
    return section(title, tag("ul", *items, class_="lv-news"))


def _reason(source: Source, reason: str, kpis: list[Kpi]) -> Html:
    named = [link(source.link("fiche", kpi=kpi.id), label(kpi)) for kpi in kpis]
    return tag("li", tag("b", reasons()[reason]), t(" : "), join(named, ", "), ".")


def reasons() -> Mapping[str, str]:
    """Why a KPI exists for the whole town only."""
    return {
        "survey": t("Les réponses d’enquête restent à la Ville tant qu’aucun tableau publié ne les répartit"),
        "budget": t("Le budget est voté pour toute la Ville"),
        "partners": t("Un partenaire appartient au réseau de la Ville, pas à une direction"),
        "practices": t("Les outils d’innovation sont communs à toute l’organisation"),
        "milestones": t("Les jalons et parutions sont ceux de la démarche d’ensemble"),
        "entered": t("La valeur est saisie pour toute la Ville"),
        "staff": t("L’effectif de référence est celui d’une équipe au service de toute la Ville"),
        "other": t("La définition porte sur toute la Ville"),
    }
