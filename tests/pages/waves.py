"""A store's surveys played by hand: the steps that the data layer offers, with any answer that a test wants."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.access import Actor, require
from data.ballots import Participation
from data.problems import BadRequest
from data.report import Report
from data.store import Store
from data.waves import Step, WaveState
from schemas.survey_waves import STATES
from schemas.text import Text

ORDER = list(STATES)
DRAFT = WaveState(
    "2016", "draft", date(2016, 5, 15), 640, date(2017, 5, 15), 11, None, None, "rh", date(2016, 4, 1)
)


class Waves:
    """What stands for the store; ``asked`` are the calls made to it, ``said`` what the next step answers."""

    def __init__(self, *waves: WaveState) -> None:
        self.held = {wave.wave: wave for wave in waves}
        self.asked: list[tuple[Any, ...]] = []
        self.said: Step | None = None
        self.frozen: list[dict[str, Any]] = []
        self.held_in_urn = Participation(0, None)

    def waves(self, actor: Actor) -> list[WaveState]:
        """All waves; the count of answers only for who may survey."""
        require(actor, "read")
        return list(self.held.values())

    def declare_wave(self, actor: Actor, wave: str, **given: Any) -> Report:
        """A new draft."""
        require(actor, "survey")
        self.asked.append(("declare", wave, given))
        self.held[wave] = replace(
            DRAFT,
            wave=wave,
            **{k: v for k, v in given.items() if k in ("held_on", "headcount", "k", "keep_until")},
        )
        return Report(1)

    def step(self, actor: Actor, wave: str, to: str, *, tables: Any = None) -> Step:
        """One step on, unless a test says otherwise."""
        require(actor, "survey")
        self.asked.append(("step", wave, to, tables))
        done = self.said or Step(Report(None))
        if not done.refused:
            was = self.held[wave]
            if ORDER.index(to) != ORDER.index(was.state) + 1:
                raise BadRequest(Text("Pas cette étape.", "Not this step."))
            self.held[wave] = replace(was, state=to, tables=tables or was.tables)
            if to == "published":
                self.frozen.append({"wave": wave, "k": was.k, "tables": []})
        return done

    def step_back(self, actor: Actor, wave: str) -> Report:
        """One step back."""
        require(actor, "survey")
        self.asked.append(("back", wave))
        was = self.held.pop(wave)
        if was.state != "draft":
            self.held[wave] = replace(was, state=ORDER[ORDER.index(was.state) - 1])
        return Report(1)

    def response(self, actor: Actor, wave: str) -> Participation:
        """What the urn says."""
        require(actor, "survey")
        return self.held_in_urn

    def tokens(self, actor: Actor, wave: str, count: int) -> list[str]:
        """So many codes."""
        require(actor, "survey")
        self.asked.append(("tokens", wave, count))
        return [f"AAAA-BBBB-{place:04d}" for place in range(count)]

    def published(self, actor: Actor) -> list[dict[str, Any]]:
        """The frozen lists."""
        require(actor, "read")
        return self.frozen


def play(monkeypatch: pytest.MonkeyPatch, *waves: WaveState) -> Waves:
    """Let these waves stand for those of any store."""
    played = Waves(*waves)
    for name in ("waves", "declare_wave", "step", "step_back", "published", "response", "tokens"):
        method = getattr(played, name)
        monkeypatch.setattr(Store, name, lambda _, *a, _m=method, **k: _m(*a, **k), raising=False)
    return played
