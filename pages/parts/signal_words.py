"""A control chart in words: what a point's signal is, what the chart found, how its points were made, why there is none."""

from datetime import date

from metrics.definitions import Kpi
from metrics.signals import ControlChart
from metrics.xmr import LEAST, SURE, Spot
from pages.texts import numbers, t, tn, units
from pages.texts.judgements import variation_word


def flag(name: str) -> str:
    """A rule in words."""
    words = {
        "outside": lambda: t("hors limites"),
        "trend": lambda: t("tendance de sept points"),
        "two_of_three": lambda: t("deux points sur trois près d’une limite"),
        "run": lambda: t("sept points du même côté"),
    }
    return words[name]()


def meant(one: Spot, is_sure: bool = True) -> str:
    """What a flagged point means; nothing is judged under provisional limits."""
    return variation_word(one.variation) if is_sure else t("limites provisoires")


def spot(one: Spot, is_sure: bool = True) -> str:
    """A flagged point: its rules, then what they mean; "" for noise."""
    if not one.flags:
        return ""
    return f"{', '.join(flag(name) for name in one.flags)} ({meant(one, is_sure)})"


def named(one: Spot, is_sure: bool = True) -> str:
    """A flagged point by the rule that names it, beside its mark on the chart."""
    return f"{flag(one.flags[0])}, {meant(one, is_sure)}" if one.flags else ""


def value(number: float, unit: str) -> str:
    """A value or a limit of a chart."""
    if unit in ("n", "days") and number != round(number):
        return units.text(round(number, 1), unit)
    return units.text(number, unit)


def title(kpi: Kpi, found: ControlChart, drift: float = 0.0) -> str:
    """The chart's finding, from its last base and its last point. ``drift``: the slope of its clear tendency, else 0."""
    words = _title(kpi, found, drift)
    return words[:1].upper() + words[1:]


def _title(kpi: Kpi, found: ControlChart, drift: float) -> str:
    assert found.chart is not None
    limits, last = found.chart.limits, _last(found)
    day = numbers.month(found.days[last])
    if not limits.is_drawn:
        first = found.days[found.chart.segments[-1].start]
        return tn(
            "Un seul point depuis {month} : trop tôt pour des limites",
            "{n} points depuis {month} : trop tôt pour des limites",
            limits.n,
            month=numbers.month(first),
        )
    point = found.chart.points[last]
    if not point.flags:
        return _drifting(kpi, found, last, drift) or _quiet(kpi, found, last)
    words = {
        "value": value(point.value, kpi.unit),
        "month": day,
        "what": meant(point, not limits.is_provisional),
    }
    high = point.way > 0
    if point.flags[0] == "outside":
        bound = value(limits.upper if high else limits.lower, kpi.unit)
        above = t("{month} : {value}, au-dessus de la limite haute de {bound}, {what}", bound=bound, **words)
        below = t("{month} : {value}, sous la limite basse de {bound}, {what}", bound=bound, **words)
        return above if high else below
    if point.flags[0] == "trend":
        up = t("Sept points qui montent de suite jusqu’à {value} en {month}, {what}", **words)
        down = t("Sept points qui descendent de suite jusqu’à {value} en {month}, {what}", **words)
        return up if high else down
    mean = value(limits.mean, kpi.unit)
    if point.flags[0] == "run":
        above = t(
            "Au moins sept points de suite au-dessus de la moyenne de {mean}, {what}", mean=mean, **words
        )
        below = t("Au moins sept points de suite sous la moyenne de {mean}, {what}", mean=mean, **words)
        return above if high else below
    return t("Deux points sur trois près d’une limite, dont {value} en {month}, {what}", **words)


def _last(found: ControlChart) -> int:
    """The place of the last known point."""
    return max(i for i, number in enumerate(found.values) if number == number)


def _drifting(kpi: Kpi, found: ControlChart, last: int, drift: float) -> str:
    """The finding where no point is a signal and the series drifts all the same; "" where it does not."""
    words = {"month": numbers.month(_since(found, last)), "value": value(found.values[last], kpi.unit)}
    if drift > 0:
        return t("Pas de signal depuis {month}, mais une tendance à la hausse, jusqu’à {value}", **words)
    if drift < 0:
        return t("Pas de signal depuis {month}, mais une tendance à la baisse, jusqu’à {value}", **words)
    return ""


def _since(found: ControlChart, last: int) -> date:
    """The first day of the base, or the day after its last signal."""
    assert found.chart is not None
    start, points = found.chart.segments[-1].start, found.chart.points
    flagged = [i for i in range(start, last) if points[i].flags]
    return found.days[min(flagged[-1] + 1 if flagged else start, last)]


def _quiet(kpi: Kpi, found: ControlChart, last: int) -> str:
    """The finding where the last point is noise: since when, and within what."""
    assert found.chart is not None
    since = _since(found, last)
    low, high = drawn_limits(kpi, found, len(found.chart.segments) - 1)
    ends = {"month": numbers.month(since), "low": value(low or 0.0, kpi.unit)}
    if (
        found.method == "widened" and high is not None
    ):  # noise is not all that an autocorrelated series may hold
        return t("Dans ses limites depuis {month}, entre {low} et {high}", high=value(high, kpi.unit), **ends)
    if high is None:
        return t(
            "Depuis {month}, rien que du bruit autour de {mean}",
            mean=value(found.chart.limits.mean, kpi.unit),
            **ends,
        )
    return t("Depuis {month}, rien que du bruit, entre {low} et {high}", high=value(high, kpi.unit), **ends)


