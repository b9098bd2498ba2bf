"""Scenarios side by side, in words: the finding, what each comes to, what the law says of their plans. Screen and files say the same."""

from collections.abc import Sequence
from typing import Literal

from metrics.abreast import Abreast, Side, broken, widest
from metrics.breaches import Breach
from metrics.cash import Cash, Year
from metrics.claims import headline
from metrics.definitions import Catalogue, Kpi
from metrics.legality import Side as Plan
from metrics.results import Engine
from metrics.saved import Change
from metrics.scenario import driver_of
from metrics.steps import Step, Steps
from metrics.supposing import Supposed
from metrics.whatif import Line
from pages.texts import numbers, said, scenarios, t, tn, typography, units

Tone = Literal["good", "bad", "neutral"]
NAMED = 3  # plans named in a sentence
TOLD = 2  # KPIs told in a sentence


def letter(side: Side) -> str:
    """How a scenario is called in a column: ``A``."""
    return side.key.upper()


def name(side: Side) -> str:
    """The name that it was given, else its drivers' own: ``Subventions réduites + Décisions plus tardives``."""
    given = side.name or said(side.scenario.label)
    return (
        typography(given) if given else " + ".join(said(driver_of(use).label) for use in side.scenario.uses)
    )


def head(side: Side) -> str:
    """A column's head: letter and name."""
    return f"{letter(side)} · {name(side)}"


def title(catalogue: Catalogue, found: Abreast) -> str:
    """The finding: the headline's KPI that the choice of a scenario moves most, from its lowest to its highest."""
    if not found.sides:
        return t("Comparer jusqu’à quatre scénarios")
    spread = widest(catalogue, found.sides)
    if spread is None:
        return t("Aucun de ces scénarios ne bouge un chiffre mis en avant")
    row, known = spread
    return t(
        "Scénarios : « {label} » irait de {low} à {high}",
        label=said(row.kpi.label),
        low=units.text(min(known), row.base.unit),
        high=units.text(max(known), row.base.unit),
    )


def lead(found: Abreast) -> str:
    """What these figures are, and of when."""
    return t(
        "Valeurs de scénario, calculées au {day} sous des hypothèses : rien n’est mesuré, rien n’est enregistré dans les données.",
        day=numbers.day(found.as_of),
    )


def drivers(engine: Engine, side: Side) -> str:
    """What a scenario moves, in full."""
    return scenarios.scenario(engine, side.scenario) or t("aucune hypothèse")


def sentence(catalogue: Catalogue, side: Side, base: Sequence[Plan]) -> str:
    """What a scenario comes to: how much moves, the headline's KPIs that move most, the score, the law."""
    if not side.found.moved:
        return t("Sous {letter}, aucun indicateur ne bouge.", letter=letter(side))
    count = len(side.found.moved)
    parts = [
        tn(
            "Sous {letter}, un indicateur sur {all} bouge",
            "Sous {letter}, {n} indicateurs sur {all} bougent",
            count,
            n=numbers.decimal(count),
            letter=letter(side),
            all=numbers.decimal(len(side.found.lines)),
        ),
        *(_passes(catalogue, line) for line in _largest(catalogue, side)),
        _score(side),
        _law(base, side),
    ]
    return t("{words}.", words=t(" ; ").join(part for part in parts if part))


def _largest(catalogue: Catalogue, side: Side) -> list[Line]:
    """The headline's KPIs that move most, as a share of their base."""
    claimed = {kpi.id for kpi in headline(catalogue)}
    moved = [line for line in side.found.moved if line.kpi in claimed and line.difference is not None]
    return sorted(moved, key=lambda one: -abs(one.difference or 0.0) / (abs(one.base.value or 0.0) or 1.0))[
        :TOLD
    ]


def _passes(catalogue: Catalogue, line: Line) -> str:
    return t(
        "« {label} » passe de {base} à {scenario}",
        label=said(catalogue.kpis[line.kpi].label),
        base=scenarios.value(line, scenario=False),
        scenario=scenarios.value(line),
    )


def _score(side: Side) -> str:
    before, after = (numbers.score(one.score) for one in (side.found.base_score, side.found.scenario_score))
    if before == after:
        return t("le score reste à {score}", score=before)
    return t("le score passe de {base} à {scenario}", base=before, scenario=after)


