"""The robust core does not depend on the machine's clock: the same draws everywhere, and said where time left some out."""

from itertools import count

import pytest

from metrics.choosing import core as robust
from metrics.choosing.draws import Draws
from metrics.choosing.solving import solved
from metrics.choosing.telling import lines
from tests.metrics.choosing.example import choice


def drawn(monkeypatch: pytest.MonkeyPatch, tick: float) -> robust.Core | None:
    """The core of the ten projects where each look at the clock finds it ``tick`` seconds later."""
    now = count(0.0, tick)
    monkeypatch.setattr(robust.time, "perf_counter", lambda: next(now))
    plain = solved(choice(risk={"draws": 100, "solved": 15}))
    return robust.core(Draws(plain.program, 100, 1), plain.values)


def test_a_slow_machine_finds_the_same_core(monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow = drawn(monkeypatch, 0.0), drawn(monkeypatch, 1.0)
    assert fast is not None and fast == slow
    assert (fast.draws, fast.asked, fast.is_stopped) == (15, 15, False)


def test_the_clock_that_stops_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    found = drawn(monkeypatch, 10.0)
    assert found is not None and found.is_stopped and found.draws < found.asked == 15


def test_the_terminal_says_how_many_draws() -> None:
    from dataclasses import replace

    from metrics.choosing.solving import choose

    made = choose(choice(risk={"draws": 100, "solved": 5}))
    assert made.core is not None
    assert "(5 tirages)" in "\n".join(lines(made, "fr"))
    stopped = replace(made, core=replace(made.core, draws=2, is_stopped=True))
    assert "(2 tirages sur 5, arrêté par le temps)" in "\n".join(lines(stopped, "fr"))
    assert "(2 draws of 5, stopped by the clock)" in "\n".join(lines(stopped, "en"))
