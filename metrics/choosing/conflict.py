"""Why nothing can be chosen: a smallest set of rules that cannot hold together, by deletion filtering."""

from math import inf

import numpy as np

from metrics.choosing.found import Rule
from metrics.choosing.program import Program, Row
from metrics.choosing.rulewords import loosened
from metrics.choosing.solver import solve

# What is given up first while filtering: what stays to the end is told, so the rules that people set themselves stay longest.
ORDER = ("partner", "exclusive", "requires", "share", "limit", "legal", "funded", "excluded", "committed")
SECONDS = 5.0  # for one test; one that is not settled by then keeps its rule


def conflict(program: Program) -> tuple[Rule, ...]:
    """Return rules that cannot hold together although any of them left out lets the others hold; () where all can.

    By deletion filtering: each rule in turn is left out, for good where the rest still cannot hold. First whole kinds at once,
    then rule by rule; the structure (a project starts once) always stands.
    """
    kept = _by_rule(program)
    if _can_hold(program, kept):
        return ()
    for kind in sorted({rule.kind for rule in kept}, key=_place):
        fewer = {rule: rows for rule, rows in kept.items() if rule.kind != kind}
        kept = kept if _can_hold(program, fewer) else fewer
    for rule in sorted(kept, key=lambda rule: _place(rule.kind)):
        fewer = {one: rows for one, rows in kept.items() if one != rule}
        kept = kept if _can_hold(program, fewer) else fewer
    return tuple(kept)


AMOUNTS = ("limit", "partner")
WORDS = (*ORDER, "risk")  # kinds that are no budget


def needed(program: Program, told: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Return a conflict's rules, those on an amount with what the others take at the least: by how much it must be loosened."""
    rows = _by_rule(program)
    once = [row for row in program.rows if row.rule.kind == "once"]
    found = []
    for rule in told:
        row = rows[rule][0]
        if rule.kind in WORDS and rule.kind not in AMOUNTS:
            found.append(rule)
            continue
        others = once + [row for other in told if other != rule for row in rows[other]]
        is_most = row.high < inf
        x = solve(-row.coefficients if is_most else row.coefficients, others, seconds=SECONDS).x
        limit = row.high if is_most else row.low
        found.append(rule if x is None else loosened(rule, limit, float(row.coefficients @ x)))
    return tuple(found)


def _by_rule(program: Program) -> dict[Rule, list[Row]]:
    found: dict[Rule, list[Row]] = {}
    for row in program.rows:
        if row.rule.kind != "once":
            found.setdefault(row.rule, []).append(row)
    return found


def _place(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else -1


def _can_hold(program: Program, rules: dict[Rule, list[Row]]) -> bool:
    rows = [row for row in program.rows if row.rule.kind == "once"]
    rows += [row for held in rules.values() for row in held]
    found = solve(np.zeros(len(program.columns)), rows, seconds=SECONDS)
    return not found.is_impossible
