"""Rules of alerts: read, completed by a town's own, refused one by one with their mend, and no KPIs for the catalogue."""

from dataclasses import replace
from pathlib import Path

import pytest

from metrics import editing
from metrics.alertrules import KEYS, SOON, WHENS, Rule, Rules, check_names, in_force, narrowed, read_rules
from metrics.definitions import Catalogue, load
from metrics.folders import SHIPPED, catalogue_folders
from metrics.refusing import BadEntry
from schemas.text import Text

LABEL = "label: {fr: Une règle, en: A rule}"


def rules(catalogue: Catalogue, *yaml: str) -> Rules:
    return read_rules([{"alerts.yml": text} for text in yaml], catalogue)


def one(catalogue: Catalogue, body: str) -> Rules:
    return rules(catalogue, f"mine:\n  {LABEL}\n  {body}\n")


def test_the_shipped_rules_all_stand_and_cover_every_case(catalogue: Catalogue) -> None:
    found = read_rules([SHIPPED], catalogue)
    assert not found.refused and {rule.when for rule in found.rules} == set(WHENS)
    assert all(rule.audience and rule.label.fr and rule.label.en for rule in found.rules)
    assert len({rule.id for rule in found.rules}) == len(found.rules)


def test_the_catalogue_takes_no_rule_for_a_kpi(catalogue: Catalogue, tmp_path: Path) -> None:
    (tmp_path / "alerts.yml").write_text(f"plan:\n  {LABEL}\n  when: nothing known\n", "utf-8")
    found = load([SHIPPED, tmp_path])
    assert not found.refused and list(found.every) == list(catalogue.every)
    assert editing.file_of(tmp_path, "plan") is None and editing.raw_of([tmp_path], "plan") == {}


def test_a_rule_with_every_key(catalogue: Catalogue) -> None:
    body = (
        "when: status_change\n  kpis: leverage_awarded\n  objectives: [F1]\n  directorates: [Culture]\n"
        "  tone: [bad, neutral]\n  only_new: false\n  audience: cabinet"
    )
    (found,) = one(catalogue, body).rules
    expected = Rule("mine", Text("Une règle", "A rule"), "status_change", ("cabinet",))
    assert found == replace(
        expected,
        kpis=frozenset({"leverage_awarded"}),
        objectives=frozenset({"F1"}),
        directorates=("Culture",),
        tones=frozenset({"bad", "neutral"}),
        only_new=False,
    )


def test_what_a_rule_leaves_unsaid(catalogue: Catalogue) -> None:
    (status,) = one(catalogue, "when: status_change").rules
    (due,) = one(catalogue, "when: deadline").rules
    assert status.only_new and not due.only_new and due.within_days == SOON and due.audience == ()


@pytest.mark.parametrize(
    ("body", "reason", "mend"),
    [
        ("when: statuschange", "Valeur de « when » inconnue : « statuschange »", "« status_change »"),
        ("wen: signal", "Clé inconnue : « wen »", "« when »"),
        ("when: signal\n  kpis: [leverage_award]", "« leverage_award »", "« leverage_awarded »"),
        ("when: signal\n  objectives: [F11]", "« F11 »", "« F1 »"),
        ("when: signal\n  tone: worse", "« worse »", "bad, good, neutral"),
        ("when: deadline\n  within_days: soon", "« within_days »", "un nombre"),
        ("when: deadline\n  within_days: 2.5", "« within_days »", "nombre entier"),
        ("when: deadline\n  within_days: -1", "« within_days »", "0 à 3650"),
        ("when: signal\n  within_days: 3", "« within_days » ne va qu'avec", "Retirez"),
        ("when: plan\n  kpis: [leverage_awarded]", "« kpis » ne va qu'avec", "Retirez"),
        ("when: plan\n  audience: [3]", "« audience »", "mot"),
        ("when: plan\n  audience: ../cabinet", "« audience »", "sans espace"),
        ("when: plan\n  enabled: perhaps", "« enabled »", "true ou false"),
    ],
)
def test_a_wrong_rule_is_refused_with_its_mend(
    catalogue: Catalogue, body: str, reason: str, mend: str
) -> None:
    found = rules(catalogue, f"mine:\n  {LABEL}\n  {body}\nnext:\n  {LABEL}\n  when: plan\n")
    (refusal,) = found.refused
    assert (refusal.file, refusal.id) == ("alerts.yml", "mine")
    assert reason in refusal.reason.fr and mend in refusal.mend.fr
    assert [rule.id for rule in found.rules] == ["next"]


