"""Answers kept by their question, each computed once even when fifty visitors ask at the same moment."""

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from threading import Lock, RLock
from typing import ParamSpec, TypeVar

# How many answers are worth keeping: every month of the menu in every directorate, and as many sheets of KPIs.
# A screen that fifty visitors turn over costs its drawing again for each answer that had to make room.
VIEWS, SHEETS = 512, 2048

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def kept(maxsize: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keep the last ``maxsize`` answers of a function of hashable arguments.

    Whoever asks what is being computed waits for that answer; other questions do not wait. Without this, a new date asked by
    many sessions at once is computed by each of them.
    """

    def decorate(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        answers = lru_cache(maxsize=maxsize)(function)
        busy: dict[
            Hashable, RLock
        ] = {}  # a function that asks itself the same question must not wait for itself
        guard = Lock()

        @wraps(function)
        def ask(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            question = (args, tuple(sorted(kwargs.items())))
            with guard:
                turn = busy.setdefault(question, RLock())
            try:
                with turn:
                    return answers(*args, **kwargs)  # type: ignore[arg-type]  # hashable by contract
            finally:
                with guard:
                    busy.pop(question, None)

        return ask

    return decorate
