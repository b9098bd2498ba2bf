"""Late data, corrections of the past, and what people decided."""

from collections.abc import Callable, Mapping
from typing import Any

from metrics.change import Change
from metrics.columns import noun, table_title
from metrics.definitions import Catalogue, Kpi
from pages.texts import numbers, said, t, tn, typography, units

Facts = Mapping[str, Any]
MOST = 3  # columns named in a correction, and files


def title(change: Change, catalogue: Catalogue) -> str:
    """What happened, then to what."""
    words: dict[str, Callable[[], str]] = {
        "data": lambda: t("Données en retard"),
        "correction": lambda: t("Passé corrigé"),
        "target": lambda: t("Nouvelle cible"),
        "rebase": lambda: t("Nouvelle base"),
        "definition": lambda: t("Définition changée"),
    }
    return t("{what} : {name}", what=words[change.kind](), name=_name(change, catalogue))


def sentence(change: Change, catalogue: Catalogue) -> str:
    """The whole story in one sentence."""
    return {
        "data": _late,
        "correction": _corrected,
        "target": _aimed,
        "rebase": _rebased,
        "definition": _defined,
    }[change.kind](change, catalogue)


def _name(change: Change, catalogue: Catalogue) -> str:
    if change.table:
        return said(table_title(change.table))
    kpi = catalogue.every.get(change.kpi)
    label = kpi.label if kpi else change.facts.get("label")
    return said(label) if label else change.kpi


def _quoted(change: Change, catalogue: Catalogue) -> str:
    return t("« {name} »", name=_name(change, catalogue))


def _late(change: Change, catalogue: Catalogue) -> str:
    facts, name = change.facts, _quoted(change, catalogue)
    if not change.table:
        period = numbers.period(facts["period"])
        return t(
            "{name} n’est plus jugé : sa dernière donnée ({period}) est trop ancienne.",
            name=name,
            period=period,
        )
    return tn(
        "Rien de nouveau dans {name} depuis le {day}, soit {days} jours au lieu de {limit} au plus : {n} indicateur en dépend.",
        "Rien de nouveau dans {name} depuis le {day}, soit {days} jours au lieu de {limit} au plus : {n} indicateurs en dépendent.",
        len(facts["kpis"]),
        name=name,
        day=numbers.day(facts["last_on"]),
        days=numbers.decimal(facts["days"]),
        limit=numbers.decimal(facts["limit"]),
    )


def _corrected(change: Change, catalogue: Catalogue) -> str:
    facts = change.facts
    parts = {
        "table": _quoted(change, catalogue),
        "told": _counts(facts),
        "number": facts["number"],
        "day": numbers.day(facts["at"]),
    }
    if facts["undoes"]:
        return t(
            "Dans {table}, des données du passé sont retirées le {day} : l’import n° {undone} est annulé ({told}).",
            undone=facts["undoes"],
            **parts,
        )
    files = ", ".join(facts["files"][:MOST])
    if not files:
        return t(
            "Dans {table}, des données du passé ont changé le {day}, par l’import n° {number} : {told}.",
            **parts,
        )
    return t(
        "Dans {table}, des données du passé ont changé le {day}, par l’import n° {number} ({files}) : {told}.",
        files=files,
        **parts,
    )


def _counts(facts: Facts) -> str:
    """How many rows, and which columns most often: ``12 lignes modifiées (Montant notifié), 3 ajoutées``."""
    names = [said(noun(name)) for name in list(facts["columns"])[:MOST]]
    changed = facts["changed"]
    found = []
    if changed:
        words = tn("{n} ligne modifiée", "{n} lignes modifiées", changed, n=numbers.decimal(changed))
        found.append(f"{words} ({', '.join(names)})" if names else words)
    if added := facts["added"]:
        found.append(tn("{n} ligne ajoutée", "{n} lignes ajoutées", added, n=numbers.decimal(added)))
    if removed := facts["removed"]:
        found.append(tn("{n} ligne retirée", "{n} lignes retirées", removed, n=numbers.decimal(removed)))
    return ", ".join(found)


def _aimed(change: Change, catalogue: Catalogue) -> str:
    facts, kpi, name = change.facts, catalogue.every[change.kpi], _quoted(change, catalogue)
    now, then = _aim(facts, "now", kpi), _aim(facts, "then", kpi)
    by = t(" ({who})", who=facts["decided_by"]) if facts.get("decided_by") else ""
    why = t(" Motif : {reason}", reason=typography(_stopped(facts["reason"]))) if facts.get("reason") else ""
    if now == then:
        due = numbers.day(facts["due_now"])
        words = t(
            "La cible de {name} reste {end}, autrement bornée ou pour une autre échéance ({due}){by}.",
            name=name,
            end=now,
            due=due,
            by=by,
        )
    elif then == numbers.NONE:
        words = t("La cible de {name} est fixée à {end}{by}.", name=name, end=now, by=by)
    else:
        words = t("La cible de {name} passe de {start} à {end}{by}.", name=name, start=then, end=now, by=by)
    return words + why


def _aim(facts: Facts, when: str, kpi: Kpi) -> str:
    """A target, or the band that stands for it."""
    band = facts[f"band_{when}"]
    if kpi.direction == "band" and band:
        return t("{low} à {high}", low=units.short(band[0], kpi.unit), high=units.short(band[1], kpi.unit))
    return units.short(facts[f"target_{when}"], kpi.unit)


def _stopped(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _rebased(change: Change, catalogue: Catalogue) -> str:
    facts = change.facts
    return t(
        "Le niveau habituel de {name} est désormais mesuré depuis le {day}. Motif : {reason}",
        name=_quoted(change, catalogue),
        day=numbers.day(facts["rebased_on"]),
        reason=typography(_stopped(facts["reason"])),
    )


def _defined(change: Change, catalogue: Catalogue) -> str:
    facts, name = change.facts, _quoted(change, catalogue)
    if facts["how"] == "added":
        return t("{name} entre dans le tableau de bord.", name=name)
    if facts["how"] == "removed":
        return t("{name} sort du tableau de bord.", name=name)
    if facts["version_now"] != facts["version_then"]:
        return t(
            "{name} est défini autrement : version {end} au lieu de {start}.",
            name=name,
            start=facts["version_then"],
            end=facts["version_now"],
        )
    return t("{name} est défini autrement, sous la même version.", name=name)