@pytest.mark.parametrize(
    "yaml",
    [
        "- a list",
        "a: [",
        f"a:\n  {LABEL}\n  when: plan\n  when: plan\n",
        "a: 3",
        "a:\n  when: plan",
        "a:\n  label: x\n  when: plan",
    ],
)
def test_what_is_no_rule_is_refused(catalogue: Catalogue, yaml: str) -> None:
    found = rules(catalogue, yaml)
    assert not found.rules and found.refused[0].file == "alerts.yml" and found.refused[0].mend.fr


def test_a_rule_twice_in_a_file_is_refused_and_the_first_stands(catalogue: Catalogue) -> None:
    found = rules(catalogue, f"a:\n  {LABEL}\n  when: plan\na:\n  {LABEL}\n  when: signal\n")
    assert [(rule.id, rule.when) for rule in found.rules] == [("a", "plan")] and found.refused[0].id == "a"


def test_a_town_s_own_file_completes_switches_off_and_adds(catalogue: Catalogue) -> None:
    own = f"deadline:\n  within_days: 15\nplan:\n  enabled: false\nmine:\n  {LABEL}\n  when: data_late\n"
    found = read_rules([SHIPPED, {"alerts.yml": own}], catalogue)
    by_id = {rule.id: rule for rule in found.rules}
    assert not found.refused and by_id["deadline"].within_days == 15 and by_id["deadline"].audience
    assert "plan" not in by_id and by_id["mine"].when == "data_late"


def test_an_own_rule_that_is_wrong_leaves_the_shipped_one(catalogue: Catalogue) -> None:
    found = read_rules([SHIPPED, {"alerts.yml": "deadline:\n  within_days: never\n"}], catalogue)
    assert {rule.id: rule for rule in found.rules}["deadline"].within_days == 60
    assert [refusal.id for refusal in found.refused] == ["deadline"]


def test_the_shipped_rules_hold_for_any_catalogue() -> None:
    places = catalogue_folders("detr_dsil")
    found = in_force(places, load(places))
    assert not found.refused and {rule.when for rule in found.rules} == set(WHENS)
    assert in_force([SHIPPED], load([SHIPPED])) == read_rules([SHIPPED], load([SHIPPED]))


def test_a_directorate_s_page_asks_the_rules_of_it_alone(catalogue: Catalogue) -> None:
    own = f"a:\n  {LABEL}\n  when: signal\n  directorates: [Sport]\nb:\n  {LABEL}\n  when: action_overdue\n"
    found = rules(catalogue, own + f"c:\n  {LABEL}\n  when: signal\n")
    assert [(rule.id, rule.directorates) for rule in narrowed(found, "Culture").rules] == [
        ("c", ("Culture",))
    ]
    assert [rule.id for rule in narrowed(found, "Sport").rules] == ["a", "c"]


def test_a_recipient_names_rules_or_audiences(catalogue: Catalogue) -> None:
    found = read_rules([SHIPPED], catalogue)
    check_names(["cabinet", "plan"], found)
    with pytest.raises(BadEntry, match="cabinet"):
        check_names(["cabnet"], found)
    assert {rule.id for rule in found.of(["donnees"])} == {"data_late"} and found.of([]) == found.rules
    assert found.of(["plan", "donnees"]) == tuple(r for r in found.rules if r.id in ("plan", "data_late"))
    assert found.scopes == ("",)
    culture = one(catalogue, "when: plan\n  directorates: [Culture, Sport]")
    assert culture.scopes == ("Culture", "Sport")


def test_every_key_is_documented_and_the_example_stands(catalogue: Catalogue) -> None:
    told = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text("utf-8")
    part = told.split("### alerts.yml\n")[1].split("### mail.yml")[0]
    assert all(f"`{key}`" in part for key in (*KEYS, *WHENS))
    found = read_rules([SHIPPED, {"alerts.yml": part.split("```yaml\n")[1].split("```")[0]}], catalogue)
    assert not found.refused and "lever_off" in {rule.id for rule in found.rules}
