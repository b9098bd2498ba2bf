"""The words of why a KPI moved: names of parts and groups, signed amounts, the finding, the sentence, the reasons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from metrics import contributions, words
from metrics.contributions import Effect, Part
from metrics.definitions import Kpi
from metrics.moves import Move
from pages.parts.fiche_columns import dimension, label
from pages.parts.source import Source
from pages.texts import numbers, said, t, tn, units

STILL = 1e-9  # relative: a smaller change is the dust of binary fractions
EQUALS = 4  # equal groups named in a title
TITLED = 120  # projects whose title is looked up


@dataclass(frozen=True)
class Names:
    """What parts and groups are called in the run's language; ``titles`` of projects by id."""

    by: str
    over: str
    under: str
    titles: Mapping[str, str] = field(default_factory=dict)


def names(source: Source, kpi: Kpi, found: Move) -> Names:
    """The names for a move; nothing is looked up but the titles of the projects that count most."""
    if kpi.sql is None:
        return Names(found.by, "", "")
    over, under = words.sides(kpi, source.catalogue.kpis)
    return Names(found.by, _bare(said(over)), _bare(said(under)) if under else "", _titles(source, found))


def _bare(words_: str) -> str:
    """The words of a part without quotation marks of their own: they stand between some already."""
    return re.sub("«\\s*|\\s*»|[“”]", "", words_)


def _titles(source: Source, found: Move) -> dict[str, str]:
    if found.by != "project_id":
        return {}
    ordered = sorted(found.effects, key=lambda effect: -abs(effect.amount))
    ids = list(dict.fromkeys(effect.group for effect in ordered if effect.group))[:TITLED]
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    sql = f"SELECT project_id, title FROM projects WHERE project_id IN ({marks})"
    return dict(source.engine.rows(sql, ids))


def breakdown(by: str) -> str:
    """A breakdown's name: those that no table titles have theirs here."""
    if by == "project_id":
        return t("projet")
    return t("partenaire") if by == "partner" else dimension(by)


def part_name(called: Names, part: Part) -> str:
    """What a part of the formula is: ``montant notifié par les partenaires``."""
    return called.under if part == "denominator" else called.over


def name(called: Names, effect: Effect) -> str:
    """What an effect is of: a group by its label, several together, what no group explains, or a whole part."""
    if effect.kind == "whole":
        return part_name(called, effect.part)
    if effect.kind == "rest":
        return tn("{n} autre", "{n} autres", effect.count)
    if effect.kind == "residual":
        return t("non réparti")
    if effect.group is None:
        return t("non renseigné")
    title = called.titles.get(effect.group)
    return f"{effect.group} {title}" if title else label(called.by, effect.group)


def short(text: str, most: int) -> str:
    """A name cut at a word so that it leaves room to the bars."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:'’") + "…"


def wrapped(text: str, most: int) -> str:
    """A part's name over two lines where one is too short for it; cut only beyond them."""
    first = short(text, most).rstrip("…")
    if first == text:
        return text
    cut = text[: most - 1].rsplit(" ", 1)[0]
    return f"{cut}<br>{short(text[len(cut) :].strip(), most)}"


def value(amount: float | None, unit: str) -> str:
    """A value inside a sentence or at a bar: ``2,35``, ``15,0 M€``, ``84,2 %``."""
    if amount is None:
        return numbers.NONE
    if unit == "eur_per_eur":
        return numbers.decimal(amount, 2)
    return units.short(amount, unit) if unit.startswith("%") else units.text(amount, unit)


def delta(amount: float, unit: str, exact: bool = False) -> str:
    """A signed amount: ``+5,07``, ``−2,42``, ``+3,1 pt`` for shares."""
    amount = float(amount)
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return f"{sign}{_size(abs(amount), unit, exact)}"


def _size(size: float, unit: str, exact: bool) -> str:
    digits = 4 if exact else 2
    if unit == "ratio":
        return f"{numbers.plain(100 * size, 2 if exact else 1)}{numbers.NBSP}{t('pt')}"
    if unit == "eur":
        return units.text(size, unit, exact=exact)
    if unit == "days":
        return f"{numbers.plain(size, 1)}{numbers.NBSP}{t('j')}"
    if unit == "index":
        return numbers.decimal(size, 4 if exact else 3)
    if unit in ("eur_per_eur", "factor", "times", "x"):
        return numbers.decimal(size, digits)
    return numbers.plain(size, digits)


