"""Goal seek on the screen of scenarios: a KPI, a value, a driver; the answer in one sentence, and the way to put it into the scenario."""

from dataclasses import dataclass, replace

import streamlit as st

from metrics import figures
from metrics.definitions import Kpi
from metrics.drivers import drivers
from metrics.reading import Reading
from metrics.refusing import BadEntry
from metrics.scenario import Scenario, from_text, used
from metrics.seek import Sought, by_text, seek
from metrics.seek_answer import goal
from metrics.seek_ways import beyond, numbers_of, stands_alone, ways
from pages.parts import tables, whatif_fields, whatif_reads
from pages.parts.guard import notice
from pages.parts.markup import Html, div, join, link, section, show, tag
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.parts.tables import Asked, Cell, Column, Table
from pages.texts import numbers, said, t, tn, units
from schemas.text import Text

NAME = "etsi-but"
KPI, GOAL, BY = "but", "valeur", "par"  # what the address says of the goal
WAYS = ("own_funds.change", "own_budget.amount", "success_rate.share", "private_share.share", "staff.fte")
AIMED = ("leverage_awarded", "investment_capacity_index", "appraisal_median_days")  # a meeting's usual goals
PUBLIC, PRIVATE = "public_money.share", "private_share"

UNKNOWN = Text("Cet indicateur n'existe pas.", "There is no such KPI.")
ANOTHER = Text("Choisissez-en un autre.", "Choose another.")


@dataclass(frozen=True)
class Answer:
    """What was sought, or why it cannot be."""

    found: Sought | None
    refused: BadEntry | None = None


@kept(maxsize=VIEWS)
def answer(source: Source, text: str, kpi: str, value: str, by: str) -> Answer:
    """The answer to a goal under the scenario of an address."""
    assert source.as_of is not None
    catalogue = source.catalogue
    try:
        if kpi not in catalogue.kpis:
            raise BadEntry(UNKNOWN, ANOTHER)
        base = from_text(text, source.as_of, catalogue.parameters)
        target = goal(source.engine, catalogue, catalogue.kpis[kpi], value, source.as_of)
        found = seek(source.engine, catalogue, kpi, target, by_text(by), source.as_of, base, source.scope)
        return Answer(found)
    except BadEntry as refused:
        return Answer(None, refused)


def panel(source: Source, scenario: Scenario) -> None:
    """The form, and under it the answer to the goal of the address."""
    show(
        section(
            t("Que faudrait-il ?"),
            note=t(
                "Une valeur à atteindre, une hypothèse qui peut bouger : les bornes et la loi sont respectées."
            ),
        )
    )
    _form(source, scenario)
    asked = {name: st.query_params.get(name, "") for name in (KPI, GOAL, BY)}
    if not all(asked.values()):
        show(_examples(source, scenario))
        return
    with st.spinner(t("Recherche…")):
        told = answer(source, scenario.as_text(), asked[KPI], asked[GOAL], asked[BY])
    if told.refused is not None:
        show(notice(said(told.refused.reason), said(told.refused.mend)))
    elif told.found is not None:
        show(drawn(source, scenario, told.found, asked))


def _form(source: Source, scenario: Scenario) -> None:
    first_kpi, first_value = next(iter(goals(source, scenario)), ("", ""))
    kpis = {
        id: f"{kpi.code} {said(kpi.label)}"
        for id, kpi in source.catalogue.kpis.items()
        if not kpi.has_own_periods
    }
    ways = _ways()
    now = {name: st.query_params.get(name, "") for name in (KPI, GOAL, BY)}
    with st.form("etsi.but", border=False):
        first, second, third = st.columns([5, 2, 5])
        kpi = first.selectbox(
            t("Indicateur"),
            list(kpis),
            index=_at(list(kpis), now[KPI] or first_kpi),
            format_func=kpis.__getitem__,
            key="etsi.but.kpi",
        )
        value = second.text_input(
            t("Valeur à atteindre"),
            now[GOAL] or first_value,
            help=t("5, 60, 65 %, 20 M€"),
            key="etsi.but.value",
        )
        by = third.selectbox(
            t("Par quelle hypothèse"),
            list(ways),
            index=_at(list(ways), now[BY].partition(",")[0] or "private_share.share"),
            format_func=ways.__getitem__,
            key="etsi.but.by",
        )
        if st.form_submit_button(t("Chercher"), type="primary"):
            st.query_params.update({KPI: str(kpi), GOAL: value, BY: str(by)})
            st.rerun()


def _at(options: list[str], wanted: str) -> int:
    return options.index(wanted) if wanted in options else 0


def _ways() -> dict[str, str]:
    """Every bounded number of every driver, by ``driver.parameter``; the usual questions first."""
    found = {
        f"{driver.id}.{name}": t(
            "{driver} : {parameter}", driver=said(driver.label), parameter=said(asked.label)
        )
        for driver in drivers().values()
        for name in numbers_of(driver)
        if (asked := driver.asked(name)) is not None and stands_alone(driver, name)
    }
    first = {name: found[name] for name in WAYS if name in found}
    return first | found


