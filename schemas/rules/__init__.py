"""The cross-table rules, by number (20 and 21 are checked elsewhere).

Rule 20 (personal data) looks at cells: see :mod:`schemas.personal`. Rule 21 needs the catalogue of KPIs.
"""

from schemas.rules import dates, flow, law, money, people, programmes, references, units
from schemas.rules.rule import Rule

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *references.RULES,
            *flow.RULES,
            *dates.RULES,
            *money.RULES,
            *law.RULES,
            *programmes.RULES,
            *people.RULES,
            *units.RULES,
        ),
        key=lambda rule: rule.number,
    )
)

__all__ = ["RULES", "Rule"]
