"""What a scorecard says: mission, objectives, links, thresholds, and its KPIs. Data only; ``load`` reads it from YAML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Literal

from schemas.text import Text

Span = Literal[
    "in_period",  # from the start of the month, quarter or year (the KPI's frequency) to t
    "year_to_date",  # from 1 January to t
    "rolling_12_months",  # in (t - 12 months, t]
    "cumulative",  # since ``since`` (or ever) to t
    "stock",  # there at t: date <= t < until
    "between",  # date in [start, end], as known at t
    "snapshot",  # the view's rows as they are at t: its ``date`` is the date of the calendar it looks at
    "all",  # undated
]
SPANS: tuple[str, ...] = (
    "in_period",
    "year_to_date",
    "rolling_12_months",
    "cumulative",
    "stock",
    "between",
    "snapshot",
    "all",
)
Frequency = Literal["monthly", "quarterly", "yearly", "wave"]
Direction = Literal["up", "down", "band"]
Day = date  # the type, where a field bears the name
NO_WORDS = Text("", "")
OPEN_LICENCE = Text(
    "Licence Ouverte / Open Licence 2.0 (Etalab)", "Licence Ouverte / Open Licence 2.0 (Etalab)"
)
Parameter = date | int | float | str


@dataclass(frozen=True)
class Period:
    """Which rows count at t. ``date`` and ``until`` are columns of the view; a row is out from ``until`` on."""

    span: Span
    date: str | None = None
    until: str | None = None
    since: Day | None = None
    start: Day | None = None
    end: Day | None = None


@dataclass(frozen=True)
class Source:
    """An expression over the rows of one view in one period. ``by_from`` names another view for some breakdowns."""

    view: str
    sql: str
    period: Period
    needs: str | None = None
    by_from: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Per:
    """First one row per ``key`` with these measures (name -> aggregate), then the KPI's expression over those rows."""

    key: tuple[str, ...]
    measures: Mapping[str, str]


@dataclass(frozen=True)
class Interval:
    """How the uncertainty is measured: resampling the values of column ``key``, Kaplan-Meier's own, a proportion's exact
    one, or that of a weighted mean of survey answers."""

    kind: Literal["bootstrap", "km", "clopper_pearson", "weighted"]
    key: str | None = None


COMPUTED = frozenset(
    {
        *(
            "source",
            "sql",
            "period",
            "denominator",
            "per",
            "base",
            "known_from",
            "needs",
            "n",
            "coverage",
            "by",
            "by_from",
            "interval",
        ),
        *(
            "unit",
            "direction",
            "frequency",
            "target",
            "floor",
            "band",
            "limits",
            "strict",
            "scoring",
            "red_flag",
        ),
        *("signals", "seasonal", "version"),
    }
)  # the fields that a reading depends on
RELEASE = 2  # grows when the code itself makes or judges values otherwise
Scoring = Literal["target_floor", "goal_red_flag"]
Signals = Literal["auto", "value", "increment", "widened", "count", "none"]
Forecasting = Literal["auto", "pipeline", "increments", "random_walk", "none"]
Cascade = Literal["identical", "contributive", "own", "town"]