def goals(source: Source, scenario: Scenario) -> list[tuple[str, str]]:
    """Goals beyond where a meeting's usual KPIs stand under the scenario: (KPI, value as it is typed)."""
    lines = whatif_reads.asked(source, scenario.as_text()).found
    standing = {line.kpi: line.scenario for line in lines.lines} if lines else {}
    found = [(id, typed(kpi, standing.get(id))) for id in AIMED if (kpi := source.catalogue.kpis.get(id))]
    return [(id, text) for id, text in found if text]


def typed(kpi: Kpi, reading: Reading | None) -> str:
    """A goal beyond a reading, as it is typed; an index over a base's euros in euros; "" where there is none to set."""
    if reading is None or reading.value is None:
        return ""
    if kpi.base is not None and reading.denominator:
        whole = reading.denominator
        found = beyond(replace(kpi, target=kpi.target and kpi.target * whole), reading.value * whole)
        return "" if found is None else f"{found / 1e6:.4g} M€"
    found = beyond(kpi, reading.value)
    return "" if found is None else f"{found:.10g}"


def _examples(source: Source, scenario: Scenario) -> Html:
    """Goals of a meeting, each by the drivers that people ask about and that can move it."""
    items = []
    for kpi, value in goals(source, scenario):
        able = ways(source.engine, source.catalogue, kpi)
        links = [
            link(
                to(source, scenario, {KPI: kpi, GOAL: value, BY: by}),
                said(drivers()[by.partition(".")[0]].label),
            )
            for by in WAYS
            if by in able
        ]
        links += [_public(source, scenario, {KPI: kpi, GOAL: value, BY: PUBLIC})] if PUBLIC in able else []
        known = source.catalogue.kpis[kpi]
        title = t("{label} : {value}", label=said(known.label), value=_worded(known, value))
        items.append(tag("li", tag("b", title), " ", join(links, " · ")))
    return tag("ul", *items, class_="lv-seek-examples")


def _public(source: Source, scenario: Scenario, asked: dict[str, str]) -> Html:
    """The goal by public money alone: no private money, public money towards what the law admits."""
    assert source.as_of is not None
    alone = used(PRIVATE, {"share": 0}, source.as_of, source.catalogue.parameters)
    return link(to(source, whatif_reads.with_use(scenario, alone), asked), t("argent public seul"))


def _worded(kpi: Kpi, value: str) -> str:
    try:
        return units.short(float(value), kpi.unit)
    except ValueError:
        return units.short(float(value.partition(" ")[0]) * 1e6, "eur")


def to(source: Source, scenario: Scenario, asked: dict[str, str]) -> str:
    """The address of a goal under a scenario."""
    return whatif_reads.to(source, scenario.as_text(), **asked)


def drawn(source: Source, scenario: Scenario, found: Sought, asked: dict[str, str]) -> Html:
    """The finding, what binds, the way on, and the numbers as a table."""
    lines = [tag("p", one) for one in bound(source, found)]
    if found.movers:
        others = [
            link(to(source, scenario, {**asked, BY: by}), said(drivers()[by.partition(".")[0]].label))
            for by in found.movers
        ]
        lines.append(tag("p", t("Peuvent le faire bouger :"), " ", join(others, " · ")))
    put = ""
    if found.scenario.as_text() != scenario.as_text() and (found.reachable or found.best):
        words = (
            t("Mettre cette valeur dans le scénario")
            if found.reachable
            else t("Mettre le mieux possible dans le scénario")
        )
        put = tag("p", link(to(source, found.scenario, asked), words, class_="lv-button main"))
    table = tables.drawn(source, NAME, class_="lv-labels", s=scenario.as_text(), **asked)  # type: ignore[arg-type]
    heading = tag("p", sentence(source, found), class_="lv-seek-found", role="status")
    return div("lv-seek" if found.reachable else "lv-seek out", heading, *lines, put, table)


def sentence(source: Source, found: Sought) -> str:
    """The answer in one sentence."""
    kpi, asked = source.catalogue.kpis[found.kpi], found.by.asked
    label, target = said(kpi.label), units.text(found.target, found.unit)
    driver = said(drivers()[found.by.driver].label)
    if found.already and found.reachable:
        return t("Scénario : « {label} » est déjà à {target}.", label=label, target=target)
    if found.value is None:
        return t(
            "« {label} » à {target} : inatteignable par « {driver} ».",
            label=label,
            target=target,
            driver=driver,
        )
    value = said(figures.parameter(asked, found.value))
    given = {"label": label, "target": target, "driver": driver, "value": value}
    if figures.is_added(asked):
        return t("Scénario : pour « {label} » à {target}, il faut « {driver} » : {value}.", **given)
    return t("Scénario : pour « {label} » à {target}, il faut « {driver} » à {value}.", **given)


