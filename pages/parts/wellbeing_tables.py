"""The tables of the well-being screen, each with its files: responses, waves, items, recommendation, groups, reliability, load."""

from collections.abc import Sequence

from metrics.disclosure.tables import Published, Spread, Summary
from metrics.wellbeing import limits, rate
from pages.parts import tables
from pages.parts import wellbeing_reads as reads
from pages.parts import wellbeing_words as words
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.parts.wellbeing_reads import RECOMMEND, WHO5
from pages.texts import t, units

RESPONSES, WAVES, CHANGES, ITEMS, NET, GROUPS, QUALITY, LOADS = (
    "bienetre-reponses",
    "bienetre-vagues",
    "bienetre-ecarts",
    "bienetre-questions",
    "bienetre-recommandation",
    "bienetre-groupes",
    "bienetre-fiabilite",
    "bienetre-charge",
)


def made(
    source: Source, title: str, columns: Sequence[Column], rows: Sequence[Sequence[object]], about: str = ""
) -> Table | None:
    """A table of the whole town: surveys have no scope; None without rows."""
    if not rows:
        return None
    return tables.table(source.whole_town(), title, columns, rows, about=about)


@tables.offered(RESPONSES)
def responses_table(source: Source, asked: Asked) -> Table | None:
    """How many answered each wave, of how many asked."""
    rows = [
        [
            Cell(one.wave, words.marked(one)),
            reads.held_on(source, one),
            one.response.answers,
            one.response.headcount,
            Cell(rate(one.response), words.percent(rate(one.response))),
        ]
        for one in reads.survey_of(source).lists
        if one.response
    ]
    columns = (
        Column(t("Vague")),
        Column(t("Enquête du"), "date"),
        Column(t("Réponses (à 10 près)"), "number", "n"),
        Column(t("Agents interrogés"), "number", "n"),
        Column(t("Taux de réponse"), "number", "ratio"),
    )
    return made(source, t("Réponses à chaque vague"), columns, rows)


@tables.offered(WAVES)
def waves_table(source: Source, asked: Asked) -> Table | None:
    """Every measure at every wave: weighted mean with its limits, count and plain mean."""
    survey = reads.survey_of(source)
    rows = [
        _wave_row(source, one, summary)
        for measure in reads.measures(survey)
        for one in survey.lists
        if (summary := one.summary(measure)) is not None
    ]
    columns = (
        Column(t("Mesure")),
        Column(t("Vague")),
        Column(t("Moyenne pondérée"), "number", "score_100"),
        Column(t("Intervalle à 95 %"), in_file=False),
        Column(t("Borne basse"), "number", "score_100", on_screen=False),
        Column(t("Borne haute"), "number", "score_100", on_screen=False),
        Column(t("Moyenne sans pondérer"), "number", "score_100"),
        Column(t("Écart type"), "number", "score_100"),
        Column(t("n (à 5 près)"), "number", "n"),
    )
    return made(source, t("Les mesures à chaque vague"), columns, rows)


def _wave_row(source: Source, one: Published, summary: Summary) -> list[object]:
    return [
        words.short(source, summary.measure),
        Cell(one.wave, words.marked(one)),
        Cell(summary.weighted, words.mean(summary.weighted)),
        Cell(None, words.interval(summary.low, summary.high)),
        summary.low,
        summary.high,
        Cell(summary.mean, words.mean(summary.mean)),
        Cell(summary.sd, words.whole(summary.sd)),
        summary.n,
    ]


