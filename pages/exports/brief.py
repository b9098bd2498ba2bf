"""The mayor's brief: one A4 page in PDF/A-2b and PDF/UA-1, whatever the date, the scope and the words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pages.exports import awaited
from pages.exports.drawings import bullet, sparkline
from pages.exports.model import Due, Edition, Figure, News, Side
from pages.exports.setting import pdf
from pages.exports.wording import fitted, printable
from pages.texts import numbers, t, tn

Json = dict[str, Any]
NUMBER = re.compile(r"\bn = (?=\d)")


@dataclass(frozen=True)
class Room:
    """How much a layout holds: cards, objectives a perspective, lines of each list, characters of a sentence and a comment.

    ``share`` is the usual height of the first ones, the fullest's being 1: where one is much too high, those that cannot hold
    either are not tried. The others have 0: comments shrink too unevenly to foresee anything.
    """

    cards: int
    goals: int
    signals: int
    decisions: int
    ranks: int
    words: int
    comment: int
    size: float
    gap: float
    share: float = 0.0
    proofs: bool = True


# From the fullest to what always fits; python sends them all, typst sets the first that holds on the page.
ROOMS = (
    Room(6, 40, 6, 4, 5, 220, 240, 8.8, 2.1, 1.0),
    Room(6, 40, 6, 4, 5, 200, 240, 8.5, 1.9, 0.94),
    Room(6, 40, 6, 4, 5, 200, 240, 8.2, 1.6, 0.87),
    Room(6, 40, 5, 4, 5, 160, 180, 8.0, 1.5),
    Room(6, 40, 5, 3, 5, 130, 120, 8.0, 1.5),
    Room(6, 40, 4, 3, 5, 110, 90, 8.0, 1.5),
    Room(6, 40, 3, 2, 5, 100, 70, 7.8, 1.3),
    Room(6, 40, 3, 2, 4, 90, 60, 7.8, 1.3),
    Room(6, 20, 2, 2, 3, 80, 50, 7.8, 1.3, proofs=False),
    Room(6, 8, 2, 2, 2, 70, 40, 7.8, 1.2, proofs=False),
    Room(6, 0, 2, 2, 2, 60, 0, 7.8, 1.2, proofs=False),
    Room(3, 0, 1, 1, 1, 50, 0, 7.8, 1.2, proofs=False),
)
MOST_PINNED = 6  # lines of a list that stand on the page in every layout
LONG = 66  # characters of a KPI's name in a list


def write(edition: Edition) -> bytes:
    """The page as PDF. Raises setting.NotSet when it could not be set as it should."""
    return pdf("brief.typ", content(edition))


def content(edition: Edition) -> Json:
    """What the template sets: facts of the document, and its layouts from the fullest to the barest."""
    kind = t("Note au maire")
    found = {
        "lang": edition.lang,
        "document": f"{kind}, {edition.town}, {edition.date_text}",
        "description": edition.title,
        "keywords": [edition.town, kind, t("tableau de bord prospectif")],
        "layouts": [_layout(edition, room, kind) for room in ROOMS],
    }
    drawn: Json = clean(found)
    return drawn


def clean(value: Any) -> Any:
    """The same with every text in characters that the fonts have; drawings stay as they are."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: one if name == "svg" else clean(one) for name, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, (list, tuple)) else value


def _layout(edition: Edition, room: Room, kind: str) -> Json:
    return {
        **masthead(edition, kind),
        "size": room.size,
        "gap": room.gap,
        "share": room.share,
        "pad": 0.6 if room.size >= 8.2 else 0.36,
        "title": fitted(edition.title, 160),
        "lead": fitted(edition.lead, room.comment * 3),
        "cards": [_card(one, room) for one in edition.claims[: room.cards]],
        "sides": _sides(edition, room),
        "news": {"signals": _signals(edition, room), "decisions": _decisions(edition, room)},
        "ranks": [one for one in _ranks(edition, room) if one["rows"]],
        "foot": _foot(edition, room),
    }


def masthead(edition: Edition, kind: str) -> Json:
    """The line at the top of every page: town, kind of document, date, scope and sealed week."""
    place = f" · {edition.scope or t('Toute la ville')}" if not edition.is_empty else ""
    if edition.week:
        place += " · " + t("semaine scellée {week}", week=edition.week)
    dated = "" if edition.is_empty else t("Données au") + " "
    return {
        "town": fitted(edition.town, 60),
        "kind": kind,
        "dated": dated,
        "day": numbers.weekday(edition.as_of) if edition.as_of else edition.date_text,
        "place": fitted(place, 80) and " " + fitted(place, 80).strip() if place else "",
    }


def _card(one: Figure, room: Room) -> Json:
    return {
        "label": fitted(one.label, LONG),
        "code": one.code,
        "before": one.before,
        "figure": one.figure,
        "after": fitted(one.after, 40),
        "known": one.is_known,
        "large": large(one),
        "spark": sparkline(one),
        "bullet": bullet(one),
        "target": one.target_words,
        "status": one.status,
        "word": one.word,
        "aside": one.variation or ("" if one.is_known else one.why),
        "claim": fitted(one.claim, 70) if room.proofs else "",
        "proof": fitted(one.proof, 90),
        "comment": fitted(one.comment, room.comment),
    }


def large(one: Figure) -> float:
    """The size of a value, so that it stands on one line beside its trend."""
    width = len(one.before) / 2 + len(one.figure) + len(one.after) / 2
    return 2.7 if width <= 9 else 2.1 if width <= 12 else 1.6


