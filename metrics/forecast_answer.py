"""All that is said of the future of one KPI: forecast, backtest, pace, as ``python -m metrics forecast`` prints them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from metrics import backtest, expected, outlook, pipeline, stored
from metrics.backtest import Coverage
from metrics.definitions import Catalogue, Kpi
from metrics.forecast import Forecast, NoForecast, forecast
from metrics.forecast_words import METHODS
from metrics.goals import read_goals
from metrics.outlook import Known
from metrics.pacing import Pace
from metrics.reading import Reading
from metrics.rebases import read_rebases
from metrics.results import Engine
from schemas.text import Text


@dataclass(frozen=True)
class Answer:
    """A KPI's code, the forecast (or why there is none), how often its band held, and the pace; None where there is nothing to say."""

    code: str
    forecast: Forecast | NoForecast
    coverage: Coverage | None
    pace: Pace | None

    def as_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the JSON object of ``metrics forecast --json``."""
        told = self.forecast
        found = told.as_json(lang) if isinstance(told, NoForecast) else told.as_json()
        held = None if self.coverage is None else asdict(self.coverage)
        if isinstance(told, Forecast) and told.chance is not None:
            found["reliable"] = backtest.is_reliable(self.coverage)
        pace = None if self.pace is None else _pace(self.pace)
        return {"kpi": found.pop("kpi"), "code": self.code} | found | {"coverage": held, "pace": pace}


def known(engine: Engine, catalogue: Catalogue, kpi: Kpi, dimension: str = "", scope: str = "") -> Known:
    """Read all that a forecast of the KPI may look at."""
    months = stored.months(engine, dimension, scope).get(kpi.id, ())
    decided = read_rebases(engine).get((kpi.id, scope), ())
    rebases = tuple((base.rebased_on, base.decided_on or base.rebased_on) for base in decided)
    lines = (
        pipeline.read(engine, catalogue.parameters, dimension, scope)
        if outlook.method_of(kpi) == "pipeline"
        else None
    )
    return Known(months, rebases, lines, catalogue.parameters)


def answers(
    engine: Engine,
    catalogue: Catalogue,
    kpis: Sequence[str],
    readings: Mapping[str, Reading],
    as_of: date,
) -> dict[str, Answer]:
    """Return what is said of each KPI of the town, judged by the targets in force at ``as_of``."""
    goals = read_goals(engine)
    made = {}
    for id in kpis:
        kpi = goals.kpi_at(catalogue.every[id], as_of)
        goal = goals.at(id, as_of)
        starts = [goal.valid_from] if goal else []
        made[id] = answer(kpi, known(engine, catalogue, kpi), readings.get(id), as_of, starts)
    return made


def answer(
    kpi: Kpi, inputs: Known, reading: Reading | None, as_of: date, starts: Sequence[date] = ()
) -> Answer:
    """Return all that is said of a KPI read at ``as_of``; ``starts`` are first days of targets for the expected line."""
    told = forecast(kpi, inputs, reading, as_of)
    held = backtest.coverage(kpi, inputs, as_of, told.horizon) if isinstance(told, Forecast) else None
    days = [day for day, _ in inputs.rebases if day <= as_of]
    return Answer(
        kpi.code, told, held, expected.standing(kpi, inputs.months, reading, as_of, [*days, *starts])
    )


def _pace(pace: Pace) -> dict[str, Any]:
    """Return a pace as JSON: its line in one object."""
    line = pace.line
    days = {"start_on": line.start_on.isoformat(), "due_on": line.due_on.isoformat()}
    found = {name: getattr(pace, name) for name in ("value", "expected", "gap", "days", "standing")}
    rates = {name: getattr(pace, name) for name in ("rate_3", "rate_12", "needed")}
    return found | rates | days | {"start_value": line.start_value, "target": line.target}


def lines(kpi: Kpi, found: Answer, lang: str) -> list[str]:
    """Return what a terminal shows: the forecast, the band's past, the pace."""
    told, held, pace = found.forecast, found.coverage, found.pace
    label = f"{kpi.code:5} {kpi.label.get(lang)}"
    if isinstance(told, NoForecast):
        said = [f"{label}: {NONE.get(lang)}, {told.why.said().get(lang)}"]
    else:
        band = f"{told.value:.6g} [{told.low:.6g} ; {told.high:.6g}] {kpi.unit}, {told.horizon.isoformat()}"
        chance = "" if told.chance is None else f", P = {told.chance:.0%}{_trust(held, lang)}"
        said = [f"{label}: {band}{chance} ({METHODS[told.method].get(lang)}, n = {told.n})"]
    if held:
        values = {"held": held.held, "n": held.n, "low": f"{held.low:.0%}", "high": f"{held.high:.0%}"}
        said.append("      " + HELD.format(**values).get(lang))
    if pace:
        days = "" if pace.days is None else f" ({pace.days:+d} j)" if lang == "fr" else f" ({pace.days:+d} d)"
        said.append(f"      {STANDING[pace.standing].get(lang)}{days}")
    return said


def _trust(held: Coverage | None, lang: str) -> str:
    """Return what the backtest says against the chance, in brackets; "" where it does not."""
    found = TRUST.get(backtest.is_reliable(held))
    return f" ({found.get(lang)})" if found else ""


TRUST = {
    False: Text("prudence : bande trop étroite par le passé", "caution: band too narrow in the past"),
    None: Text("non vérifié", "not verified"),
}
NONE = Text("pas de prévision", "no forecast")
HELD = Text(
    "la bande à 80 % a contenu {held} fois sur {n} la valeur atteinte [{low} ; {high}]",
    "the 80 % band held {held} times out of {n} the value reached [{low} ; {high}]",
)
STANDING = {
    "met": Text("rythme : cible atteinte", "pace: target met"),
    "missed": Text(
        "rythme : échéance passée sans atteindre la cible", "pace: due date passed, target not met"
    ),
    "on_line": Text("rythme : sur la ligne attendue", "pace: on the expected line"),
    "ahead": Text("rythme : en avance", "pace: ahead"),
    "behind": Text("rythme : en retard", "pace: behind"),
}
