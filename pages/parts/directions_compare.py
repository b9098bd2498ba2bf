"""One KPI in all directorates: the choice, the plot with noise's limits, what the test says. No ranks."""

from metrics import cascade
from metrics.definitions import Kpi
from metrics.homogeneity import Comparison, Member
from metrics.reading import Reading
from pages.parts import chart, tables
from pages.parts.compare_dots import Row, compared
from pages.parts.directions_reads import comparison, of
from pages.parts.fiche_dots import count
from pages.parts.fiche_finding import label, value_words, why
from pages.parts.levier_bars import Bar, Line, bars
from pages.parts.markup import Html, div, join, link, section, tag
from pages.parts.once import SHEETS, kept
from pages.parts.reads import DIMENSION
from pages.parts.source import Source
from pages.parts.tables import Cell, Column
from pages.texts import numbers, t, tn, units

ORDERS = ("structure", "value")


def chosen(source: Source, asked: str) -> Kpi | None:
    """The KPI asked for; else the first whose directorates can be tested, else the first there is; None without any."""
    able = cascade.identical(source.catalogue)
    named = next((kpi for kpi in able if kpi.id == asked), None)
    return named or next((kpi for kpi in able if _is_tested(source, kpi)), next(iter(able), None))


def _is_tested(source: Source, kpi: Kpi) -> bool:
    found = comparison(source, kpi.id)
    return found is not None and found.method is not None


@kept(maxsize=SHEETS)
def panel(source: Source, id: str, order: str) -> Html:
    """The whole panel of a KPI, kept by store version, language, date, KPI and order."""
    kpi = source.catalogue.kpis[id]
    found, readings = comparison(source, kpi.id), _ordered(source, kpi, order)
    if found is None or not readings:
        return section(
            label(kpi), tag("p", t("Aucune direction n’a de ligne pour cet indicateur à cette date."))
        )
    whole = source.whole_town().readings()[kpi.id]
    note = t("{label}, par direction, au {day}.", label=label(kpi), day=numbers.day(source.as_of))
    drawing = _drawing(source, kpi, found, readings, whole)
    under = chart.under(
        _spoken(kpi, readings),
        tables.drawn(source, "directions-comparaison", kpi=kpi.id, order=order),
        _foot(found),
    )
    return section(finding(kpi, found, whole), _orders(source, kpi, order), drawing, under, note=note)


def _ordered(source: Source, kpi: Kpi, order: str) -> tuple[Reading, ...]:
    found = of(source, kpi.id)
    if order != "value":
        return found
    return tuple(sorted(found, key=lambda one: (one.value is None, -(one.value or 0.0))))


def finding(kpi: Kpi, found: Comparison, whole: Reading) -> str:
    """What the comparison says, as a title."""
    if found.reason == "amounts":
        return t(
            "{label} : {value} pour la Ville, une part par direction",
            label=label(kpi),
            value=value_words(whole.value or 0.0, kpi.unit),
        )
    if found.method is None:
        return t("{label} : trop peu de mesures pour dire si les directions diffèrent", label=label(kpi))
    if not found.differ:
        return t("{label} : l’écart entre les directions ne dépasse pas le bruit", label=label(kpi))
    outside = [one.name for one in found.members if one.is_outside]
    if not outside:
        return t("{label} : les directions diffèrent, sans qu’aucune se détache seule", label=label(kpi))
    return t("{label} : hors des limites du bruit, {names}", label=label(kpi), names=", ".join(outside))


def verdict(found: Comparison) -> str:
    """The test in a sentence."""
    if found.reason == "amounts":
        return t(
            "Un montant ou un nombre dépend de la taille de la direction : il ne se compare pas, il s’additionne."
        )
    if found.reason == "no_error":
        return t("Aucune direction n’a d’intervalle à cette date : leurs écarts ne se testent pas.")
    if found.method is None or found.p is None:
        return t("Moins de trois directions ont de quoi être comparées : leurs écarts ne se testent pas.")
    if not found.differ:
        return t(
            "Des écarts aussi grands arrivent par hasard {chance} : rien ne distingue les directions.",
            chance=_chance(found.p),
        )
    return t("Des écarts aussi grands n’arrivent par hasard que {chance}.", chance=_chance(found.p))


def _chance(p: float) -> str:
    """A probability as people say it: once in so many."""
    if p > 0.995:
        return t("presque toujours")
    if p >= 0.05:
        return t("{n} fois sur cent", n=numbers.decimal(100 * p))
    return (
        t("moins d’une fois sur mille") if p < 0.001 else t("{n} fois sur mille", n=numbers.decimal(1000 * p))
    )


def _drawing(
    source: Source, kpi: Kpi, found: Comparison, readings: tuple[Reading, ...], whole: Reading
) -> Html:
    if found.reason == "amounts":
        return bars([_bar(source, kpi, one) for one in readings])
    members = {one.name: one for one in found.members}
    rows = [_row(source, kpi, one, members[str(one.scope[DIMENSION])]) for one in readings]
    words = t("Ville : {value}", value=value_words(whole.value or 0.0, kpi.unit))
    return compared(rows, Line(whole.value, words) if whole.value is not None else None)


