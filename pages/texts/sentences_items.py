"""Projects, money and partners that changed, by their names."""

from collections.abc import Callable, Mapping
from typing import Any

from metrics.change import Change
from metrics.columns import meaning
from metrics.definitions import Catalogue
from pages.texts import language, numbers, said, t, tn, typography, units

Facts = Mapping[str, Any]


def title(change: Change, catalogue: Catalogue) -> str:
    """What happened, then to whom."""
    facts = change.facts
    words: dict[str, Callable[[], str]] = {
        "plan": lambda: _plan_title(facts),
        "lapse": lambda: t("Échéance passée") if facts["is_passed"] else t("Caducité proche"),
        "awarded": lambda: (
            t("{amount} notifiés", amount=_money(facts["amount"]))
            if facts["amount"] is not None
            else t("Notification")
        ),
        "late": lambda: t("Travaux en retard"),
        "ageing": lambda: t("Dossier vieillissant"),
        "stage": lambda: t("En {stage}", stage=_stage(facts["stage_now"])),
        "opened": lambda: t("Nouveau dossier"),
        "closed": lambda: t("Dossier clos"),
        "silent": lambda: t("Partenaire silencieux"),
    }
    return t("{what} : {name}", what=words[change.kind](), name=_name(facts))


def sentence(change: Change, catalogue: Catalogue) -> str:
    """The whole story in one sentence."""
    return {
        "plan": _plan,
        "lapse": _lapse,
        "awarded": _awarded,
        "late": _late,
        "ageing": _ageing,
        "stage": _moved,
        "opened": _opened,
        "closed": _closed,
        "silent": _silent,
    }[change.kind](change.facts)


def _name(facts: Facts) -> str:
    name = str(facts.get("title") or facts.get("name") or "")
    return typography(name) if language() == "fr" else name


def _quoted(facts: Facts) -> str:
    return t("« {name} »", name=_name(facts))


def _money(amount: float | None) -> str:
    return units.text(amount, "eur") if amount is not None else t("un montant inconnu")


def _days(count: int) -> str:
    return tn("{n} jour", "{n} jours", count, n=numbers.decimal(count))


def _stage(code: str | None) -> str:
    return said(meaning("stage", code or ""))


def _share(value: float | None) -> str:
    return units.text(value, "ratio")


def _plan_title(facts: Facts) -> str:
    if facts["verdict"] == "breach":
        return t("Plan non conforme")
    return t("Plan à la limite") if facts["verdict"] == "on_the_limit" else t("Plan remis en règle")


def _plan(facts: Facts) -> str:
    parts = {
        "name": _quoted(facts),
        "share": _share(facts["own_share"]),
        "least": _share(facts["min_own_share"]),
    }
    if facts["verdict"] == "breach":
        return t(
            "Le plan de {name} enfreint la participation minimale : {share} de fonds propres, pour {least} exigés.",
            **parts,
        )
    if facts["verdict"] == "on_the_limit":
        return t(
            "Le plan de {name} arrive à la limite : {share} de fonds propres, pour {least} exigés ; une baisse de coût sur la part de la Ville le mettrait en défaut.",
            **parts,
        )
    if facts["own_share"] is None:
        return t("Le plan de {name} n’enfreint plus la participation minimale.", name=_quoted(facts))
    return t(
        "Le plan de {name} n’enfreint plus la participation minimale : {share} de fonds propres.", **parts
    )


def _lapse(facts: Facts) -> str:
    parts = {"name": _quoted(facts), "partner": facts["partner"], "amount": _money(facts["amount"])}
    day, left = numbers.day(facts["deadline"]), facts["days_left"]
    if facts["is_passed"]:
        return t(
            "Les travaux de {name} devaient commencer avant le {day} : l’aide notifiée par {partner} ({amount}) peut être perdue.",
            day=day,
            **parts,
        )
    return t(
        "L’aide notifiée par {partner} pour {name} ({amount}) devient caduque si les travaux ne commencent pas d’ici le {day}, dans {days}.",
        day=day,
        days=_days(left),
        **parts,
    )


def _awarded(facts: Facts) -> str:
    parts = {"partner": facts["partner"], "name": _quoted(facts), "amount": _money(facts["amount"])}
    return t("{partner} notifie {amount} pour {name}.", **parts)


def _late(facts: Facts) -> str:
    if facts["what"] == "start":
        return t(
            "{name} devait commencer en {year} : aucun début de travaux n’est enregistré.",
            name=_quoted(facts),
            year=facts["year"],
        )
    return t(
        "{name} devait s’achever en {year} : ni fin de travaux ni clôture n’est enregistrée.",
        name=_quoted(facts),
        year=facts["year"],
    )


def _ageing(facts: Facts) -> str:
    return t(
        "{name} est à l’étape « {stage} » depuis {days} ; 85 % des dossiers la quittent en {usual}.",
        name=_quoted(facts),
        stage=_stage(facts["stage"]),
        days=_days(facts["days"]),
        usual=_days(facts["usual_days"]),
    )


def _moved(facts: Facts) -> str:
    return t(
        "{name} quitte l’étape « {start} » pour « {end} » le {day}.",
        name=_quoted(facts),
        start=_stage(facts["stage_then"]),
        end=_stage(facts["stage_now"]),
        day=numbers.day(facts["entered_on"]),
    )


def _opened(facts: Facts) -> str:
    where = [facts["directorate"], units.text(facts["cost"], "eur") if facts["cost"] is not None else None]
    told = ", ".join(part for part in where if part)
    name, day = _quoted(facts), numbers.day(facts["opened_on"])
    if not told:
        return t("{name} est ouvert le {day}.", name=name, day=day)
    return t("{name} est ouvert le {day} ({told}).", name=name, day=day, told=told)


def _closed(facts: Facts) -> str:
    name, day = _quoted(facts), numbers.day(facts["closed_on"])
    if not facts["outcome"]:
        return t("{name} est clos le {day}.", name=name, day=day)
    return t(
        "{name} est clos le {day} : {outcome}.",
        name=name,
        day=day,
        outcome=said(meaning("outcome", facts["outcome"])),
    )


def _silent(facts: Facts) -> str:
    name, last = _name(facts), facts["last_on"]
    if last is None:
        return t("{name} n’est plus un partenaire actif : aucun événement n’est enregistré.", name=name)
    return t(
        "{name} n’est plus un partenaire actif : rien depuis le {day}.", name=name, day=numbers.day(last)
    )
