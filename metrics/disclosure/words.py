"""Findings and refusals in French and in English: for the officer who publishes, told without the figures that leak."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from metrics.disclosure.tables import Group, Key, Part, Published

if TYPE_CHECKING:
    from metrics.disclosure.findings import Finding

Pair = tuple[str, str]  # French, English
NAMES: dict[str, Pair] = {
    "directorate_group": ("groupe de directions", "directorate group"),
    "category": ("catégorie", "category"),
    "sex": ("sexe", "sex"),
    "who5": ("OMS-5", "WHO-5"),
    "qwl": ("QVCT", "QWL"),
    "recommend": ("recommandation", "recommendation"),
}
TOWN: Pair = ("toute la ville", "the whole town")
NOT_GIVEN: Pair = ("non renseigné", "not given")

WHY: dict[str, Pair] = {
    "few": (
        "on peut isoler {groups} : moins de {k} répondants",
        "{groups} can be isolated: fewer than {k} respondents",
    ),
    "mean": (
        "la moyenne de {groups} se déduit à moins de 10 points près : moins de {k} répondants",
        "the mean of {groups} can be derived within 10 points: fewer than {k} respondents",
    ),
    "alike": (
        "la réponse de chacun se déduit pour {groups} : tous ont répondu de même",
        "everybody's answer can be derived for {groups}: all answered alike",
    ),
    "ends": (
        "les réponses de {groups} se déduisent : toutes sont aux deux bouts de l'échelle",
        "the answers of {groups} can be derived: all are at the two ends of the scale",
    ),
    "contradiction": (
        "ses chiffres ne peuvent venir des mêmes réponses, ou découpent une classe regroupée",
        "its figures cannot come from the same answers, or part a merged class",
    ),
    "census": (
        "presque tout l'effectif de {groups} a répondu : moins de trois non-répondants",
        "nearly all the staff of {groups} answered: fewer than three non-respondents",
    ),
    "waves": (
        "{groups} : la différence avec la vague {beside} isole moins de {k} personnes",
        "{groups}: the difference with wave {beside} isolates fewer than {k} people",
    ),
    "items": (
        "{groups} : la différence avec {beside} isole moins de {k} personnes qui n'ont répondu qu'à l'une des deux questions",
        "{groups}: the difference with {beside} isolates fewer than {k} people who answered only one of the two questions",
    ),
}

PARTS: dict[str, Pair] = {
    "spread": ("répartition des réponses, {name}", "spread of the answers, {name}"),
    "weighted": ("moyenne redressée, {name}", "weighted mean, {name}"),
    "net": ("solde, {name}", "net score, {name}"),
    "response": ("nombre de réponses", "number of answers"),
}

NOTHING_AT_ALL: Pair = (
    "Aucun groupe ne peut être dit, pas même la ville : trop peu de réponses comptées, réponses toutes semblables, ou "
    "presque tout l'effectif a répondu. La vague ne peut pas être publiée.",
    "No group can be told, not even the town: too few answers counted, answers all alike, or nearly all the staff "
    "answered. The wave cannot be published.",
)
NOTHING_LEFT: Pair = (
    "Protéger ses petits groupes oblige à masquer tous les autres.",
    "Protecting its small groups hides all the others.",
)


def table_name(key: Key) -> Pair:
    """Return what a table is called: "OMS-5 par catégorie × sexe"."""
    by, measure = key
    measures = NAMES.get(measure, (measure, measure))
    if not by:
        return f"{measures[0]}, {TOWN[0]}", f"{measures[1]}, {TOWN[1]}"
    fr, en = (" × ".join(NAMES[name][place] for name in by) for place in (0, 1))
    return f"{measures[0]} par {fr}", f"{measures[1]} by {en}"


def group_name(group: Group) -> Pair:
    """Return what a group is called."""
    if not group:
        return TOWN
    fr, en = (
        ", ".join(f"{NAMES[name][place]} {value or NOT_GIVEN[place]}" for name, value in group)
        for place in (0, 1)
    )
    return f"« {fr} »", f"“{en}”"


def part_name(part: Part) -> Pair:
    """Return what is told beside the tables is called."""
    kind, name = part
    names = NAMES.get(name, (name, name))
    fr, en = PARTS[kind]
    return fr.format(name=names[0]), en.format(name=names[1])


def why(kind: str, name: Pair, groups: Sequence[Group], k: int, beside: str) -> Pair:
    """Return the sentence of a finding against what is called ``name``: no figure that the answers gave."""
    called = [group_name(group) for group in groups]
    others = NAMES.get(beside, (beside, beside))
    found = []
    for place, glue in enumerate((" / ", " / ")):
        told = glue.join(dict.fromkeys(one[place] for one in called))
        sentence = WHY[kind][place].format(groups=told, k=k, beside=others[place])
        found.append(f"{name[place]}{' : ' if place == 0 else ': '}{sentence}.")
    return found[0], found[1]


def refusal(findings: "Iterable[Finding]", tables: Iterable[Key] = ()) -> Pair:
    """Return in French and in English what must go, each with its first reason; ("", "") where nothing must.

    ``tables``: those that must go all the same, since protecting their groups from each other leaves none of them.
    """
    first: dict[Pair, Pair] = {}
    for one in findings:
        name = table_name(one.table) if one.part is None else part_name(one.part)
        what = ("le tableau « {} »", "the table “{}”") if one.part is None else ("« {} »", "“{}”")
        first.setdefault((what[0].format(name[0]), what[1].format(name[1])), (one.fr, one.en))
    for key in tables:
        fr, en = table_name(key)
        first.setdefault((f"le tableau « {fr} »", f"the table “{en}”"), NOTHING_LEFT)
    return (
        "\n".join(f"Retirer {name[0]}. {said[0]}" for name, said in first.items()),
        "\n".join(f"Remove {name[1]}. {said[1]}" for name, said in first.items()),
    )


def thin(published: Published) -> Pair:
    """Return in French and in English which tables lose over a third of their groups and had better go; ("", "") for none."""
    fr, en = [], []
    for table in published.tables:
        named = [cell for cell in table.cells if None not in dict(cell.group).values()]
        told = sum(not cell.suppressed for cell in named)
        if 3 * told < 2 * len(named):
            names = table_name(table.key)
            fr.append(
                f"Le tableau « {names[0]} » ne dit que {told} groupes sur {len(named)} : mieux vaut le retirer."
            )
            en.append(f"The table “{names[1]}” tells only {told} of {len(named)} groups: it had better go.")
    return "\n".join(fr), "\n".join(en)