def _row(source: Source, kpi: Kpi, one: Reading, member: Member) -> Row:
    name = member.name
    words = why(one) if one.value is None else units.text(one.value, kpi.unit)
    return Row(
        name,
        one.value,
        words,
        count(one.n),
        one.low,
        one.high,
        member.lower,
        member.upper,
        member.is_small,
        name == source.scope,
        source.link("direction", name=name),
    )


def _bar(source: Source, kpi: Kpi, one: Reading) -> Bar:
    name = str(one.scope[DIMENSION])
    words = why(one) if one.value is None else units.text(one.value, kpi.unit)
    return Bar(
        name, one.value, words, is_strong=name == source.scope, href=source.link("direction", name=name)
    )


def pick(source: Source, kpi: Kpi, order: str) -> Html:
    """The form that chooses the KPI, with a keyboard alone if need be."""
    options = (
        tag("option", f"{one.code} {label(one)}", value=one.id, selected=one.id == kpi.id)
        for one in cascade.identical(source.catalogue)
    )
    state = source.state | {"order": order}
    hidden = (tag("input", type="hidden", name=name, value=value) for name, value in state.items())
    return tag(
        "form",
        tag("label", t("Indicateur comparé"), for_="lv-kpi"),
        tag("select", *options, id="lv-kpi", name="kpi"),
        tag("button", t("Comparer"), type="submit"),
        *hidden,
        action="/directions",
        method="get",
        class_="lv-pick",
    )


def _orders(source: Source, kpi: Kpi, order: str) -> Html:
    names = {"structure": t("organigramme"), "value": t("valeur")}
    links = [
        link(
            source.link("directions", kpi=kpi.id, order=one),
            names[one],
            aria_current="true" if one == order else None,
        )
        for one in ORDERS
    ]
    return tag("nav", *links, class_="lv-seg", aria_label=t("Ordre des directions"))


def _spoken(kpi: Kpi, readings: tuple[Reading, ...]) -> str:
    known = [one for one in readings if one.value is not None]
    listed = ", ".join(f"{one.scope[DIMENSION]} {units.text(one.value, kpi.unit)}" for one in known)
    return tn(
        "{n} direction : {values}.", "{n} directions : {values}.", len(known), values=listed or numbers.NONE
    )


@tables.offered("directions-comparaison")
def compared_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """The directorates compared for the KPI ``kpi``: value, interval, limits of noise, count."""
    kpi = chosen(source, asked.get("kpi", ""))
    found = comparison(source, kpi.id) if kpi else None
    if kpi is None or found is None:
        return None
    members = {one.name: one for one in found.members}
    columns = [
        Column(t("Direction")),
        Column(t("Valeur"), "number", kpi.unit),
        Column(t("Intervalle à 95 %"), on_screen=True, in_file=False),
        Column(t("Limites du bruit à 99,8 %"), on_screen=True, in_file=False),
        *(
            Column(words, "number", kpi.unit, on_screen=False)
            for words in (
                t("Borne basse"),
                t("Borne haute"),
                t("Limite basse du bruit"),
                t("Limite haute du bruit"),
            )
        ),
        Column(t("n"), "number", "n"),
    ]
    rows = [
        _line(kpi, members[str(one.scope[DIMENSION])], one)
        for one in _ordered(source, kpi, asked.get("order", ""))
    ]
    title = t("{label}, par direction, au {day}.", label=label(kpi), day=numbers.day(source.as_of)).rstrip(
        "."
    )
    return tables.table(source, title, columns, rows, version=kpi.version, about=kpi.id)


def _line(kpi: Kpi, member: Member, one: Reading) -> list[object]:
    shown = why(one) if one.value is None else units.text(one.value, kpi.unit)
    return [
        member.name,
        Cell(one.value, shown),
        units.interval(one.low, one.high, kpi.unit),
        units.interval(member.lower, member.upper, kpi.unit),
        one.low,
        one.high,
        member.lower,
        member.upper,
        one.n,
    ]


def _foot(found: Comparison) -> Html:
    """How to read the plot, and what the test says."""
    parts = [verdict(found)]
    if found.method:
        parts.append(
            t(
                "Bande pâle : là où le hasard seul garderait la direction, autour de la valeur de la Ville (99,8 %). Trait : son intervalle à 95 %."
            )
        )
    if any(one.is_small for one in found.members) and found.reason != "amounts":
        parts.append(t("En gris, moins de cinq : trop peu pour être lu seul."))
    silent = len(_silent(found))
    if silent:
        parts.append(tn("Une direction sans valeur.", "{n} directions sans valeur.", silent))
    return div("", join(parts, " "))


def _silent(found: Comparison) -> list[str]:
    """The directorates without a value."""
    return [one.name for one in found.members if one.value is None]