def _law(base: Sequence[Plan], side: Side) -> str:
    found = [plan for plan, _ in broken(base, side.plans)]
    if not found:
        return ""
    return tn(
        "le plan {names} enfreint la loi",
        "{n} plans enfreignent la loi ({names})",
        len(found),
        n=len(found),
        names=named(found),
    )


def named(plans: Sequence[Plan]) -> str:
    """Plans by their ids, the first few."""
    names = ", ".join(one.plan.project_id for one in plans[:NAMED])
    rest = len(plans) - NAMED
    return t("{names} et {n} de plus", names=names, n=rest) if rest > 0 else names


def plans_title(found: Abreast) -> str:
    """What the law says of the plans under the scenarios."""
    if not found.plans and not any(side.plans for side in found.sides):
        return t("Aucun plan de financement notifié à cette date")
    told = [(side, [plan for plan, _ in broken(found.plans, side.plans)]) for side in found.sides]
    worst = [(side, plans) for side, plans in told if plans]
    if not worst:
        return t("Aucun de ces scénarios ne met un plan de plus hors la loi")
    parts = [
        tn(
            "sous {letter}, le plan {names} enfreint la loi",
            "sous {letter}, {n} plans enfreignent la loi : {names}",
            len(plans),
            n=len(plans),
            letter=letter(side),
            names=named(plans),
        )
        for side, plans in worst
    ]
    words = t(" ; ").join(parts)
    return words[:1].upper() + words[1:]


def breach(one: Breach) -> str:
    """A rule that a plan breaks, and what would mend it where that can be said."""
    share, limit = (numbers.NONE if x is None else units.text(x, "ratio") for x in (one.share, one.limit))
    excess = units.text(one.excess, "eur")
    if one.rule == "own_share":
        if one.missing is None:
            return t("{excess} d’argent public en trop", excess=excess)
        return t(
            "il manque {missing} de fonds propres, ou {excess} d’argent public sont en trop",
            missing=units.text(one.missing, "eur"),
            excess=excess,
        )
    words = {
        "over_cost": lambda: t("financé à {share} de son coût, {excess} en trop", share=share, excess=excess),
        "public_cap": lambda: t(
            "aides publiques à {share} du coût pour {limit} au plus", share=share, limit=limit
        ),
        "state_cap": lambda: t(
            "aides de l’État à {share} du coût pour {limit} au plus", share=share, limit=limit
        ),
        "rate": lambda: t(
            "{line} à {share} du coût pour {limit} au plus", line=one.line, share=share, limit=limit
        ),
        "early_start": lambda: t(
            "{line} : travaux commencés le {day}, avant la demande",
            line=one.line,
            day=numbers.short_day(one.day),
        ),
        "lapse": lambda: t(
            "{line} : travaux non commencés au {day}, {excess} à rendre caducs",
            line=one.line,
            day=numbers.short_day(one.day),
            excess=excess,
        ),
    }
    return words[one.rule]()


def since(catalogue: Catalogue, found: Sequence[Change], day: str) -> str:
    """What the data make of a saved scenario: how much changed, and the headline's KPI whose value under it moved most."""
    claimed = {kpi.id for kpi in headline(catalogue)}
    count = sum(bool(one.kpi) for one in found)
    counted = tn("un indicateur a changé", "{n} indicateurs ont changé", count, n=numbers.decimal(count))
    told = [one for one in found if one.kpi in claimed and one.scenario]
    if not told:
        return t("Depuis l’enregistrement (données du {day}), {counted}.", day=day, counted=counted)
    first = max(told, key=lambda one: abs(one.scenario or 0.0) / (abs(one.then[1] or 0.0) or 1.0))
    kpi = catalogue.kpis[first.kpi]
    return t(
        "Depuis l’enregistrement (données du {day}), {counted} ; sous ce scénario, « {label} » valait {then} et vaut {now}.",
        day=day,
        counted=counted,
        label=said(kpi.label),
        then=units.text(first.then[1], kpi.unit),
        now=units.text(first.now[1], kpi.unit),
    )


def step(engine: Engine, one: Step, among: Steps) -> str:
    """A driver's name on a waterfall, with its values where another of its kind stands beside it."""
    alone = sum(each.use.driver == one.use.driver for each in among.steps) == 1
    return said(driver_of(one.use).label) if alone else scenarios.use(engine, one.use)


