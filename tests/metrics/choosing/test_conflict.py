"""What cannot hold together: a set of rules such that any one left out lets the others hold."""

import numpy as np
import pytest
from hypothesis import given, settings

from metrics.choosing.conflict import _by_rule, _can_hold, conflict
from metrics.choosing.needs import settled
from metrics.choosing.program import Program
from metrics.choosing.question import Choice
from metrics.choosing.solving import choose
from tests.metrics.choosing.example import best_of_all, choice
from tests.metrics.choosing.test_solving import small


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"committed": ["P001"], "excluded": ["P001"]}, {"committed:P001", "excluded:P001"}),
        (
            {"committed": ["P001", "P004", "P007"]},
            {"committed:P001", "committed:P004", "committed:P007", "own:2016"},
        ),
        (
            {"committed": ["P002", "P005", "P006"]},
            {"committed:P002", "committed:P005", "committed:P006", "most:theme=urban:count"},
        ),
    ],
)
def test_the_rules_in_conflict_are_told(rules: dict, told: set[str]) -> None:
    found = choose(choice(**rules))
    assert (found.status, found.portfolio, found.gap) == ("impossible", None, None)
    assert {rule.id for rule in found.conflict} == told
    assert all(rule.words.fr and rule.words.en for rule in found.conflict)


def test_a_barred_project_cannot_be_committed() -> None:
    low = {"id": "A", "cost": 1000, "own": [100], "public": 900}
    found = choose(choice(candidates=[low], committed=["A"], limits=[]))
    assert {rule.id for rule in found.conflict} == {"committed:A", "legal:A"}


def test_nothing_is_in_conflict_where_something_holds() -> None:
    assert conflict(Program(choice())) == ()


@settings(max_examples=40, deadline=None)
@given(small())
def test_a_conflict_is_one_and_a_smallest_one(asked: Choice) -> None:
    program = Program(settled(asked))
    told, rows = conflict(program), _by_rule(program)
    assert bool(told) == (best_of_all(program, np.zeros(len(program.columns))) is None)
    if told:
        assert not _can_hold(program, {rule: rows[rule] for rule in told})
        for left_out in told:
            assert _can_hold(program, {rule: rows[rule] for rule in told if rule != left_out})
