"""What the map and the perspectives read under a scenario: its comparison, with the scores that both sides roll up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from metrics import scores
from metrics.refusing import BadEntry
from metrics.scores import RollUp, Score
from metrics.whatif import Comparison, Line
from pages.parts import whatif_reads
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source

PARAM = whatif_reads.PARAM


@dataclass(frozen=True)
class Under:
    """A scenario's comparison, and the scores of its base and of the scenario. ``text`` is what an address bears."""

    text: str
    found: Comparison
    base: RollUp
    scenario: RollUp

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Each KPI's line, by its id."""
        return {line.kpi: line for line in self.found.lines}

    def moved(self, source: Source, code: str) -> list[Line]:
        """The lines of an objective's KPIs that moved."""
        kpis = source.catalogue.of_objective(code)
        return [self.lines[kpi.id] for kpi in kpis if kpi.id in self.lines and self.lines[kpi.id].has_moved]

    def goals(self, code: str) -> tuple[Score, Score]:
        """An objective's score as it is and as it would be."""
        return self.base.objectives[code], self.scenario.objectives[code]

    def sides(self, code: str) -> tuple[Score, Score]:
        """A perspective's score as it is and as it would be."""
        return self.base.perspectives[code], self.scenario.perspectives[code]


@kept(maxsize=VIEWS)
def under(source: Source, text: str) -> Under | BadEntry:
    """The scenario that an address bears at the source's date and scope, or why it cannot be computed."""
    asked = whatif_reads.asked(source, text)
    if asked.refused is not None:
        return asked.refused
    found = asked.found
    assert found is not None
    base, scenario = (
        scores.roll_up(source.catalogue, {line.kpi: getattr(line, side) for line in found.lines})
        for side in ("base", "scenario")
    )
    return Under(found.scenario.as_text() or text, found, base, scenario)
