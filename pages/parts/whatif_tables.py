"""The tables of a scenario: what each KPI is and would be, and what was moved."""

from metrics.whatif import Comparison, Line
from pages.parts import tables, whatif_reads, whatif_words
from pages.parts.markup import link, span
from pages.parts.source import Source
from pages.parts.status import of_reading
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, said, t, units
from pages.texts.judgements import word_of

NAME = "etsi-ecarts"


@tables.offered(NAME)
def table(source: Source, asked: Asked) -> Table | None:
    """Every KPI under the scenario ``s``: what moved first, then what did not; None where the scenario cannot be read."""
    if source.as_of is None:
        return None
    found = whatif_reads.asked(source, asked.get(whatif_reads.PARAM, "")).found
    return None if found is None else of(source, found)


def of(source: Source, found: Comparison) -> Table:
    """The table of a comparison."""
    columns = (
        Column(t("Code")),
        Column(t("Indicateur")),
        Column(t("Base"), "number"),
        Column(t("Scénario"), "number"),
        Column(t("Écart"), "number"),
        Column(t("Unité"), on_screen=False),
        Column(t("Statut")),
        Column(t("Statut sous le scénario")),
        Column(t("Bouge"), "boolean", on_screen=False),
    )
    ordered = sorted(found.lines, key=lambda line: not line.has_moved)
    rows = [_row(source, line) for line in ordered]
    words = whatif_words.scenario(source, found.scenario) or t("aucune hypothèse")
    title = t("Scénario, écarts à la base")
    return tables.table(source, title, columns, rows, filters=t("Scénario : {words}", words=words))


def _row(source: Source, line: Line) -> list[object]:
    kpi = source.catalogue.kpis[line.kpi]
    grey = "" if line.has_moved else "lv-grey"
    shown = (
        whatif_words.value(line, scenario=False),
        whatif_words.value(line),
        whatif_words.difference(line),
    )
    base, scenario, difference = (span(grey, words) for words in shown)
    return [
        Cell(line.base.code, span(grey, line.base.code)),
        Cell(said(kpi.label), link(source.link("fiche", kpi=kpi.id), said(kpi.label), class_=grey or None)),
        Cell(line.base.value, base),
        Cell(line.scenario.value, scenario),
        Cell(line.difference if line.has_moved else 0.0 if line.difference is not None else None, difference),
        units.unit_name(line.base.unit),
        Cell(word_of(line.base), of_reading(line.base)),
        Cell(
            word_of(line.scenario),
            of_reading(line.scenario) if line.has_moved else span("lv-grey", t("ne bouge pas")),
        ),
        line.has_moved,
    ]


def drivers_of(source: Source, found: Comparison) -> Table:
    """What was moved, one row a driver."""
    columns = (Column(t("Ordre"), "number", "n"), Column(t("Hypothèse")))
    rows = [[place, whatif_words.use(source, use)] for place, use in enumerate(found.scenario.uses, 1)]
    score = [numbers.score(one.score) for one in (found.base_score, found.scenario_score)]
    title = t("Scénario, hypothèses")
    words = t(
        "score de l’ensemble : {base} en base, {scenario} sous le scénario", base=score[0], scenario=score[1]
    )
    return tables.table(source, title, columns, rows, filters=words)
