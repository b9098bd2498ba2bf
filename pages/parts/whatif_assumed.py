"""An assumption in words: what it is, where it is centred, how far it spreads."""

from math import sqrt

from metrics.assumptions import Assumption
from pages.texts import numbers, said, t, units


def words(one: Assumption) -> str:
    """``chance qu'une demande aboutisse, 60 % ± 10,7 points``: the label, the centre, the spread of its law."""
    label = said(one.label)
    return f"{label[:1].lower()}{label[1:]}, {spread(one)}"


def spread(one: Assumption) -> str:
    """The centre and the spread of a law, in its unit."""
    told = one.given
    if one.law == "triangular":
        least, usual, most = (_value(one, told[name]) for name in ("least", "usual", "most"))
        return t("de {least} à {most}, le plus souvent {usual}", least=least, most=most, usual=usual)
    if one.law == "lognormal":
        factor = numbers.plain(told["sd"], 2)
        return t("médiane {centre}, écart-type du logarithme {sd}", centre=_value(one, one.centre), sd=factor)
    return t("moyenne {centre}, écart-type {sd}", centre=_value(one, one.centre), sd=_value(one, _sd(one)))


def _sd(one: Assumption) -> float:
    """A beta's standard deviation, sqrt(ab / ((a + b)² (a + b + 1))); every other law here tells its own."""
    told = one.given
    if one.law != "beta":
        return told["sd"]
    wins, losses = told["wins"], told["losses"]
    weight = wins + losses
    return sqrt(wins * losses / (weight * weight * (weight + 1)))


def _value(one: Assumption, value: float) -> str:
    if one.unit in ("factor", "score_100"):
        return numbers.plain(value, 2)
    return units.text(value, one.unit)
