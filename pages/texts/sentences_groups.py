"""Several changes of one kind in one sentence: three files that age are one thing to know, not three."""

from collections.abc import Callable, Iterable, Sequence

from metrics.change import Change
from metrics.columns import meaning
from metrics.definitions import Catalogue
from pages.texts import language, said, t, tn, typography, units
from pages.texts.headlines import in_words
from pages.texts.sentences import sentence, title

NAMED = 3
KEPT_FOR_BAD = 2  # places among the first for what goes wrong, where anything does
KINDS = ("ageing", "silent", "late", "awarded", "stage", "opened", "closed", "rebase")
Group = tuple[Change, ...]


def grouped(changes: Iterable[Change]) -> list[Group]:
    """Return changes in their order, those of one of KINDS and one tone together where the first of them stands."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for change in changes:
        key = (change.kind, change.tone) if change.kind in KINDS else (change.key,)
        found.setdefault(key, []).append(change)
    return [tuple(group) for group in found.values()]


def leading(groups: Sequence[Group], most: int) -> list[Group]:
    """Return the first ``most`` groups in their order, the worst among them: some places are kept for what goes wrong."""
    bad = [group for group in groups if group[0].tone == "bad"][:KEPT_FOR_BAD]
    room = max(0, most - len(bad))
    others = [group for group in groups if group not in bad][:room]
    return [group for group in groups if group in bad or group in others]


def together(group: Sequence[Change], catalogue: Catalogue) -> str:
    """Return one sentence for a group; that of its only change where there is one."""
    if len(group) == 1:
        return sentence(group[0], catalogue)
    words: dict[str, Callable[[Sequence[Change], Catalogue], str]] = {
        "ageing": _ageing,
        "silent": _silent,
        "late": _late,
        "awarded": _awarded,
        "stage": _moved,
        "opened": _opened,
        "closed": _closed,
        "rebase": _rebased,
    }
    return words[group[0].kind](group, catalogue)


def headline(group: Sequence[Change], catalogue: Catalogue) -> str:
    """Return the title of a group, ``3 dossiers vieillissants``; that of its only change where there is one."""
    n, kind = len(group), group[0].kind
    if n == 1:
        return title(group[0], catalogue)
    if kind == "ageing":
        return tn("{n} dossier vieillissant", "{n} dossiers vieillissants", n)
    if kind == "late":
        return tn("{n} projet en retard de travaux", "{n} projets en retard de travaux", n)
    return tn("{n} partenaire silencieux", "{n} partenaires silencieux", n)


def listed(names: Sequence[str], count: int) -> str:
    """Names in a sentence, the first of ``count``: ``A, B et C``, ``A, B, C et 4 autres``."""
    shown, rest = list(names[:NAMED]), count - min(len(names), NAMED)
    last = tn("{n} autre", "{n} autres", rest) if rest else shown.pop()
    return t("{some} et {last}", some=", ".join(shown), last=last) if shown else last


def _many(group: Sequence[Change]) -> str:
    """How many, at the start of a sentence."""
    words = in_words(len(group))
    return words[0].upper() + words[1:]


def _name(change: Change) -> str:
    name = str(change.facts.get("title") or change.facts.get("name") or "")
    return typography(name) if language() == "fr" else name


def _titles(group: Sequence[Change]) -> str:
    return listed([t("« {name} »", name=_name(one)) for one in group], len(group))


def _ageing(group: Sequence[Change], catalogue: Catalogue) -> str:
    return t(
        "{count} dossiers restent dans leur étape plus longtemps que 85 % des autres : {names}.",
        count=_many(group),
        names=_titles(group),
    )


def _silent(group: Sequence[Change], catalogue: Catalogue) -> str:
    names = listed([_name(one) for one in group], len(group))
    return t(
        "{count} partenaires ne sont plus actifs depuis un an : {names}.", count=_many(group), names=names
    )


def _late(group: Sequence[Change], catalogue: Catalogue) -> str:
    return t(
        "{count} projets sont en retard sur leur année : {names}.", count=_many(group), names=_titles(group)
    )


def _sum(group: Sequence[Change], name: str) -> str | None:
    """The euros of all, None where one of them is unknown."""
    amounts = [one.facts[name] for one in group]
    return None if any(amount is None for amount in amounts) else units.text(sum(amounts), "eur")


def _awarded(group: Sequence[Change], catalogue: Catalogue) -> str:
    partners = list(dict.fromkeys(str(one.facts["partner"]) for one in group))
    names = listed([typography(name) if language() == "fr" else name for name in partners], len(partners))
    total = _sum(group, "amount")
    if total is None:
        return t("{count} financements sont notifiés, par {names}.", count=_many(group), names=names)
    return t(
        "{count} financements sont notifiés, {total} en tout, par {names}.",
        count=_many(group),
        total=total,
        names=names,
    )


def _moved(group: Sequence[Change], catalogue: Catalogue) -> str:
    return t("{count} dossiers changent d’étape : {names}.", count=_many(group), names=_titles(group))


def _opened(group: Sequence[Change], catalogue: Catalogue) -> str:
    total = _sum(group, "cost")
    if total is None:
        return t("{count} dossiers s’ouvrent : {names}.", count=_many(group), names=_titles(group))
    return t(
        "{count} dossiers s’ouvrent, pour {total} : {names}.",
        count=_many(group),
        total=total,
        names=_titles(group),
    )


def _closed(group: Sequence[Change], catalogue: Catalogue) -> str:
    outcomes: dict[str, int] = {}
    for one in group:
        outcomes[one.facts["outcome"] or ""] = outcomes.get(one.facts["outcome"] or "", 0) + 1
    told = [
        t("{outcome} : {n}", n=n, outcome=_outcome(code))
        for code, n in sorted(outcomes.items(), key=lambda pair: -pair[1])
    ]
    return t("{count} dossiers sont clos ({told}).", count=_many(group), told=", ".join(told))


def _outcome(code: str) -> str:
    return said(meaning("outcome", code)) if code else t("sans issue dite")


def _rebased(group: Sequence[Change], catalogue: Catalogue) -> str:
    labels = [said(catalogue.every[one.kpi].label) for one in group if one.kpi in catalogue.every]
    names = listed([t("« {name} »", name=label) for label in labels], len(group))
    return t("{count} indicateurs ont une nouvelle base : {names}.", count=_many(group), names=names)
