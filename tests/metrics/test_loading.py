"""Bad entries: each is refused with its file, its id, why and what to do, and takes no other entry down."""

from typing import Any, NamedTuple

import pytest
import yaml

from metrics.definitions import Catalogue, Refusal, load

GOOD: dict[str, Any] = {
    "code": "Z9",
    "label": {"fr": "Dossiers", "en": "Files"},
    "objective": "P2",
    "from": "open_projects",
    "sql": "COUNT(*)",
    "period": {"date": "opened_on", "span": "stock", "until": "closed_on"},
    "unit": "n",
    "direction": "up",
    "target": 10,
    "floor": 1,
    "frequency": "monthly",
}


SCORECARD = """
town: Ville de Valombre
parameters: {rebase_on: 2014-09-01}
perspectives:
  F: {label: {fr: Finances, en: Finance}, objectives: {F1: {label: {fr: Levier, en: Leverage}}}}
  P:
    label: {fr: Projets, en: Projects}
    objectives: {P1: {label: {fr: Vite, en: Fast}}, P2: {label: {fr: File, en: Files}}, P4: {label: {fr: Plans, en: Plans}}}
"""
TOWN = {
    "scorecard.yml": SCORECARD,
    "projects.yml": yaml.safe_dump({"active_files": {**GOOD, "code": "P2.1"}}),
    "finance.yml": yaml.safe_dump({"leverage_awarded": {**GOOD, "code": "F1.1", "objective": "F1"}}),
}


class Bad(NamedTuple):
    """One wrong entry: what differs from the good one (None: left out), and words its refusal must say."""

    name: str
    change: dict[str, Any]
    reason: str
    mend: str


def survival(text: str) -> dict[str, Any]:
    return {"from": "appraisals", "sql": text, "period": {"date": "opened_on", "span": "cumulative"}}


