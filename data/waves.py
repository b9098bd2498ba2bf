"""The life of a survey's wave: draft, open, closed, audited, published, purged; each step can be taken back until publication."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from data.problems import BadRequest
from data.report import Report
from data.rewrite import NOTE
from data.summary import Rows, period_end
from schemas.survey_waves import FINAL, LOWEST_K, STATES, USUAL_K
from schemas.text import Text

ORDER = tuple(STATES)
COLUMNS = ("wave", "state", "held_on", "headcount", "keep_until", "k", "tables", "decided_by", "decided_on")
MONTHS_KEPT = 12  # of raw answers, unless the officer says otherwise
KEPT = timedelta(days=366)  # of those that a file brought, until somebody declares otherwise


@dataclass(frozen=True)
class WaveState:
    """Where a wave stands. ``answers``: so many came in (to the nearest 20), None under the threshold or for who may not know.

    ``is_declared``: the town declared it; else its answers came from a file and it counts as closed.
    """

    wave: str
    state: str
    held_on: date
    headcount: int | None
    keep_until: date
    k: int
    tables: list[Any] | None = None
    answers: int | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    is_declared: bool = True


@dataclass(frozen=True)
class Step:
    """What a step did. A refused audit stores nothing: ``told`` says which table must go, ``drop`` lists them, of ``tables``.

    ``hidden`` names the groups that the list will not tell, by table; an audit tells no figure.
    """

    report: Report
    told: Text = field(default_factory=lambda: Text("", ""))
    refused: bool = False
    drop: tuple[Any, ...] = ()
    tables: tuple[Any, ...] = ()
    hidden: tuple[Any, ...] = ()


def waves(rows: Rows, settings: Mapping[str, Any], *, counted: bool) -> list[WaveState]:
    """Return all waves, the oldest first: those declared, and those whose answers a file brought."""
    note = _note(rows)
    tally, days = note.get("waves", {}), note.get("brought", {})
    listed = ", ".join(COLUMNS)
    found = [_declared(row, tally, counted) for row in rows(f"SELECT {listed} FROM survey_waves")]
    known = {wave.wave for wave in found}
    for name in tally:
        if name not in known:
            day = date.fromisoformat(days[name]) if days.get(name) else date.today()
            found.append(brought(name, settings, day, tally[name] if counted else None))
    return sorted(found, key=lambda wave: (wave.held_on, wave.wave))


def _note(rows: Rows) -> dict[str, Any]:
    """Return what a published copy notes of the answers it does not hold: how many by wave, to the 5, and since when."""
    told = rows("SELECT value FROM main.meta WHERE name = ?", [NOTE])
    return dict(json.loads(told[0][0])) if told else {}


def _declared(row: Sequence[Any], tally: Mapping[str, int | None], counted: bool) -> WaveState:
    wave, state, held_on, headcount, keep_until, k, tables, by, on = row
    answers = tally.get(wave) if counted and state not in FINAL else None
    chosen = json.loads(tables) if tables else None
    return WaveState(wave, state, held_on, headcount, keep_until, k, chosen, answers, by, on)


def brought(wave: str, settings: Mapping[str, Any], since: date, answers: int | None = None) -> WaveState:
    """Return the state of a wave that a file brought on ``since``: closed, dated by the scorecard, else by its name."""
    held_on, headcount = settings.get("waves", {}).get(wave) or (period_end(wave[:4]) or since, None)
    k = max(LOWEST_K, int(settings.get("disclosure_k") or USUAL_K))
    return WaveState(wave, "closed", held_on, headcount, since + KEPT, k, answers=answers, is_declared=False)


def later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    end = period_end(f"{year:04d}-{month + 1:02d}")
    assert end is not None
    return min(end, date(year, month + 1, min(day.day, end.day)))


def lists(rows: Rows) -> list[dict[str, Any]]:
    """Return the frozen lists of all published waves, the oldest first."""
    sql = "SELECT results FROM survey_waves WHERE results IS NOT NULL ORDER BY held_on, wave"
    return [json.loads(text) for (text,) in rows(sql)]


def may_step(wave: WaveState, to: str) -> None:
    """Raise BadRequest unless ``to`` is the step after the wave's state."""
    if to not in ORDER or ORDER.index(to) != ORDER.index(wave.state) + 1:
        now, then = STATES[wave.state], STATES.get(to, Text(to, to))
        raise BadRequest(
            Text(
                NO_STEP.fr.format(wave=wave.wave, now=now.fr, to=then.fr),
                NO_STEP.en.format(wave=wave.wave, now=now.en, to=then.en),
            )
        )


def the_wave(found: Sequence[WaveState], name: str) -> WaveState:
    """Return the wave of that name; raises BadRequest where there is none."""
    wave = next((wave for wave in found if wave.wave == name), None)
    if wave is None:
        raise BadRequest(NO_WAVE.format(wave=name))
    return wave


NO_WAVE = Text(
    "Il n'y a pas de vague « {wave} ». Que faire : déclarez-la sur l'écran « Enquêtes ».",
    "There is no wave “{wave}”. What to do: declare it on the screen “Surveys”.",
)
NO_STEP = Text(
    "La vague « {wave} » est {now} : elle ne peut pas devenir {to}. Que faire : suivez les étapes dans l'ordre.",
    "The wave “{wave}” is {now}: it cannot become {to}. What to do: take the steps in their order.",
)