def _sides(edition: Edition, room: Room) -> Json:
    head = [t("Perspective"), t("Code"), t("Objectif"), t("Statut"), t("Score")]
    return {
        "title": edition.sides_title,
        "head": head,
        "rows": [_side(one, room) for one in edition.perspectives],
    }


def _side(one: Side, room: Room) -> Json:
    goals = [
        {
            "code": goal.code,
            "label": fitted(goal.label, LONG),
            "status": goal.status,
            "word": goal.word,
            "score": goal.score_text,
            "hides": fitted(goal.hides, 30),
        }
        for goal in one.goals[: room.goals]
    ]
    covered = t("couverture {covered}", covered=one.coverage_text)
    out_of = t("sur {top}, couverture {covered}", top=numbers.out_of(), covered=one.coverage_text)
    return {
        "label": fitted(one.label, 60),
        "score": one.score_text if one.score is not None else "",
        "note": out_of if one.score is not None else covered,
        "status": one.status,
        "word": one.word,
        "goals": goals,
    }


def _signals(edition: Edition, room: Room) -> Json:
    shown = _with_bad(_shown(edition.moves, room.signals), edition.moves)
    items = [_news(one, room) for one in shown]
    return _listed(edition.signals_title, items, _many(edition.moves) - _many(shown))


def _with_bad(shown: list[News | Due], lines: Sequence[News]) -> list[News]:
    """The lines shown, the first bad news among them where there is one: it takes the last place, never that of a pinned line."""
    kept = [one for one in shown if isinstance(one, News)]
    bad = next((one for one in lines if one.tone == "bad"), None)
    if bad is None or bad in kept:
        return kept
    return [*(kept if kept and kept[-1].is_pinned else kept[:-1]), bad]


def _news(one: News, room: Room) -> Json:
    return {
        "mark": one.tone if one.tone in ("bad", "good") else "",
        "lead": _word(one),
        "words": fitted(NUMBER.sub("n\u00a0=\u00a0", one.sentence), room.words),
        "comment": fitted(one.comment, room.comment),
    }


def _word(one: News) -> str:
    """What its mark says: a shape never stands without its word."""
    words = {"bad": lambda: t("À regarder."), "good": lambda: t("Progrès.")}
    return words[one.tone]() if one.tone in words else ""


def _decisions(edition: Edition, room: Room) -> Json:
    shown = _shown(edition.awaited, room.decisions)
    items = [
        _due(one, room) if isinstance(one, Due) else {**_news(one, room), "mark": "", "lead": ""}
        for one in shown
    ]
    title = awaited.title(edition) if edition.awaited else ""
    return _listed(title, items, _many(edition.awaited) - _many(shown))


def _shown(lines: Sequence[News | Due], room: int) -> list[News | Due]:
    """The lines that a list has: what was pinned is always among them, up to MOST_PINNED."""
    pinned = sum(one.is_pinned for one in lines)
    return list(lines[: max(room, min(pinned, MOST_PINNED))])


def _many(lines: Sequence[News | Due]) -> int:
    """How many things lines tell of."""
    return sum(one.many if isinstance(one, News) else 1 for one in lines)


def _due(one: Due, room: Room) -> Json:
    return {
        "mark": one.status,
        "lead": f"{one.word}.",
        "words": t(
            "{action} ({owner}, {day})",
            action=fitted(one.words, room.words),
            owner=one.owner,
            day=one.due_text,
        ),
        "comment": fitted(one.comment, room.comment),
    }


def _listed(title: str, items: list[Json], rest: int) -> Json:
    more = tn("et {n} autre", "et {n} autres", rest) if rest > 0 else ""
    return {"title": title, "items": items, "more": more}


def _ranks(edition: Edition, room: Room) -> list[Json]:
    head = [t("Indicateur"), t("Valeur"), t("Cible"), t("Statut")]
    lists = ((edition.best_title, edition.best), (edition.worst_title, edition.worst))
    return [
        {"title": title, "head": head, "rows": [_rank(one, room) for one in found[: room.ranks]]}
        for title, found in lists
    ]


def _rank(one: Figure, room: Room) -> Json:
    return {
        "label": fitted(one.label, LONG),
        "why": fitted(one.why, 80) if room.proofs else "",
        "comment": fitted(one.comment, room.comment),
        "value": one.text,
        "target": one.target_text or numbers.NONE,
        "status": one.status,
        "word": one.word,
    }


def _foot(edition: Edition, room: Room) -> list[str]:
    """Coverage with its reasons, freshness, and where it comes from."""
    gaps = [
        t("{reason} : {codes}", reason=gap.reason, codes=", ".join(code for code, _ in gap.kpis))
        for gap in edition.coverage.gaps
    ]
    covered = t(" ; ").join(
        [f"{edition.coverage.words} ({edition.total})" if edition.total else edition.coverage.words, *gaps]
    )
    dated = sorted((one for one in edition.freshness if one.event), key=lambda one: (one.event, one.title))
    fresh = ", ".join(f"{one.title} {numbers.short_day(one.event)}" for one in reversed(dated))
    lines = [f"{fitted(covered, 300)}."]
    if fresh:
        lines.append(t("Dernier événement connu : {tables}.", tables=fitted(fresh, 260)))
    return [*lines, edition.sources] if edition.sources not in covered else lines
