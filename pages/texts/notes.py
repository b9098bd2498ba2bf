"""A note's signature, date and stamps in words, on screens and in exports."""

from metrics.notes import Note
from metrics.notes import signer as in_words
from pages.texts import numbers, said, t


def signer(signed_by: str) -> str:
    """Who signs: a role in the run's language, a function or a name as it is."""
    return said(in_words(signed_by))


def signed(note: Note) -> str:
    """Who wrote a note, and when: ``Resp. financements, 12 janvier 2015``."""
    day = numbers.day(note.written_on) if note.written_on else ""
    return ", ".join(part for part in (signer(note.signed_by), day) if part)


def reviewed(note: Note) -> str:
    """The stamp of a review, "" for none: ``Relu le 14 janvier 2015, Direction DADI``."""
    if not note.reviewed_on:
        return ""
    stamp = t("Relu le {day}", day=numbers.day(note.reviewed_on))
    return f"{stamp}, {signer(note.reviewed_by)}" if note.reviewed_by else stamp
