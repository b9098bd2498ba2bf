"""The panels of the leverage screen: plan by plan, without each project, both readings, by funder, programme and year."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.leverage import Leverage
from metrics.leverage import Plan as Won
from pages.parts import chart, numbers, tables, units
from pages.parts.fiche_columns import label
from pages.parts.fiche_dots import Dot, dots
from pages.parts.fiche_reads import Group, groups
from pages.parts.fiche_rows import may_see
from pages.parts.levier_bars import Bar, Line, bars
from pages.parts.levier_plans import Heads, Plan, plans
from pages.parts.levier_reads import kpi_of, plans_of
from pages.parts.levier_words import (
    funders_title,
    plans_title,
    share_words,
    verdict,
    verdict_word,
    without_title,
    years_title,
)
from pages.parts.markup import Html, div, join, link, section, span, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table, Value
from pages.texts import t

MOST = 20  # plans drawn, the largest; the table has them all
RAISED, CONCENTRATION = "cofinancing_raised", "funder_concentration"
TONES = {
    "state": "public1",
    "region": "public1",
    "department": "public2",
    "intermunicipality": "public2",
    "eu": "public3",
    "public_agency": "public3",
    "public_bank": "public3",
    "higher_education": "public3",
    "company": "private1",
    "association": "private2",
    "foundation": "private2",
}


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
    heads = Heads(
        t("Ville"),
        t("Partenaires publics"),
        t("Partenaires privés"),
        t(", au-delà de 100 %"),
        _minimum(drawn),
    )
    note = t(
        "Parts du plan notifié, argent public (ville comprise) = 100 %. Le privé s’ajoute au-delà : il ne compte pas dans le test."
    )
    foot = t(
        "Nombres dans les barres en k€. Base légale : participation minimale aux financements publics, projet par projet (CGCT, L1111-10)."
    )
    if len(found.plans) > len(found.known):
        foot += " " + t("Fonds propres inconnus, hors calcul : {n}.", n=len(found.plans) - len(found.known))
    body = plans([_drawn(plan) for plan in drawn if plan.own is not None], heads)
    return section(
        plans_title(found.plans),
        body,
        chart.under(_plans_sentence(drawn), tables.drawn(source, "levier-plans", class_="lv-rows"), foot),
        note=note,
    )


def _minimum(drawn: Sequence[Won]) -> str:
    shares = {plan.min_own_share for plan in drawn}
    return (
        t("minimum légal : {share} %", share=numbers.plain(100 * shares.pop(), 1))
        if len(shares) == 1
        else t("minimum légal de chaque plan")
    )


def _drawn(plan: Won) -> Plan:
    leverage = _ratio(plan.leverage)
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


def funders(source: Source, kpi: Kpi) -> Html:
    """What each kind of partner gives, with its leverage; blue public, mauve private."""
    by, given = "partner_kind", _given(source)
    if not given:
        return Html("")
    ratios = _ratios_by(source, kpi, by)
    rows = [
        Bar(
            _name(by, group.id),
            group.reading.value,
            units.text(group.reading.value, "eur"),
            TONES.get(group.id or "", "other"),
            aside=_ratio(ratios.get(group.id)),
        )
        for group in given
    ]
    named = [(label(by, group.id or "") or t("non renseigné"), group.reading.value or 0.0) for group in given]
    note = t("Montants notifiés, et effet de levier de chacun. Bleus : public. Mauves : privé.")
    under = chart.under(
        ", ".join(f"{name} {units.text(amount, 'eur')}" for name, amount in named),
        tables.drawn(source.whole_town(), "levier-financeurs"),
        _concentration(source),
    )
    return section(funders_title(named), bars(rows, numbers="after"), under, note=note)


def _given(source: Source) -> list[Group]:
    """The kinds of partner that give something, the largest first."""
    by = "partner_kind"
    found = groups(source, RAISED, by) if _has(source, RAISED, by) else ()
    return [group for group in found if group.reading.value]


def _ratios_by(source: Source, kpi: Kpi, by: str) -> dict[str | None, float | None]:
    return {group.id: group.reading.value for group in groups(source, kpi.id, by)} if by in kpi.by else {}


@tables.offered("levier-financeurs")
def funders_table(source: Source, asked: Asked) -> Table | None:
    """What each kind of partner gives, with its leverage, for the whole town."""
    by, kpi = "partner_kind", kpi_of(source.catalogue)
    if kpi is None:
        return None
    ratios = _ratios_by(source, kpi, by)
    columns = (
        Column(t("Type de partenaire")),
        Column(t("Notifié"), "number", "eur"),
        Column(t("Effet de levier"), "number"),
    )
    rows = [
        [
            _name(by, group.id),
            Cell(group.reading.value, units.text(group.reading.value, "eur")),
            Cell(ratios.get(group.id), _ratio(ratios.get(group.id)).removeprefix("· ")),
        ]
        for group in _given(source)
    ]
    return tables.table(
        source, t("Cofinancements par type de partenaire"), columns, rows, version=kpi.version
    )


def _name(by: str, id: str | None) -> str:
    """A group's name with a capital, as it stands in front of its bar."""
    words = label(by, id) if id else t("non renseigné")
    return words[:1].upper() + words[1:]


