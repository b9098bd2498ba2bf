"""Since when: last week, last month, one's last visit, or a date. The choice is in the address: ``since=week|month|visit|<date>``."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import streamlit as st

from data import seen
from data.seen import Visit
from metrics import moment
from metrics.corrections import last_import
from metrics.states import State
from pages.parts import reads
from pages.parts.markup import Html, div, link, span, tag
from pages.parts.source import Source
from pages.texts import numbers, t

PARAM = "since"
WEEK = timedelta(days=7)
USUAL = "month"


@dataclass(frozen=True)
class Since:
    """An earlier moment to compare with: ``kind`` (week, month, visit, date), its day, and of a visit what was known then."""

    kind: str
    day: date
    known: int | None = None
    at: datetime | None = None
    has_visit: bool = False

    @property
    def asked(self) -> dict[str, str]:
        """What an address says of it, whoever opens it: a visit is its date and the last import it knew."""
        if self.kind in ("week", "month"):
            return {PARAM: self.kind}
        return {PARAM: self.day.isoformat() + (f".{self.known}" if self.known is not None else "")}

    @property
    def words(self) -> str:
        """The moment, after "depuis"."""
        if self.kind == "month":
            return numbers.month_name(self.day)
        if self.kind == "visit" and self.at is not None:
            return t("votre visite du {moment}", moment=numbers.moment(self.at.astimezone()))
        return t("le {day}", day=numbers.day(self.day))


def visited(source: Source) -> Visit | None:
    """What this visitor saw the visit before; noted at most once a visit. None for a first one, for another date and in a sealed week."""
    if source.latest is None or source.week:
        return None
    told = seen.visit(source.store.places, source.actor, source.latest, last_import(source.engine))
    return told if told and told.as_of and source.as_of == source.latest else None


def chosen(source: Source, asked: str | None = None) -> Since | None:
    """The moment that the address (or ``asked``) names; the usual one where it names none. None where nothing came before."""
    word = st.query_params.get(PARAM, "") if asked is None else asked
    found = of_word(source, word) or of_word(source, USUAL)
    return replace(found, has_visit=visited(source) is not None) if found and asked is None else found


def of_word(source: Source, word: str) -> Since | None:
    """The moment of an address's word; None where it names none, or one that is not before the source's date."""
    as_of = source.as_of
    if as_of is None:
        return None
    if word == "visit":
        told = visited(source)
        return (
            Since("visit", min(told.as_of, as_of), told.last_import, told.at) if told and told.as_of else None
        )
    if word == "month":
        day = moment.before(source.engine, as_of)
        return Since(word, day) if day else None
    day, known = (as_of - WEEK, None) if word == "week" else _day(word)
    dates = reads.view(source.reads).dates
    if day is None or not dates or day < dates[-1] or (day, known is None) >= (as_of, True):
        return None
    return Since("week" if word == "week" else "date", day, known)


def _day(word: str) -> tuple[date | None, int | None]:
    """Read ``2015-06-30``, or ``2015-06-30.12`` with the last import known then."""
    day, _, known = word.partition(".")
    try:
        return date.fromisoformat(day), int(known) if known.isdecimal() else None
    except ValueError:
        return None, None


def state(source: Source, since: Since | None = None) -> State:
    """The source's moment, or the earlier one: with the targets in force then."""
    assert source.as_of is not None
    day = since.day if since else source.as_of
    known = since.known if since else None
    return State(
        source.engine, reads.in_force(source.reads, day, source.scope), day, source.scope, known=known
    )


def choice(source: Source, now: Since, path: str, **params: str) -> Html:
    """The moments to choose from, as links; a date of the address's own is one more."""
    words = {"week": t("une semaine"), "month": t("un mois")}
    words |= {"visit": t("votre dernière visite")} if now.has_visit or now.kind == "visit" else {}
    words |= {"date": numbers.short_day(now.day)} if now.kind == "date" else {}
    there = {
        kind: word for kind, word in words.items() if kind in (now.kind, "visit") or of_word(source, kind)
    }
    if len(there) < 2:
        return Html("")
    links = [
        link(
            source.link(path, **(now.asked if kind == now.kind == "date" else {PARAM: kind}), **params),
            word,
            aria_current="true" if kind == now.kind else None,
        )
        for kind, word in there.items()
    ]
    return div("lv-since", span("lv-seg-label", t("Depuis")), tag("span", *links, class_="lv-seg"))
