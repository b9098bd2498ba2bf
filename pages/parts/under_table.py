"""The tables of the map and of a perspective under a scenario: what each thing is, would be, and by how much it differs."""

from dataclasses import replace

from metrics.scores import Score
from pages.parts import map_reads, status, tables, whatif_tables, whatif_words
from pages.parts.filters import asked as filters_of
from pages.parts.filters import kpis_of
from pages.parts.markup import link, span
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.parts.under_reads import PARAM, Under, under
from pages.parts.under_words import change, change_figure, figure, has_moved
from pages.texts import judgements, numbers, said, t

MAP, SIDE = "carte-scenario", "perspective-scenario"


def _under(source: Source, asked: Asked) -> Under | None:
    if source.as_of is None:
        return None
    found = under(source, asked.get(PARAM, ""))
    return found if isinstance(found, Under) else None


@tables.offered(MAP)
def objectives(source: Source, asked: Asked) -> Table | None:
    """The whole, the perspectives and the objectives with their scores under the scenario ``s``, in the scorecard's order."""
    found = _under(source, asked)
    if found is None:
        return None
    columns = (
        Column(t("Code")),
        Column(t("Objectif")),
        Column(t("Niveau"), on_screen=False),
        Column(t("Base"), "number"),
        Column(t("Scénario"), "number"),
        Column(t("Écart"), "number"),
        Column(t("Statut")),
        Column(t("Statut sous le scénario")),
        Column(t("Indicateurs qui bougent")),
    )
    rows = [_row("", source.town, t("ensemble"), (found.found.base_score, found.found.scenario_score), "")]
    for side in source.catalogue.scorecard.perspectives:
        rows.append(_row(side.code, said(side.label), t("perspective"), found.sides(side.code), ""))
        for goal in side.objectives:
            codes = ", ".join(line.base.code for line in found.moved(source, goal.code))
            href = map_reads.objective(source, goal.code, **{PARAM: found.text})
            rows.append(_row(goal.code, said(goal.label), t("objectif"), found.goals(goal.code), codes, href))
    words = whatif_words.scenario(source, found.found.scenario) or t("aucune hypothèse")
    title = t("Scénario, scores des objectifs")
    return tables.table(source, title, columns, rows, filters=t("Scénario : {words}", words=words))


def _row(
    code: str, label: str, level: str, both: tuple[Score, Score], codes: str, href: str = ""
) -> list[object]:
    base, scenario = both
    grey = "" if codes or has_moved(base, scenario) else "lv-grey"
    digits = 1 if has_moved(base, scenario) else 0
    kinds = [one.status if one.score is not None else "unknown" for one in both]
    return [
        Cell(code, span(grey, code)),
        Cell(label, link(href, label, class_=grey or None) if href else span(grey, label)),
        level,
        Cell(base.score, span(grey, figure(base, digits))),
        Cell(scenario.score, span(grey, figure(scenario, digits))),
        Cell(change(base, scenario), span(grey, change_figure(base, scenario) or numbers.NONE)),
        *(Cell(judgements.word(kind), status.status(kind)) for kind in kinds),
        Cell(codes or None, codes or span(grey, t("aucun") if grey else "")),
    ]


@tables.offered(SIDE)
def kpis(source: Source, asked: Asked) -> Table | None:
    """The KPIs of the perspective ``side`` that the filters keep, under the scenario ``s``."""
    found = _under(source, asked)
    sides = source.catalogue.scorecard.perspectives
    side = next((one for one in sides if one.code == asked.get("side", "")), None)
    if found is None or side is None:
        return None
    filters = filters_of(asked)
    kept = {kpi.id for kpi in kpis_of(source.catalogue, side) if filters.keeps(kpi, source.catalogue)}
    lines = tuple(line for line in found.found.lines if line.kpi in kept)
    made = whatif_tables.of(source, replace(found.found, lines=lines))
    return replace(made, name=side.path or side.code)
