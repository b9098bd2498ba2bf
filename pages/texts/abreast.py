"""Scenarios side by side, in words: the finding, what each comes to, what the law says of their plans. Screen and files say the same."""

from collections.abc import Sequence

from metrics.abreast import Abreast, Side, broken, widest
from metrics.claims import headline
from metrics.definitions import Catalogue
from metrics.leverage import Plan
from metrics.results import Engine
from metrics.whatif import Line
from pages.texts import numbers, said, scenarios, t, tn, typography, units

NAMED = 3  # plans named in a sentence
TOLD = 2  # KPIs told in a sentence


def letter(side: Side) -> str:
    """How a scenario is called in a column: ``A``."""
    return side.key.upper()


def name(side: Side) -> str:
    """The name that it was given, else its drivers' own: ``Subventions réduites + Décisions plus tardives``."""
    from metrics.scenario import driver_of

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
    found = broken(base, side.plans)
    if not found:
        return ""
    return tn(
        "le plan {names} tombe sous le minimum légal",
        "{n} plans tombent sous le minimum légal ({names})",
        len(found),
        n=len(found),
        names=named(found),
    )


def named(plans: Sequence[Plan]) -> str:
    """Plans by their ids, the first few."""
    names = ", ".join(plan.project_id for plan in plans[:NAMED])
    rest = len(plans) - NAMED
    return t("{names} et {n} de plus", names=names, n=rest) if rest > 0 else names


def plans_title(found: Abreast) -> str:
    """What the legal minimum says of the plans under the scenarios."""
    worst = [(side, broken(found.plans, side.plans)) for side in found.sides]
    worst = [(side, plans) for side, plans in worst if plans]
    if not worst:
        return t("Aucun de ces scénarios ne met de plan de plus sous le minimum légal")
    return t(" ; ").join(
        tn(
            "Sous {letter}, le plan {names} tombe sous le minimum légal",
            "Sous {letter}, {n} plans tombent sous le minimum légal : {names}",
            len(plans),
            n=len(plans),
            letter=letter(side),
            names=named(plans),
        )
        for side, plans in worst
    )
