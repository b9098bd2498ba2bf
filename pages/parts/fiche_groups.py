"""A KPI by directorate, theme, kind of partner…: one row a group, with n and interval, and its table."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import chart, fiche_spread, tables
from pages.parts.address import Address
from pages.parts.fiche_columns import dimension, label
from pages.parts.fiche_dots import Dot, count, dots
from pages.parts.fiche_facts import amount
from pages.parts.fiche_finding import why
from pages.parts.fiche_reads import Group, groups
from pages.parts.levier_bars import Bar, Line, bars
from pages.parts.markup import Html, join, link, section, tag
from pages.parts.once import SHEETS, kept
from pages.parts.reads import DIMENSION
from pages.parts.source import Source
from pages.parts.tables import Cell, Column, Value
from pages.texts import beside, judgements, numbers, said, t, units

MOST = 16  # groups drawn; the table has them all
DOTTED = frozenset(
    {"ratio", "eur_per_eur", "days", "factor", "index", "years", "points"}
)  # what does not add up


def breakdown(source: Source, kpi: Kpi, asked: str) -> Html:
    """The breakdown ``asked`` (a dimension), else the KPI's first; nothing for a KPI that has none."""
    if not kpi.by or source.as_of is None:
        return Html("")
    return _section(source, kpi.id, asked if asked in kpi.by else kpi.by[0])


@kept(maxsize=SHEETS)
def _section(source: Source, kpi_id: str, by: str) -> Html:
    """The whole section as markup, kept by store version, language, date, KPI and breakdown."""
    kpi, found = source.catalogue.every[kpi_id], ordered(source, kpi_id, by)
    named = [(name(by, group), group) for group in found]
    known = [(words, group) for words, group in named if group.reading.value is not None]
    compared = fiche_spread.comparison(source, kpi, found) if by == DIMENSION else None
    title = fiche_spread.finding(source, kpi, compared) if by == DIMENSION else fiche_spread.title(kpi, named)
    more = fiche_spread.more(source, kpi, compared) if by == DIMENSION else ""
    note = t("Par {dimension}, au {day}.", dimension=dimension(by), day=numbers.day(source.as_of))
    drawing = _drawing(source, kpi, by, known[:MOST])
    listed = tables.drawn(source.whole_town(), "fiche-repartition", kpi=kpi.id, by=by)
    under = chart.under(sentence(kpi, by, known), listed, foot(len(known), named))
    return section(title, choices(source, kpi, by), drawing, more, under, note=note)


def ordered(source: Source, kpi_id: str, by: str) -> tuple[Group, ...]:
    """The groups as they are read: directorates in the town's own order, which ranks nobody, others by size."""
    found = groups(source, kpi_id, by)
    return fiche_spread.in_order(source, found) if by == DIMENSION else found


def choices(source: Source, kpi: Kpi, by: str) -> Html:
    """The other breakdowns, as links; nothing when there is only one."""
    if len(kpi.by) < 2:
        return Html("")
    links = [
        link(
            source.link("fiche", kpi=kpi.id, by=other),
            dimension(other),
            aria_current="true" if other == by else None,
        )
        for other in kpi.by
    ]
    return tag("nav", *links, class_="lv-seg", aria_label=t("Répartir par"))


def name(by: str, group: Group) -> str:
    """A group's name; a group whose rows do not say it is named as such."""
    words = label(by, group.id) if group.id else t("non renseigné")
    return words[:1].upper() + words[1:]


def _drawing(source: Source, kpi: Kpi, by: str, known: Sequence[tuple[str, Group]]) -> Html:
    """Bars for what adds up, dots for ratios and durations."""
    if kpi.unit not in DOTTED:
        return bars([_bar(source, kpi, by, words, group) for words, group in known])
    line = (
        Line(kpi.target, t("cible {target}", target=beside.target(kpi))) if kpi.target is not None else None
    )
    if by == DIMENSION:
        return fiche_spread.drawing(source, kpi, known, line)
    return dots([_dot(source, kpi, by, words, group) for words, group in known], line=line)


