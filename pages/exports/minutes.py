"""The minutes of a weekly review: who, when, what was on the agenda and said, decisions, actions, and the seal.

One document, from which PDF and DOCX are written. Nothing is worded here that nobody typed, but for headings.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from metrics.columns import meaning
from metrics.definitions import Catalogue
from metrics.meetings import Action, AgendaItem, Decision, Meeting, read_actions
from metrics.naming import partner_names, project_titles
from metrics.notes import read_notes_on, signer
from pages.exports import wordfile
from pages.exports.document import Block, Document, Heading, Paragraph, Rows
from pages.exports.minutes_page import page
from pages.texts import numbers, said, t, tn, typography
from pages.texts.headlines import in_words


class Seal(Protocol):
    """What the minutes say of a sealed week."""

    @property
    def week(self) -> str:
        """The week, ``2015-W28``."""

    @property
    def as_of(self) -> date:
        """The date of its data."""

    @property
    def sealed_on(self) -> date:
        """The day it was sealed."""

    @property
    def sealed_by(self) -> str:
        """Who sealed it."""

    @property
    def content_sha256(self) -> str:
        """The fingerprint of its frozen copy."""

    @property
    def chain(self) -> str:
        """Its link in the chain."""


def docx(
    engine: Any, catalogue: Catalogue, meeting: Meeting, seal: Seal | None = None, by: date | None = None
) -> bytes:
    """Return the minutes as a DOCX file in the run's language; without ``seal`` they say that they are a draft."""
    return wordfile.write(document(engine, catalogue, meeting, seal, by))


def pdf(
    engine: Any, catalogue: Catalogue, meeting: Meeting, seal: Seal | None = None, by: date | None = None
) -> bytes:
    """Return the minutes as a PDF file (PDF/A-2b and PDF/UA-1). Raises setting.NotSet."""
    return page(document(engine, catalogue, meeting, seal, by))


def document(
    engine: Any, catalogue: Catalogue, meeting: Meeting, seal: Seal | None = None, by: date | None = None
) -> Document:
    """Return the minutes: ``engine`` is the sealed week's, or the live one for a draft, as its actions stood ``by`` a date."""
    names = _Names(engine, catalogue)
    town = typography(catalogue.scorecard.town)
    blocks = (
        *_agenda(meeting),
        *_said(meeting, names),
        *_decisions(meeting, names),
        *_actions(meeting, names),
        *_followed(engine, meeting, names, by),
        *_notes(engine, meeting),
        *_seal(seal),
    )
    foot = t("{town} · revue du {day}", town=town, day=numbers.day(meeting.held_on))
    mark = t("maillon {chain}", chain=seal.chain) if seal else t("projet, semaine non scellée")
    return Document(
        _title(meeting),
        t("{town} · compte rendu de la revue hebdomadaire", town=town),
        _lead(meeting, seal),
        blocks,
        f"{foot} · {mark}",
        meeting.held_on,
    )


class _Names:
    """What an item, a decision or an action is about, in words."""

    def __init__(self, engine: Any, catalogue: Catalogue) -> None:
        self.catalogue, self.projects, self.partners = (
            catalogue,
            project_titles(engine),
            partner_names(engine),
        )

    def of(self, one: AgendaItem | Decision | Action) -> str:
        """The KPI, project and partner that something is linked to; an identifier that is no more stays as it is."""
        kpi = self.catalogue.every.get(one.kpi)
        found = (
            f"{kpi.code} {said(kpi.label)}" if kpi else one.kpi,
            f"{one.project} {self.projects.get(one.project, '')}".strip(),
            f"{one.partner} {self.partners.get(one.partner, '')}".strip(),
        )
        return ", ".join(part for part in found if part)


def _title(meeting: Meeting) -> str:
    """How much was decided, in a sentence."""
    decided = tn(
        "{count} décision",
        "{count} décisions",
        len(meeting.decisions),
        count=_feminine(len(meeting.decisions)),
    )
    acted = tn(
        "{count} action", "{count} actions", len(meeting.actions), count=_feminine(len(meeting.actions))
    )
    day = numbers.weekday(meeting.held_on)
    return t("Revue du {day} : {decided}, {acted}", day=day, decided=decided, acted=acted)


def _feminine(count: int) -> str:
    return t("aucune") if not count else t("une") if count == 1 else in_words(count)


def _lead(meeting: Meeting, seal: Seal | None) -> str:
    parts = [
        t("Semaine {week}, {minutes} minutes prévues.", week=meeting.meeting_id, minutes=meeting.minutes),
        t("Ouverte par : {who}.", who=said(signer(meeting.decided_by))) if meeting.decided_by else "",
        _present(meeting),
        t("Données au {day}.", day=numbers.day(seal.as_of))
        if seal
        else t("Projet de compte rendu : la semaine n’est pas scellée, tout peut encore changer."),
    ]
    return " ".join(part for part in parts if part)


def _present(meeting: Meeting) -> str:
    """The functions that took an action: functions, never persons."""
    owners = list(dict.fromkeys(action.owner for action in meeting.actions))
    return t("Chargés d’actions : {owners}.", owners=", ".join(owners)) if owners else ""


