"""The tables of a choice of projects: every candidate, the budgets by year, the ways of choosing, what more would bring."""

from metrics.choosing.found import Chosen
from metrics.choosing.question import STAFF, Candidate
from pages.parts import choice_reads, choice_words, tables
from pages.parts.choice_question import EXAMPLE
from pages.parts.choice_reads import Answer
from pages.parts.markup import link
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, t, units

PROJECTS, YEARS, WAYS, MORE = "choix-projets", "choix-budgets", "choix-methodes", "choix-marges"


def _answer(source: Source, asked: Asked) -> tuple[Answer, Chosen] | None:
    if source.as_of is None:
        return None
    found = choice_reads.answer(source, choice_reads.params_of(asked))
    return (found, found.chosen) if found.chosen is not None else None


def _made(
    source: Source, answer: Answer, title: str, columns: tuple[Column, ...], rows: list[list[object]]
) -> Table:
    words = " ".join(
        [*choice_words.question(answer.question), *map(choice_words.added, answer.question.rules)]
    )
    if answer.scenario:
        title = t("Scénario · {title}", title=title)
    return tables.table(
        source, title, columns, rows, filters=words, about="scenario" if answer.scenario else ""
    )


@tables.offered(PROJECTS)
def projects(source: Source, asked: Asked) -> Table | None:
    """Every candidate: chosen or not, its start, what it costs and takes, how often it is in the best set over the draws."""
    found = _answer(source, asked)
    if found is None:
        return None
    answer, chosen = found
    starts = {pick.project: pick.start for pick in chosen.portfolio.picks} if chosen.portfolio else {}
    with_core = chosen.core is not None
    with_points = any(one.points is not None for one in chosen.choice.candidates)
    columns = (
        Column(t("Projet")),
        Column(t("Nom du projet")),
        Column(t("Choisi"), "boolean", on_screen=False),
        Column(t("Début")),
        Column(t("Coût HT"), "number", "eur"),
        Column(t("Fonds propres"), "number", "eur"),
        Column(t("Partenaires"), "number", "eur"),
        Column(t("À trouver"), "number", "eur"),
        Column(t("Effet de levier"), "number"),
        Column(t("ETP"), "number", "n"),
        Column(t("Thème")),
        Column(t("Points de score"), "number", on_screen=with_points, in_file=with_points),
        Column(t("Dans le meilleur choix"), "number", "ratio", on_screen=with_core, in_file=with_core),
        Column(t("Pourquoi pas"), on_screen=False),
    )
    barred = {rule.id.partition(":")[2]: choice_words.rule(rule.words) for rule in chosen.barred}
    ordered = sorted(chosen.choice.candidates, key=lambda one: (one.id not in starts, -one.cost, one.id))
    rows = [_row(source, answer, chosen, one, starts.get(one.id), barred.get(one.id)) for one in ordered]
    return _made(source, answer, t("Projets candidats au choix"), columns, rows)


def _row(
    source: Source, answer: Answer, chosen: Chosen, one: Candidate, start: int | None, why: str | None
) -> list[object]:
    href = source.link("projet", id=one.id) if answer.question.which != EXAMPLE else ""
    core = chosen.core.shares.get(one.id) if chosen.core else None
    return [
        Cell(one.id, link(href, one.id) if href else one.id),
        one.title,
        start is not None,
        None if start is None else str(start),
        Cell(one.cost, choice_words.money(one.cost)),
        Cell(one.own, choice_words.money(one.own)),
        Cell(one.partner, choice_words.money(one.partner)),
        Cell(one.unasked, choice_words.money(one.unasked)),
        Cell(one.leverage, choice_words.leverage(one.leverage)),
        Cell(one.staff, numbers.plain(one.staff, 2)),
        one.traits.get("theme"),
        Cell(one.points, numbers.NONE if one.points is None else numbers.decimal(one.points, 3)),
        Cell(core, numbers.NONE if core is None else units.text(round(core, 2), "ratio")),
        why,
    ]


@tables.offered(YEARS)
def budgets(source: Source, asked: Asked) -> Table | None:
    """What the chosen set takes of each budget by year."""
    found = _answer(source, asked)
    if found is None or found[1].portfolio is None:
        return None
    answer, chosen = found
    assert chosen.portfolio is not None
    columns = (
        Column(t("Ressource")),
        Column(t("Année")),
        Column(t("Utilisé"), "number"),
        Column(t("Budget"), "number"),
        Column(t("Reste"), "number"),
        Column(t("Unité"), on_screen=False),
    )
    rows: list[list[object]] = []
    for budget in chosen.choice.budgets:
        name = budget.resource
        for year, used, most in zip(
            chosen.choice.years, chosen.portfolio.uses[name], budget.amounts, strict=True
        ):
            left = None if most is None else most - used
            rows.append(
                [
                    choice_words.resource(name),
                    str(year),
                    Cell(used, choice_words.amount(name, used)),
                    Cell(most, choice_words.amount(name, most)),
                    Cell(left, numbers.NONE if left is None else choice_words.amount(name, left)),
                    t("ETP") if name == STAFF else units.unit_name("eur"),
                ]
            )
    return _made(source, answer, t("Budgets du choix, année par année"), columns, rows)


@tables.offered(WAYS)
def ways(source: Source, asked: Asked) -> Table | None:
    """The best set, the greedy ones and the present plan."""
    found = _answer(source, asked)
    if found is None or found[1].portfolio is None:
        return None
    answer, chosen = found
    assert chosen.portfolio is not None
    columns = (
        Column(t("Façon de choisir")),
        Column(t("Investissement"), "number", "eur"),
        Column(t("Fonds propres"), "number", "eur"),
        Column(t("À trouver"), "number", "eur"),
        Column(t("Effet de levier"), "number"),
        Column(t("Projets"), "number", "n"),
        Column(t("Règles non tenues"), "number", "n"),
        Column(t("Lesquels"), on_screen=False),
    )
    rows = [
        [
            choice_words.way(one.name),
            Cell(one.total, choice_words.money(one.total)),
            Cell(one.own, choice_words.money(one.own)),
            Cell(one.to_find, choice_words.money(one.to_find)),
            Cell(one.leverage, choice_words.leverage(one.leverage)),
            len(one.picks),
            len(one.breaks),
            ", ".join(one.ids),
        ]
        for one in (chosen.portfolio, *chosen.rivals)
    ]
    return _made(source, answer, t("Façons de choisir les projets"), columns, rows)


@tables.offered(MORE)
def more(source: Source, asked: Asked) -> Table | None:
    """What a little more of each budget would bring."""
    found = _answer(source, asked)
    if found is None or not found[1].shadows:
        return None
    answer, chosen = found
    columns = (
        Column(t("Ressource")),
        Column(t("Année")),
        Column(t("De plus"), "number"),
        Column(t("Gain"), "number"),
        Column(t("Entrent")),
        Column(t("Sortent")),
    )
    rows = [
        [
            choice_words.resource(one.resource),
            str(one.year) if one.year else t("chaque année"),
            Cell(one.more, choice_words.amount(one.resource, one.more)),
            Cell(one.gain, choice_words.objective(chosen.choice, one.gain)),
            ", ".join(choice_words.named(chosen.choice, id) for id in one.enter),
            ", ".join(choice_words.named(chosen.choice, id) for id in one.leave),
        ]
        for one in chosen.shadows
    ]
    return _made(source, answer, t("Ce qu’un peu plus apporterait"), columns, rows)
