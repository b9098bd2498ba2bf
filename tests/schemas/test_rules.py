"""Every cross-table rule has rows that break it and rows that do not."""

from collections.abc import Callable
from datetime import date

import pytest

from schemas.rules import RULES, Rule
from schemas.tables import TABLES
from tests.schemas.examples import Rows, broken, day, town

Change = Callable[[Rows], object]
Key = tuple[int, str, str]


def put(table: str, place: int, **cells: object) -> Change:
    """Return a change of some cells of one row."""
    return lambda rows: rows[table][place].update(cells)


def add(table: str, like: int, **cells: object) -> Change:
    """Return the addition of a row that resembles another one."""
    return lambda rows: rows[table].append(rows[table][like] | cells)


def empty(table: str) -> Change:
    """Return the removal of all rows of a table."""
    return lambda rows: rows[table].clear()


def changed(*changes: Change) -> Rows:
    rows = town()
    for change in changes:
        change(rows)
    return rows


def more_answers(more: int) -> list[Change]:
    """Return so many more answers like the first: under eleven in all, a group's answers are not counted."""
    return [add("survey_answers", 0, answer_id=f"y{at}") for at in range(more)]


# What breaks a rule, which one (number, table, column), and the row to blame.
BREAKS: list[tuple[Key, int, list[Change]]] = [
    ((1, "practice_sessions", "practice"), 0, [put("practice_sessions", 0, practice=None)]),
    ((2, "stages", "left_on"), 0, [put("stages", 0, left_on=day("2012-12-31"))]),
    ((2, "stages", "entered_on"), 1, [put("stages", 1, entered_on=day("2013-05-31"))]),
    ((2, "stages", "entered_on"), 2, [put("stages", 1, left_on=None)]),
    ((2, "stages", "stage"), 2, [put("stages", 0, stage="works"), put("stages", 2, stage="financing")]),
    ((2, "projects", "closed_on"), 1, [put("projects", 1, closed_on=day("2012-12-31"))]),
    ((2, "projects", "works_ended_on"), 0, [put("projects", 0, works_ended_on=day("2015-02-28"))]),
    ((2, "partners", "left_on"), 2, [put("partners", 2, left_on=day("2009-12-31"))]),
    ((2, "programmes", "valid_to"), 0, [put("programmes", 0, valid_to=day("2010-12-31"))]),
    ((3, "financings", "awarded_on"), 0, [put("financings", 0, awarded_on=day("2013-12-31"))]),
    ((3, "financings", "contracted_on"), 0, [put("financings", 0, contracted_on=day("2014-04-30"))]),
    ((3, "financings", "contracted_on"), 0, [put("financings", 0, awarded_on=None, contracted_on=day("2013-12-31"))]),
    ((3, "payments", "paid_on"), 0, [put("payments", 0, paid_on=day("2014-05-31"))]),
    ((3, "financings", "awarded_on"), 0, [put("financings", 0, awarded_on=None)]),
    ((3, "financings", "contracted_on"), 0, [put("financings", 0, contracted_on=None)]),
    ((4, "financings", "awarded_amount"), 0, [put("financings", 0, awarded_amount=60_000.01)]),
    ((4, "financings", "contracted_amount"), 0, [put("financings", 0, contracted_amount=50_000.01)]),
    ((4, "financings", "contracted_amount"), 0, [put("payments", 0, amount=41_000.01)]),
    ((4, "payments", "amount"), 1, [put("payments", 1, amount=1_000)]),
    ((4, "payments", "amount"), 0, [put("payments", 0, amount=-1)]),
    ((5, "financings", "awarded_amount"), 1, [put("financings", 1, refused_on=day("2014-05-01"))]),
    ((6, "projects", "total_cost_amount"), 0, [put("projects", 0, own_funds_amount=20_000.01)]),
    ((6, "projects", "total_cost_amount"), 0, [put("projects", 0, own_funds_amount=None, total_cost_amount=79_000)]),
    ((7, "projects", "own_funds_amount"), 0, [put("projects", 0, own_funds_amount=19_999)]),
    ((7, "projects", "own_funds_amount"), 0, [put("projects", 0, min_own_share=0.3)]),
    ((7, "projects", "own_funds_amount"), 0, [put("projects", 0, own_funds_amount=0, has_derogation=True)]),
    ((7, "projects", "own_funds_amount"), 0, [put("financings", 1, awarded_amount=None, requested_amount=31_000)]),
    ((8, "projects", "total_cost_amount"), 0, [put("projects", 0, total_cost_amount=62_499.99)]),
    ((9, "financings", "requested_on"), 0, [put("projects", 0, works_started_on=day("2013-12-31"))]),
    ((10, "financings", "start_deadline_on"), 0,
     [put("financings", 0, awarded_on=day("2013-06-29")), put("projects", 0, works_started_on=None)]),
    ((10, "financings", "start_deadline_on"), 1,
     [put("financings", 1, start_deadline_on=day("2015-06-29")), put("projects", 0, works_started_on=None)]),
    ((11, "financings", "programme"), 0, [put("programmes", 0, valid_from=day("2014-01-02"))]),
    ((11, "financings", "programme"), 0, [put("programmes", 0, valid_to=day("2013-12-31"))]),
    ((11, "programmes", "valid_from"), 3, [add("programmes", 0, valid_from=day("2020-12-31"), valid_to=None)]),
    ((12, "financings", "partner_id"), 1, [put("financings", 1, partner_id="M1")]),
    ((12, "financings", "partner_id"), 1, [put("financings", 1, nature="sponsorship")]),
    ((12, "financings", "partner_id"), 1, [put("financings", 1, programme="Mécénat")]),
    ((13, "projects", "project_owner"), 0, [put("projects", 0, project_owner="third_party")]),
    ((14, "budgets", "dadi_fte"), 0, [put("budgets", 0, dadi_fte=7.4)]),
    ((14, "budgets", "dadi_fte"), 0, [put("staff", 0, directorate="Sports")]),
    ((15, "practices", "lever"), 1, [put("practices", 1, lever="l'audace")]),
    ((15, "practices", "name"), 1, [put("practices", 1, name="audace up !")]),
    ((16, "practice_sessions", "newcomers"), 0, [put("practice_sessions", 0, newcomers=13)]),
    ((16, "practice_sessions", "opinions_relevant"), 0, [put("practice_sessions", 0, opinions_relevant=11)]),
    ((16, "practice_sessions", "opinions"), 0, [put("practice_sessions", 0, opinions=13)]),
    ((16, "practice_sessions", "completed"), 1, [put("practice_sessions", 1, completed=31)]),
    ((17, "practice_sessions", "newcomers"), 1, [put("practice_sessions", 1, newcomers=16)]),
    ((18, "survey_answers", "directorate_group"), 0, [put("staff", 0, sex="M"), *more_answers(10)]),
    ((18, "survey_answers", "wave"), 0, [put("staff", 0, headcount=1), put("staff", 1, headcount=0)]),
    ((19, "projects", "project_id"), 0, [put("stages", 2, left_on=day("2015-06-30"))]),
    ((19, "stages", "left_on"), 3, [put("stages", 3, left_on=None)]),
]  # fmt: skip


