"""What a screen's script starts from: ``source = here()``, and the words ``t`` and ``tn``."""

from contextvars import ContextVar

from pages.parts import address
from pages.parts.screens import SCREENS, Screen
from pages.parts.source import Source, open_source
from pages.texts import t, tn, use

__all__ = ["arrive", "here", "screen", "t", "tn"]

_SCREEN: ContextVar[Screen] = ContextVar("screen", default=SCREENS[0])


def here() -> Source:
    """The running visit's source, its language chosen for t()."""
    state = address.current()
    use(state.lang)
    return open_source(state)


def arrive(at: Screen) -> None:
    """Say which screen this visit shows: a script may serve several addresses."""
    _SCREEN.set(at)


def screen() -> Screen:
    """The screen of this visit."""
    return _SCREEN.get()
