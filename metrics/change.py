"""One thing that changed between two moments, or that still stands and asks for somebody's attention."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from metrics.reading import Reading
from schemas.text import Text

Tone = Literal["bad", "good", "neutral"]
KINDS = (
    "plan",  # a financing plan breaks the minimum own share, or has come close to it
    "lapse",  # a grant whose works must start soon, or should have started
    "signal",  # a KPI's control chart says more than noise; its status may be another one too
    "status",  # a KPI's status is another one
    "value",  # a headline KPI moved, without signal or other status
    "data",  # a table has been silent for too long
    "late",  # a project's works have not started, or not ended, in the year they should have
    "ageing",  # a file has been in its stage for longer than 85 % of files are
    "silent",  # a partner is no longer active
    "awarded",  # money was awarded
    "correction",  # rows about the past were changed, added or taken out afterwards
    "target",  # what is aimed at is another
    "rebase",  # the usual level of a KPI is computed anew from a date
    "definition",  # a KPI is defined otherwise
    "stage",  # a project's file came to another stage
    "closed",  # a project was closed
    "opened",  # a project was opened
)


@dataclass(frozen=True)
class Change:
    """What changed. ``key`` is ``kind:id`` and the same from week to week; amounts are in euros, shares 0 to 1, days whole.

    ``is_new``: it was not so at the earlier moment; False is a condition that still stands. ``is_noise``: the value moved no
    more than usual. ``weight``: importance, the larger first. ``facts`` are what a sentence needs, unknown ones None or absent.
    """

    key: str
    kind: str
    tone: Tone
    weight: float
    is_new: bool
    is_noise: bool = False
    kpi: str = ""
    project: str = ""
    partner: str = ""
    table: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    now: Reading | None = field(default=None, hash=False)
    then: Reading | None = field(default=None, hash=False)

    @property
    def is_news(self) -> bool:
        """Whether it is told first: it was not so before, or it was a concern already and has become worse."""
        return self.is_new or bool(self.facts.get("is_worse"))

    @property
    def says(self) -> frozenset[str]:
        """The kinds that this one tells: a signal whose KPI has another status too says both, and nothing is told twice."""
        if self.kind == "signal" and self.facts.get("has_new_status"):
            return frozenset({"signal", "status"})
        return frozenset({self.kind})

    def as_json(self) -> dict[str, Any]:
        """Return the JSON object of ``metrics changes --json``."""
        own = ("key", "kind", "tone", "weight", "is_new", "is_news", "is_noise")
        about = ("kpi", "project", "partner", "table")
        found = {
            **{name: getattr(self, name) for name in own},
            **{name: getattr(self, name) or None for name in about},
        }
        readings = {
            name: reading.as_json() if reading else None
            for name, reading in (("now", self.now), ("then", self.then))
        }
        return found | {"facts": {name: _plain(value) for name, value in self.facts.items()}} | readings


def _plain(value: Any) -> Any:
    """Return a fact as JSON: dates and moments as ISO text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, Text):
        return value._asdict()
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (tuple, list)) else value
