"""The head of a sheet: the value with its judgement, what it rests on, and what it means."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.parts import card, marks, status
from pages.parts.address import Address
from pages.parts.fiche_finding import why
from pages.parts.markup import Html, div, facts, heading, join, link, tag
from pages.parts.source import Source
from pages.texts import beside, numbers, said, t, units

FREQUENCIES = {
    "monthly": lambda: t("chaque mois"),
    "quarterly": lambda: t("chaque trimestre"),
    "yearly": lambda: t("chaque année"),
    "wave": lambda: t("à chaque enquête"),
}


def kicker(source: Source, kpi: Kpi) -> Html:
    """Code and objective, over the title."""
    objective = source.catalogue.scorecard.objectives.get(kpi.objective)
    side = source.catalogue.scorecard.perspective_of(kpi.objective)
    words = [t("Fiche indicateur {code}", code=kpi.code)]
    if objective:
        words.append(t("objectif : {objective}", objective=said(objective.label)))
    if side:
        words.append(said(side.label))
    return join(words, " · ")


def standing(source: Source, kpi: Kpi, reading: Reading | None, *more: object) -> Html:
    """The value set large, its bar with the target, its status; the reason where there is no value; ``more`` below."""
    value = card.value(reading, kpi, noun=beside.noun(source.catalogue, kpi, reading))
    known = reading is not None and reading.value is not None
    reason = "" if known else div("lv-reason", why(reading))
    signs = marks.both(reading, kpi, marks.why(source, kpi, reading))
    judged = div("lv-judged", status.of_reading(reading), score(reading), signs)
    return div("lv-standing", value, card.gauge(reading, kpi), judged, reason, *more)


def score(reading: Reading | None) -> Html:
    """The score on the scale from floor (0) to target (100); nothing without one."""
    if reading is None or reading.score is None:
        return Html("")
    return tag(
        "span",
        t(
            "score {score} sur {top}",
            score=numbers.score(reading.score, reading.status == "on_target", 1),
            top=numbers.out_of(),
        ),
        class_="lv-grey",
    )


def figures(kpi: Kpi, reading: Reading | None, more: Sequence[tuple[Kpi, Reading]] = ()) -> Html:
    """What the value rests on: interval, fraction, count, coverage, period, date, version, owner; and its companions."""
    pairs: list[tuple[object, object]] = []
    if reading is not None:
        own = kpi.has_own_periods and reading.value is not None
        pairs = [
            (t("Intervalle à 95 %"), units.interval(reading.low, reading.high, kpi.unit)),
            (t("Numérateur"), "" if reading.denominator is None else amount(reading.numerator, kpi, reading)),
            (t("Dénominateur"), amount(reading.denominator, kpi, reading)),
            (t("Effectif (n)"), beside.counted(reading, kpi)),
            (t("Couverture"), "" if reading.coverage is None else units.text(reading.coverage, "ratio")),
            (t("Période") if own else t("Données au"), beside.dated(reading, kpi)),
        ]
    pairs += [(said(other.label), units.text(found.value, other.unit)) for other, found in more]
    pairs += [
        (t("Cible"), _target(kpi, reading)),
        (t("Responsable"), ", ".join(part for part in (kpi.owner, FREQUENCIES[kpi.frequency]()) if part)),
        (t("Définition"), t("version {n}", n=reading.version if reading else kpi.version)),
    ]
    return facts((what, much) for what, much in pairs if much)


def companions(source: Source, kpi: Kpi) -> list[tuple[Kpi, Reading]]:
    """The values that are never shown without being beside this one: its companions that are known here."""
    found = source.readings()
    others = (other for other in source.catalogue.others.values() if other.companion_of == kpi.id)
    return [
        (other, found[other.id])
        for other in others
        if other.id in found and found[other.id].value is not None
    ]


def _target(kpi: Kpi, reading: Reading | None) -> str:
    """The target in words; a part that has none of its own says whose it is."""
    words = beside.target(kpi)
    if not words:
        return t("aucune cible fixée")
    is_town_only = reading is not None and reading.reason == "no_target"
    return t("{target}, pour toute la ville", target=words) if is_town_only else words


def amount(value: float | None, kpi: Kpi, reading: Reading) -> str:
    """A numerator or a denominator: euros where the ratio is one of euros, else a plain number; "" when unknown."""
    if value is None:
        return ""
    largest = max(abs(reading.numerator or 0.0), abs(reading.denominator or 0.0))
    is_money = kpi.unit in ("eur", "eur_per_eur") or (
        kpi.unit in ("ratio", "factor", "index") and largest >= 1e5
    )
    return units.text(value, "eur") if is_money else numbers.plain(value)


def elsewhere(source: Source, kpi: Kpi) -> Html:
    """For a directorate without this KPI: that it is so, and the way back to the whole town."""
    town = source.to("fiche", Address(source.lang, source.asked, ""), kpi=kpi.id)
    words = t("« {label} » n’a pas de valeur pour {scope}.", label=said(kpi.label), scope=source.scope)
    return div("lv-notice", heading(2, words), tag("p", link(town, t("Voir toute la ville"))), role="status")
