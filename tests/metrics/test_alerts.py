"""What rules see: exactly the Changes of their kind that pass their filters, in the order of importance, and overdue actions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.engine import Engine
from metrics.alertrules import Rule, Rules, read_rules
from metrics.alerts import KINDS, evaluate, once
from metrics.change import KINDS as CHANGE_KINDS
from metrics.change import Change
from metrics.changing import State, changes
from metrics.definitions import Catalogue
from metrics.folders import SHIPPED
from metrics.meetings import Action
from schemas.text import Text

ON = date(2015, 7, 6)
LABEL = Text("Une règle", "A rule")


def change(key: str, tone: Any = "bad", *, new: bool = True, noise: bool = False, **facts: Any) -> Change:
    kind, _, id = key.partition(":")
    kpi = id if kind in ("status", "signal") else ""
    return Change(key, kind, tone, 1.0, new, noise, kpi=kpi, facts=facts)


def action(id: str, due: date, state: str = "open") -> Action:
    told: dict[str, Any] = dict.fromkeys(
        ("meeting_id", "item_id", "kpi", "project", "partner", "outcome", "decided_by"), ""
    )
    return Action(
        action_id=id,
        words="Relancer",
        owner="DADI",
        due_on=due,
        state=state,
        closed_on=None,
        decided_on=None,
        **told,
    )


def seen(
    catalogue: Catalogue, rule: Rule, found: Sequence[Change] = (), actions: Sequence[Action] = ()
) -> list[str]:
    given = dict.fromkeys(rule.directorates or ("",), found)
    alerts = evaluate(Rules((rule,)), given, catalogue, actions=actions, on=ON)
    return [alert.key for alert in alerts]


def test_a_rule_sees_the_changes_of_its_kind_alone(catalogue: Catalogue) -> None:
    found = [change(f"{kind}:x") for kind in CHANGE_KINDS]
    for when, kinds in KINDS.items():
        assert kinds <= set(CHANGE_KINDS)
        rule = Rule("r", LABEL, when)  # type: ignore[arg-type]
        assert seen(catalogue, rule, found) == [c.key for c in found if c.kind in kinds]


def test_a_signal_that_brings_another_status_is_a_status_change_too(catalogue: Catalogue) -> None:
    both = change("signal:leverage_awarded", has_new_status=True)
    alone = change("signal:active_files")
    rule = Rule("r", LABEL, "status_change")
    assert seen(catalogue, rule, [both, alone]) == ["signal:leverage_awarded"]


def test_filters_by_tone_kpi_and_objective(catalogue: Catalogue) -> None:
    lever, files = "status:leverage_awarded", "status:active_files"
    found = [change(lever), change(files, "good")]
    status = Rule("r", LABEL, "status_change")
    assert seen(catalogue, replace(status, tones=frozenset({"good"})), found) == [files]
    assert seen(catalogue, replace(status, kpis=frozenset({"leverage_awarded"})), found) == [lever]
    objective = catalogue.kpis["active_files"].objective
    assert seen(catalogue, replace(status, objectives=frozenset({objective})), found) == [files]


def test_noise_is_no_alert_and_what_stands_only_where_wanted(catalogue: Catalogue) -> None:
    found = [change("status:a", noise=True), change("status:b", new=False), change("status:c")]
    rule = Rule("r", LABEL, "status_change", only_new=True)
    assert seen(catalogue, rule, found) == ["status:c"]
    assert seen(catalogue, replace(rule, only_new=False), found) == ["status:b", "status:c"]


@pytest.mark.parametrize(("days", "told"), [(-400, True), (0, True), (60, True), (61, False)])
def test_a_deadline_is_told_from_so_many_days_before_it(catalogue: Catalogue, days: int, told: bool) -> None:
    due = date.fromordinal(ON.toordinal() + days)
    rule = Rule("r", LABEL, "deadline", within_days=60)
    assert bool(seen(catalogue, rule, [change("lapse:x", deadline=due)])) is told


def test_overdue_actions_the_latest_first(catalogue: Catalogue) -> None:
    days = {"old": date(2015, 6, 1), "late": date(2015, 7, 5), "today": ON, "soon": date(2015, 7, 8)}
    found = [action(id, due) for id, due in days.items()] + [action("done", date(2015, 6, 1), "done")]
    rule = Rule("r", LABEL, "action_overdue")
    assert seen(catalogue, rule, actions=found) == ["action:old", "action:late"]
    soon = replace(rule, within_days=3)
    assert seen(catalogue, soon, actions=found) == [
        "action:old",
        "action:late",
        "action:today",
        "action:soon",
    ]


def test_a_concern_that_has_grown_is_no_old_news(catalogue: Catalogue) -> None:
    found = [change("signal:a", new=False, is_worse=True), change("signal:b", new=False)]
    assert seen(catalogue, Rule("r", LABEL, "signal", only_new=True), found) == ["signal:a"]


def test_each_thing_is_told_once_and_the_bad_first(catalogue: Catalogue) -> None:
    back, signal = Rule("back", LABEL, "status_change", tones=frozenset({"good"})), Rule("s", LABEL, "signal")
    both = change("signal:leverage_awarded", "good", has_new_status=True)
    found = [both, change("status:active_files", "good"), change("signal:throughput")]
    alerts = evaluate(Rules((back, signal)), {"": found}, catalogue, on=ON)
    assert len(alerts) == 4
    told = [(alert.key, alert.rule.id, [rule.id for rule in others]) for alert, others in once(alerts)]
    assert told == [
        ("signal:throughput", "s", []),
        ("signal:leverage_awarded", "s", ["back"]),
        ("status:active_files", "back", []),
    ]


def test_a_directorate_s_rule_reads_its_changes_not_the_town_s(catalogue: Catalogue) -> None:
    rules = Rules((Rule("r", LABEL, "status_change", directorates=("Culture",)),))
    given = {"": [change("status:active_files")], "Culture": [change("status:leverage_awarded")]}
    (alert,) = evaluate(rules, given, catalogue, on=ON)
    assert (alert.key, alert.scope) == ("status:leverage_awarded", "Culture")


def test_every_alert_is_a_change_of_the_demo_and_none_is_lost(town: Engine, catalogue: Catalogue) -> None:
    """The alerts agree with ``changes``: an oracle that filters the list by hand finds the same keys."""
    found = changes(State(town, catalogue, date(2015, 5, 31)), State(town, catalogue, date(2015, 6, 30)))
    rules = read_rules([SHIPPED], catalogue)
    alerts = evaluate(rules, {"": found}, catalogue, on=ON)
    assert {alert.key for alert in alerts} <= {one.key for one in found}
    by_hand = [
        one.key
        for one in found
        if "status" in one.says and one.tone == "bad" and one.is_new and not one.is_noise
    ]
    assert [alert.key for alert in alerts if alert.rule.id == "status_off"] == by_hand
    signals = [one.key for one in found if "signal" in one.says and one.is_news and not one.is_noise]
    assert "signal:secured_share" in signals
    assert [alert.key for alert in alerts if alert.rule.id == "signal"] == signals
