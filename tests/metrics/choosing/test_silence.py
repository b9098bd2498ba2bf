"""What a C library prints while it solves reaches neither the terminal nor the server's output."""

import ctypes
import os
import threading

import pytest
import scipy.optimize

from metrics.choosing import solver
from metrics.choosing.silence import quiet
from tests.metrics.choosing.example import choice

C = ctypes.CDLL(None)


def test_the_solver_s_own_prints_are_nowhere(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def loud(*given: object, **named: object) -> object:
        C.puts(b"HighsMipSolverData")
        os.write(1, b"tmpSolver.run();")
        return scipy.optimize.milp(*given, **named)

    monkeypatch.setattr(solver, "milp", loud)
    from metrics.choosing.solving import solved

    print("before")
    assert solved(choice()).portfolio is not None
    C.fflush(None)
    print("after")
    told = capfd.readouterr()
    assert (told.out, told.err) == ("before\nafter\n", "")


def test_output_comes_back_whoever_leaves_last(capfd: pytest.CaptureFixture[str]) -> None:
    inside, leave = threading.Event(), threading.Event()

    def other() -> None:
        with quiet():
            inside.set()
            leave.wait(5)

    thread = threading.Thread(target=other)
    with quiet():
        thread.start()
        inside.wait(5)
    os.write(1, b"lost")
    leave.set()
    thread.join()
    os.write(1, b"said")
    assert capfd.readouterr().out == "said"


def test_output_comes_back_after_a_failure(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError), quiet():
        raise ValueError
    os.write(1, b"said")
    assert capfd.readouterr().out == "said"
