"""Scenarios side by side as a workbook: a sheet each for what is compared, KPIs, futures, ways, cash, costs, plans and suppositions."""

from metrics import abreast
from metrics.abreast import Row
from metrics.cash import Cash
from metrics.chance.futures import Distribution
from metrics.legality import Side as Plan
from pages.exports import scenario
from pages.exports.compared import Told
from pages.exports.table import Column, Table, Value
from pages.exports.workbook_sheet import OWN_UNIT
from pages.texts import abreast as words
from pages.texts import futures, said, scenarios, t, typography, units
from pages.texts.futures import Outlook
from pages.texts.judgements import word_of
from pages.texts.leverage import verdict_word

Made = tuple[Table, list[str]]  # a table with the unit of each of its rows, for columns of OWN_UNIT


def write(one: Told) -> bytes:
    """The workbook, every sheet of which says that it is of scenarios."""
    made = [
        _sides(one),
        _kpis(one),
        _futures(one),
        _ways(one),
        _cash(one),
        _costs(one),
        _plans(one),
        _supposed(one),
    ]
    kept = [each for each in made if each is not None]
    return scenario.write([table for table, _ in kept], [rows for _, rows in kept])


def _table(one: Told, title: str, columns: list[Column], rows: list[list[object]]) -> Table:
    facts: tuple[tuple[str, Value], ...] = (
        (t("Collectivité"), typography(one.catalogue.scorecard.town)),
        (t("Données au"), one.found.as_of),
        (t("Périmètre"), one.found.scope or t("Toute la ville")),
        *((words.head(side), words.drivers(one.engine, side)) for side in one.found.sides),
    )
    return Table("", title, tuple(columns), tuple(rows), facts)


def _heads(one: Told) -> list[str]:
    return [t("Base"), *(words.head(side) for side in one.found.sides)]


def _sides(one: Told) -> Made:
    columns = [
        Column(t("Lettre")),
        Column(t("Nom")),
        Column(t("Hypothèses")),
        Column(t("Ce que donne le scénario")),
    ]
    rows: list[list[object]] = [
        [
            words.letter(side),
            words.name(side),
            words.drivers(one.engine, side),
            words.sentence(one.catalogue, side, one.found.plans),
        ]
        for side in one.found.sides
    ]
    return _table(one, t("Scénarios, ce qui est comparé"), columns, rows), []


def _kpis(one: Told) -> Made:
    columns = [
        Column(t("Code")),
        Column(t("Indicateur")),
        Column(t("Unité")),
        Column(t("Base"), "number", OWN_UNIT),
    ]
    columns.append(Column(t("Statut en base")))
    for side in one.found.sides:
        letter = words.letter(side)
        columns += [
            Column(words.head(side), "number", OWN_UNIT),
            Column(t("Écart {letter}", letter=letter), "number", OWN_UNIT),
            Column(t("Statut {letter}", letter=letter)),
        ]
    told = abreast.rows(one.catalogue, one.found.sides)
    rows = [_score(one), *(_row(row) for row in told)]
    return _table(one, t("Scénarios, indicateurs"), columns, rows), [
        "score",
        *(row.base.unit for row in told),
    ]


def _score(one: Told) -> list[object]:
    base, *others = (score.score for score in abreast.scores(one.found))
    cells = [
        cell
        for value in others
        for cell in (value, None if value is None or base is None else value - base, None)
    ]
    return [None, t("Score de l’ensemble"), t("points sur 100"), base, None, *cells]


def _row(row: Row) -> list[object]:
    cells = [
        cell
        for line in row.lines
        for cell in (
            (line.scenario.value, line.difference, word_of(line.scenario))
            if line is not None
            else (None, None, None)
        )
    ]
    base = row.base
    return [base.code, said(row.kpi.label), units.unit_name(base.unit), base.value, word_of(base), *cells]


def _ways(one: Told) -> Made | None:
    columns = [
        Column(t("Scénario")),
        Column(t("Indicateur")),
        Column(t("Hypothèse")),
        Column(t("Avant"), "number", OWN_UNIT),
        Column(t("Après"), "number", OWN_UNIT),
        Column(t("Effet"), "number", OWN_UNIT),
    ]
    rows: list[list[object]] = []
    row_units = []
    for side, kpi, way in one.ways:
        for step in way.steps:
            effect = scenarios.use(one.engine, step.use)
            rows.append([words.head(side), said(kpi.label), effect, step.before, step.after, step.amount])
            row_units.append(kpi.unit)
    return (_table(one, t("Scénarios, de la base à chacun"), columns, rows), row_units) if rows else None


