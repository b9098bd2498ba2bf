"""Directorates on a KPI's sheet: never a league table. The town's order, intervals, and whether chance alone explains the gaps."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.homogeneity import SMALL, Comparison, compare
from metrics.reading import Reading
from pages.parts.compare_dots import Row, compared
from pages.parts.directions_compare import verdict
from pages.parts.directions_reads import structure
from pages.parts.fiche_finding import spread_title, value_words, why
from pages.parts.fiche_reads import Group
from pages.parts.levier_bars import Line
from pages.parts.markup import Html, link, tag
from pages.parts.reads import DIMENSION
from pages.parts.source import Source
from pages.texts import t
from pages.texts.numbers import decimal
from pages.texts.units import text

AMOUNTS = frozenset({"n", "eur"})  # exact however few: they are added, not estimated


def in_order(source: Source, found: Sequence[Group]) -> tuple[Group, ...]:
    """The groups in the order of the town's own structure, those outside it by name, the unnamed last."""
    place = {name: number for number, name in enumerate(structure(source))}
    return tuple(
        sorted(found, key=lambda one: (one.id is None, place.get(one.id or "", len(place)), one.id or ""))
    )


def comparison(source: Source, kpi: Kpi, found: Sequence[Group]) -> Comparison | None:
    """The directorates compared around the town's value; None without one."""
    whole = source.whole_town().readings().get(kpi.id)
    return None if whole is None else compare(kpi, whole, [one.reading for one in found if one.id], DIMENSION)


def is_small(kpi: Kpi, reading: Reading) -> bool:
    """Whether a group rests on too few to be read alone; an amount is exact however few it rests on."""
    return kpi.unit not in AMOUNTS and (reading.n is None or reading.n < SMALL)


def finding(source: Source, kpi: Kpi, found: Comparison | None) -> str:
    """What the comparison says, as a title: never who is first."""
    whole = source.whole_town().readings().get(kpi.id)
    if found is None or whole is None or whole.value is None:
        return t("Aucune valeur pour la Ville à comparer")
    if found.reason == "amounts":
        return t("{value} pour la Ville, une part par direction", value=value_words(whole.value, kpi.unit))
    if found.method is None:
        return t("Trop peu de mesures pour dire si les directions diffèrent")
    if not found.differ:
        return t("Écarts compatibles avec le hasard")
    outside = [one.name for one in found.members if one.is_outside]
    if not outside:
        return t("Les directions diffèrent, sans qu’aucune se détache seule")
    return t("Des écarts dépassent le hasard : {names}", names=", ".join(outside))


def title(kpi: Kpi, named: Sequence[tuple[str, Group]]) -> str:
    """The finding of another breakdown: from the lowest group to the highest among those that can be read alone."""
    known = [(words, one.reading) for words, one in named if one.reading.value is not None]
    able = [(words, one.value) for words, one in known if not is_small(kpi, one)]
    if len(able) < min(2, len(known)):
        return t("Trop peu de lignes par groupe pour les comparer")
    return spread_title(kpi, able)


def drawing(source: Source, kpi: Kpi, known: Sequence[tuple[str, Group]], line: Line | None) -> Html:
    """A dot with its interval for each directorate, grey where it rests on too few."""
    return compared([_row(source, kpi, words, group) for words, group in known], line)


def _row(source: Source, kpi: Kpi, words: str, group: Group) -> Row:
    r, small = group.reading, is_small(kpi, group.reading)
    return Row(
        words,
        r.value,
        why(r) if r.value is None else text(r.value, kpi.unit),
        aside(r, small),
        r.low,
        r.high,
        is_small=small,
        is_strong=group.id == source.scope,
        href=source.link("direction", name=group.id) if group.id in structure(source) else "",
    )


def aside(reading: Reading, small: bool) -> str:
    """How many rows a group rests on, and whether that is too few."""
    if reading.n is None:
        return ""
    n = decimal(reading.n)
    return t("n = {n}, trop peu pour être lu", n=n) if small else t("n = {n}", n=n)


def more(source: Source, kpi: Kpi, found: Comparison | None) -> Html:
    """What the test says, and the way to the screen that compares directorates with noise's limits."""
    said = verdict(found) if found else ""
    if kpi.cascade != "identical" or kpi.id not in source.catalogue.kpis:
        return tag("p", said, class_="lv-note") if said else Html("")
    to = link(source.link("directions", kpi=kpi.id), t("Comparer les directions avec les limites du hasard"))
    return tag("p", f"{said} " if said else "", to, class_="lv-note")