@dataclass(frozen=True)
class Kpi:
    """One entry of the catalogue. ``source`` is the entry's ``from``; the others bear their YAML names.

    ``target`` scores 100 and ``floor`` 0; for direction band, 100 inside ``band`` and 0 from the outer ``limits`` on.
    ``counted`` names what ``n`` counts (``counted_one`` a single one); ``by`` lists the breakdowns; ``by_from`` names another view for some of them.
    Before ``known_from`` the value is unknown, not 0: what it counts had not begun.
    ``due`` is the day by which the target is to be met. ``signals`` says which points make the control chart,
    ``forecast`` how the end of the year is foreseen ("auto": by the span).
    A KPI with ``companion_of`` is only shown beside that one; one with ``directorate`` is that directorate's own and may
    name the town's KPI it ``contributes_to``: neither is part of the town's scorecard.
    """

    id: str
    code: str
    label: Text
    objective: str
    unit: str
    direction: Direction
    frequency: Frequency
    source: str | None = None
    sql: str | None = None
    period: Period | None = None
    denominator: Source | None = None
    per: Per | None = None
    base: date | None = None
    known_from: date | None = None
    needs: str | None = None
    n: str | None = None
    coverage: Source | None = None
    by: tuple[str, ...] = ()
    by_from: Mapping[str, str] = field(default_factory=dict)
    target: float | None = None
    floor: float | None = None
    band: tuple[float, float] | None = None
    limits: tuple[float, float] | None = None
    strict: bool = False
    interval: Interval | None = None
    kind: Literal["lead", "lag"] = "lag"
    owner: str = ""
    note: Text = NO_WORDS
    counted: Text = NO_WORDS
    counted_one: Text = NO_WORDS
    audiences: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    weight: float = 1.0
    version: int = 1
    on_demo: Mapping[str, float] = field(default_factory=dict)
    file: str = ""
    scoring: Scoring = "target_floor"
    red_flag: float | None = None
    due: date | None = None
    signals: Signals = "auto"
    seasonal: bool = False
    forecast: Forecasting = "auto"
    companion_of: str = ""
    directorate: str = ""
    contributes_to: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """What changes with the definition, whatever version it bears; words and examples leave it as it is."""
        said = {name: value for name, value in vars(self).items() if name in COMPUTED}
        return sha256(repr((RELEASE, sorted(said.items()))).encode()).hexdigest()[:12]

    @property
    def is_town(self) -> bool:
        """Say whether it is one of the town's scorecard."""
        return not (self.companion_of or self.directorate)

    @property
    def cascade(self) -> Cascade:
        """Say how it goes down to directorates: the same formula over their rows, a KPI of their own, or not at all."""
        if self.directorate:
            return "contributive" if self.contributes_to else "own"
        return "identical" if "lead_directorate" in self.by else "town"

    @property
    def is_stored_value(self) -> bool:
        """Say whether its values come as they are from table kpi_values, each with its own period."""
        return self.source == "kpi_values" and self.sql is None

    @property
    def is_survey(self) -> bool:
        """Say whether its values are weighted means of staff surveys, each with its wave as its period."""
        return self.interval is not None and self.interval.kind == "weighted"

    @property
    def has_own_periods(self) -> bool:
        """Say whether a value stands from its own period's end until the next one, however long that is."""
        return self.is_stored_value or self.is_survey


@dataclass(frozen=True)
class Objective:
    """What the town wants, within one perspective. Weights are relative to the objective's sisters."""

    code: str
    label: Text
    weight: float = 1.0
    text: Text = NO_WORDS
    owner: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Perspective:
    """One of the scorecard's sides, with its objectives in order. ``short`` and ``path`` are its name in the menu and its address."""

    code: str
    label: Text
    objectives: tuple[Objective, ...]
    weight: float = 1.0
    short: Text = NO_WORDS
    path: str = ""


@dataclass(frozen=True)
class Link:
    """A hypothesis of the strategy map: ``cause`` moves ``effect`` after so many months."""

    cause: str
    effect: str
    lag_months: int


@dataclass(frozen=True)
class Thresholds:
    """Below ``off_target_below`` a score is off target; below ``min_coverage`` of the weight no score is rolled up.

    A value is too old to be judged after ``stale_after`` times its frequency; 0: never, for what is published as it stands.
    """

    off_target_below: float = 50.0
    min_coverage: float = 0.7
    stale_after: float = 1.5


USUAL = Thresholds()


@dataclass(frozen=True)
class Wave:
    """A staff survey: its name in survey_answers, the day it was held, and how many it was sent to (None: the staff)."""

    name: str
    held_on: date
    headcount: int | None = None


