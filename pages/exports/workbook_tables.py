"""The tables of a workbook that say what was read: at the date, through time, by objective, and what changed."""

from collections.abc import Sequence

from pages.exports.model import Edition, Figure
from pages.exports.table import Column, Kind, Table
from pages.exports.workbook_sheet import OWN_UNIT, Sheet
from pages.texts import numbers, t, units

NUMBER: Kind = "number"


def readings(edition: Edition) -> Sheet:
    """Every KPI at the date: value, what it is made of, interval, target, status, score, age."""
    columns = (
        Column(t("Code"), key="code"),
        Column(t("Indicateur"), key="label"),
        Column(t("Identifiant"), key="kpi"),
        Column(t("Objectif"), key="objective"),
        Column(t("Période"), key="period"),
        Column(t("Valeur"), NUMBER, OWN_UNIT, key="value"),
        Column(t("Unité"), key="unit"),
        Column(t("Numérateur"), NUMBER, key="numerator"),
        Column(t("Dénominateur"), NUMBER, key="denominator"),
        Column(t("n"), NUMBER, "n", key="n"),
        Column(t("Borne basse"), NUMBER, OWN_UNIT, key="low"),
        Column(t("Borne haute"), NUMBER, OWN_UNIT, key="high"),
        Column(t("Couverture"), NUMBER, "ratio", key="coverage"),
        Column(t("Cible"), NUMBER, OWN_UNIT, key="target"),
        Column(t("Statut"), key="status"),
        Column(t("Score"), NUMBER, "score", key="score"),
        Column(t("Variation"), key="variation"),
        Column(t("Assurance"), key="assurance"),
        Column(t("Fraîcheur"), key="proof"),
        Column(t("Ce qu’il faut savoir"), key="why"),
        Column(t("Responsable"), key="owner"),
        Column(t("Version"), NUMBER, "n", key="version"),
    )
    figures = list(edition.figures.values())
    table = Table(
        "", t("Tous les indicateurs au {day}", day=edition.date_text), columns, tuple(map(_reading, figures))
    )
    return Sheet("readings", t("Indicateurs"), table, [figure.unit for figure in figures], 2)


def _reading(one: Figure) -> list[object]:
    return [
        *(one.code, one.label, one.kpi, one.objective, numbers.period(one.period) if one.period else None),
        *(one.value, units.unit_name(one.unit), one.numerator, one.denominator, one.n, one.low, one.high),
        *(one.coverage, one.target, one.word, one.score, one.variation or None, one.assurance or None),
        *(one.proof or None, one.why or None, one.owner or None, one.version),
    ]


def objectives(edition: Edition) -> Sheet:
    """Perspectives and objectives with their scores, 0 to 100."""
    columns = (
        Column(t("Niveau"), key="level"),
        Column(t("Code"), key="code"),
        Column(t("Libellé"), key="label"),
        Column(t("Perspective"), key="perspective"),
        Column(t("Statut"), key="status"),
        Column(t("Score"), NUMBER, "score", key="score"),
        Column(t("Couverture"), NUMBER, "ratio", key="coverage"),
        Column(t("Responsable"), key="owner"),
    )
    rows: list[list[object]] = []
    for side in edition.perspectives:
        rows.append(
            [t("perspective"), side.code, side.label, side.label, side.word, side.score, side.coverage, None]
        )
        rows += [
            [
                t("objectif"),
                one.code,
                one.label,
                side.label,
                one.word,
                one.score,
                one.coverage,
                one.owner or None,
            ]
            for one in side.goals
        ]
    return Sheet("objectives", t("Objectifs"), Table("", edition.sides_title, columns, tuple(rows)))


def _wide(figures: Sequence[Figure], more: bool) -> tuple[list[Column], list[list[object]]]:
    """Dates down, KPIs across; ``more`` adds each one's target beside it."""
    columns = [Column(t("Date"), "date", key="date")]
    known = [dict(figure.series) for figure in figures]
    for figure in figures:
        columns.append(Column(f"{figure.code} {figure.label}", NUMBER, figure.unit, key=figure.kpi))
        if more:
            columns.append(
                Column(t("Cible {code}", code=figure.code), NUMBER, figure.unit, key=f"{figure.kpi}.target")
            )
    days = sorted({day for one in known for day in one})
    rows: list[list[object]] = []
    for day in days:
        row: list[object] = [day]
        for figure, values in zip(figures, known, strict=True):
            row += [values.get(day), figure.target] if more else [values.get(day)]
        rows.append(row)
    return columns, rows


def series(edition: Edition) -> Sheet:
    """Every KPI through time, one column each: its kept value at the end of each of its periods."""
    columns, rows = _wide(list(edition.figures.values()), more=False)
    title = t("Chaque indicateur à la fin de chacune de ses périodes")
    return Sheet("series", t("Séries"), Table("", title, tuple(columns), tuple(rows)), frozen=1)


def headline(edition: Edition) -> Sheet:
    """What is put forward, through time, beside its target of the date: what the charts are drawn from."""
    columns, rows = _wide(edition.claims, more=True)
    title = t("Les chiffres mis en avant et leur cible du {day}", day=edition.date_text)
    return Sheet("headline", t("Trajectoires"), Table("", title, tuple(columns), tuple(rows)), frozen=1)


def changes(edition: Edition) -> Sheet:
    """What changed, and what stands and asks for a decision."""
    columns = (
        Column(t("Phrase"), key="sentence"),
        Column(t("À décider"), "boolean", key="decision"),
        Column(t("Nouveau"), "boolean", key="is_new"),
        Column(t("Titre"), key="title"),
        Column(t("Indicateur"), key="kpi"),
        Column(t("Projet"), key="project"),
        Column(t("Partenaire"), key="partner"),
        Column(t("Commentaire"), key="comment"),
        Column(t("Clé"), key="key"),
    )
    told = [*((one, True) for one in edition.decisions), *((one, False) for one in edition.signals)]
    rows = tuple(
        [
            *(one.sentence, to_decide, one.is_new, one.title),
            *(one.kpi or None, one.project or None, one.partner or None, one.comment or None, one.key),
        ]
        for one, to_decide in told
    )
    return Sheet(
        "changes", t("Changements"), Table("", edition.signals_title or t("Ce qui a changé"), columns, rows)
    )
