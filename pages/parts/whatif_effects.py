"""What a scenario would do beyond its KPIs: to well-being, as an assumption, and to the plans that the law's clip changed."""

from metrics.clipped import Clip, clipped
from metrics.wellbeing_effect import effect
from metrics.whatif import Comparison
from pages.parts.markup import Html, join, tag
from pages.parts.source import Source
from pages.texts import numbers, scenarios, t, units


def panel(source: Source, found: Comparison) -> Html:
    """Both in words; nothing where neither has anything to tell."""
    return join([_felt(source, found), _clipped(source, found)])


def _felt(source: Source, found: Comparison) -> Html:
    told = effect(found, source.catalogue.parameters)
    if told is None:
        return Html("")
    words = t(
        "Bien-être (OMS-5) : effet supposé {change} points, huit fois sur dix de {low} à {high}. Aucune donnée ne l’étaye ; "
        "l’indicateur reste celui de l’enquête.",
        change=_signed(told.change),
        low=_signed(told.low),
        high=_signed(told.high),
    )
    return tag("p", words, class_="lv-note")


def _signed(points: float) -> str:
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return f"{sign}{numbers.decimal(abs(points), 1)}"


def _clipped(source: Source, found: Comparison) -> Html:
    plans = clipped(source.engine, source.catalogue, found.scenario, found.as_of)
    if not plans:
        return Html("")
    items = [tag("li", _plan(one)) for one in plans]
    head = t("Ce que la participation minimale change à chaque plan, sous ce scénario :")
    return join([tag("p", head), tag("ul", *items, class_="lv-note")])


def _plan(one: Clip) -> str:
    sides = {"own": one.own, "public": one.public}
    words = {"own": t("fonds propres"), "public": t("argent public des partenaires")}
    moved = [
        f"{words[name]} {units.text(before, 'eur')} → {units.text(after, 'eur')} ({scenarios.signed(after - before, 'eur')})"
        for name, (before, after) in sides.items()
        if abs(after - before) > 0.005
    ]
    return f"{one.project_id}, {one.title} : {', '.join(moved)}"
