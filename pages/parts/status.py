"""A judgement as it is drawn: always a word and a shape."""

from metrics.reading import Reading
from pages.parts.markup import Html, span
from pages.parts.svg import mark
from pages.texts.judgements import word, word_of


def status(kind: str, said: str = "") -> Html:
    """Shape and word together; ``said`` replaces the word."""
    return span("lv-status", mark(kind), span("", said or word(kind)))


def of_reading(reading: Reading | None) -> Html:
    """A reading's status; a known value without a target says so instead of "not computed"."""
    return status(reading.status if reading else "unknown", word_of(reading))
