"""A list on its way to be published: what it would tell, less what was found to tell too much."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from metrics.disclosure.answers import Answers
from metrics.disclosure.building import Hidden, build, complementary, domain_of, groups_of, primary
from metrics.disclosure.findings import Finding
from metrics.disclosure.heads import LEAST_SILENT, Headcounts
from metrics.disclosure.spreading import spreads_of
from metrics.disclosure.summarizing import plain_of, response_of, summaries_of
from metrics.disclosure.tables import Group, Key, Part, Published, Summary
from metrics.disclosure.weighing import weights_of


@dataclass
class Draft:
    """What is asked of answers on one base, the groups hidden so far, and the parts beside the tables that must go."""

    answers: Answers
    keys: list[Key]
    k: int
    headcounts: Headcounts
    asked: int | None
    held_on: date | None
    earlier: Sequence[Published] = ()
    hidden: Hidden = field(default_factory=set)
    gone: set[Part] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Hide what may not be told for its own sake and what covers it; reckon once what the town tells."""
        self.domain = domain_of(self.answers, self.headcounts, self.earlier)
        self.alone = primary(self.answers, self.keys, self.domain, self.k, self.headcounts)
        if self.asked is not None and self.asked - len(self.answers) < LEAST_SILENT:
            self.alone.add(())
        self._hide(self.alone)
        self.measures = list(dict.fromkeys(measure for by, measure in self.keys if not by))
        self.weights: dict[Group, float] | None = None
        self.plain: tuple[Summary, ...] = ()
        self.weighted: tuple[Summary, ...] = ()
        if self.measures and () not in self.hidden:
            self._reckon()

    def _reckon(self) -> None:
        every, staff = (
            (self.answers, self.measures, self.k),
            self.asked or sum(self.headcounts.values()) or None,
        )
        self.spreads = spreads_of(*every)
        self.weights = weights_of(self.answers, self.measures[0], self.headcounts, self.domain)
        self.weighted = summaries_of(*every, self.headcounts if self.weights else {}, staff)
        self.plain = plain_of(self.answers, self.weighted, staff)

    def _hide(self, groups: Hidden) -> None:
        self.hidden = complementary(self.answers, self.keys, self.domain, self.k, self.hidden | groups)

    def protect(self, findings: Sequence[Finding]) -> None:
        """Hide what the first finding names, and all parts beside the tables that any of them names."""
        parts = {one.part for one in findings if one.part is not None}
        self.gone |= parts
        cells = [one.cell for one in findings if one.part is None]
        self._hide(set(cells[:1]))

    def published(self) -> Published:
        """Return the list as it stands; where the town is hidden nothing is told beside the tables."""
        found = build(self.answers, self.keys, self.domain, self.k, self.hidden)
        found = replace(found, held_on=self.held_on)
        if () in self.hidden or not self.plain:
            return found
        is_plain = ("response", "") in self.gone
        response = response_of(self.answers, self.measures[0], self.asked, is_plain)
        return replace(
            found,
            summaries=tuple(map(self._summary, self.weighted, self.plain)),
            spreads=tuple(one for one in self.spreads if ("spread", one.item) not in self.gone),
            response=response,
        )

    def _summary(self, weighted: Summary, plain: Summary) -> Summary:
        one = plain if ("weighted", plain.measure) in self.gone else weighted
        return replace(one, net=None) if ("net", one.measure) in self.gone else one

    @property
    def counts(self) -> dict[Group, int]:
        """Return the exact count of every group listed: what an attacker may have learnt elsewhere."""
        measure = self.keys[0][1] if self.keys else ""
        every = {group for by, _ in self.keys for group in groups_of(by, self.domain)}
        return {group: len(self.answers.of(group, measure)) for group in every}

    @property
    def tells_nothing(self) -> bool:
        """Whether not a single group may be told."""
        return not any(set(groups_of(by, self.domain)) - self.hidden for by, _ in self.keys)

    def lost(self) -> list[Key]:
        """Return the tables that tell nothing any more, of those that could tell some group alone."""
        groups = {key: set(groups_of(key[0], self.domain)) for key in self.keys}
        if self.tells_nothing:
            return self.keys
        return [key for key in self.keys if groups[key] - self.alone and not groups[key] - self.hidden]