@tables.offered(CHANGES)
def changes_table(source: Source, asked: Asked) -> Table | None:
    """Every measure of the whole town from the reference wave to the last: difference, Welch's test, p corrected."""
    survey = reads.survey_of(source)
    changed = reads.changes(survey.reference, survey.now)
    found = [one for measure in reads.measures(survey) if (one := changed.get((measure, ())))]
    rows = [
        [
            words.short(source, one.measure),
            Cell(one.before, words.wave(one.before)),
            Cell(one.after, words.wave(one.after)),
            Cell(one.difference, words.points(one.difference)),
            Cell(None, words.limits_of(one)),
            one.test.low if one.test else None,
            one.test.high if one.test else None,
            Cell(one.test.p, words.chance(one.test.p)) if one.test else None,
            Cell(one.adjusted, words.chance(one.adjusted)),
            one.is_signal,
        ]
        for one in found
    ]
    columns = (
        Column(t("Mesure")),
        Column(t("De la vague")),
        Column(t("À la vague")),
        Column(t("Différence"), "number", "score_100"),
        Column(t("Intervalle à 95 %"), in_file=False),
        Column(t("Borne basse"), "number", "score_100", on_screen=False),
        Column(t("Borne haute"), "number", "score_100", on_screen=False),
        Column(t("p (Welch)"), "number"),
        Column(t("p corrigée"), "number"),
        Column(t("Plus que le bruit"), "boolean"),
    )
    return made(source, t("Écarts depuis la référence"), columns, rows)


@tables.offered(ITEMS)
def items_table(source: Source, asked: Asked) -> Table | None:
    """The last wave's answers to each question of the instrument ``measure``, by class."""
    survey, measure = reads.survey_of(source), asked.get("measure", "")
    spreads = [one for one in survey.now.spreads if one.measure == measure] if survey.now else []
    rows = [row for one in spreads for row in _item_rows(source, one)]
    columns = (
        Column(t("Question")),
        Column(t("Code question"), on_screen=False),
        Column(t("Réponses"), in_file=False),
        Column(t("De"), "number", on_screen=False),
        Column(t("À"), "number", on_screen=False),
        Column(t("Part"), "number", "ratio"),
        Column(t("Deux meilleures réponses"), "number", "ratio"),
    )
    title = t("{measure} : répartition des réponses", measure=words.short(source, measure))
    return made(source, title, columns, rows, about=measure)


def _item_rows(source: Source, spread: Spread) -> list[list[object]]:
    """One row a class; the share of the two best stands on the first."""
    found: list[list[object]] = []
    for place, one in enumerate(spread.classes):
        top = spread.top2 if place == 0 else None
        found.append(
            [
                Cell(words.item(source, spread), words.item(source, spread) if place == 0 else ""),
                spread.item,
                words.answers(one.low, one.high),
                one.low,
                one.high,
                Cell(one.share, words.percent(one.share)),
                Cell(spread.top2, words.percent(top) if place == 0 else ""),
            ]
        )
    return found


@tables.offered(NET)
def net_table(source: Source, asked: Asked) -> Table | None:
    """The recommendation at each wave: mean out of 10, shares for and against, their difference with its limits."""
    rows = []
    for one in reads.survey_of(source).lists:
        found = one.summary(RECOMMEND)
        if found is None:
            continue
        net, mean = found.net, words.out_of_ten(found.mean)
        rows.append(
            [
                Cell(one.wave, words.marked(one)),
                Cell(mean, words.mean(mean)),
                Cell(net.promoters, words.percent(net.promoters)) if net else None,
                Cell(net.detractors, words.percent(net.detractors)) if net else None,
                Cell(net.value, words.points(net.value)) if net else None,
                Cell(None, words.apart(net.low, net.high)) if net else "",
                net.low if net else None,
                net.high if net else None,
                found.n,
            ]
        )
    columns = (
        Column(t("Vague")),
        Column(t("Moyenne sur 10"), "number"),
        Column(t("Notes 9 et 10"), "number", "ratio"),
        Column(t("Notes 0 à 6"), "number", "ratio"),
        Column(t("Solde (points)"), "number"),
        Column(t("Intervalle à 95 %"), in_file=False),
        Column(t("Borne basse"), "number", on_screen=False),
        Column(t("Borne haute"), "number", on_screen=False),
        Column(t("n (à 5 près)"), "number", "n"),
    )
    return made(source, t("Recommandation employeur à chaque vague"), columns, rows)


