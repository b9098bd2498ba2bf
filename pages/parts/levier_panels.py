"""The panels of the leverage screen: plan by plan, without each project, both readings; then who gives."""

from collections.abc import Sequence

from metrics.leverage import Leverage
from metrics.leverage import Plan as Won
from pages.parts import chart, tables
from pages.parts.fiche_dots import Dot, dots
from pages.parts.fiche_rows import may_see
from pages.parts.levier_bars import Line
from pages.parts.levier_groups import funders, ratios
from pages.parts.levier_plans import Heads, Plan, plans
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.markup import Html, div, join, link, section, span
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table, Value
from pages.texts import numbers, t, units
from pages.texts.leverage import (
    leverage_words,
    plans_title,
    share_words,
    verdict,
    verdict_word,
    without_title,
)

MOST = 20  # plans drawn, the largest; the table has them all


@kept(maxsize=VIEWS)
def panels(source: Source, kpi_id: str) -> Html:
    """All panels, which no stage changes; kept by role, store version, language, date and scope."""
    kpi, found = source.catalogue.every[kpi_id], plans_of(source)
    assert found is not None
    left = div("", funders(source, kpi), ratios(source, kpi, "year"))
    return join(
        (
            plan_by_plan(source, found),
            div("lv-two", without_each(source, found), both_readings(source, found)),
            div("lv-two", left, ratios(source, kpi, "programme")),
        )
    )


def plan_by_plan(source: Source, found: Leverage) -> Html:
    """Own, public and private money of each plan, against the legal minimum."""
    drawn = sorted(found.plans[:MOST], key=lambda plan: -(plan.own_share or 0.0))
    note = t(
        "Parts du plan notifié, argent public (ville comprise) = 100 %. Le privé s’ajoute au-delà : il ne compte pas dans le test."
    )
    foot = t(
        "Nombres dans les barres en k€. Base légale : participation minimale aux financements publics, projet par projet (CGCT, L1111-10)."
    )
    if len(found.plans) > len(found.known):
        foot += " " + t("Fonds propres inconnus, hors calcul : {n}.", n=len(found.plans) - len(found.known))
    body = bars(drawn)
    return section(
        plans_title(found.plans),
        body,
        chart.under(_plans_sentence(drawn), tables.drawn(source, "levier-plans", class_="lv-rows"), foot),
        note=note,
    )


def bars(drawn: Sequence[Won]) -> Html:
    """The parts of some plans as bars; one whose own funds nobody knows has none."""
    heads = Heads(
        t("Ville"),
        t("Partenaires publics"),
        t("Partenaires privés"),
        t(", au-delà de 100 %"),
        _minimum(drawn),
    )
    return plans([_drawn(plan) for plan in drawn if plan.own is not None], heads)


def _minimum(drawn: Sequence[Won]) -> str:
    shares = {plan.min_own_share for plan in drawn}
    return (
        t("minimum légal : {share} %", share=numbers.plain(100 * shares.pop(), 1))
        if len(shares) == 1
        else t("minimum légal de chaque plan")
    )


def _drawn(plan: Won) -> Plan:
    leverage = leverage_words(plan.leverage)
    own = plan.own or 0.0
    return Plan(
        f"{plan.project_id} {plan.title}".replace("'", "’"),
        own,
        plan.public,
        plan.private,
        plan.min_own_share,
        numbers.decimal(own / 1000),
        numbers.decimal(plan.public / 1000),
        numbers.decimal(plan.private / 1000),
        verdict(plan),
        leverage,
        plan.verdict in ("on_the_limit", "breach"),
    )


def _plans_sentence(drawn: Sequence[Won]) -> str:
    said = [f"{plan.project_id} {verdict(plan)}" for plan in drawn]
    return t("Part propre de chaque plan : {values}.", values=", ".join(said))


@tables.offered("levier-plans")
def plans_table(source: Source, asked: Asked) -> Table | None:
    """The financing plans of this date and scope: amounts in euros, shares 0 to 1."""
    found = plans_of(source)
    if found is None:
        return None
    columns = (
        Column(t("Identifiant"), on_screen=False),
        Column(t("Projet")),
        Column(t("Fonds propres"), "number", "eur"),
        Column(t("Public"), "number", "eur"),
        Column(t("Privé"), "number", "eur"),
        Column(t("Part propre"), "number", "ratio"),
        Column(t("Minimum"), "number", "ratio"),
        Column(t("Effet de levier"), "number"),
        Column(t("Verdict")),
    )
    rows = [_plan_row(source, plan, [column.title for column in columns[2:]]) for plan in found.plans]
    return tables.table(source, t("Plans de financement"), columns, rows, version=_version(source))