@dataclass(frozen=True)
class Standing:
    """A point that every weekly review has: its title and its minutes in an hour."""

    title: Text
    minutes: int = 5


@dataclass(frozen=True)
class Scorecard:
    """What a town shows besides its KPIs. ``claims`` words the headline: KPI id -> sentence with ``{value}``.

    ``shows`` words the figure of a headline card: KPI id -> words with ``{value}`` and other KPIs by their id.
    Scores are kept on 0..100; ``score_out_of`` (100 or 10) is the scale on which screens say them. ``licence`` is what the town
    publishes its readings under.
    ``signatures`` says what notes are signed with: an account's role or its name.
    """

    town: str
    mission: Text
    perspectives: tuple[Perspective, ...]
    challenges: tuple[Text, ...] = ()
    tags: tuple[Text, ...] = ()
    headline: tuple[str, ...] = ()
    claims: Mapping[str, Text] = field(default_factory=dict)
    shows: Mapping[str, Text] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    thresholds: Thresholds = USUAL
    words: Mapping[str, Text] = field(default_factory=dict)
    directorate_groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waves: tuple[Wave, ...] = ()
    score_out_of: int = 100
    licence: Text = OPEN_LICENCE
    standing: tuple[Standing, ...] = ()
    signatures: Literal["role", "name"] = "role"

    @property
    def objectives(self) -> dict[str, Objective]:
        """All objectives by code, in the scorecard's order."""
        return {item.code: item for side in self.perspectives for item in side.objectives}

    def perspective_of(self, objective: str) -> Perspective | None:
        """Return the perspective that holds an objective's code, None when there is none."""
        return next((s for s in self.perspectives if any(o.code == objective for o in s.objectives)), None)


@dataclass(frozen=True)
class Refusal:
    """An entry (or, with ``id`` None, a file or the scorecard) that was not taken, why, and what to do."""

    file: str
    id: str | None
    reason: Text
    mend: Text

    def as_json(self, lang: str = "fr") -> dict[str, str | None]:
        """Return the JSON object of a refused entry."""
        return {
            "file": self.file,
            "id": self.id,
            "reason": self.reason.get(lang),
            "mend": self.mend.get(lang),
        }


@dataclass(frozen=True)
class Catalogue:
    """A scorecard, its KPIs in order (id -> Kpi), the refused entries, and the parameters its views read.

    ``others`` are computed like the KPIs but are not part of the town's scorecard: companions, and directorates' own.
    """

    scorecard: Scorecard
    kpis: Mapping[str, Kpi]
    refused: tuple[Refusal, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    others: Mapping[str, Kpi] = field(default_factory=dict)

    @cached_property
    def every(self) -> Mapping[str, Kpi]:
        """All that is computed: KPIs, then the others."""
        return {**self.kpis, **self.others}

    def companions(self, kpi: str) -> list[Kpi]:
        """Return what is shown beside a KPI, in the catalogue's order."""
        return [other for other in self.others.values() if other.companion_of == kpi]

    def own(self, directorate: str) -> list[Kpi]:
        """Return the KPIs that only this directorate has, in the catalogue's order."""
        return [other for other in self.others.values() if other.directorate == directorate]

    def of_objective(self, code: str) -> list[Kpi]:
        """Return an objective's KPIs in the catalogue's order."""
        return [kpi for kpi in self.kpis.values() if kpi.objective == code]


def load(
    folders: Sequence[Path | Mapping[str, str]], relations: Mapping[str, str] | None = None
) -> Catalogue:
    """Read the YAML of ``folders`` (paths, or file name -> text); a later one completes and overrides the earlier ones.

    ``relations`` (view name -> SELECT) are what entries may read: by default the files of data/views. Never raises for a
    bad entry or a bad file: it is in ``refused``.
    """
    from metrics.loading import read  # here: the definitions themselves need neither YAML nor a parser

    return read(folders, relations)