def steps_title(side: Side, kpi: Kpi, found: Steps) -> str:
    """From what to what a scenario takes a KPI."""
    return t(
        "Scénario {letter} : « {label} », de {base} à {scenario}",
        letter=letter(side),
        label=said(kpi.label),
        base=units.text(found.start, kpi.unit),
        scenario=units.text(found.end, kpi.unit),
    )


def steps(engine: Engine, side: Side, kpi: Kpi, found: Steps) -> str:
    """A waterfall in a sentence."""
    parts = [
        t(
            "{driver} : {effect}",
            driver=step(engine, one, found),
            effect=scenarios.signed(one.amount, kpi.unit) if one.amount else t("sans effet"),
        )
        for one in found.steps
    ]
    return t("{title}. {parts}.", title=steps_title(side, kpi, found), parts=t(" ; ").join(parts))


def costs(sides: Sequence[Cash]) -> list[tuple[str, str, list[float | None]]]:
    """What the cash of each side comes to: a label, its unit, its values."""
    return [
        (t("Reste à charge net"), "eur", [one.net_own_cost for one in sides]),
        (t("À trouver avant le FCTVA"), "eur", [one.before_fctva for one in sides]),
        (t("Le plus qui soit avancé à une fin de mois"), "eur", [one.peak for one in sides]),
        (t("Intérêts de l’attente des subventions"), "eur", [one.bridge for one in sides]),
        (t("Valeur perdue à attendre le FCTVA"), "eur", [one.fctva_wait for one in sides]),
        (t("Effet de levier"), "eur_per_eur", [one.leverage for one in sides]),
        (t("Effet de levier en valeur actuelle"), "eur_per_eur", [one.present_leverage for one in sides]),
    ]


def cash_title(found: Abreast) -> str:
    """How much the town advances at most, in the base and where a scenario asks most of it."""
    told = [(side, side.cash) for side in found.sides if side.cash is not None]
    if found.cash is None or not told:
        return t("Trésorerie des projets")
    side, worst = max(told, key=lambda one: one[1].peak)
    base, peak = units.text(found.cash.peak, "eur"), units.text(worst.peak, "eur")
    if worst.peak <= found.cash.peak * (1 + 1e-9):
        return t("Aucun scénario ne fait avancer à la ville plus que les {base} de la base", base=base)
    return t(
        "Sous {letter}, la ville avancerait jusqu’à {peak}, contre {base} en base",
        letter=letter(side),
        peak=peak,
        base=base,
    )


def supposed(one: Supposed) -> str:
    """A supposition of the cash with its value, and what bears it out."""
    label, value = said(one.label), units.text(one.value, one.unit)
    if one.id == "works_pace":  # how, not how much
        return t("{label}, supposé.", label=label)
    if one.is_supported:
        return t(
            "{label} : {value}, d’après {n} versements reçus.",
            label=label,
            value=value,
            n=numbers.decimal(one.n),
        )
    return t("{label} : {value}, supposition que les données n’étayent pas.", label=label, value=value)


def ahead(advanced: float) -> str:
    """What the town has advanced by the end of a year, or received ahead."""
    size = units.text(abs(advanced), "eur")
    return t("avancé {amount}", amount=size) if advanced >= 0 else t("reçu d’avance {amount}", amount=size)


def tone(kpi: Kpi, move: float | None) -> Tone:
    """Whether a move goes the wanted way; neither for a band, or for no move."""
    if kpi.direction == "band" or not move:
        return "neutral"
    return "good" if (move > 0) == (kpi.direction == "up") else "bad"


def is_same(one: Plan, base: Plan) -> bool:
    """Whether the law says the same of a plan on both sides."""
    return (one.own_share, one.verdict, one.breaches) == (base.own_share, base.verdict, base.breaches)


def cash_parts() -> tuple[str, ...]:
    """What a year of cash is made of, as ``cash_cells`` gives it."""
    return (
        t("Travaux TTC"),
        t("Subventions reçues"),
        t("FCTVA reçu"),
        t("Net sorti de caisse"),
        t("Avancé en fin d’année"),
    )


def cash_cells(year: Year | None) -> tuple[float | None, ...]:
    """A year of cash in figures: nothing moves in a year that is not told, and what is advanced then is not known."""
    if year is None:
        return 0.0, 0.0, 0.0, 0.0, None
    return year.works, year.grants, year.fctva, year.net, year.advanced