def _plan_row(source: Source, plan: Won, heads: Sequence[str]) -> list[Cell | Value]:
    """One plan; on phones each cell says its column's name, for no head stands over it there."""
    share = numbers.NONE if plan.own_share is None else share_words(plan.own_share)
    cells = [
        (plan.own, t("inconnus") if plan.own is None else units.text(plan.own, "eur", exact=True)),
        (plan.public, _public(plan)),
        (plan.private, units.text(plan.private, "eur", exact=True)),
        (plan.own_share, share),
        (plan.min_own_share, share_words(plan.min_own_share)),
        (plan.leverage, numbers.NONE if plan.leverage is None else numbers.decimal(plan.leverage, 2)),
        (verdict_word(plan.verdict), verdict_word(plan.verdict)),
    ]
    told = [Cell(value, _told(head, words)) for head, (value, words) in zip(heads, cells, strict=True)]
    name = f"{plan.project_id} {plan.title}"
    shown = link(source.link("projet", id=plan.project_id), name) if may_see(source) else name
    return [plan.project_id, Cell(plan.title, shown), *told]


def _public(plan: Won) -> str:
    """Public money won, and what was awarded before the change of method: it makes no leverage, but the law counts it."""
    won = units.text(plan.public, "eur", exact=True)
    if not plan.earlier_public:
        return won
    earlier = units.text(plan.earlier_public, "eur", exact=True)
    return t("{won}, et {earlier} avant le changement de méthode", won=won, earlier=earlier)


def _told(name: str, cell: str) -> Html:
    """A cell with its column's name, which only phones show: no head stands over it there."""
    return join((span("lv-what", name), " ", cell))


def _version(source: Source) -> str:
    """The version of the leverage's definition."""
    kpi = kpi_of(source.catalogue)
    return f"{kpi.version}" if kpi else ""


def without_each(source: Source, found: Leverage) -> Html:
    """The ratio with one project left out at a time: what each one weighs."""
    names = {plan.project_id: f"{plan.project_id} {plan.title}".replace("'", "’") for plan in found.plans}
    out = found.left_out
    whole = found.partner_per_own
    rows = [
        Dot(t("Sans {name}", name=names[id]), value, numbers.decimal(value, 2))
        for id, value in list(out.items())[:MOST]
    ]
    line = Line(whole, t("tous : {value}", value=numbers.decimal(whole, 2))) if whole is not None else None
    body = tables.drawn(source, "levier-sans-un-projet")
    note = t("Effet de levier en retirant un projet à la fois. L’axe ne part pas de zéro.")
    sentence = ", ".join(f"{row.label} {row.words}" for row in rows)
    base = int(min(out.values())) if out else 0.0
    return section(
        without_title(found), dots(rows, line=line, base=base), chart.under(sentence, body), note=note
    )


@tables.offered("levier-sans-un-projet")
def without_table(source: Source, asked: Asked) -> Table | None:
    """The ratio with one project left out at a time, the lowest first."""
    found = plans_of(source)
    if found is None:
        return None
    names = {plan.project_id: f"{plan.project_id} {plan.title}".replace("'", "’") for plan in found.plans}
    columns = (
        Column(t("Identifiant"), on_screen=False),
        Column(t("Sans le projet")),
        Column(t("Effet de levier"), "number"),
    )
    rows = [
        [id, Cell(names[id], t("Sans {name}", name=names[id])), Cell(value, numbers.decimal(value, 2))]
        for id, value in found.left_out.items()
    ]
    return tables.table(
        source, t("Effet de levier sans chaque projet"), columns, rows, version=_version(source)
    )


def both_readings(source: Source, found: Leverage) -> Html:
    """Partner per own and total per own, beside what the law allows to public money alone."""
    partner, total = found.partner_per_own, found.total_per_own
    if partner is None or total is None:
        return Html("")
    title = t(
        "Un même plan se lit 1 pour {partner} ou 1 pour {total}",
        partner=numbers.decimal(partner, 2),
        total=numbers.decimal(total, 2),
    )
    note = t("Deux lectures de l’effet de levier. Une promesse chiffrée doit dire laquelle est la sienne.")
    return section(title, tables.drawn(source, "levier-lectures"), note=note)


@tables.offered("levier-lectures")
def readings_table(source: Source, asked: Asked) -> Table | None:
    """The ways to read the same plans, with the legal ceiling in both."""
    found = plans_of(source)
    if found is None:
        return None
    ceiling = found.public_ceiling
    rows: list[tuple[str, float | None, str]] = [
        (t("Partenaires par euro propre, la lecture retenue"), found.partner_per_own, "eur_per_eur"),
        (t("Coût total par euro propre"), found.total_per_own, "eur_per_eur"),
        (t("Taux de cofinancement"), found.cofinancing_rate, "ratio"),
    ]
    if ceiling is not None:
        said = t("Plafond légal d’un plan tout public, partenaires par euro propre")
        rows.append((said, ceiling, "eur_per_eur"))
        rows.append((t("Le même plafond, en coût total par euro propre"), 1 + ceiling, "eur_per_eur"))
    columns = (Column(t("Lecture")), Column(t("Valeur"), "number"), Column(t("Unité"), on_screen=False))
    lines = [
        [words, Cell(value, _figure(value, unit)), units.unit_name(unit)]
        for words, value, unit in rows
        if value is not None
    ]
    return tables.table(source, t("Lectures de l’effet de levier"), columns, lines, version=_version(source))


def _figure(value: float, unit: str) -> str:
    return units.text(value, unit) if unit == "ratio" else numbers.decimal(value, 2)