def _agenda(meeting: Meeting) -> Iterable[Block]:
    if not meeting.items:
        return
    yield Heading(t("Ordre du jour"))
    rows = [
        (
            str(place),
            one.title,
            said(meaning("kind", one.kind)),
            str(one.minutes),
            t("oui") if one.is_done else t("non"),
        )
        for place, one in enumerate(meeting.items, 1)
    ]
    total = sum(one.minutes for one in meeting.items)
    yield Rows(
        tn("{n} point, {minutes} minutes", "{n} points, {minutes} minutes", len(rows), minutes=total),
        ("n°", t("Point"), t("Nature"), t("Minutes"), t("Traité")),
        rows,
        (0.07, 0.53, 0.18, 0.11, 0.11),
        frozenset({0, 3}),
    )


def _said(meeting: Meeting, names: _Names) -> Iterable[Block]:
    """What was said, point by point; points of which nothing was noted are in the agenda alone."""
    told = [(place, one) for place, one in enumerate(meeting.items, 1) if one.said]
    if not told:
        return
    yield Heading(t("Ce qui a été dit"))
    for place, one in told:
        yield Heading(f"{place}. {one.title}", 2)
        about = names.of(one)
        if about:
            yield Paragraph(about, is_quiet=True)
        yield from (Paragraph(words) for words in one.said.splitlines() if words.strip())


def _decisions(meeting: Meeting, names: _Names) -> Iterable[Block]:
    yield Heading(t("Décisions"))
    if not meeting.decisions:
        yield Paragraph(t("Aucune décision n’a été prise."))
        return
    rows = [(_place(meeting, one.item_id), one.words, names.of(one)) for one in meeting.decisions]
    head = (t("Point"), t("Décision"), t("Sur"))
    caption = tn("{n} décision prise", "{n} décisions prises", len(rows))
    yield Rows(caption, head, rows, (0.09, 0.58, 0.33), frozenset({0}))


def _actions(meeting: Meeting, names: _Names) -> Iterable[Block]:
    yield Heading(t("Actions"))
    if not meeting.actions:
        yield Paragraph(t("Aucune action n’a été décidée."))
        return
    caption = tn("{n} action décidée", "{n} actions décidées", len(meeting.actions))
    yield _action_rows(
        caption, meeting.actions, names, t("Point"), [_place(meeting, a.item_id) for a in meeting.actions]
    )


def _followed(engine: Any, meeting: Meeting, names: _Names, by: date | None) -> Iterable[Block]:
    """The actions of earlier reviews that this one looked at: open then, whatever became of them in it."""
    earlier = [
        one
        for one in read_actions(engine, by)
        if one.meeting_id < meeting.meeting_id and (one.closed_on is None or one.closed_on >= meeting.held_on)
    ]
    if not earlier:
        return
    yield Heading(t("Suivi des actions"))
    late = sum(one.is_overdue(meeting.held_on) for one in earlier)
    caption = tn("{n} action des revues précédentes", "{n} actions des revues précédentes", len(earlier))
    if late:
        tail = tn("dont {n} en retard", "dont {n} en retard", late)
        caption = t("{words}, {tail}", words=caption, tail=tail)
    yield _action_rows(caption, earlier, names, t("Revue"), [one.meeting_id for one in earlier])


def _action_rows(
    caption: str, actions: Sequence[Action], names: _Names, first: str, places: Sequence[str]
) -> Rows:
    rows = [
        (
            place,
            one.words,
            names.of(one),
            one.owner,
            numbers.short_day(one.due_on),
            _state(one),
        )
        for place, one in zip(places, actions, strict=True)
    ]
    head = (first, t("Action"), t("Sur"), t("Responsable"), t("Échéance"), t("État"))
    return Rows(caption, head, rows, (0.11, 0.28, 0.2, 0.14, 0.12, 0.15))


def _state(one: Action) -> str:
    state = said(meaning("state", one.state))
    return t("{state} : {outcome}", state=state, outcome=one.outcome) if one.outcome else state


def _place(meeting: Meeting, item_id: str) -> str:
    """The number of the agenda's point, "" for none."""
    return next((str(place) for place, one in enumerate(meeting.items, 1) if one.item_id == item_id), "")


def _notes(engine: Any, meeting: Meeting) -> Iterable[Block]:
    """The notes on the week that are marked for exports."""
    threads = read_notes_on(engine, "week", meeting.meeting_id)
    found = [note for first in threads for note in (first, *first.replies) if note.is_exported]
    if found:
        yield Heading(t("Notes"))
        for note in found:
            day = numbers.day(note.written_on) if note.written_on else ""
            yield Paragraph(
                note.words, ", ".join(p for p in (said(signer(note.signed_by)), day) if p) + t(" :")
            )


def _seal(seal: Seal | None) -> Iterable[Block]:
    if seal is None:
        return
    yield Heading(t("Sceau"))
    yield Paragraph(
        t(
            "Semaine {week} scellée le {day} par {who}. Ce qui était su à ce moment est figé ; ce qui est corrigé depuis se voit.",
            week=seal.week,
            day=numbers.day(seal.sealed_on),
            who=said(signer(seal.sealed_by)),
        )
    )
    yield Paragraph(seal.content_sha256, t("Empreinte de la copie :"), is_quiet=True)
    yield Paragraph(seal.chain, t("Maillon :"), is_quiet=True)