def _shortened(value: float) -> float:
    """A driver's value as it is said: four digits are enough."""
    return float(f"{value:.4g}")


def bound(source: Source, found: Sought) -> list[str]:
    """What was before, what is reached, and what binds."""
    unit, asked, rule = found.unit, found.by.asked, found.rule
    lines = []
    if found.reached is not None:
        words = t(
            "Avant : {before}. Avec cette valeur : {reached}.",
            before=_text(found.before, unit),
            reached=units.text(found.reached, unit),
        )
        lines.append(words)
        if found.also:
            also = ", ".join(said(figures.parameter(asked, one)) for one in found.also)
            lines.append(t("Atteint aussi avec : {values}.", values=also))
        return lines
    if found.best is not None:
        best = t(
            "Au mieux {reached} ({value}).",
            reached=units.text(found.best[1], unit),
            value=said(figures.parameter(asked, found.best[0])),
        )
        lines.append(t("Avant : {before}. {best}", before=_text(found.before, unit), best=best))
    if rule is not None:
        lines.append(_rule(found))
    return lines


def _rule(found: Sought) -> str:
    rule, asked = found.rule, found.by.asked
    assert rule is not None
    plans = ", ".join(rule.plans[:3]) + ("…" if len(rule.plans) > 3 else "")
    if rule.kind == "over_cost":
        return tn(
            "Ce qui borne : financé à 100 %, {plans} n’a plus rien à recevoir.",
            "Ce qui borne : financés à 100 %, {plans} n’ont plus rien à recevoir.",
            len(rule.plans),
            plans=plans,
        )
    if rule.kind == "own_share":
        words = tn(
            "Ce qui borne : la participation minimale de la Ville ({share}), que {plans} n’atteindrait plus.",
            "Ce qui borne : la participation minimale de la Ville ({share}), que {plans} n’atteindraient plus.",
            len(rule.plans),
            share=units.text(rule.limit, "ratio"),
            plans=plans,
        )
        if found.public_ceiling is None:
            return words
        ceiling = t(
            "L’argent public seul ne dépasse pas {ceiling} sur ces plans.",
            ceiling=units.text(found.public_ceiling, "eur_per_eur"),
        )
        return f"{words} {ceiling}"
    limit = "" if rule.limit is None else said(figures.parameter(asked, rule.limit))
    said_of = {
        "debt": lambda: t(
            "Ce qui borne : {years} de capacité de désendettement.", years=units.text(rule.limit, "years")
        ),
        "bound": lambda: t("Ce qui borne : l’hypothèse ne va pas au-delà de {limit}.", limit=limit),
        "turning": lambda: t(
            "Ce qui borne : de part et d’autre de {limit}, l’indicateur s’éloigne.", limit=limit
        ),
        "apart": lambda: t("Cette hypothèse ne fait que s’en éloigner."),
        "still": lambda: t("Cette hypothèse ne fait pas bouger cet indicateur."),
        "unknown": lambda: t("L’indicateur est inconnu, ou la loi l’interdit, quelle que soit l’hypothèse."),
    }
    return said_of[rule.kind]()


def _text(value: float | None, unit: str) -> str:
    return t("non calculé") if value is None else units.text(value, unit)


@tables.offered(NAME)
def table(source: Source, asked: Asked) -> Table | None:
    """The goal and its answer as one row."""
    given = [asked.get(name, "") for name in (KPI, GOAL, BY)]
    if source.as_of is None or not all(given):
        return None
    found = answer(source, asked.get(whatif_reads.PARAM, ""), *given).found
    if found is None:
        return None
    one = found.by.asked
    at = found.value if found.value is not None else found.best[0] if found.best else None
    gives = found.reached if found.value is not None else found.best[1] if found.best else None
    columns = (
        Column(t("Indicateur")),
        Column(t("Visé"), "number"),
        Column(t("Avant"), "number"),
        Column(t("Hypothèse")),
        Column(t("Sa valeur"), "number"),
        Column(t("Donne"), "number"),
        Column(t("Atteint"), "boolean"),
        Column(t("Unité"), on_screen=False),
    )
    row = [
        said(source.catalogue.kpis[found.kpi].label),
        Cell(found.target, units.text(found.target, found.unit)),
        Cell(found.before, _text(found.before, found.unit)),
        t("{driver} : {parameter}", driver=said(drivers()[found.by.driver].label), parameter=said(one.label)),
        Cell(at, numbers.NONE if at is None else whatif_fields.words(one, _shortened(at))),
        Cell(gives, numbers.NONE if gives is None else units.text(gives, found.unit)),
        found.reachable,
        units.unit_name(found.unit),
    ]
    return tables.table(
        source, t("Scénario, valeur cherchée"), columns, [row], filters=asked.get(whatif_reads.PARAM, "")
    )
