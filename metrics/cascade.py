"""The scorecard taken down to the directorates: which KPIs they share with the town, and whether their parts make the town's.

*Identical*: the same KPI, recomputed on a directorate's rows. *Contributive*: another KPI of a directorate that feeds one of
the town's. *Own*: a directorate's, that feeds none. *Town*: it exists for the whole town only, and ``why_town`` says why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from metrics.definitions import Catalogue, Kpi
from metrics.expressions import columns, parse, references
from metrics.homogeneity import SMALL
from metrics.judge import has_goal
from metrics.reading import UNJUDGED, Reading
from metrics.splitting import splitting

Part = Literal["numerator", "denominator", "value", "n"]
Cause = Literal["unassigned", "shared"]
TIGHT = 1e-9  # relative: below, a difference is the dust of binary fractions
# The table behind a KPI that has no directorates -> why; the first that it reads decides.
TABLES = {
    "survey_answers": "survey",
    "budgets": "budget",
    "kpi_values": "entered",
    "practice_sessions": "practices",
    "practices": "practices",
    "milestones": "milestones",
    "interactions": "partners",
    "partners": "partners",
    "staff": "staff",
}


@dataclass(frozen=True)
class Check:
    """One part of a KPI: the town's, the sum of its directorates', and what explains a difference (None: there is none)."""

    part: Part
    town: float
    directorates: float
    cause: Cause | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the directorates make the town."""
        return self.cause is None


def identical(catalogue: Catalogue) -> list[Kpi]:
    """Return the town's KPIs that are recomputed for each directorate, in the scorecard's order."""
    return [kpi for kpi in catalogue.kpis.values() if kpi.cascade == "identical"]


def own_of(catalogue: Catalogue, directorate: str) -> list[Kpi]:
    """Return the KPIs that belong to one directorate: those that feed a town KPI first."""
    found = [kpi for kpi in catalogue.others.values() if kpi.directorate == directorate]
    return sorted(found, key=lambda kpi: not kpi.contributes_to)


def readings_of(
    catalogue: Catalogue, directorate: str, within: Mapping[str, Reading], town: Mapping[str, Reading]
) -> dict[str, Reading]:
    """Return a directorate's readings: of identical KPIs from those ``within`` it, of its own ones from the ``town``'s."""
    own = {kpi.id: town[kpi.id] for kpi in own_of(catalogue, directorate) if kpi.id in town}
    return {kpi.id: within[kpi.id] for kpi in identical(catalogue) if kpi.id in within} | own


def of_directorate(catalogue: Catalogue, directorate: str, readings: Mapping[str, Reading]) -> Catalogue:
    """Return the scorecard of one directorate: identical KPIs and its own, the objectives that they serve.

    An amount that no goal of the directorate's judges weighs nothing; a KPI without value still does: it is missing.
    """
    asked = [*identical(catalogue), *own_of(catalogue, directorate)]
    kpis = {kpi.id: kpi for kpi in asked if kpi.id not in readings or readings[kpi.id].reason != "no_target"}
    served = {kpi.objective for kpi in kpis.values() if has_goal(kpi)}
    sides = [
        replace(side, objectives=tuple(goal for goal in side.objectives if goal.code in served))
        for side in catalogue.scorecard.perspectives
    ]
    kept = tuple(side for side in sides if side.objectives)
    return replace(catalogue, kpis=kpis, others={}, scorecard=replace(catalogue.scorecard, perspectives=kept))


def is_town_wide(kpi: Kpi) -> bool:
    """Whether a directorate's own KPI is computed on the rows of the whole town: its formula does not name the directorate."""
    formulas = (kpi.sql, kpi.n, kpi.denominator.sql if kpi.denominator else None)
    name = kpi.directorate.replace("'", "''")
    return bool(kpi.directorate) and not any(f"'{name}'" in formula for formula in formulas if formula)


def is_few(kpi: Kpi, reading: Reading) -> bool:
    """Whether a directorate's rate, ratio or median rests on fewer than five: shown, not judged.

    A count or a sum is what it is however small; the town's own KPIs are judged with the interval beside them.
    """
    within = bool(reading.scope) or bool(kpi.directorate)
    amount, base = kpi.unit in ("n", "eur"), rests_on(kpi, reading)
    return within and not amount and reading.value is not None and base is not None and base < SMALL


def rests_on(kpi: Kpi, reading: Reading) -> float | None:
    """Return how many a rate is over: its denominator where that counts things of its own (staff, directorates), else ``n``.

    ``n`` counts the rows of the numerator: the sessions that people came to, not the people who could come.
    """
    under = kpi.denominator
    if kpi.unit != "ratio" or under is None or reading.denominator is None:
        return reading.n
    amounts = any(name.endswith("_amount") for name in columns(parse(under.sql)))
    return reading.n if amounts else reading.denominator


def careful(kpi: Kpi, reading: Reading) -> Reading:
    """Return a reading without its judgement where it rests on too few, for reason ``few``; any other as it is."""
    if reading.reason in UNJUDGED or not is_few(kpi, reading):
        return reading
    base = round(rests_on(kpi, reading) or 0)
    return replace(reading, n=base, score=None, status="unknown", assurance=None, reason="few")


def fed_by(catalogue: Catalogue, kpi: str) -> list[Kpi]:
    """Return the directorates' KPIs that feed a town KPI."""
    return [other for other in catalogue.others.values() if other.contributes_to == kpi]


def town_only(catalogue: Catalogue, views: Mapping[str, str]) -> dict[str, list[Kpi]]:
    """Return the KPIs that exist for the whole town only, by reason: survey, budget, partners… (see ``TABLES``), base, other."""
    found: dict[str, list[Kpi]] = {}
    for kpi in catalogue.kpis.values():
        if kpi.cascade == "town":
            found.setdefault(why_town(catalogue, kpi, views), []).append(kpi)
    return found


def why_town(catalogue: Catalogue, kpi: Kpi, views: Mapping[str, str]) -> str:
    """Return why a KPI has no directorates: the reason of the first telling table it reads, else ``other``."""
    from metrics.compute import tables_behind

    behind = tables_behind(catalogue, kpi, views)
    return next((reason for table, reason in TABLES.items() if table in behind), "other")


def check(catalogue: Catalogue, kpi: Kpi, whole: Reading, parts: Sequence[Reading]) -> tuple[Check, ...]:
    """Compare what adds up of a KPI (numerator and denominator, a sum, else the count) with the sum over its directorates.

    () where nothing does: the count of a KPI made of others is that of its smallest part.
    """
    way = splitting(catalogue, kpi).way
    if way is None and kpi.sql and references(parse(kpi.sql)):
        return ()
    names: tuple[Part, ...] = {"ratio": ("numerator", "denominator"), "sum": ("value",)}.get(str(way), ("n",))  # type: ignore[assignment]
    found = [_check(name, whole, parts) for name in names]
    return tuple(one for one in found if one is not None)


def _check(part: Part, whole: Reading, parts: Sequence[Reading]) -> Check | None:
    town = getattr(whole, part)
    known = [getattr(one, part) for one in parts if getattr(one, part) is not None]
    if town is None or not known:
        return None
    total, town = float(sum(known)), float(town)
    if abs(total - town) <= TIGHT * max(abs(town), abs(total), 1.0):
        return Check(part, town, total)
    return Check(part, town, total, "unassigned" if total < town else "shared")
