"""What the choice of projects reads: where a question starts, the candidates, and the answer; kept by version, its progress told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import metrics.choosing
from metrics import whatif
from metrics.choosing import points
from metrics.choosing.found import Chosen
from metrics.choosing.question import Choice
from metrics.choosing.reading import read
from metrics.choosing.solving import choose
from metrics.refusing import BadEntry
from metrics.results import Engine
from metrics.scenario import from_text
from pages.parts import choice_question
from pages.parts.choice_question import EXAMPLE, NAMES, Question, Start
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source

SCENARIO = "s"
AHEAD = 2  # years after that of the data
Params = tuple[tuple[str, str], ...]
Tell = Callable[[str, float], None]
_TELL: ContextVar[Tell | None] = ContextVar("tell", default=None)


@dataclass(frozen=True)
class Answer:
    """A question with its choice and what was chosen; or why it cannot be asked."""

    question: Question
    start: Start
    choice: Choice | None = None
    chosen: Chosen | None = None
    refused: BadEntry | None = None
    scenario: str = ""

    @property
    def params(self) -> dict[str, str]:
        """What the address says of it."""
        said = choice_question.params_of(self.question, self.start)
        return said | ({SCENARIO: self.scenario} if self.scenario else {})


@cache
def example() -> Mapping[str, Any]:
    """The documented example: candidates, budgets and rules."""
    import yaml

    path = Path(metrics.choosing.__file__).parent / "ten_projects.yml"
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


@kept(maxsize=VIEWS)
def start(source: Source, which: str) -> Start:
    """Where a question starts: of the store, what the last budget leaves for investment and the directorate's posts."""
    assert source.as_of is not None
    if which == EXAMPLE:
        given = example()
        own, fte = given["budgets"]["own"], given["budgets"]["fte"]
        each = next(one["most"] for one in given["limits"])
        return Start(tuple(given["years"]), tuple(map(float, own)), (float(fte),), each)
    years = tuple(range(source.as_of.year, source.as_of.year + AHEAD + 1))
    own, fte = budgeted(source.engine, source.as_of.year)
    return Start(years, (own,), (fte,))


def budgeted(engine: Engine, year: int) -> tuple[float | None, float | None]:
    """What the last budget up to a year says: net savings and own investment receipts in euros, the directorate's FTE."""
    rows = engine.rows(
        """SELECT operating_revenue_amount - operating_expenditure_amount - COALESCE(loan_repayment_amount, 0)
            + COALESCE(own_investment_receipts_amount, 0), dadi_fte
        FROM main.budgets WHERE year <= ? AND operating_revenue_amount IS NOT NULL ORDER BY year DESC LIMIT 1""",
        [year],
    )
    own, fte = rows[0] if rows else (None, None)
    return None if own is None or own <= 0 else round(float(own), -3), None if fte is None else float(fte)


def params_of(params: Mapping[str, str]) -> Params:
    """The parameters of an address that are the question's."""
    return tuple(
        sorted((name, value) for name, value in params.items() if name in (*NAMES, SCENARIO) and value)
    )


@contextmanager
def telling(tell: Tell) -> Iterator[None]:
    """Say how far an answer is while this visit makes it; an answer that is kept says nothing."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


def _tell(step: str, done: float) -> None:
    if tell := _TELL.get():
        tell(step, done)


@kept(maxsize=VIEWS)
def asked(source: Source, params: Params) -> Answer:
    """The question of an address with its candidates, not solved: what a form needs."""
    assert source.as_of is not None
    said = dict(params)
    at = start(source, choice_question.which(said))
    question, text = choice_question.asked(said, at), said.get(SCENARIO, "")
    found = Answer(question, at, scenario=text)
    if unread := choice_question.unread(said):
        return replace(found, refused=unread)
    try:
        scenario = from_text(text, source.as_of, source.catalogue.parameters)
        engine = whatif.under(source.engine, scenario)
        raw = choice_question.raw(question, example())
        if question.which != EXAMPLE:
            raw["candidates"]["directorate"] = source.scope
            if question.goal != choice_question.GOALS[0]:
                _points(source, engine, raw)
        return replace(found, choice=read(raw, engine, source.catalogue, source.as_of))
    except BadEntry as refused:
        return replace(found, refused=refused)


def _points(source: Source, engine: Engine, raw: dict[str, Any]) -> None:
    """Compute each candidate's points, which are then kept, saying how far that is: each is a scorecard of its own."""
    assert source.as_of is not None
    plain = raw | {"candidates": raw["candidates"] | {"points": "none"}, "objective": "total"}
    candidates = read(plain, engine, source.catalogue, source.as_of).candidates
    for place, one in enumerate(candidates):
        _tell("points", place / len(candidates))
        points.scored(engine, source.catalogue, source.as_of, [one])


@kept(maxsize=VIEWS)
def answer(source: Source, params: Params) -> Answer:
    """The question of an address, answered."""
    found = asked(source, params)
    if found.choice is None:
        return found
    try:
        return replace(found, chosen=choose(found.choice, _tell))
    except BadEntry as refused:
        return replace(found, refused=refused)
