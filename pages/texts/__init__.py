"""The interface's words: French in the code, English beside in ``en/*.po``, French typography at the end."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")
_LANG: ContextVar[str] = ContextVar("lang", default="fr")
_OWN: ContextVar[Mapping[str, Sequence[str]]] = ContextVar("own", default=MappingProxyType({}))


def use(lang: str) -> None:
    """Choose the language of every later t() and tn() of this run; an unknown one means French."""
    _LANG.set(lang if lang in LANGUAGES else "fr")
    _OWN.set({})


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Say everything within in another language, then go on in the run's own with its words."""
    before = _LANG.get(), _OWN.get()
    use(lang)
    try:
        yield
    finally:
        _LANG.set(before[0])
        _OWN.set(before[1])


def own(words: Mapping[str, Sequence[str]]) -> None:
    """Let a scorecard's words (French source -> French, English) replace the interface's for the rest of this run."""
    _OWN.set(words)


def said(text: Sequence[str]) -> str:
    """Say a text that comes in both languages (French, English), with typography in French."""
    return typography(text[0]) if _LANG.get() == "fr" else text[1]


def language() -> str:
    """The language chosen for this run: ``fr`` or ``en``."""
    return _LANG.get()


def t(source: str, /, **values: object) -> str:
    """Say a French source sentence in the run's language, its {names} filled in."""
    words = _say(source, _LANG.get())
    if replaced := _OWN.get().get(source):
        return _filled(said(replaced), values) or words.format(**values)
    return words.format(**values) if values else words


def _filled(words: str, values: Mapping[str, object]) -> str:
    """A scorecard's sentence with its names filled in; "" when it names what there is not."""
    try:
        return words.format(**values)
    except (LookupError, ValueError):
        return ""


def tn(one: str, many: str, count: float, /, **values: object) -> str:
    """Say the singular or the plural sentence; ``{n}`` is the count unless given."""
    lang = _LANG.get()
    is_one = abs(count) < 2 if lang == "fr" else count == 1
    said = _say_plural(one, many, is_one, lang)
    return said.format(**{"n": f"{count:n}" if isinstance(count, int) else count, **values})


@cache
def english() -> dict[str, str | tuple[str, str]]:
    """The English catalogue: French source (a plural's singular) to English."""
    messages = [message for file in files() for message in read_po(BytesIO(file.read_bytes()), locale="en")]
    return {(m.id if isinstance(m.id, str) else m.id[0]): _strings(m.string) for m in messages if m.id}


def files() -> list[Path]:
    """The English catalogues, one for each part of the interface; a sentence stands in one of them."""
    return sorted((Path(__file__).parent / "en").glob("*.po"))


def _strings(string: str | tuple[str, ...] | list[str] | None) -> str | tuple[str, str]:
    return (string[0], string[1]) if isinstance(string, (tuple, list)) else string or ""


@lru_cache(maxsize=4096)
def _say(source: str, lang: str) -> str:
    if lang == "fr":
        return typography(source)
    said = english().get(source, source)
    return said if isinstance(said, str) else said[0]


@lru_cache(maxsize=1024)
def _say_plural(one: str, many: str, is_one: bool, lang: str) -> str:
    if lang == "fr":
        return typography(one if is_one else many)
    said = english().get(one, (one, many))
    return said[0 if is_one else 1] if isinstance(said, tuple) else said


@lru_cache(maxsize=4096)
def typography(french: str) -> str:
    """Put French typography: no-break spaces (narrow before ; ! ?, full before : and inside « »), curly apostrophe."""
    french = french.replace("'", "’")
    french = re.sub(r" ([;!?])", "\u202f\\1", french)
    return re.sub(r" ([:»%])", "\u00a0\\1", french).replace("« ", "«\u00a0")
