"""KPIs that changed: from what to what, what the target says of it, and whether it is more than noise."""

import re

from metrics.change import Change
from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from metrics.signals import method_of
from pages.texts import judgements, language, numbers, said, t, units
from pages.texts.subjects import subject


def title(change: Change, catalogue: Catalogue) -> str:
    """The KPI and what happened to it, in a few words."""
    kpi = catalogue.every[change.kpi]
    return t("{label} : {what}", label=said(kpi.label), what=_few_words(change, kpi))


def _few_words(change: Change, kpi: Kpi) -> str:
    now = change.now
    if change.facts["has_new_status"] and now is not None:
        reached = change.facts["status_now"] == "on_target"
        word = t("cible atteinte") if reached else judgements.word_of(now).lower()
        return t("{what} (bruit habituel)", what=word) if change.is_noise else word
    if change.kind == "signal":
        return judgements.worded(now.variation if now else None, kpi)
    return units.text(now.value if now else None, kpi.unit)


def sentence(change: Change, catalogue: Catalogue) -> str:
    """From what to what; then the status where it is another one, and the signal; n at the end."""
    kpi, now = catalogue.every[change.kpi], change.now
    assert now is not None
    # A label with a comma is closed by another before its verb, not before a colon.
    moved = re.sub(r",(?=[ \u00a0]?:)", "", _moved(kpi, now, change.then))
    told = [part for part in (_status(change, kpi), _signal(change, kpi), _break(change)) if part]
    whole = t("{moved} : {told}", moved=moved, told=_joined(told)) if told else moved
    n = t(" (n = {n})", n=numbers.decimal(now.n)) if now.n is not None and now.value is not None else ""
    return f"{whole}{n}."


def _joined(parts: list[str]) -> str:
    return ("\u202f; " if language() == "fr" else "; ").join(parts)


def _moved(kpi: Kpi, now: Reading, then: Reading | None) -> str:
    """The movement alone: ``Le délai médian d'instruction passe de 240 j à 60 j``."""
    who, value = subject(kpi), units.text(now.value, kpi.unit)
    before = units.text(then.value, kpi.unit) if then and then.value is not None else None
    if now.value is None:
        why = judgements.reason(now.reason) or t("non calculé")
        return t("{who} : plus de valeur, {why}", who=who.words, why=why)
    told = {"who": who.words, "value": value}
    if before is None:
        return (
            t("{who} valent {value} (valeur jusque-là inconnue)", **told)
            if who.is_many
            else t("{who} vaut {value} (valeur jusque-là inconnue)", **told)
        )
    if before == value:
        return t("{who} restent à {value}", **told) if who.is_many else t("{who} reste à {value}", **told)
    parts = {"who": who.words, "start": before, "end": value}
    return _from_to(parts, who.is_many, _is_up(now, then)) + _difference(kpi, now, then)


def _from_to(parts: dict[str, str], is_many: bool, is_up: bool) -> str:
    """The verb agrees with its subject in French; in English it says which way."""
    if language() == "en":
        verb = t("monte") if is_up else t("baisse")
        return t("{who} {verb} de {start} à {end}", verb=verb, **parts)
    if is_many:
        return t("{who} passent de {start} à {end}", **parts)
    return t("{who} passe de {start} à {end}", **parts)


def _is_up(now: Reading, then: Reading | None) -> bool:
    return now.value is not None and then is not None and then.value is not None and now.value > then.value


def _difference(kpi: Kpi, now: Reading, then: Reading | None) -> str:
    """What was added to an amount of money, signed; "" for other units."""
    if kpi.unit != "eur" or now.value is None or then is None or then.value is None:
        return ""
    more = now.value - then.value
    sign = "+" if more > 0 else ""
    return t(", soit {difference}", difference=f"{sign}{units.text(more, kpi.unit)}")


def _status(change: Change, kpi: Kpi) -> str:
    """What the new status says of the target; "" where the status is as before."""
    if not change.facts["has_new_status"] or change.now is None or change.now.value is None:
        return ""
    now, then = change.facts["status_now"], change.facts["status_then"]
    aim = (
        units.short(change.now.target, kpi.unit)
        if change.now.target is not None and kpi.direction != "band"
        else ""
    )
    noise = t(", dans le bruit habituel") if change.is_noise else ""
    return _judged(now, then, aim) + noise


def _judged(now: str, then: str, aim: str) -> str:
    if now == "on_target":
        return t("la cible de {target} est atteinte", target=aim) if aim else t("la cible est atteinte")
    if now == "no_target":
        return t("aucune cible n’est plus fixée")
    word = judgements.word(now).lower()
    if then == "on_target" and aim:
        return t("{status}, la cible de {target} n’est plus tenue", status=word, target=aim)
    if then == "unknown":
        return word
    was = t("sans cible") if then == "no_target" else judgements.word(then).lower()
    return t("{status}, et non plus {before}", status=word, before=was)


def _signal(change: Change, kpi: Kpi) -> str:
    """What the control chart says, new or still; "" without a signal."""
    if change.kind != "signal":
        return ""
    variation = change.now.variation if change.now else None
    good = variation == "improvement"
    if method_of(kpi)[0] == "increment":
        word = judgements.worded(variation, kpi)
        return t("{word}, au-delà du bruit habituel", word=word)
    if change.facts["is_new_signal"]:
        return (
            t("une amélioration qui dépasse le bruit habituel")
            if good
            else t("une dégradation qui dépasse le bruit habituel")
        )
    return t("l’amélioration se confirme") if good else t("la dégradation se poursuit")


def _break(change: Change) -> str:
    """The new base that lies between, where the earlier value is out of today's limits; "" without one."""
    broke_on = change.facts.get("broke_on")
    if broke_on is None:
        return ""
    return t("la rupture de {month} dépasse le bruit habituel", month=numbers.month(broke_on))
