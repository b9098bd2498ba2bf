"""What an edition is made of: words for readers beside the raw values (base units) that drawings and workbooks need."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One KPI as an edition says it. ``before``, ``figure`` and ``after`` are its value in three parts, for large type.

    ``status`` is a Reading's; ``word`` says it, ``proof`` gives interval, fraction or count and date, ``why`` the reason of
    its rank or of what is unknown. ``claim`` is what the scorecard claims, "" while it is not true. ``axis`` are the two ends
    of its bullet bar (base, top), None where none is drawn; ``spark`` the last 24 months by slot (0 to 23);
    ``series`` all its kept values by date.
    """

    kpi: str
    code: str
    label: str
    objective: str
    owner: str
    unit: str
    text: str
    before: str
    figure: str
    after: str
    target_text: str
    target_words: str
    status: str
    word: str
    proof: str
    why: str
    claim: str
    variation: str
    assurance: str
    comment: str
    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int | None
    low: float | None
    high: float | None
    coverage: float | None
    score: float | None
    score_text: str
    target: float | None
    band: tuple[float, float] | None
    axis: tuple[float, float] | None
    spark: tuple[tuple[int, float | None], ...]
    spark_words: str
    series: tuple[tuple[date, float | None], ...]
    version: int

    @property
    def is_known(self) -> bool:
        """Whether it has a value."""
        return self.value is not None


@dataclass(frozen=True)
class Goal:
    """One objective: its score (0..100, None: not computed), status, coverage, and what its score hides."""

    code: str
    label: str
    owner: str
    score: float | None
    score_text: str
    status: str
    word: str
    coverage: float
    coverage_text: str
    hides: str
    kpis: tuple[str, ...]


@dataclass(frozen=True)
class Side:
    """One perspective with its objectives, in the scorecard's order."""

    code: str
    label: str
    score: float | None
    score_text: str
    status: str
    word: str
    coverage: float
    coverage_text: str
    goals: tuple[Goal, ...]


@dataclass(frozen=True)
class News:
    """One thing that changed, or stands and asks for somebody: a headline, a sentence, and the comment of whoever prepared it.

    ``is_new``: it was not so before, or has become worse since.
    """

    key: str
    kind: str
    tone: str
    title: str
    sentence: str
    comment: str
    is_new: bool
    is_pinned: bool
    kpi: str
    project: str
    partner: str
    many: int = 1  # things that its sentence tells of


@dataclass(frozen=True)
class Due:
    """One open action: what, whose (a role), for when, and in words whether it is late."""

    action_id: str
    words: str
    owner: str
    due_on: date
    due_text: str
    status: str
    word: str
    kpi: str
    project: str
    partner: str
    comment: str = ""
    is_pinned: bool = False

    @property
    def key(self) -> str:
        """What choices and alerts call it."""
        return f"action:{self.action_id}"


@dataclass(frozen=True)
class Gap:
    """A reason why KPIs are not computed, and their codes and labels."""

    reason: str
    kpis: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Coverage:
    """How many KPIs are computed, of how many, in a sentence, and why the others are not."""

    computed: int
    total: int
    words: str
    gaps: tuple[Gap, ...]


@dataclass(frozen=True)
class Fresh:
    """One table: its name in words, rows, last event, the import that last brought some and its day."""

    table: str
    title: str
    rows: int | None
    event: date | None
    event_text: str
    import_id: int | None
    imported_text: str


@dataclass(frozen=True)
class Edition:
    """All that the brief, the book, the slides and the workbook say of one date and scope, in one language.

    ``as_of`` None: an empty store, ``title`` says so. ``figures`` are all the KPIs of the scorecard by id; ``claims``, ``best``
    and ``worst`` are some of them. ``moves`` are the signals, ``awaited`` the decisions and overdue actions as lines: the pinned
    first, similar ones together. ``week`` names the sealed week it is of, "" for the data of now.
    """

    town: str
    lang: str
    as_of: date | None
    date_text: str
    scope: str
    week: str
    title: str
    mission: str
    lead: str
    claims: tuple[Figure, ...]
    sides_title: str
    perspectives: tuple[Side, ...]
    total: str
    best_title: str
    best: tuple[Figure, ...]
    worst_title: str
    worst: tuple[Figure, ...]
    signals_title: str
    signals: tuple[News, ...]
    decisions: tuple[News, ...]
    actions: tuple[Due, ...]
    moves: tuple[News, ...]
    awaited: tuple[News | Due, ...]
    coverage: Coverage
    freshness: tuple[Fresh, ...]
    sources: str
    figures: Mapping[str, Figure]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say: no data at all."""
        return self.as_of is None

    @property
    def objectives(self) -> tuple[Goal, ...]:
        """All objectives, in the scorecard's order."""
        return tuple(goal for side in self.perspectives for goal in side.goals)

    @cached_property
    def sha256(self) -> str:
        """What changes with anything that it says: a review is bound to it."""
        said = json.dumps(self.as_json(), ensure_ascii=False, sort_keys=True)
        return sha256(said.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        """Return all that it says as a JSON object: dates as ISO text, unknown as null."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (tuple, list)) else value