def title(kpi: Kpi, found: Move, called: Names) -> str:
    """The panel's finding: by how much it moved, and what moved it most."""
    if not found.effects:
        return t("Pourquoi ça a bougé")
    change = (found.after or 0.0) - (found.before or 0.0)
    months = (found.end.year - found.start.year) * 12 + found.end.month - found.start.month
    span = tn("en un mois", "en {n} mois", months)
    if abs(change) <= STILL * max(abs(found.before or 0.0), abs(found.after or 0.0)):
        return t("La valeur n’a pas bougé {span} : ses parties se compensent", span=span)
    words_ = {"change": delta(change, kpi.unit), "span": span}
    first = contributions.leaders(found.effects, change)
    if not first:
        return t("Pourquoi ça a bougé : {change} {span}", **words_)
    words_["amount"] = delta(first[0].amount, kpi.unit)
    if len(first) == 1:
        named = name(called, first[0])
        return t("Pourquoi ça a bougé : {change} {span}, d’abord {group} ({amount})", group=named, **words_)
    listed = ", ".join(name(called, one) for one in first[:EQUALS])
    if len(first) > EQUALS:
        listed = t("{n} groupes", n=len(first))
    return t(
        "Pourquoi ça a bougé : {change} {span}, à égalité {groups} ({amount} chacun)", groups=listed, **words_
    )


def sentence(kpi: Kpi, found: Move, shown: Sequence[Effect], called: Names) -> str:
    """The move in a sentence, whose figures add up as the waterfall's do; or why it cannot be split."""
    start = t(
        "De {before} à {after} entre {start} et {end}",
        before=value(found.before, kpi.unit),
        after=value(found.after, kpi.unit),
        start=numbers.month(found.start),
        end=numbers.month(found.end),
    )
    if not found.effects:
        return f"{start}{t(' : ')}{reason(found)}."
    parts = [_part(kpi, part, shown, called) for part in dict.fromkeys(effect.part for effect in shown)]
    return f"{start}{t(' : ')}{', '.join(parts)}.{_nets(kpi, found, called)}"


def is_netted(found: Move) -> bool:
    """Say whether groups stand in both parts of a ratio, so that only their net tells what they did."""
    parts = {effect.part for effect in found.effects if effect.kind == "group"}
    return len(parts) > 1


def _nets(kpi: Kpi, found: Move, called: Names) -> str:
    """What the groups brought by both parts together, the three largest; "" where each stands in one part."""
    if not is_netted(found):
        return ""
    first = [one for one in contributions.nets(found.effects) if one.kind == "group"][:3]
    listed = ", ".join(f"{name(called, one)} {delta(one.amount, kpi.unit)}" for one in first)
    return f" {t('En net : {groups}.', groups=listed)}"


def _part(kpi: Kpi, part: Part, shown: Sequence[Effect], called: Names) -> str:
    own = [effect for effect in shown if effect.part == part]
    whole = delta(contributions.total(own), kpi.unit)
    told = t("{amount} par « {part} »", amount=whole, part=part_name(called, part))
    groups = [effect for effect in own if effect.kind == "group"][:3]
    if not groups:
        return told
    listed = ", ".join(f"{name(called, one)} {delta(one.amount, kpi.unit)}" for one in groups)
    return t("{told} (dont {groups})", told=told, groups=listed)


def reason(found: Move) -> str:
    """Why a move has no contributions, in words."""
    if found.reason is None:
        return t("aucun groupe n’a bougé")
    told = {
        "stored": lambda: t("la valeur est saisie telle quelle, sans lignes à répartir"),
        "survival": lambda: t("une durée de survie ne se répartit pas en contributions qui s’additionnent"),
        "median": lambda: t("une médiane ne se répartit pas en contributions qui s’additionnent"),
        "distinct": lambda: t(
            "ce qui est compté une seule fois peut appartenir à plusieurs groupes : les parts ne s’additionnent pas"
        ),
        "extreme": lambda: t("un maximum ou un minimum tient à une seule valeur, il ne se répartit pas"),
        "mean": lambda: t("une moyenne de valeurs ne se répartit pas en contributions qui s’additionnent"),
        "product": lambda: t(
            "la formule multiplie ou combine des sommes : elle ne se répartit pas en contributions qui s’additionnent"
        ),
        "weighted": lambda: t(
            "les réponses sont pondérées pour l’ensemble de la ville et ne se répartissent pas"
        ),
        "no_start": lambda: t("l’écart part de rien, il n’y avait rien par quoi diviser à la première date"),
        "no_end": lambda: t("il n’y a rien par quoi diviser à la seconde date"),
        "unknown": lambda: t("une des deux valeurs est inconnue"),
    }
    return told.get(found.reason, lambda: t("non calculable"))()