def _bar(source: Source, kpi: Kpi, by: str, words: str, group: Group) -> Bar:
    r = group.reading
    said = why(r) if r.value is None else units.text(r.value, kpi.unit)
    is_here = by == DIMENSION and group.id == source.scope
    return Bar(
        words,
        r.value,
        said,
        "accent",
        aside="" if r.n == r.value else count(r.n),
        is_strong=is_here,
        href=_href(source, kpi, by, group),
    )


def _dot(source: Source, kpi: Kpi, by: str, words: str, group: Group) -> Dot:
    r = group.reading
    said = why(r) if r.value is None else units.text(r.value, kpi.unit)
    aside = fiche_spread.aside(r, fiche_spread.is_small(kpi, r))
    return Dot(words, r.value, said, aside, r.low, r.high, _href(source, kpi, by, group))


def _href(source: Source, kpi: Kpi, by: str, group: Group) -> str:
    """A directorate's bar leads to the sheet at its own scope; other groups lead nowhere."""
    if by != DIMENSION or not group.id or group.id not in source.scopes:
        return ""
    return source.to("fiche", Address(source.lang, source.asked, group.id), kpi=kpi.id)


def sentence(kpi: Kpi, by: str, known: Sequence[tuple[str, Group]]) -> str:
    """The breakdown in a sentence, for those who do not see it."""
    said = [f"{words} {units.text(group.reading.value, kpi.unit)}" for words, group in known]
    return t(
        "{n} groupes par {dimension} : {values}.",
        n=len(known),
        dimension=dimension(by),
        values=", ".join(said) or "–",
    )


@tables.offered("fiche-repartition")
def groups_table(source: Source, asked: tables.Asked) -> tables.Table | None:
    """All groups of the breakdown ``by`` of the KPI ``asked``, in figures."""
    kpi = source.kpi(asked.get("kpi", ""))
    if kpi is None or not kpi.by or source.as_of is None:
        return None
    by = asked.get("by", "")
    by = by if by in kpi.by else kpi.by[0]
    columns = (
        Column(dimension(by).capitalize()),
        Column(t("Valeur"), "number", kpi.unit),
        Column(t("Intervalle à 95 %"), in_file=False),
        Column(t("Borne basse"), "number", kpi.unit, on_screen=False),
        Column(t("Borne haute"), "number", kpi.unit, on_screen=False),
        Column(t("Numérateur"), "number"),
        Column(t("Dénominateur"), "number"),
        Column(t("n"), "number", "n"),
        Column(t("Raison"), on_screen=False),
    )
    rows = [_row(kpi, name(by, group), group.reading) for group in ordered(source, kpi.id, by)]
    title = t("{label} par {dimension}", label=said(kpi.label), dimension=dimension(by))
    return tables.table(source, title, columns, rows, version=kpi.version, about=f"{kpi.id}-{by}")


def _row(kpi: Kpi, words: str, r: Reading) -> list[Cell | Value]:
    return [
        words,
        Cell(r.value, why(r) if r.value is None else units.text(r.value, kpi.unit)),
        Cell(None, units.interval(r.low, r.high, kpi.unit)),
        r.low,
        r.high,
        Cell(r.numerator, amount(r.numerator, kpi, r)),
        Cell(r.denominator, amount(r.denominator, kpi, r)),
        Cell(r.n, "" if r.n is None else numbers.decimal(r.n)),
        judgements.reason(r.reason) or None,
    ]


def foot(known: int, named: Sequence[tuple[str, Group]]) -> Html:
    """How it was computed, and what the drawing leaves out."""
    silent = [words for words, group in named if group.reading.value is None]
    parts = [t("Recalculé sur les lignes de chaque groupe, jamais une moyenne de moyennes.")]
    if known > MOST:
        parts.append(t("{n} groupes de plus dans le tableau.", n=known - MOST))
    if silent:
        parts.append(
            t("Sans valeur : {groups}.", groups=", ".join(silent[:12]) + ("…" if len(silent) > 12 else ""))
        )
    return join(parts, " ")