BAD = [
    Bad("unknown key", {"targett": 5}, "targett", "target"),
    Bad("unknown key in a period", {"period": {"date": "opened_on", "span": "stock", "untl": "x"}}, "untl", "until"),
    Bad("unknown view", {"from": "open_project"}, "open_project", "open_projects"),
    Bad("closed table", {"from": "survey_answers", "period": {"span": "all"}}, "survey_answers", ""),
    Bad("unknown column", {"sql": "SUM(total_cost)"}, "total_cost", "total_cost_amount"),
    Bad("unknown date", {"period": {"date": "open_on", "span": "cumulative"}}, "open_on", "opened_on"),
    Bad("unknown breakdown", {"by": ["lead_directorat"]}, "lead_directorat", "lead_directorate"),
    Bad("unknown objective", {"objective": "P9"}, "P9", "P"),
    Bad("unknown span", {"period": {"date": "opened_on", "span": "rolling_12_month"}}, "rolling_12_month", "rolling_12_months"),
    Bad("unknown interval", {"interval": "bootstrp(project_id)"}, "bootstrp", "bootstrap"),
    Bad("subquery", {"sql": "SUM((SELECT 1))"}, "SUBQUERY", "SUM"),
    Bad("scalar query", {"sql": "COUNT(*) + (SELECT COUNT(*) FROM staff)"}, "SUBQUERY", "SUM"),
    Bad("exists", {"sql": "COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM staff))"}, "EXISTS", "SUM"),
    Bad("in a query", {"sql": "COUNT(*) FILTER (WHERE theme IN (SELECT name FROM partners))"}, "", "SUM"),
    Bad("select", {"sql": "SELECT COUNT(*)"}, "SELECT", "SUM"),
    Bad("union", {"sql": "SELECT 1 UNION SELECT 2"}, "UNION", "SUM"),
    Bad("drop", {"sql": "DROP TABLE projects"}, "DROP", "SUM"),
    Bad("copy", {"sql": "COPY projects TO 'out.csv'"}, "COPY", "SUM"),
    Bad("attach", {"sql": "ATTACH 'other.duckdb'"}, "ATTACH", "SUM"),
    Bad("two statements", {"sql": "COUNT(*); COUNT(*)"}, "instruction", "SUM"),
    Bad("statement after", {"sql": "COUNT(*); DROP TABLE projects"}, "instruction", "SUM"),
    Bad("reads a file", {"sql": "COUNT(read_csv('secret.csv'))"}, "", ""),
    Bad("reads text", {"sql": "MAX(read_text('secret.txt'))"}, "read_text", ""),
    Bad("reads the environment", {"sql": "MAX(getenv('HOME'))"}, "getenv", ""),
    Bad("pragma", {"sql": "PRAGMA database_list"}, "PRAGMA", "SUM"),
    Bad("set", {"sql": "SET memory_limit = '1GB'"}, "SET", "SUM"),
    Bad("lambda", {"sql": "SUM(list_sum(list_transform([1], x -> x + 1)))"}, "", ""),
    Bad("window", {"sql": "SUM(COUNT(*)) OVER ()"}, "WINDOW", "SUM"),
    Bad("another table's column", {"sql": "SUM(staff.headcount)"}, "staff.headcount", "SUM"),
    Bad("cast to a type of another kind", {"sql": "MAX(CAST(theme AS VARCHAR))"}, "CAST(theme", "SUM"),
    Bad("bare column", {"sql": "total_cost_amount / COUNT(*)"}, "total_cost_amount", "SUM(total_cost_amount)"),
    Bad("no aggregate", {"sql": "1 + 1"}, "agrège", "SUM"),
    Bad("nested aggregates", {"sql": "SUM(COUNT(*))"}, "COUNT", "SUM"),
    Bad("unreadable", {"sql": "SUM(total_cost_amount"}, "ne se lit pas", "SUM(total_cost_amount"),
    Bad("code taken", {"code": "F1.1"}, "F1.1", "code"),
    Bad("no English label", {"label": {"fr": "Dossiers"}}, "label.en", "label.en"),
    Bad("no label", {"label": None}, "label", "label"),
    Bad("no code", {"code": None}, "code", "code"),
    Bad("no source", {"from": None}, "from", "from"),
    Bad("no period", {"period": None}, "period", "period"),
    Bad("no date", {"period": {"span": "stock"}}, "period.date", "period.date"),
    Bad("target under the floor", {"target": 1, "floor": 10}, "10", "direction"),
    Bad("target over the floor", {"direction": "down"}, "10", "direction"),
    Bad("target is a word", {"target": "beaucoup"}, "beaucoup", "nombre"),
    Bad("band that falls", {"direction": "band", "band": [9, 3]}, "band", "croissants"),
    Bad("band outside its limits", {"direction": "band", "band": [3, 9], "limits": [4, 8]}, "limits", "bande"),
    Bad("date that is none", {"period": {"date": "opened_on", "span": "cumulative", "since": "rebase_un"}}, "rebase_un", "rebase_on"),
    Bad("survival with two arguments", survival("KM_QUANTILE(0.5, opened_on)"), "KM_QUANTILE", "KM_QUANTILE("),
    Bad("survival with five arguments", survival("KM_SURVIVAL(1, opened_on, decided_on, ended_on, opened_on)"), "KM_SURVIVAL", "KM_SURVIVAL("),
    Bad("survival without a number", survival("KM_QUANTILE(opened_on, opened_on, decided_on)"), "KM_QUANTILE", "0.5"),
    Bad("interval of a duration for a count", {"interval": "km"}, "km", "bootstrap"),
    Bad("unknown KPI", {"sql": "{activ_files} / COUNT(*)"}, "activ_files", "active_files"),
    Bad("names itself", {"sql": "COUNT(*) / {wrong}"}, "elle-même", "accolades"),
    Bad("weight of a word", {"weight": "lourd"}, "lourd", "nombre"),
    Bad("version zero", {"version": 0}, "version", "1, 2, 3"),
]  # fmt: skip


def entry(change: dict[str, Any]) -> dict[str, Any]:
    """Return the good entry with some keys changed, or taken away where they are None."""
    return {key: value for key, value in {**GOOD, **change}.items() if value is not None}


def loaded(**entries: Any) -> Catalogue:
    """Return a small town's catalogue completed by one file of these entries."""
    return load([TOWN, {"own.yml": yaml.safe_dump(entries, allow_unicode=True)}])


