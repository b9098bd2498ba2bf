"""The tables of scenarios side by side: every KPI under each of them, and what the law says of every plan."""

from metrics import abreast
from metrics.abreast import Abreast, Row
from metrics.definitions import Kpi
from metrics.legality import Side
from metrics.whatif import Line
from pages.parts import scenarios_reads, tables
from pages.parts.markup import Html, div, link, span
from pages.parts.scenarios_drawings import shift
from pages.parts.source import Source
from pages.parts.status import of_reading, status
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import abreast as words
from pages.texts import numbers, said, scenarios, t, units
from pages.texts.judgements import word_of
from pages.texts.leverage import share_words, verdict_word

KPIS, PLANS = "scenarios-indicateurs", "scenarios-plans"
SHAPES = {"compliant": "on_target", "on_the_limit": "watch", "derogation": "watch", "breach": "off_target"}


@tables.offered(KPIS)
def kpis_table(source: Source, asked: Asked) -> Table | None:
    """Every KPI under the scenarios ``a`` to ``d``: those put forward, what moves, then the rest; None without a scenario."""
    found = asked_of(source, asked)
    return None if found is None else kpis(source, found)


@tables.offered(PLANS)
def plans_table(source: Source, asked: Asked) -> Table | None:
    """Every plan with its legal share as it is and under the scenarios ``a`` to ``d``."""
    found = asked_of(source, asked)
    return None if found is None else plans(source, found)


def asked_of(source: Source, asked: Asked) -> Abreast | None:
    """The scenarios of an address; None where there is none."""
    if source.as_of is None:
        return None
    found = scenarios_reads.asked(source, asked)
    return found if found.sides else None


def drawn(source: Source, name: str, asked: Asked, most: int = tables.MOST) -> Html:
    """A table of the scenarios of an address; the rows after the first ``most`` unfold."""
    return tables.drawn(source, name, class_="lv-labels lv-abreast", most=most, unfolds=True, **asked)


def filters(source: Source, found: Abreast) -> str:
    """Which scenarios a table is true of."""
    told = [f"{words.letter(side)} = {words.drivers(source.engine, side)}" for side in found.sides]
    return t("Scénarios : {words}", words=" | ".join(told))


def kpis(source: Source, found: Abreast) -> Table:
    """The table of a comparison: the score of the whole first."""
    columns = [Column(t("Indicateur")), Column(t("Code"), on_screen=False), Column(t("Base"), "number")]
    for side in found.sides:
        head = words.letter(side)
        columns += [
            Column(words.head(side), "number", in_file=False),
            Column(t("Scénario {letter}", letter=head), "number", on_screen=False),
            Column(t("Écart {letter}", letter=head), "number", on_screen=False),
            Column(t("Statut {letter}", letter=head), on_screen=False),
        ]
    columns += [Column(t("Unité"), on_screen=False), Column(t("Statut en base"), on_screen=False)]
    rows = [_score(found), *(_row(source, row) for row in abreast.rows(source.catalogue, found.sides))]
    return tables.table(source, t("Scénarios, indicateurs"), columns, rows, filters=filters(source, found))


def put_forward(source: Source, found: Abreast) -> int:
    """How many rows a screen shows before it folds: the score, those compared first, and what moves."""
    first = set(abreast.compared(source.catalogue))
    return 1 + sum(
        row.has_moved or row.kpi.id in first for row in abreast.rows(source.catalogue, found.sides)
    )


def _score(found: Abreast) -> list[object]:
    base, *others = (one.score for one in abreast.scores(found))
    moves = [None if one is None or base is None else one - base for one in others]
    most = max((abs(move) for move in moves if move is not None), default=0.0)
    cells: list[object] = []
    for value, move in zip(others, moves, strict=True):
        label = numbers.score(value) if value is not None else t("non calculé")
        told = "" if not move else f"{'+' if move > 0 else '−'}{numbers.decimal(abs(move), 1)}"
        shown = _cell(span("", label), told, move, most, "good" if (move or 0) > 0 else "bad")
        cells += [Cell(value, shown), value, move, ""]
    first = t("Score de l’ensemble")
    return [
        Cell(first, span("lv-strong", first)),
        "",
        Cell(base, numbers.score(base)),
        *cells,
        t("points sur 100"),
        "",
    ]