def drawn_limits(kpi: Kpi, found: ControlChart, number: int) -> tuple[float | None, float | None]:
    """The limits of a base as they can be drawn: none under 0 of what is never negative, none over 100 % of a share."""
    assert found.chart is not None
    limits = found.chart.segments[number].limits
    if not limits.is_drawn:
        return None, None
    known = [number for number in found.values if number == number]
    low = None if limits.lower <= 0 <= min(known) else limits.lower
    high = None if kpi.unit == "ratio" and limits.upper > 1 >= max(known) else limits.upper
    return low, high


def note(kpi: Kpi, found: ControlChart) -> str:
    """What is drawn, under the title."""
    lines = t("Trait plein : moyenne ; tirets : limites du bruit habituel ; losange : signal.")
    return f"{points(kpi, found)} {lines}"


def points(kpi: Kpi, found: ControlChart) -> str:
    """What the points are."""
    added = {
        "monthly": t("Incréments mensuels : ce que chaque mois ajoute au cumul."),
        "quarterly": t("Incréments trimestriels : ce que chaque trimestre ajoute au cumul."),
        "yearly": t("Incréments annuels : ce que chaque année ajoute au cumul."),
    }
    ends = {
        "monthly": t("Un point par mois achevé."),
        "quarterly": t("Un point par trimestre achevé."),
        "yearly": t("Une valeur par année achevée."),
    }
    chosen = added if found.method == "increment" else ends
    return chosen.get(kpi.frequency) or t("Un point par enquête.")


def method(found: ControlChart) -> str:
    """How the limits were made, for the footnote."""
    assert found.chart is not None
    said = []
    if found.is_deseasonalised:
        said.append(t("Effets de mois ôtés."))
    if found.method == "widened":
        said.append(
            t(
                "Limites élargies : chaque point tient en partie au précédent ; seul un point hors limites est un signal."
            )
        )
    elif found.is_count:
        said.append(t("Petits nombres : limites à trois fois la racine de la moyenne."))
    else:
        said.append(
            t(
                "Limites XmR : moyenne plus ou moins 2,66 fois l’étendue mobile moyenne, étendues aberrantes écartées."
            )
        )
    if found.method == "increment":
        said.append(t("Cumul : pas d’assurance."))
    if found.is_provisional:
        said.append(
            t(
                "Limites provisoires : {n} points, moins de {sure}. Un point hors de ces limites y est montré, ici comme sur la carte de l’indicateur, sans être dit amélioration ni dégradation.",
                n=found.chart.limits.n,
                sure=SURE,
            )
        )
    return " ".join(said)


def why_none(found: ControlChart) -> str:
    """Why there is no control chart, in a sentence; "" where there is one."""
    words = {
        "by_choice": lambda: t("Pas de carte de contrôle : la fiche de l’indicateur l’exclut."),
        "fixed_period": lambda: t("Pas de carte de contrôle : une période fixe n’a pas de suite de points."),
        "cumulative_ratio": lambda: t(
            "Pas de carte de contrôle : chaque valeur cumulée contient la précédente."
        ),
        "near_limit": lambda: t(
            "Pas de limites : une part trop proche de 0 ou de 100 % n’a pas de bruit régulier."
        ),
        "still": lambda: t("Pas de limites : plus d’un point sur deux répète le précédent."),
        "too_few": lambda: t("Pas de limites : moins de {least} points.", least=LEAST),
    }
    return words[found.reason]() if found.reason else ""


def sentence(kpi: Kpi, found: ControlChart) -> str:
    """The chart in a sentence, for those who do not see it."""
    assert found.chart is not None
    limits = found.chart.limits
    flagged = sum(bool(spot.flags) for spot in found.chart.points)
    said = t(
        "Carte de contrôle de {n} points, de {first} à {last} ; moyenne {mean}.",
        n=sum(number == number for number in found.values),
        first=numbers.month(found.days[0]),
        last=numbers.month(found.days[-1]),
        mean=value(limits.mean, kpi.unit),
    )
    low, high = drawn_limits(kpi, found, len(found.chart.segments) - 1)
    if low is not None or high is not None:
        ends = [t("limite basse {low}", low=value(low, kpi.unit)) if low is not None else ""]
        ends += [t("limite haute {high}", high=value(high, kpi.unit)) if high is not None else ""]
        told = ", ".join(end for end in ends if end)
        said = f"{said} {told[:1].upper()}{told[1:]}."  # units keep their capitals
    bases = len(found.chart.segments)
    more = tn("Une base.", "{n} bases successives.", bases) if bases > 1 else ""
    signals = (
        tn("Un point est un signal.", "{n} points sont des signaux.", flagged)
        if flagged
        else t("Aucun point n’est un signal.")
    )
    return " ".join(part for part in (said, signals, more) if part)


def dated(when: date | None) -> str:
    """A day in words, "" for none."""
    return numbers.day(when) if when else ""
