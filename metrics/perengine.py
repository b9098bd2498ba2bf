"""Answers kept as long as their engine: it stands on one version of the store, which never changes under it."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

Door = TypeVar("Door")
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def per_engine(
    function: Callable[Concatenate[Door, Asked], Answer],
) -> Callable[Concatenate[Door, Asked], Answer]:
    """Keep the answers of a function of an engine and hashable arguments; a refresh that writes readings must not ask for what it writes."""
    answers: WeakKeyDictionary[Door, dict[Hashable, Answer]] = WeakKeyDictionary()

    @wraps(function)
    def ask(engine: Door, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        known = answers.setdefault(engine, {})
        question = (args, tuple(sorted(kwargs.items())))
        if question not in known:
            known[question] = function(engine, *args, **kwargs)
        return known[question]

    return ask
