"""What may come by the horizon, in words: a middle, 8 chances in 10, the chance of a target; for any number of sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.abreast import Abreast
from metrics.chance import telling
from metrics.chance.futures import Distribution
from metrics.definitions import Catalogue
from pages.texts import numbers, said, t, units

LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9  # between the ends: 8 times in 10
SURE = 0.995  # a chance beyond it is as good as certain
UNAIMED = "own_cost"  # the costs that overrun have no target of their own


@dataclass(frozen=True)
class Outlook:
    """One outcome over all sides, the base's first: its name, its laws (None: not known there), the target in force, if any."""

    outcome: str
    label: str
    unit: str
    sides: tuple[Distribution | None, ...]
    target: float | None

    def chance(self, one: Distribution | None) -> float | None:
        """Return a side's chance to reach the target; None without either."""
        return None if one is None or self.target is None else dict(one.targets).get(self.target)

    @property
    def reach(self) -> tuple[float, float]:
        """Return the ends of all sides' 8 chances in 10: what their drawings share."""
        told = [one.quantile(level) for one in self.sides if one is not None for level in (LOW, HIGH)]
        return min(told), max(told)


def outlooks(catalogue: Catalogue, found: Abreast) -> list[Outlook]:
    """Return every outcome that some side can tell."""
    held = [found.futures, *(side.futures for side in found.sides)]
    ids = dict.fromkeys(one.outcome for side in held if side is not None for one in side.distributions)
    return [
        _outlook(catalogue, outcome, [side.of(outcome) if side is not None else None for side in held])
        for outcome in ids
    ]


def _outlook(catalogue: Catalogue, outcome: str, sides: Sequence[Distribution | None]) -> Outlook:
    first = next(one for one in sides if one is not None)
    aims = [] if outcome == UNAIMED else [target for target, _ in first.targets]
    label = said(telling.label(catalogue, outcome))
    return Outlook(outcome, label, first.unit, tuple(sides), aims[0] if aims else None)


def band(one: Distribution) -> str:
    """8 chances in 10: ``de 17,2 M€ à 21,8 M€``."""
    low, high = (units.text(one.quantile(level), one.unit) for level in (LOW, HIGH))
    return t("de {low} à {high}", low=low, high=high)


def chance(value: float | None) -> str:
    """A chance in words that do not claim more than it knows."""
    if value is None:
        return numbers.NONE
    if value >= SURE:
        return t("presque sûr")
    if value <= 1 - SURE:
        return t("presque exclu")
    return units.text(round(value, 2), "ratio")


def aim(one: Outlook, side: Distribution | None) -> str:
    """A side's chance of the target: ``cible 18,0 M€ : 80 %``; "" without a target."""
    if one.target is None or side is None:
        return ""
    return t(
        "cible {target} : {chance}",
        target=units.text(one.target, one.unit),
        chance=chance(one.chance(side)),
    )


def sentence(found: Abreast, told: Sequence[Outlook]) -> str:
    """The first outcome, side by side: 8 chances in 10, and the chance of its target."""
    assert found.futures is not None
    one = told[0]
    names = [t("base"), *(side.key.upper() for side in found.sides)]
    parts = [
        t("{side} {band}", side=name, band=band(law)) + (f" ({words})" if (words := aim(one, law)) else "")
        for name, law in zip(names, one.sides, strict=True)
        if law is not None
    ]
    return t(
        "« {label} » au {day}, 8 chances sur 10 : {parts}.",
        label=one.label,
        day=numbers.day(found.futures.horizon),
        parts=t(" ; ").join(parts),
    )


def note(found: Abreast) -> str:
    """What these figures rest on, and the basis of the own cost."""
    assert found.futures is not None
    return t(
        "Calculé au {day} par les lois des suppositions, avec les mêmes tirages pour la base et chaque scénario : un écart vient du scénario, jamais du hasard. Milieu, puis 8 chances sur 10. Le coût à la charge de la Ville est HT, subventions déduites, tous les projets menés.",
        day=numbers.day(found.futures.horizon),
    )
