"""The rules of alerts, read from ``alerts.yml`` of each folder of the catalogue; a later folder completes the earlier by id.

One bad rule is refused with its mend and never takes the others down.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args

from metrics import fields, yamlfile
from metrics.definitions import Catalogue, Refusal
from metrics.folders import SHIPPED
from metrics.loading import ALERTS, Folder, texts
from metrics.overriding import completed
from metrics.refusing import BadEntry, did_you_mean, unknown
from schemas.text import Text

When = Literal[
    "status_change", "signal", "deadline", "late", "ageing", "silent", "data_late", "plan", "action_overdue"
]
WHENS: tuple[str, ...] = get_args(When)
TONES = ("bad", "good", "neutral")
KEYS = (
    *("label", "when", "kpis", "objectives", "directorates", "tone", "within_days", "only_new", "audience"),
    "enabled",
)
DATED = frozenset({"deadline", "action_overdue"})  # what ``within_days`` may go with
OF_KPIS = frozenset({"status_change", "signal"})  # what the filters on KPIs may go with
SOON = 60  # days before a deadline, where a rule does not say
LONGEST_WAIT = 3650
LONGEST_LABEL = 120


@dataclass(frozen=True)
class Rule:
    """Who is to be told of what. Empty filters let everything through; ``directorates`` reads theirs instead of the town's.

    ``only_new`` leaves out what already stood before; ``within_days`` counts from the day to the deadline.
    """

    id: str
    label: Text
    when: When
    audience: tuple[str, ...] = ()
    kpis: frozenset[str] = frozenset()
    objectives: frozenset[str] = frozenset()
    directorates: tuple[str, ...] = ()
    tones: frozenset[str] = frozenset()
    within_days: int = 0
    only_new: bool = False
    file: str = ALERTS


@dataclass(frozen=True)
class Rules:
    """The rules that stand, in their files' order, and what was refused."""

    rules: tuple[Rule, ...] = ()
    refused: tuple[Refusal, ...] = ()

    @property
    def scopes(self) -> tuple[str, ...]:
        """The scopes whose changes the rules look at: "" is the whole town."""
        found = {scope for rule in self.rules for scope in rule.directorates or ("",)}
        return tuple(sorted(found))

    @property
    def audiences(self) -> tuple[str, ...]:
        """The groups that the rules name, in their order."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.audience))

    def of(self, names: Collection[str]) -> tuple[Rule, ...]:
        """Return the rules of these ids or audiences; all of them for none."""
        if not names:
            return self.rules
        return tuple(rule for rule in self.rules if rule.id in names or set(rule.audience) & set(names))


def read_rules(folders: Sequence[Folder], catalogue: Catalogue) -> Rules:
    """Return the rules of the catalogue's folders, the later completing the earlier; filters are checked against ``catalogue``."""
    refused: list[Refusal] = []
    raws: dict[str, Any] = {}
    standing: dict[str, Rule | None] = {}
    for folder in folders:
        for id, raw in _entries(folder, refused).items():
            said = completed(raws.get(id), raw)
            try:
                standing[id] = rule_of(id, said, catalogue)
                raws[id] = said
            except BadEntry as error:
                refused.append(Refusal(ALERTS, id, error.reason, error.mend))
    return Rules(tuple(rule for rule in standing.values() if rule), tuple(refused))


def in_force(places: Sequence[Folder], catalogue: Catalogue) -> Rules:
    """Return the rules for a catalogue's folders: the shipped ones hold for any catalogue, and come first."""
    others = [place for place in places if not (isinstance(place, Path) and place.resolve() == SHIPPED)]
    return read_rules([SHIPPED, *others], catalogue)


def narrowed(rules: Rules, scope: str) -> Rules:
    """Return the rules as one directorate's page asks them: of that directorate, and without the town's actions."""
    kept = (rule for rule in rules.rules if rule.when != "action_overdue")
    kept = (rule for rule in kept if not rule.directorates or scope in rule.directorates)
    return replace(rules, rules=tuple(replace(rule, directorates=(scope,)) for rule in kept))


def _entries(folder: Folder, refused: list[Refusal]) -> dict[str, Any]:
    """Return a folder's rules by id, as data; what cannot be read is refused."""
    found: dict[str, Any] = {}
    try:
        for id, raw in yamlfile.entries(texts(folder).get(ALERTS, "")):
            if isinstance(raw, BadEntry):
                refused.append(Refusal(ALERTS, id, raw.reason, raw.mend))
            elif id in found:
                refused.append(Refusal(ALERTS, id, *_TWICE))
            else:
                found[id] = raw
    except BadEntry as error:
        refused.append(Refusal(ALERTS, None, error.reason, error.mend))
    return found