def rules_of(key: Key) -> list[Rule]:
    return [rule for rule in RULES if (rule.number, rule.table, rule.column) == key]


def references() -> list[Rule]:
    return [rule for rule in RULES if rule.number == 1 and "NOT EXISTS" in rule.sql]


def uniques() -> list[Rule]:
    return [rule for rule in RULES if rule.number == 1 and "count(*) > 1" in rule.sql]


def plausible() -> list[Rule]:
    return [rule for rule in RULES if rule.number == 22]


def name(rule: Rule) -> str:
    return f"{rule.name}-{rule.table}-{rule.column}"


def assert_speaks(rule: Rule, rows: list[dict]) -> None:
    for row in rows:
        for text in rule.words(row):
            assert text.fr and text.en and "{" not in text.fr + text.en


@pytest.mark.parametrize("rule", RULES, ids=map(name, RULES))
def test_the_good_town_breaks_no_rule(rule: Rule) -> None:
    assert broken(rule, town()) == []


@pytest.mark.parametrize("rule", RULES, ids=map(name, RULES))
def test_an_empty_store_breaks_no_rule(rule: Rule) -> None:
    assert broken(rule, {table: [] for table in TABLES}) == []


@pytest.mark.parametrize("rule", RULES, ids=map(name, RULES))
def test_unknown_values_break_no_rule(rule: Rule) -> None:
    """Rows of which only identifiers are known: no operand, no verdict."""
    kept = {"project_id", "financing_id", "partner_id", "programme", "practice", "session_id", "_id"}
    rows = {
        table: [{column: cell for column, cell in row.items() if column in kept} for row in several[:1]]
        for table, several in town().items()
    }
    rows["practice_sessions"] = []
    assert broken(rule, rows) == []


@pytest.mark.parametrize(("key", "blamed", "changes"), BREAKS)
def test_what_breaks_a_rule_is_found_and_told(key: Key, blamed: int, changes: list[Change]) -> None:
    rows = changed(*changes)
    found = [(rule, row) for rule in rules_of(key) for row in broken(rule, rows)]
    assert blamed in [row["_id"] for _, row in found]
    for rule, row in found:
        assert_speaks(rule, [row])


def test_every_handwritten_rule_is_broken_by_some_example() -> None:
    generated = {id(rule) for rule in (*references(), *uniques(), *plausible())}
    unbroken = [
        name(rule)
        for rule in RULES
        if id(rule) not in generated
        and not any(
            broken(rule, changed(*changes))
            for key, _, changes in BREAKS
            if key == (rule.number, rule.table, rule.column)
        )
    ]
    assert unbroken == []


@pytest.mark.parametrize("rule", references(), ids=map(name, references()))
def test_a_reference_to_nothing_is_found(rule: Rule) -> None:
    rows = town()
    cells = rows[rule.table][0]
    cells[rule.column] = (
        f"{cells[rule.column]}; nulle part" if rule.column == "partner_directorates" else "nulle part"
    )
    if rule.column == "requires_project_id":
        cells[rule.column] = "nulle part"
    found = broken(rule, rows)
    assert [(row["_id"], row["value"]) for row in found] == [(0, "nulle part")]
    assert_speaks(rule, found)