def _row(source: Source, row: Row) -> list[object]:
    label = said(row.kpi.label)
    moves = [line.difference for line in row.lines if line is not None and line.has_moved]
    most = max((abs(one) for one in moves if one is not None), default=0.0)
    cells: list[object] = []
    for line in row.lines:
        cells += _side(row.kpi, line, most)
    base = row.base
    value = t("non calculé") if base.value is None else units.text(base.value, base.unit)
    grey = None if row.has_moved else "lv-grey"
    return [
        Cell(label, link(source.link("fiche", kpi=row.kpi.id), label, class_=grey)),
        base.code,
        Cell(
            base.value,
            div("lv-pile", span(grey or "lv-strong", value), span("lv-pile-more", of_reading(base))),
        ),
        *cells,
        units.unit_name(base.unit),
        word_of(base),
    ]


def _side(kpi: Kpi, line: Line | None, most: float) -> list[object]:
    """A scenario's cells of one KPI: what the screen draws, then value, difference and status for files."""
    if line is None:
        return [None, None, None, ""]
    value, word = line.scenario.value, word_of(line.scenario)
    if not line.has_moved:
        still = span("lv-grey", t("inchangé"))
        return [Cell(value, still), value, 0.0 if line.difference is not None else None, word]
    label = of_reading(line.scenario) if line.scenario.status != line.base.status else Html("")
    shown = _cell(
        span("lv-strong", scenarios.value(line)),
        scenarios.difference(line),
        line.difference,
        most,
        words.tone(kpi, line.difference),
    )
    return [
        Cell(value, div("lv-pile", shown, span("lv-pile-more", label)) if label else shown),
        value,
        line.difference,
        word,
    ]


def _cell(value: Html, told: str, move: float | None, most: float, tone: words.Tone) -> Html:
    drawn = shift(move, most, tone) if move else ""
    return div("lv-pile", value, span("lv-pile-more", told) if told else "", drawn)


def plans(source: Source, found: Abreast) -> Table:
    """Every plan, its own share of the public financing and what the law says of it, in the base and under each scenario."""
    columns = [Column(t("Projet")), Column(t("Identifiant"), on_screen=False, is_code=True)]
    columns += [Column(t("Minimum"), "number", "ratio")]
    heads = ((t("Base"), t("base")), *((words.head(one), words.letter(one)) for one in found.sides))
    for head, letter in heads:
        columns += [
            Column(head, in_file=False),
            Column(t("Part propre, {side}", side=letter), "number", "ratio", on_screen=False),
            Column(t("Verdict, {side}", side=letter), on_screen=False),
            Column(t("Règles enfreintes, {side}", side=letter), on_screen=False),
        ]
    rows = [_plan_row(source, held) for held in abreast.every_plan(found)]
    title = t("Scénarios, plans de financement")
    return tables.table(source, title, columns, rows, filters=filters(source, found))


def _plan_row(source: Source, held: list[Side | None]) -> list[object]:
    plan = next(one.plan for one in held if one is not None)
    label = f"{plan.project_id} {plan.title}"
    return [
        Cell(label, link(source.link("projet", id=plan.project_id), label)),
        plan.project_id,
        plan.min_own_share,
        *(cell for at, one in enumerate(held) for cell in _plan(one, held[0], at)),
    ]


def _plan(one: Side | None, base: Side | None, at: int) -> list[object]:
    """One plan's cells on one side: what the screen draws, then share, verdict and broken rules for files."""
    if one is None:
        gone = t("plus de plan gagné") if at and base is not None else t("pas de plan")
        return [Cell("", span("lv-grey", gone)), None, gone, ""]
    told = " ; ".join(map(words.breach, one.breaches))
    word = verdict_word(one.verdict)
    share = share_words(one.own_share) if one.own_share is not None else t("fonds propres inconnus")
    if at and base is not None and words.is_same(one, base):
        return [Cell(share, span("lv-grey", t("inchangé"))), one.own_share, word, told]
    judged = span("lv-pile-more", status(SHAPES.get(one.verdict, "unknown"), word))
    shown = div(
        "lv-pile lv-left", span("lv-strong", share), judged, span("lv-pile-more", told) if told else ""
    )
    return [Cell(share, shown), one.own_share, word, told]
