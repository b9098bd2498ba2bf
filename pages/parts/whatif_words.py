"""A scenario in words: each of its drivers, and what it comes to in one sentence."""

from collections.abc import Mapping

from metrics.claims import headline
from metrics.drivers import Asked
from metrics.moving import Value
from metrics.scenario import Scenario, Use
from metrics.whatif import Comparison, Line
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn, units
from pages.texts import scenarios as words
from pages.texts.scenarios import difference, value

__all__ = ["choices", "difference", "scenario", "title", "use", "value", "why", "worded"]

LEVERAGE, COMPLIANT = "leverage_awarded", "compliant_plans"
MINIMUM = "min_own_share"  # the driver that changes the minimum that plans are held against


def title(source: Source, found: Comparison) -> str:
    """The finding: how many KPIs move, and where the first of the headline goes."""
    if not found.scenario.uses:
        return t("Et si… ? Choisissez une hypothèse")
    if not found.moved:
        return t("Aucun indicateur ne bouge sous ce scénario")
    count = len(found.moved)
    moved = tn("un indicateur bouge", "{n} indicateurs bougent", count, n=numbers.decimal(count))
    first = _first(source, found)
    if first is None:
        return t("Scénario : {moved}", moved=moved)
    kpi = source.catalogue.kpis[first.kpi]
    return t(
        "Scénario : {moved} ; « {label} » passe de {base} à {scenario}",
        moved=moved,
        label=said(kpi.label),
        base=value(first, scenario=False),
        scenario=value(first),
    )


def _first(source: Source, found: Comparison) -> Line | None:
    """The headline's KPI that moved most, as a share of its base; where none moves, the first that does."""
    claimed = {kpi.id for kpi in headline(source.catalogue)}
    known = [line for line in found.moved if line.difference is not None]
    moved = [line for line in known if line.kpi in claimed] or known[:1]
    return max(
        moved, key=lambda line: abs(line.difference or 0.0) / abs(line.base.value or 1.0), default=None
    )


def why(line: Line, scenario: Scenario) -> str:
    """What a moved value rests on where its name does not say it: own funds in the leverage, another legal minimum; else ""."""
    shares = [use.given.get("share") for use in scenario.uses if use.driver == MINIMUM]
    if line.kpi == COMPLIANT and shares and isinstance(shares[-1], (int, float)):
        return t("Minimum du scénario : {share}.", share=units.text(float(shares[-1]), "ratio"))
    return _own_funds(line)


def _own_funds(line: Line) -> str:
    """The own funds in the leverage where they move: awards bring those of new plans."""
    base, made = line.base, line.scenario
    if line.kpi != LEVERAGE or base.denominator is None or made.denominator is None:
        return ""
    own = made.denominator - base.denominator
    if abs(own) < 1:
        return ""
    told = t(
        "Fonds propres comptés : de {base} à {made} ({change}).",
        base=units.text(base.denominator, "eur"),
        made=units.text(made.denominator, "eur"),
        change=words.signed(own, "eur"),
    )
    if own < 0 or (made.numerator or 0.0) <= (base.numerator or 0.0):
        return told
    return f"{told} {t('Un accord à un projet sans plan fait entrer les siens au dénominateur.')}"


def use(source: Source, one: Use) -> str:
    """A driver with its values, in the data of this source."""
    return words.use(source.engine, one)


def scenario(source: Source, one: Scenario) -> str:
    """All the drivers, in their order."""
    return words.scenario(source.engine, one)


def worded(source: Source, asked: Asked, given: Value) -> str:
    """A parameter's value as people say it."""
    return words.worded(source.engine, asked, given)


def choices(source: Source, kind: str) -> Mapping[str, str]:
    """What a choice may be, in words."""
    return words.choices(source.engine, kind)