def _futures(one: Told) -> Made | None:
    told = futures.outlooks(one.catalogue, one.found) if one.found.futures is not None else []
    if not told:
        return None
    columns = [Column(t("Résultat")), Column(t("Unité")), Column(t("Cible"), "number", OWN_UNIT)]
    for head in _heads(one):
        columns += [
            Column(t("Bas (1 fois sur 10), {side}", side=head), "number", OWN_UNIT),
            Column(t("Milieu, {side}", side=head), "number", OWN_UNIT),
            Column(t("Haut (1 fois sur 10), {side}", side=head), "number", OWN_UNIT),
            Column(t("Chance de la cible, {side}", side=head), "number", "ratio"),
        ]
    rows: list[list[object]] = [
        [
            each.label,
            units.unit_name(each.unit),
            each.target,
            *(cell for law in each.sides for cell in _may(each, law)),
        ]
        for each in told
    ]
    return _table(one, t("Scénarios, avenirs"), columns, rows), [each.unit for each in told]


def _may(one: Outlook, law: Distribution | None) -> list[object]:
    if law is None:
        return [None] * 4
    ends = (futures.LOW, futures.MIDDLE, futures.HIGH)
    return [*(law.quantile(level) for level in ends), one.chance(law)]


def _money(one: Told) -> list[Cash]:
    return [cash for cash in (one.found.cash, *(side.cash for side in one.found.sides)) if cash is not None]


def _cash(one: Told) -> Made | None:
    years, sides = abreast.years(one.found), _money(one)
    if not years:
        return None
    columns = [Column(t("Année"))]
    parts = words.cash_parts()
    columns += [
        Column(t("{what}, {side}", what=what, side=head), "number", "eur")
        for head in _heads(one)
        for what in parts
    ]
    held = [{year.year: year for year in cash.years} for cash in sides]
    rows: list[list[object]] = [
        [str(at), *(cell for one_side in held for cell in words.cash_cells(one_side.get(at)))] for at in years
    ]
    return _table(one, t("Scénarios, trésorerie par année"), columns, rows), []


def _costs(one: Told) -> Made | None:
    sides = _money(one)
    if not abreast.years(one.found):
        return None
    columns = [Column(t("Sur toute la durée des projets"))]
    columns += [Column(head, "number", OWN_UNIT) for head in _heads(one)]
    told = words.costs(sides)
    rows: list[list[object]] = [[label, *values] for label, _, values in told]
    return _table(one, t("Scénarios, coûts et attentes"), columns, rows), [unit for _, unit, _ in told]


def _plans(one: Told) -> Made | None:
    columns = [Column(t("Identifiant")), Column(t("Projet")), Column(t("Minimum"), "number", "ratio")]
    for head in _heads(one):
        columns += [
            Column(t("Part propre, {side}", side=head), "number", "ratio"),
            Column(t("Verdict, {side}", side=head)),
            Column(t("Règles enfreintes, {side}", side=head)),
        ]
    rows = [_plan_row(held) for held in abreast.every_plan(one.found)]
    return (_table(one, t("Scénarios, plans de financement"), columns, rows), []) if rows else None


def _plan_row(held: list[Plan | None]) -> list[object]:
    plan = next(one.plan for one in held if one is not None)
    cells = [
        cell
        for one in held
        for cell in (
            (one.own_share, verdict_word(one.verdict), " ; ".join(map(words.breach, one.breaches)))
            if one is not None
            else (None, t("pas de plan"), None)
        )
    ]
    return [plan.project_id, plan.title, plan.min_own_share, *cells]


def _supposed(one: Told) -> Made | None:
    if one.found.cash is None or not abreast.years(one.found):
        return None
    columns = [
        Column(t("Supposition")),
        Column(t("Valeur"), "number", OWN_UNIT),
        Column(t("Étayée par les données"), "boolean"),
        Column(t("n"), "number", "n"),
        Column(t("Note")),
    ]
    told = one.found.cash.supposed
    rows: list[list[object]] = [
        [said(each.label), each.value, each.is_supported, each.n, said(each.note)] for each in told
    ]
    return _table(one, t("Scénarios, suppositions"), columns, rows), [each.unit for each in told]