def _has(source: Source, kpi_id: str, by: str) -> bool:
    kpi = source.kpi(kpi_id)
    return kpi is not None and by in kpi.by


def _ratio(value: float | None) -> str:
    return "" if value is None else f"· {t('levier {value}', value=numbers.decimal(value, 2))}"


def _concentration(source: Source) -> Html | str:
    """The concentration index, linked to its own sheet."""
    reading, kpi = source.readings().get(CONCENTRATION), source.kpi(CONCENTRATION)
    if reading is None or reading.value is None or kpi is None:
        return ""
    words = t("Concentration des financeurs : {value}", value=units.text(reading.value, kpi.unit))
    return tag("span", link(source.link("fiche", kpi=kpi.id), words), ".")


def ratios(source: Source, kpi: Kpi, by: str) -> Html:
    """The leverage by programme or year, own funds spread pro rata to the awards."""
    known = _known(source, kpi, by)
    if not known:
        return Html("")
    named = [(_name(by, group.id), group.reading.value or 0.0) for group in known]
    rows = [
        Bar(name, value, numbers.decimal(value, 2), aside=units.text(group.reading.numerator, "eur"))
        for (name, value), group in zip(named, known, strict=True)
    ]
    is_year = by == "year"
    title = years_title(named) if is_year else _range_title(named)
    note = (
        t("Effet de levier par année de notification et montants notifiés.")
        if is_year
        else t("Effet de levier par programme et montants notifiés.")
    )
    foot = t(
        "Fonds propres répartis au prorata des montants notifiés ; une moyenne de ces rapports ne serait pas l’effet de levier."
    )
    body = tables.drawn(source.whole_town(), "levier-repartition", by=by)
    sentence = ", ".join(f"{name} {numbers.decimal(value, 2)}" for name, value in named)
    return section(title, bars(rows[:MOST]), chart.under(sentence, body, foot), note=note)


@tables.offered("levier-repartition")
def ratios_table(source: Source, asked: Asked) -> Table | None:
    """The leverage ``by`` year or programme, for the whole town."""
    kpi, by = kpi_of(source.catalogue), asked.get("by", "year")
    if kpi is None or by not in ("year", "programme"):
        return None
    columns = (
        Column(t("Année") if by == "year" else t("Programme")),
        Column(t("Effet de levier"), "number"),
        Column(t("Notifié"), "number", "eur"),
        Column(t("Fonds propres"), "number", "eur"),
    )
    rows = [
        [
            _name(by, group.id),
            Cell(group.reading.value, numbers.decimal(group.reading.value or 0.0, 2)),
            Cell(group.reading.numerator, units.text(group.reading.numerator, "eur")),
            Cell(group.reading.denominator, units.text(group.reading.denominator, "eur")),
        ]
        for group in _known(source, kpi, by)
    ]
    title = t("Effet de levier par année") if by == "year" else t("Effet de levier par programme")
    return tables.table(source, title, columns, rows, version=kpi.version, about=by)


def _known(source: Source, kpi: Kpi, by: str) -> list[Group]:
    """The groups of a breakdown that have a value."""
    found = groups(source, kpi.id, by) if by in kpi.by else ()
    return [group for group in found if group.reading.value is not None]


def _range_title(named: Sequence[tuple[str, float]]) -> str:
    (high_name, high), (low_name, low) = named[0], named[-1]
    return t(
        "De {low} ({low_name}) à {high} ({high_name})",
        low=numbers.decimal(low, 2),
        low_name=low_name,
        high=numbers.decimal(high, 2),
        high_name=high_name,
    )