def only(found: Catalogue) -> Refusal:
    """Return the one refusal of a catalogue."""
    assert len(found.refused) == 1, [(one.id, one.reason.en) for one in found.refused]
    return found.refused[0]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_entry_is_refused_alone(bad: Bad) -> None:
    found = loaded(wrong=entry(bad.change), neighbour=entry({"code": "Z8"}))
    refused = only(found)
    assert (refused.file, refused.id) == ("own.yml", "wrong")
    assert bad.reason in refused.reason.fr and bad.mend in refused.mend.fr
    assert refused.reason.en and refused.mend.en and refused.mend.fr
    assert "wrong" not in found.kpis and "neighbour" in found.kpis and "leverage_awarded" in found.kpis


def test_the_entry_they_all_start_from_is_good() -> None:
    found = loaded(wrong=GOOD)
    assert found.refused == () and found.kpis["wrong"].code == "Z9"


def test_a_key_nearly_right_gets_a_guess_in_both_languages() -> None:
    refused = only(loaded(wrong=entry({"targett": 5})))
    assert refused.mend.fr == "Vouliez-vous dire « target » ?"
    assert refused.mend.en == "Did you mean “target”?"


def test_two_entries_that_name_each_other_are_both_refused() -> None:
    a, b = entry({"code": "Z1", "sql": "COUNT(*) / {b}"}), entry({"code": "Z2", "sql": "COUNT(*) / {a}"})
    found = loaded(a=a, b=b, neighbour=entry({"code": "Z3"}))
    assert [refused.id for refused in found.refused] == ["a", "b"]
    assert all("elle-même" in refused.reason.fr for refused in found.refused)
    assert "neighbour" in found.kpis


def test_what_names_a_refused_entry_falls_with_it() -> None:
    a, b = entry({"code": "Z1", "sql": "SUM(nothing)"}), entry({"code": "Z2", "sql": "COUNT(*) / {a}"})
    found = loaded(a=a, b=b)
    assert {refused.id for refused in found.refused} == {"a", "b"}
    assert "active_files" in found.kpis


def test_an_id_twice_in_a_folder_keeps_the_first() -> None:
    one, two = (yaml.safe_dump({"same": entry({"code": code})}) for code in ("Z1", "Z2"))
    found = load([{"a.yml": one, "b.yml": two}])
    refused = only(found)
    assert (refused.file, refused.id) == ("b.yml", "same")
    assert "a.yml" in refused.reason.fr and found.kpis["same"].code == "Z1"


def test_a_key_twice_in_an_entry_is_not_silently_replaced() -> None:
    text = yaml.safe_dump({"neighbour": entry({"code": "Z8"})}) + "wrong:\n  target: 1\n  target: 2\n"
    found = load([TOWN, {"own.yml": text}])
    refused = only(found)
    assert refused.id == "wrong" and "target" in refused.reason.fr
    assert "neighbour" in found.kpis


def test_yaml_that_cannot_be_read_says_the_line() -> None:
    found = load(
        [
            TOWN,
            {"bad.yml": "one:\n  code: [1\ntwo: 2\n", "good.yml": yaml.safe_dump({"neighbour": entry({})})},
        ]
    )
    refused = only(found)
    assert (refused.file, refused.id) == ("bad.yml", None)
    assert "ligne" in refused.reason.fr and "line" in refused.reason.en
    assert "neighbour" in found.kpis


@pytest.mark.parametrize("text", ["- one\n- two\n", "just words\n", "42\n"])
def test_a_file_that_is_no_mapping_is_refused(text: str) -> None:
    refused = only(load([TOWN, {"bad.yml": text}]))
    assert (refused.file, refused.id) == ("bad.yml", None)


@pytest.mark.parametrize("value", ["words", 42, ["a", "list"], None])
def test_an_entry_that_is_no_mapping_is_refused(value: Any) -> None:
    found = loaded(wrong=value, neighbour=entry({}))
    assert only(found).id == "wrong" and "neighbour" in found.kpis


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_is_fine(text: str) -> None:
    assert load([TOWN, {"own.yml": text}]).refused == ()


LONG = {
    "long": " + ".join(["COUNT(*)"] * 12_000),
    "deep": "(" * 50_000 + "COUNT(*)" + ")" * 50_000,
    "unclosed": "SUM(" * 25_000,
    "deep within few characters": "(" * 1_000 + "COUNT(*)" + ")" * 1_000,
    "many terms within few characters": "COUNT(*)" + " + 1" * 900,
}


