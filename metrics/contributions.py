"""Why a KPI moved between two dates: what its numerator, its denominator and each group brought, adding up to the change.

A sum moves by the moves of its groups. A ratio R = N / D moves from N0 / D0 to N1 / D1 by

    R1 - R0 = dN * (1 / D0 + 1 / D1) / 2  -  dD * (N0 + N1) / (2 * D0 * D1)

Proof. The right side over the common denominator 2 * D0 * D1 is (N1 - N0)(D0 + D1) - (D1 - D0)(N0 + N1) =
2 * N1 * D0 - 2 * N0 * D1, which is 2 * D0 * D1 * (N1 / D1 - N0 / D0). The first term is the numerator's Shapley value:
its effect averaged over the two orders in which both may move (L. S. Shapley, 1953); the second is the denominator's.
Both are linear in dN = sum of dn_g and dD = sum of dd_g, so that group g brings dn_g and dd_g times the same factors
and nothing is left over. For numerators this is the Shapley value over all orders of the groups, too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Part = Literal["numerator", "denominator", "sum"]
Kind = Literal["group", "rest", "residual", "whole"]
Group = str | None  # None: the rows do not say
MOST = 8  # bars between the start and the end
LOOSE = 0.1  # a side whose groups miss the town by more than this share is not split at all
TIGHT = 1e-9  # relative: below, a difference is the dust of binary fractions


@dataclass(frozen=True)
class Side:
    """A sum at two dates, of the whole and of each group; a group that one date does not know counts 0 there."""

    start: Any
    end: Any
    groups: Mapping[Group, tuple[Any, Any]]

    @property
    def moved(self) -> Any:
        """How much the whole moved."""
        return self.end - self.start

    @property
    def residual(self) -> tuple[Any, Any]:
        """What the groups leave of the whole at each date: 0 where the breakdown adds up."""
        return (
            self.start - sum(pair[0] for pair in self.groups.values()),
            self.end - sum(pair[1] for pair in self.groups.values()),
        )


@dataclass(frozen=True)
class Effect:
    """What one group of one part brought to the change of the KPI: ``amount`` in its unit; ``moved`` is the part's own move.

    ``kind`` "rest": several small groups; "residual": what the breakdown does not give to any group, or gives to several;
    "whole": the part is not broken down.
    """

    part: Part
    kind: Kind
    group: Group
    moved: Any
    amount: Any
    count: int = 1


def of_sum(side: Side) -> list[Effect]:
    """Return the effects on a sum, adding up to its change."""
    return _split("sum", side, 1)


def of_ratio(over: Side, under: Side) -> list[Effect]:
    """Return the effects on ``over / under``, adding up to its change. Raises ZeroDivisionError where a date has no denominator."""
    per_over = (1 / under.start + 1 / under.end) / 2
    per_under = -(over.start + over.end) / (2 * under.start * under.end)
    return _split("numerator", over, per_over) + _split("denominator", under, per_under)


def _split(part: Part, side: Side, factor: Any) -> list[Effect]:
    """Return the effects of one part's groups, the groups that did not move left out."""
    left = side.residual
    if not side.groups or not _is_close(side, left, LOOSE):
        return _moving([Effect(part, "whole", None, side.moved, side.moved * factor)])
    found = [
        Effect(part, "group", group, end - start, (end - start) * factor)
        for group, (start, end) in side.groups.items()
    ]
    if not _is_close(side, left, TIGHT):
        found.append(Effect(part, "residual", None, left[1] - left[0], (left[1] - left[0]) * factor))
    return _moving(found)


def _is_close(side: Side, left: tuple[Any, Any], share: float) -> bool:
    whole = (side.start, side.end)
    return all(abs(rest) <= share * max(abs(of), TIGHT) for rest, of in zip(left, whole, strict=True))


def _moving(effects: Sequence[Effect]) -> list[Effect]:
    return [effect for effect in effects if effect.moved != 0]


def folded(effects: Sequence[Effect], most: int = MOST) -> list[Effect]:
    """Return at most ``most`` effects with the same sum: by part, the largest first, the small ones together at the end."""
    ordered = sorted(effects, key=lambda effect: (effect.kind == "residual", -abs(effect.amount)))
    own = [effect for effect in ordered if effect.kind != "residual"]
    told = [effect for effect in ordered if effect.kind == "residual"]
    kept, rest = own, list[Effect]()
    for many in range(len(own), -1, -1):
        kept, rest = own[:many], _rests(own[many:])
        if many + len(rest) + len(told) <= most:
            break
    parts = list(dict.fromkeys(effect.part for effect in effects))
    return sorted([*kept, *rest, *told], key=lambda effect: parts.index(effect.part))


def _rests(effects: Sequence[Effect]) -> list[Effect]:
    """Return one effect for each part's small groups; one group alone keeps its name."""
    parts = dict.fromkeys(effect.part for effect in effects)
    of = {part: [effect for effect in effects if effect.part == part] for part in parts}
    return [each[0] if len(each) == 1 else _together(part, each) for part, each in of.items()]


def _together(part: Part, effects: Sequence[Effect]) -> Effect:
    moved, amount = (sum(getattr(effect, name) for effect in effects) for name in ("moved", "amount"))
    return Effect(part, "rest", None, moved, amount, len(effects))


def total(effects: Sequence[Effect], part: Part | None = None) -> Any:
    """Return the sum of the effects, of one part or of all."""
    return sum(effect.amount for effect in effects if part is None or effect.part == part)


def nets(effects: Sequence[Effect]) -> list[Effect]:
    """Return what each group brought by both parts together, the largest first; a whole part, a rest stay as they are.

    Of a ratio a group may bring to the numerator and take by the denominator: only its net says whether it moved the value.
    """
    found: dict[object, list[Effect]] = {}
    for effect in effects:
        key = effect.group if effect.kind == "group" else effect.part
        found.setdefault((effect.kind, key), []).append(effect)
    merged = [each[0] if len(each) == 1 else _net(each) for each in found.values()]
    return sorted(merged, key=lambda effect: -abs(effect.amount))


def _net(effects: Sequence[Effect]) -> Effect:
    moved, amount = (sum(getattr(effect, name) for effect in effects) for name in ("moved", "amount"))
    return Effect("sum", effects[0].kind, effects[0].group, moved, amount, effects[0].count)


def leaders(effects: Sequence[Effect], change: Any) -> list[Effect]:
    """Return the groups whose net moved the value most, the way it moved: one, or all that are equal; none where none did."""
    able = [one for one in nets(effects) if one.amount * change > 0 and one.kind in ("group", "whole")]
    return [one for one in able if abs(one.amount) >= abs(able[0].amount) * (1 - TIGHT)]
