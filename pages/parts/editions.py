"""The documents of a screen's date and scope: one edition, and each file made from it once, kept by (role, store, version).

They name projects and partners, so they need the right to read rows. A choice or a review is a new version of the store,
so nothing older than what was last decided is ever handed out.
"""

from collections.abc import Callable, Mapping
from datetime import date

from data.access import require
from metrics.briefs import read_choices
from metrics.meetings import read_meeting
from pages.exports import book, brief, minutes, slides, workbook
from pages.exports import edition as editions
from pages.exports.model import Edition
from pages.exports.news import before
from pages.parts import alerts_reads, reads
from pages.parts.once import kept
from pages.parts.source import Source
from pages.texts import use

Maker = Callable[[Source, Edition], bytes]


def of(source: Source) -> Edition:
    """The edition of the source's date and scope, as it was arranged; of an empty store the one that says so."""
    return _edition(source, source.counted_on)


def document(source: Source, kind: str) -> bytes:
    """One of DOCUMENTS as bytes. Raises data.access.Forbidden, and setting.NotSet for a page that could not be set."""
    require(source.actor, "read_rows")
    return _document(source, kind, source.counted_on)


@kept(maxsize=32)
def _edition(source: Source, _on: date | None) -> Edition:
    use(source.lang)  # it may be made outside the run that drew its button
    if source.as_of is None:
        return editions.empty(reads.view(source.reads).catalogue)
    state = alerts_reads.state(source)
    return editions.edition(state, choices=read_choices(source.engine, source.as_of))


@kept(maxsize=16)
def _document(source: Source, kind: str, on: date | None) -> bytes:
    made = _edition(source, on)
    use(source.lang)
    editions.speak(reads.view(source.reads).catalogue)
    return DOCUMENTS[kind](source, made)


def _brief(source: Source, made: Edition) -> bytes:
    return brief.write(made)


def _book(source: Source, made: Edition) -> bytes:
    return book.write(made, None if source.as_of is None else alerts_reads.state(source))


def _slides(source: Source, made: Edition) -> bytes:
    state = None if made.is_empty else alerts_reads.state(source)
    return slides.write(made, state, before(state) if state else None)


def _workbook(source: Source, made: Edition) -> bytes:
    state = None if made.is_empty else alerts_reads.state(source)
    return workbook.write(made, state, before(state) if state else None)


DOCUMENTS: Mapping[str, Maker] = {"brief": _brief, "book": _book, "slides": _slides, "workbook": _workbook}


def minutes_of(source: Source, meeting: str, form: str) -> bytes:
    """The minutes of a review as ``pdf`` or ``docx``: of its sealed copy where it is sealed, else a draft.

    Raises data.access.Forbidden, KeyError for a review that does not exist, data.problems.SealAltered, setting.NotSet.
    """
    require(source.actor, "read_rows")
    return _minutes_of(source, meeting, form)


@kept(maxsize=16)
def _minutes_of(source: Source, meeting: str, form: str) -> bytes:
    use(source.lang)
    sealed = {one.week for one in source.live.seals(source.actor)}
    there = source.in_week(meeting) if meeting in sealed and source.week != meeting else source
    found = read_meeting(there.engine, meeting)
    if found is None:
        raise KeyError(meeting)
    editions.speak(there.catalogue)
    make = minutes.docx if form == "docx" else minutes.pdf
    return make(there.engine, there.catalogue, found, there.seal if there.week == meeting else None)