@pytest.mark.parametrize("name", LONG)
def test_a_huge_expression_is_refused_like_any_other(name: str) -> None:
    found = loaded(wrong=entry({"sql": LONG[name]}), neighbour=entry({"code": "Z8"}))
    refused = only(found)
    assert refused.id == "wrong" and len(refused.reason.fr) + len(refused.mend.fr) < 2000
    assert "neighbour" in found.kpis


def test_wrong_weights_are_said_and_made_equal() -> None:
    found = loaded(
        wrong=entry({"weight": 0.5, "objective": "P4"}),
        other=entry({"code": "Z8", "weight": 0.4, "objective": "P4"}),
    )
    refused = only(found)
    assert refused.id == "P4" and "0.9" in refused.reason.fr
    assert found.kpis["wrong"].weight == found.kpis["other"].weight == 1


SCORECARDS = {
    "perspectives": ("perspectives:\n  U:\n    label: {fr: U}\n", "label.en"),
    "links": ("links:\n  - {cause: P1, effect: P1, lag_months: 1}\n", "P1"),
    "headline": ("headline: [leverage_award]\n", "leverage_award"),
    "thresholds": ("thresholds: {min_cover: 0.5}\n", "min_cover"),
    "parameters": ("parameters: {rebase_on: [1]}\n", "rebase_on"),
}


@pytest.mark.parametrize("section", SCORECARDS)
def test_a_bad_section_of_the_scorecard_is_refused_alone(section: str) -> None:
    text, word = SCORECARDS[section]
    found = load([TOWN, {"scorecard.yml": text}])
    said = [refused for refused in found.refused if refused.file == "scorecard.yml"]
    assert section in {refused.id for refused in said}
    assert any(word in refused.reason.fr + refused.mend.fr for refused in said)
    assert found.scorecard.town == "Ville de Valombre"


OVERRIDES = {
    "a word for a version": ({"version": "deux"}, "deux"),
    "no entry": ("deux", "deux"),
    "nothing": (None, ""),
    "an unknown column": ({"sql": "SUM(nothing)"}, "nothing"),
    "an unknown KPI": ({"sql": "COUNT(*) / {nothing}"}, "nothing"),
    "another one's code": ({"code": "F1.1"}, "F1.1"),
    "a circle through an entry that stands": ({"sql": "COUNT(*) / {twice}"}, "elle-même"),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_a_refused_override_leaves_the_earlier_entry_standing(name: str) -> None:
    change, said = OVERRIDES[name]
    town = TOWN | {"more.yml": yaml.safe_dump({"twice": entry({"code": "Z2", "sql": "{active_files} * 2"})})}
    before = load([town])
    refused = only(found := load([town, {"own.yml": yaml.safe_dump({"active_files": change})}]))
    assert (refused.file, refused.id) == ("own.yml", "active_files") and said in refused.reason.fr
    assert found.kpis == before.kpis and list(found.kpis) == list(before.kpis)


def test_an_override_that_stands_may_complete_what_is_wrong_below() -> None:
    wrong, right = {"active_files": {"target": "beaucoup"}}, {"active_files": {"target": 12}}
    found = load([TOWN, {"a.yml": yaml.safe_dump(wrong)}, {"b.yml": yaml.safe_dump(right)}])
    assert (only(found).file, found.kpis["active_files"].target) == ("a.yml", 12)
    part = {"new": {key: GOOD[key] for key in ("code", "label", "objective", "from", "sql")}}
    rest = {"new": {key: value for key, value in GOOD.items() if key not in part["new"]}}
    assert load([TOWN, {"a.yml": yaml.safe_dump(part)}, {"b.yml": yaml.safe_dump(rest)}]).refused == ()


def test_two_entries_may_swap_their_codes() -> None:
    swap = {"active_files": {"code": "F1.1"}, "leverage_awarded": {"code": "P2.1"}}
    found = load([TOWN, {"own.yml": yaml.safe_dump(swap)}])
    assert found.refused == () and found.kpis["active_files"].code == "F1.1"


def test_a_code_taken_is_refused_where_it_came_last() -> None:
    """The own entry stands before the shipped one in order, yet it is the one that is wrong."""
    found = load([TOWN, {"own.yml": yaml.safe_dump({"active_files": {"code": "F1.1"}})}])
    assert only(found).id == "active_files" and found.kpis["leverage_awarded"].code == "F1.1"
