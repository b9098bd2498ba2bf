"""The words of a proof: what is claimed and what the data say, what a value is measured against, what a check came to."""

from metrics.claims import is_kept
from metrics.definitions import Kpi
from metrics.freshness import DAYS
from metrics.reading import Reading
from metrics.rechecks import Checked, Fact, Outcome, facts_hold
from metrics.sides import Baseline, Side
from pages.parts.fiche_facts import FREQUENCIES
from pages.parts.fiche_finding import label, value_words
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn, units
from pages.texts.judgements import reason
from schemas.rules.sentences import SENTENCES

MARKS: dict[Outcome, str] = {
    "passed": "on_target",
    "warned": "watch",
    "failed": "off_target",
    "not_run": "unknown",
}


def claim_of(source: Source, kpi: Kpi) -> str:
    """The claim as the scorecard words it, "" for a KPI of which nothing is claimed, or of a part of the town."""
    words = source.catalogue.scorecard.claims.get(kpi.id)
    return said(words) if words and not source.scope else ""


def title(source: Source, kpi: Kpi, reading: Reading | None) -> str:
    """The finding of the page: what the data say of the claim."""
    value = told(reading, kpi)
    claim = claim_of(source, kpi)
    if not claim:
        return t("{label} : {value}", label=label(kpi), value=value)
    return t("« {claim} » : les données disent {value}", claim=claim, value=value)


def told(reading: Reading | None, kpi: Kpi) -> str:
    """A value in words, or why there is none."""
    if reading is None or reading.value is None:
        return reason(reading.reason if reading else "no_data") or t("non calculé")
    return value_words(reading.value, kpi.unit)


def verdict(source: Source, kpi: Kpi, reading: Reading | None) -> str:
    """Whether the claim is kept at the date, by the catalogue's own target."""
    if not claim_of(source, kpi) or source.as_of is None:
        return ""
    day = numbers.day(source.as_of)
    if reading is None or reading.value is None:
        return t("Au {day}, les données ne permettent pas de le dire.", day=day)
    if is_kept(source.defined(kpi.id) or kpi, reading):
        return t("La promesse est tenue au {day}.", day=day)
    return t("La promesse n’est pas tenue au {day}.", day=day)


def role(side: Side) -> str:
    """The name of a side."""
    words = {
        "whole": lambda: t("Les lignes comptées"),
        "numerator": lambda: t("Numérateur"),
        "denominator": lambda: t("Dénominateur"),
    }
    return words[side.role]()


def against(base: Baseline) -> str:
    """What a value is measured against, in a sentence."""
    value = units.text(base.value, base.unit)
    count = tn("{n} ligne", "{n} lignes", base.n or 0, n=numbers.decimal(base.n or 0))
    words = {"value": value, "count": count, "day": numbers.day(base.on)}
    if base.kind == "base":
        return t("Référence : {year}. La même formule y donne {value} ({count}).", year=base.on.year, **words)
    if base.kind == "cohort":
        since = numbers.day(base.since)
        return t(
            "Référence : du {since} au {day}. La valeur y est de {value} ({count}).", since=since, **words
        )
    if base.kind == "zero":
        return t("Compté à partir de zéro, le {day} : ce qui précède n’y entre pas.", **words)
    if base.kind == "before":
        return t(
            "Référence : {value} au {day}, dernière valeur avant le changement de méthode (n = {n}).",
            n=_n(base),
            **words,
        )
    if base.since:
        since = numbers.day(base.since)
        return t(
            "Cumulé depuis le {since} ; première valeur connue : {value} au {day} (n = {n}).",
            since=since,
            n=_n(base),
            **words,
        )
    return t("Première valeur connue : {value} au {day} (n = {n}).", n=_n(base), **words)


def _n(base: Baseline) -> str:
    return numbers.NONE if base.n is None else numbers.decimal(base.n)


def age(source: Source, kpi: Kpi) -> str:
    """When a value of this frequency is called too old."""
    times = source.catalogue.scorecard.thresholds.stale_after
    if not times:
        return t("Ces valeurs sont montrées telles que publiées, sans limite d’âge.")
    days = numbers.decimal(round(DAYS[kpi.frequency] * times))
    return t(
        "Mesuré {frequency} ; une valeur est dite trop ancienne {days} jours après les dernières données, et n’est plus jugée.",
        frequency=FREQUENCIES[kpi.frequency](),
        days=days,
    )


def rule(number: int) -> str:
    """What a numbered rule says of rows that pass it."""
    return said(SENTENCES[number])


def rule_result(found: Checked) -> str:
    """What running a rule again came to."""
    if found.errors is None or found.warnings is None:
        return t("contrôlé à la réception des réponses, non rejoué ici")
    n = found.errors or found.warnings
    if not n:
        return t("aucune ligne en défaut")
    if found.errors:
        return tn("{n} ligne en défaut", "{n} lignes en défaut", n, n=numbers.decimal(n))
    return tn("{n} ligne signalée", "{n} lignes signalées", n, n=numbers.decimal(n))


def facts_result(found: tuple[Fact, ...], kpi: Kpi) -> tuple[Outcome, str]:
    """What comparing the catalogue's examples with these data came to."""
    outcome = facts_hold(found)
    if outcome == "not_run":
        return outcome, t("ces données ne sont pas celles de la ville de démonstration")
    pairs = [
        f"{numbers.period(fact.period)} : {units.text(fact.claimed, kpi.unit)}{'' if fact.holds else ' ≠ ' + units.text(fact.found, kpi.unit)}"
        for fact in found
    ]
    return outcome, " ; ".join(pairs)