@tables.offered(GROUPS)
def groups_table(source: Source, asked: Asked) -> Table | None:
    """The groups of the last wave's table of ``measure`` by ``by``, beside the wave before."""
    survey = reads.survey_of(source)
    by, measure = asked.get("by", ""), asked.get("measure", "")
    table = reads.table_of(survey.now, by, measure)
    if table is None or survey.now is None:
        return None
    before, hidden = reads.cells_of(survey.previous, by, measure), words.few(survey.now.k)
    changed = reads.changes(survey.previous, survey.now)
    rows = []
    for cell in table.cells:
        old = before.get(cell.group)
        change = changed.get((measure, cell.group))
        low, high = limits(cell)
        rows.append(
            [
                words.group(cell.group),
                Cell(cell.n, words.count(cell.n) or hidden),
                Cell(cell.mean, words.mean(cell.mean)),
                Cell(None, words.interval(low, high)),
                Cell(cell.sd, words.whole(cell.sd)),
                Cell(old.mean if old else None, words.mean(old.mean if old else None)),
                Cell(change.difference, words.points(change.difference)) if change else None,
                Cell(None, words.limits_of(change) if change else ""),
                Cell(change.adjusted, words.chance(change.adjusted)) if change else None,
            ]
        )
    title = t(
        "{measure} par {dimension}", measure=words.short(source, measure), dimension=words.attribute(by)
    )
    return made(source, title, _group_columns(by), rows, about=f"{measure}-{by}")


def _group_columns(by: str) -> list[Column]:
    return [
        Column(words.attribute(by).capitalize()),
        Column(t("n (à 5 près)"), "number", "n"),
        Column(t("Moyenne"), "number", "score_100"),
        Column(t("Intervalle à 95 %"), in_file=False),
        Column(t("Écart type"), "number", "score_100"),
        Column(t("Vague précédente"), "number", "score_100"),
        Column(t("Différence"), "number", "score_100"),
        Column(t("Intervalle de la différence"), in_file=False),
        Column(t("p corrigée"), "number"),
    ]


@tables.offered(QUALITY)
def quality_table(source: Source, asked: Asked) -> Table | None:
    """How far the last wave's measures can be trusted: reliability of the scales, effect of the weights."""
    survey = reads.survey_of(source)
    found = [
        one
        for one in (survey.now.summaries if survey.now else ())
        if one.alpha or one.omega or one.effective_n
    ]
    rows = [
        [
            words.short(source, one.measure),
            one.n,
            Cell(one.alpha, words.hundredths(one.alpha)),
            Cell(None, words.between(one.alpha_low, one.alpha_high)),
            one.alpha_low,
            one.alpha_high,
            Cell(one.omega, words.hundredths(one.omega)),
            one.effective_n,
            Cell(one.design_effect, words.hundredths(one.design_effect)),
        ]
        for one in found
    ]
    columns = (
        Column(t("Mesure")),
        Column(t("n (à 5 près)"), "number", "n"),
        Column(t("Alpha de Cronbach"), "number"),
        Column(t("Intervalle à 95 %"), in_file=False),
        Column(t("Borne basse"), "number", on_screen=False),
        Column(t("Borne haute"), "number", on_screen=False),
        Column(t("Oméga de McDonald"), "number"),
        Column(t("n efficace"), "number", "n"),
        Column(t("Effet de plan"), "number"),
    )
    return made(source, t("Fiabilité et pondération"), columns, rows)


@tables.offered(LOADS)
def loads_table(source: Source, asked: Asked) -> Table | None:
    """Files per senior staff member and well-being on the day of each wave."""
    survey, load = reads.survey_of(source), reads.loads(source.whole_town())
    kpi = source.kpi(reads.LOAD)
    rows = [
        [
            Cell(one.wave, words.marked(one)),
            reads.held_on(source, one),
            Cell(load.get(one.wave), units.text(load.get(one.wave), kpi.unit)),
            Cell(summary.weighted, words.mean(summary.weighted)),
        ]
        for one in (survey.lists if kpi else ())
        if kpi and (summary := one.summary(WHO5)) and summary.weighted is not None
    ]
    columns = (
        Column(t("Vague")),
        Column(t("Enquête du"), "date"),
        Column(t("Dossiers par cadre A"), "number"),
        Column(t("Bien-être (OMS-5)"), "number", "score_100"),
    )
    return made(source, t("Charge et bien-être à chaque vague"), columns, rows)
