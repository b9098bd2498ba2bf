"""All identical KPIs by directorate in one table, the additive check, what directorates add of their own, what the town keeps."""

from collections.abc import Mapping

from metrics import cascade
from metrics.cascade import Check
from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import status, tables
from pages.parts.directions_reads import checks, comparison, parts, structure
from pages.parts.fiche_finding import label, why
from pages.parts.markup import Html, div, join, link, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.reads import DIMENSION
from pages.parts.source import Source
from pages.parts.svg import mark
from pages.parts.tables import Cell, Column
from pages.texts import judgements, numbers, t, tn, units

DIFFERING = "ecarts"  # the address's word for the checks that fail
STATUSES = ("on_target", "watch", "off_target", "unknown")


@kept(maxsize=VIEWS)
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


@kept(maxsize=VIEWS)
def board(source: Source) -> Html:
    """Directorates in rows, identical KPIs in columns; each cell a shape, a word for who does not see it, and the value."""
    kpis = cascade.identical(source.catalogue)
    note = t(
        "La même définition, recalculée sur les lignes de chaque direction. Chaque direction ouvre sa page, chaque code sa comparaison."
    )
    made = tables.drawn(source, "directions-tableau", class_="lv-matrix lv-stack")
    return section(_board_title(len(kpis)), _legend(), made, _codes(source, kpis), note=note)


def _board_title(many: int) -> str:
    return tn(
        "{n} indicateur identique, direction par direction",
        "{n} indicateurs identiques, direction par direction",
        many,
    )


@tables.offered("directions-tableau")
def board_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """Every identical KPI in every directorate."""
    kpis, names = cascade.identical(source.catalogue), structure(source)
    if not names:
        return None
    found = {id: {str(one.scope.get(DIMENSION)): one for one in many} for id, many in parts(source).items()}
    columns = [Column(t("Direction")), *(Column(kpi.code, "text", kpi.unit) for kpi in kpis)]
    rows = [
        [
            Cell(name, link(source.link("direction", name=name), name)),
            *(_cell(kpi, found.get(kpi.id, {}).get(name)) for kpi in kpis),
        ]
        for name in names
    ]
    versions = ", ".join(f"{kpi.code} v{kpi.version}" for kpi in kpis)
    return tables.table(source, _board_title(len(kpis)), columns, rows, version=versions)


def _cell(kpi: Kpi, one: Reading | None) -> Cell:
    code = span("lv-cell-code", kpi.code)
    if one is None or one.value is None:
        reason = why(one) if one else t("aucune ligne")
        dash = span("lv-quiet", numbers.NONE)
        return Cell(None, join((code, mark("unknown"), dash, span("lv-hidden", f" {reason}"))))
    per_euro = kpi.unit == "eur_per_eur"  # two decimals in every cell of the column
    words, value = judgements.word_of(one), (units.text if per_euro else units.short)(one.value, kpi.unit)
    few = span("lv-quiet lv-cell-n", f"n = {one.n}", aria_hidden="true") if one.reason == "few" else ""
    return Cell(one.value, join((code, mark(one.status), value, few, span("lv-hidden", f" {words}"))))


def _legend() -> Html:
    return div(
        "lv-legend",
        *(
            status.status(
                kind, t("Sans cible, non calculé, ou sur trop peu (n < 5)") if kind == "unknown" else ""
            )
            for kind in STATUSES
        ),
    )


def _codes(source: Source, kpis: list[Kpi]) -> Html:
    """What the codes of the columns mean, each with its comparison."""
    items = [
        join((span("lv-code", kpi.code), " ", link(source.link("directions", kpi=kpi.id), label(kpi))))
        for kpi in kpis
    ]
    summary = tag("summary", t("Ce que disent les codes"))
    return tag(
        "details",
        summary,
        tag("ul", *(tag("li", item) for item in items), class_="lv-news"),
        class_="lv-more",
    )


@kept(maxsize=VIEWS)
def additive(source: Source) -> Html:
    """Whether the directorates make the town, KPI by KPI; a difference with its cause."""
    found = checks(source)
    wrong = sum(not all(one.is_exact for one in many) for _, many in found)
    title = (
        t("La somme des directions est celle de la Ville")
        if not wrong
        else tn(
            "Un indicateur dont les directions ne font pas la somme de la Ville",
            "{n} indicateurs dont les directions ne font pas la somme de la Ville",
            wrong,
        )
    )
    note = t(
        "Une durée, une médiane ou une part de survie ne s’additionne pas : ce sont alors ses dossiers qui sont comptés."
    )
    without = [label(kpi) for kpi, many in found if not many]
    silent = t("Rien à additionner pour : {labels}.", labels=", ".join(without)) if without else ""
    below = tag("p", silent, class_="lv-note") if silent else ""
    return section(title, *_checked(source, found), below, note=note)


def _checked(source: Source, found: tuple[tuple[Kpi, tuple[Check, ...]], ...]) -> tuple[Html, Html]:
    """What differs, and everything under a switch: thirty equalities would hide the one difference."""
    many = sum(len(checked) for _, checked in found)
    if not many:
        return Html(""), Html("")
    differing = tables.drawn(source, "directions-controle", class_="lv-stack", only=DIFFERING)
    summary = tag("summary", tn("Le contrôle, ligne à ligne", "Les {n} contrôles, ligne à ligne", many))
    every = tables.drawn(source, "directions-controle", class_="lv-stack")
    return differing, tag("details", summary, every, class_="lv-more")


@tables.offered("directions-controle")
def check_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """The additive check, a row for each part; what does not add up first, or (``only=ecarts``) alone."""
    alone = asked.get("only") == DIFFERING
    columns = [
        Column(t("Indicateur")),
        Column(t("Ce qui s’additionne")),
        Column(t("Σ directions = Ville"), in_file=False),
        Column(t("Σ directions"), "number", on_screen=False),
        Column(t("Ville"), "number", on_screen=False),
        Column(t("Contrôle")),
    ]
    rows = [
        [
            Cell(label(kpi), link(source.link("fiche", kpi=kpi.id), label(kpi))),
            _part(one),
            f"{_amount(one.directorates, kpi, one)} {'=' if one.is_exact else '≠'} {_amount(one.town, kpi, one)}",
            one.directorates,
            one.town,
            Cell(_cause(one) or t("Égal"), _verdict(one)),
        ]
        for kpi, many in sorted(checks(source), key=lambda pair: all(one.is_exact for one in pair[1]))
        for one in many
        if not (alone and one.is_exact)
    ]
    about = DIFFERING if alone else ""
    return tables.table(source, t("Σ directions = Ville"), columns, rows, about=about)


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


def _cause(one: Check) -> str:
    causes = {
        "unassigned": t("il manque des lignes sans direction"),
        "shared": t("des lignes comptent pour plusieurs directions"),
    }
    return causes[one.cause] if one.cause else ""


def _verdict(one: Check) -> Html:
    if one.is_exact:
        return status.status("on_target", t("Égal"))
    missing = one.cause == "unassigned"
    word = t("Sans direction : {n}", n=numbers.plain(one.town - one.directorates)) if missing else t("Écart")
    return join(
        (status.status("unknown" if missing else "off_target", word), " ", span("lv-grey", _cause(one)))
    )


@kept(maxsize=VIEWS)
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