@pytest.mark.parametrize("rule", uniques(), ids=map(name, uniques()))
def test_a_repeated_key_is_found(rule: Rule) -> None:
    rows = changed(add(rule.table, 0))
    found = broken(rule, rows)
    assert [row["_id"] for row in found] == [len(rows[rule.table]) - 1]
    assert_speaks(rule, found)


@pytest.mark.parametrize("rule", plausible(), ids=map(name, plausible()))
def test_an_amount_that_may_be_in_thousands_is_found(rule: Rule) -> None:
    def ids(amount: float) -> list[int]:
        return [row["_id"] for row in broken(rule, changed(put(rule.table, 0, **{rule.column: amount})))]

    assert ids(213) == [0]
    assert ids(0) == [] and ids(1_000) == []


def test_directorates_are_not_tested_while_no_staff_is_loaded() -> None:
    rules = [rule for rule in references() if "staff" in rule.tables]
    assert len(rules) == 3
    assert all(broken(rule, changed(empty("staff"))) == [] for rule in rules)


def test_projects_may_come_before_their_stages() -> None:
    (rule,) = rules_of((19, "projects", "project_id"))
    assert broken(rule, changed(empty("stages"))) == []


PASSES: list[tuple[Key, list[Change]]] = [
    ((2, "stages", "stage"), [put("stages", 1, stage="appraisal")]),
    ((4, "financings", "contracted_amount"), [put("financings", 0, contracted_amount=None)]),
    ((6, "projects", "total_cost_amount"),
     [put("projects", 0, own_funds_amount=50_000), put("financings", 0, cancelled_on=day("2015-01-01"))]),
    ((7, "projects", "own_funds_amount"),
     [put("projects", 0, own_funds_amount=1, has_derogation=True, derogation_reference="arrêté 12")]),
    ((7, "projects", "own_funds_amount"), [put("projects", 0, own_funds_amount=None)]),
    ((7, "projects", "own_funds_amount"),
     [put("projects", 0, own_funds_amount=12_500),
      put("financings", 1, programme="Mécénat", partner_id="M1", nature="sponsorship")]),
    ((7, "projects", "own_funds_amount"),
     [put("projects", 0, own_funds_amount=1), *(put("financings", i, requested_on=day("2011-12-31")) for i in (0, 1))]),
    ((8, "projects", "total_cost_amount"), [put("projects", 0, total_cost_amount=62_500)]),
    ((8, "projects", "total_cost_amount"), [put("projects", 0, total_cost_amount=0)]),
    ((10, "financings", "start_deadline_on"), [put("projects", 0, works_started_on=None)]),
    ((12, "financings", "partner_id"),
     [put("financings", 1, programme="Mécénat", partner_id="M1", nature="participation")]),
    ((14, "budgets", "dadi_fte"), [put("budgets", 0, year=2013, dadi_fte=70)]),
    ((14, "budgets", "dadi_fte"), [put("budgets", 0, dadi_fte=70), put("staff", 0, fte=None)]),
    ((18, "survey_answers", "directorate_group"), [put("survey_answers", 0, directorate_group="Inconnu")]),
    ((18, "survey_answers", "directorate_group"), [put("staff", 0, sex="M"), *more_answers(9)]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "changes"), PASSES)
def test_what_comes_near_is_left_alone(key: Key, changes: list[Change]) -> None:
    rows = changed(*changes)
    assert [row for rule in rules_of(key) for row in broken(rule, rows)] == []


def test_groups_that_nobody_mapped_are_not_tested() -> None:
    (rule,) = rules_of((18, "survey_answers", "directorate_group"))
    assert broken(rule, changed(put("staff", 0, sex="M"), *more_answers(10)), groups=[]) == []


def test_the_numbers_are_those_of_the_reference() -> None:
    assert {rule.number for rule in RULES} == set(range(1, 23)) - {20, 21}
    severities = {(rule.number, rule.severity) for rule in RULES}
    assert {number for number, severity in severities if severity == "warning"} == {
        2,
        3,
        4,
        6,
        7,
        8,
        9,
        10,
        12,
        13,
        14,
        22,
    }
    assert {number for number, severity in severities if severity == "error"} == {
        1,
        2,
        3,
        4,
        5,
        11,
        15,
        16,
        17,
        18,
        19,
    }


def test_words_use_labels_dates_and_amounts_of_each_language() -> None:
    (rule,) = rules_of((19, "stages", "left_on"))
    message, mend = rule.words(
        {"_id": 3, "value": None, "project_id": "P2", "stage": "appraisal", "closed_on": date(2014, 6, 1)}
    )
    assert "« instruction »" in message.fr and "01/06/2014" in message.fr
    assert '"appraisal"' in message.en and "2014-06-01" in message.en
    assert mend.fr.startswith("Remplissez la date de sortie")
