"""What the rules of alerts see in what changed: an alert is a Change, or an action that is due, seen by a rule.

Nothing is looked for anew: the alerts agree with the agenda, the brief and Synthèse because the Changes are the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.alertrules import Rule, Rules
from metrics.change import Change
from metrics.definitions import Catalogue
from metrics.meetings import Action

KINDS: Mapping[str, frozenset[str]] = {
    "status_change": frozenset({"status"}),
    "signal": frozenset({"signal"}),
    "deadline": frozenset({"lapse"}),
    "late": frozenset({"late"}),
    "ageing": frozenset({"ageing"}),
    "silent": frozenset({"silent"}),
    "data_late": frozenset({"data"}),
    "plan": frozenset({"plan"}),
    "action_overdue": frozenset(),
}
TONES = ("bad", "neutral", "good")  # the order in which they are told


@dataclass(frozen=True)
class Alert:
    """One thing that a rule sees: a Change in a scope ("": the whole town), or an action."""

    rule: Rule
    scope: str = ""
    change: Change | None = None
    action: Action | None = None

    @property
    def key(self) -> str:
        """The key of the Change; ``action:`` and its id for an action."""
        return self.change.key if self.change else f"action:{self.action.action_id if self.action else ''}"

    @property
    def tone(self) -> str:
        """bad, good or neutral."""
        return self.change.tone if self.change else "bad"


def evaluate(
    rules: Rules,
    changes: Mapping[str, Sequence[Change]],
    catalogue: Catalogue,
    *,
    actions: Iterable[Action] = (),
    on: date,
) -> tuple[Alert, ...]:
    """Return what the rules see, rule by rule in their order, each rule's in the order of importance given.

    ``changes`` are those of each scope of ``rules.scopes``; ``actions`` all that were taken; ``on`` is the day from which
    deadlines are counted (metrics.clock). What moved no more than usual is no alert.
    """
    due = tuple(actions)
    found: list[Alert] = []
    for rule in rules.rules:
        for scope in rule.directorates or ("",):
            seen = (change for change in changes.get(scope, ()) if _sees(rule, change, catalogue, on))
            found += [Alert(rule, scope, change) for change in seen]
        if rule.when == "action_overdue":
            late = sorted((one for one in due if _is_due(one, rule, on)), key=lambda one: one.due_on)
            found += [Alert(rule, action=action) for action in late]
    return tuple(found)


def once(alerts: Sequence[Alert]) -> tuple[tuple[Alert, tuple[Rule, ...]], ...]:
    """Return each thing once, under the first rule that saw it, with the other rules that saw it too.

    What is bad comes first: the rules that saw something bad before the others, and within a rule the bad before the good.
    """
    worst: dict[str, int] = {}
    seen: dict[tuple[str, str], list[Rule]] = {}
    for alert in alerts:
        worst[alert.rule.id] = min(worst.get(alert.rule.id, len(TONES)), TONES.index(alert.tone))
    order = list(worst)
    ranked = sorted(
        alerts, key=lambda one: (worst[one.rule.id], order.index(one.rule.id), TONES.index(one.tone))
    )
    for alert in ranked:
        seen.setdefault((alert.scope, alert.key), []).append(alert.rule)
    first = {(alert.scope, alert.key): alert for alert in reversed(ranked)}
    return tuple((first[key], tuple(rules[1:])) for key, rules in seen.items())


def _sees(rule: Rule, change: Change, catalogue: Catalogue, on: date) -> bool:
    if not change.says & KINDS[rule.when] or change.is_noise:
        return False
    if (rule.only_new and not change.is_news) or (rule.tones and change.tone not in rule.tones):
        return False
    if rule.kpis and change.kpi not in rule.kpis:
        return False
    kpi = catalogue.every.get(change.kpi)
    if rule.objectives and (kpi is None or kpi.objective not in rule.objectives):
        return False
    return rule.when != "deadline" or _is_near(rule, change, on)


def _is_near(rule: Rule, change: Change, on: date) -> bool:
    """Say whether a deadline is past, or comes within the rule's days; one without a day has passed."""
    due = change.facts.get("deadline")
    return not isinstance(due, date) or (due - on).days <= rule.within_days


def _is_due(action: Action, rule: Rule, on: date) -> bool:
    return action.is_overdue(on) or (action.is_open and (action.due_on - on).days < rule.within_days)