_TWICE = (
    Text(
        "Cet identifiant de règle existe déjà dans le fichier.", "This rule's id already exists in the file."
    ),
    Text("Donnez-lui un autre nom.", "Give it another name."),
)


def rule_of(id: str, raw: Any, catalogue: Catalogue) -> Rule | None:
    """Return a rule from its data, None for one that is switched off. Raises BadEntry."""
    if not isinstance(raw, Mapping):
        raise fields.wrong(id, raw, Text("des clés et leurs valeurs", "keys and their values"))
    fields.known_keys(raw, KEYS)
    when = fields.choice(raw, "when", WHENS)
    found = Rule(
        id=id,
        label=_label(raw),
        when=when,
        audience=_audience(raw),
        kpis=_known(raw, "kpis", Text("Indicateur", "KPI"), catalogue.every),
        objectives=_known(raw, "objectives", Text("Objectif", "objective"), catalogue.scorecard.objectives),
        directorates=_names(raw, "directorates"),
        tones=_known(raw, "tone", Text("Valeur de « tone »", "value of “tone”"), TONES),
        within_days=_within(raw, when),
        only_new=fields.boolean(raw, "only_new") if "only_new" in raw else when in OF_KPIS,
    )
    if (found.kpis or found.objectives) and when not in OF_KPIS:
        raise _goes_with("kpis" if found.kpis else "objectives", OF_KPIS)
    is_on = fields.boolean(raw, "enabled") if "enabled" in raw else True
    return found if is_on else None


def _label(raw: fields.Raw) -> Text:
    label = fields.words(raw, "label")
    if max(map(len, label)) > LONGEST_LABEL or any(not each.isprintable() for each in label):
        what = f"{LONGEST_LABEL}"
        raise fields.wrong(
            "label",
            label.fr,
            Text(f"une ligne de {what} caractères au plus", f"one line of at most {what} characters"),
        )
    return label


def _names(raw: fields.Raw, name: str) -> tuple[str, ...]:
    """Return one word or a list of words as a tuple."""
    value = raw.get(name)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, str) or not item.strip():
            raise fields.wrong(name, item, Text("un mot, ou une liste de mots", "a word or a list of words"))
    return tuple(dict.fromkeys(item.strip() for item in items))


def _audience(raw: fields.Raw) -> tuple[str, ...]:
    """Return the groups that are told: short words, as folders bear their names."""
    found = _names(raw, "audience")
    for word in found:
        if not re.fullmatch(r"[\w-]{1,40}", word):
            raise fields.wrong("audience", word, Text("un mot sans espace", "a word without spaces"))
    return found


def _known(raw: fields.Raw, name: str, kind: Text, known: Collection[str]) -> frozenset[str]:
    found = _names(raw, name)
    for word in found:
        if word not in known:
            raise unknown(kind, word, known)
    return frozenset(found)


def _within(raw: fields.Raw, when: str) -> int:
    value = fields.number(raw, "within_days")
    if value is None:
        return SOON if when == "deadline" else 0
    if when not in DATED:
        raise _goes_with("within_days", DATED)
    if value != int(value) or not 0 <= value <= LONGEST_WAIT:
        limit = Text(f"un nombre entier de jours, 0 à {LONGEST_WAIT}", f"whole days, 0 to {LONGEST_WAIT}")
        raise fields.wrong("within_days", value, limit)
    return int(value)


def _goes_with(name: str, whens: Collection[str]) -> BadEntry:
    listed = ", ".join(sorted(whens))
    return BadEntry(
        Text(f"« {name} » ne va qu'avec when: {listed}.", f"“{name}” only goes with when: {listed}."),
        Text(f"Retirez « {name} ».", f"Remove “{name}”."),
    )


def check_names(names: Collection[str], rules: Rules) -> None:
    """Raise BadEntry for a name that is neither a rule's id nor an audience: what a recipient's settings may list."""
    known = [*(rule.id for rule in rules.rules), *rules.audiences]
    for name in names:
        if name not in known:
            raise BadEntry(
                Text(
                    f"Règle ou destinataires inconnus : « {name} ».", f"Unknown rule or audience: “{name}”."
                ),
                did_you_mean(name, known),
            )
