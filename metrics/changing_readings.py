"""KPIs that changed: a control chart's signal, a status that is another, a headline value worth a sentence.

One KPI gives one Change: a signal tells the new status with it. What its chart calls stable, then and now, is noise: a status
may flip on it.
"""

from dataclasses import replace
from typing import Any

from metrics.change import Change, Tone
from metrics.changing_noise import noise
from metrics.changing_weight import NOISE, place, weigh
from metrics.definitions import Kpi
from metrics.reading import UNJUDGED, Reading
from metrics.states import State, readings

ORDER = ("off_target", "watch", "on_target")
SIGNALS = ("improvement", "concern")
WORTH = 0.01  # a headline value that moved by less than this share of itself is not told


def headline(state: State) -> list[str]:
    """Return the KPIs that the scorecard puts first."""
    kpis = state.catalogue.kpis
    return [id for id in state.catalogue.scorecard.headline if id in kpis] or list(kpis)[:6]


def reading_changes(since: State, until: State) -> list[Change]:
    """Return what changed in the readings of the scorecard's KPIs, and the signals that still stand."""
    old, now, first = readings(since), readings(until), headline(until)
    found = []
    for id, kpi in until.catalogue.kpis.items():
        if id in now and id in old and not ({now[id].reason, old[id].reason} & set(UNJUDGED)):
            made = _change(since, until, kpi, now[id], old[id], id in first)
            found += [_weighed(made, until, first)] if made else []
    return found


def judged(reading: Reading) -> str:
    """Return a reading's status; "no_target" where a known value has nothing to be judged by."""
    known = reading.value is not None and reading.status == "unknown" and reading.score is None
    return "no_target" if known else reading.status


def _change(
    since: State, until: State, kpi: Kpi, now: Reading, then: Reading, is_headline: bool
) -> Change | None:
    facts: dict[str, Any] = {
        "status_now": judged(now),
        "status_then": judged(then),
        "has_new_status": judged(now) != judged(then),
        "variation": now.variation,
        "is_new_signal": now.variation in SIGNALS and now.variation != then.variation,
        "is_headline": is_headline,
        "period_now": now.period,
        "period_then": then.period,
    }
    flips = facts["has_new_status"]
    if now.variation in SIGNALS and now.value is not None:
        tone: Tone = "good" if now.variation == "improvement" else "bad"
        if (
            flips and not facts["is_new_signal"]
        ):  # what is new is the status; where it says nothing, the signal does
            tone = _tone(facts) if _tone(facts) != "neutral" else tone
        facts["is_worse"] = tone == "bad" and is_worse(kpi, now, then)
        return _made("signal", kpi, tone, facts["is_new_signal"] or flips, facts, now, then)
    if not flips and not (is_headline and is_worth(now, then)):
        return None
    usual = noise(since, until, kpi, now, then)
    facts["broke_on"] = usual.broke_on
    if flips:
        return _made("status", kpi, _tone(facts), True, facts, now, then, usual.is_noise)
    if not usual.is_noise:
        return _made("value", kpi, _way(kpi, now, then), True, facts, now, then)
    return None


def _made(
    kind: str,
    kpi: Kpi,
    tone: Tone,
    is_new: bool,
    facts: dict[str, Any],
    now: Reading,
    then: Reading,
    noise: bool = False,
) -> Change:
    return Change(
        f"{kind}:{kpi.id}", kind, tone, 0.0, is_new, noise, kpi=kpi.id, facts=facts, now=now, then=then
    )


def _tone(facts: dict[str, Any]) -> Tone:
    """Return what a new status means; to or from an unknown one nothing is better or worse."""
    now, then = facts["status_now"], facts["status_then"]
    if now not in ORDER or then not in ORDER:
        return "neutral"
    return "good" if ORDER.index(now) > ORDER.index(then) else "bad"


def is_worse(kpi: Kpi, now: Reading, then: Reading) -> bool:
    """Say whether a concern that stood then has grown: the value moved further the wrong way, by enough to be told."""
    stood = now.variation == then.variation == "concern"
    return stood and is_worth(now, then) and _way(kpi, now, then) == "bad"


def _way(kpi: Kpi, now: Reading, then: Reading) -> Tone:
    if kpi.direction == "band" or now.value is None or then.value is None:
        return "neutral"
    return "good" if (now.value > then.value) == (kpi.direction == "up") else "bad"


def is_worth(now: Reading, then: Reading) -> bool:
    """Say whether a value moved by enough to be told: by a hundredth of itself, and out of its interval where it has one."""
    if now.value is None or then.value is None or _within(then.value, now):
        return False
    return abs(now.value - then.value) >= WORTH * max(abs(now.value), abs(then.value)) > 0


def _within(value: float, now: Reading) -> bool:
    return now.low is not None and now.high is not None and now.low <= value <= now.high


def _weighed(change: Change, until: State, first: list[str]) -> Change:
    if change.is_noise:
        return replace(change, weight=NOISE + place(list(until.catalogue.kpis), change.kpi))
    rank = "headline" if change.kpi in first else "kpi"
    name = "good_standing" if change.tone == "good" and not change.is_new else f"{rank}_{change.tone}"
    severity = (
        {"off_target": 0.5, "watch": 0.25}.get(str(change.facts["status_now"]), 0.0)
        if change.tone == "bad"
        else 0.0
    )
    shade = severity + 0.5 * place(first if rank == "headline" else list(until.catalogue.kpis), change.kpi)
    return replace(change, weight=weigh(name, is_new=change.is_news, shade=shade))
