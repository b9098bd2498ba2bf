"""Keep a C library's own prints off standard output while it computes: the answer alone belongs there."""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

OUT = 1


class _Off:
    """Standard output of the whole process, off as long as somebody is inside: none of several threads can leave it off for good."""

    def __init__(self) -> None:
        self.lock, self.inside, self.kept = threading.Lock(), 0, -1

    def enter(self) -> None:
        with self.lock:
            if self.inside == 0:
                _flush()
                self.kept, nowhere = os.dup(OUT), os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, OUT)
                os.close(nowhere)
            self.inside += 1

    def leave(self) -> None:
        with self.lock:
            self.inside -= 1
            if self.inside == 0:
                _flush()  # what the library wrote still stands in the C buffer: it must go while the output is off
                os.dup2(self.kept, OUT)
                os.close(self.kept)


_OFF = _Off()


@contextmanager
def quiet() -> Iterator[None]:
    """Send standard output nowhere inside; standard error stays.

    What another thread prints there meanwhile is lost too: the commands print before and after, the server logs to standard error.
    """
    _OFF.enter()
    try:
        yield
    finally:
        _OFF.leave()


def _flush() -> None:
    """Empty the buffers of Python's and of C's standard output."""
    if sys.stdout is not None and not sys.stdout.closed:
        sys.stdout.flush()
    if os.name == "posix":
        ctypes.CDLL(None).fflush(None)
