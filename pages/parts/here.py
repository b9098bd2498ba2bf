"""What a screen's script starts from: ``source = here()``, and the words ``t`` and ``tn``."""

from pages.parts import address
from pages.parts.source import Source, open_source
from pages.texts import t, tn, use

__all__ = ["here", "t", "tn"]


def here() -> Source:
    """The running visit's source, its language chosen for t()."""
    state = address.current()
    use(state.lang)
    return open_source(state)
