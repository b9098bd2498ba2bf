"""What changed, what is to decide and how it is known, on slides of sentences."""

from collections.abc import Sequence

from metrics.definitions import Kpi
from metrics.reading import Reading
from pages.charts.palette import LIGHT
from pages.exports import awaited, deckcharts
from pages.exports.deck import BODY, SMALL, Box, Deck, Page, Words
from pages.exports.fitting import shorter
from pages.exports.material import Material
from pages.exports.model import Due, Edition, News
from pages.exports.slide_parts import listed
from pages.exports.slides_sides import LONGEST, on_scale, score_format
from pages.texts import numbers, said, t

SENTENCES, APART = 7.2, 0.45  # inches
MOST_NEWS = 8
Move = tuple[Kpi, Reading, Reading]


def news(deck: Deck, edition: Edition, material: Material) -> None:
    """Add what changed: sentences, and as a chart the scores that are others; no slide without an earlier moment."""
    if material.since is None:
        return
    since = numbers.day(material.since.as_of)
    told = [one for one in edition.moves if one.is_new]
    page = deck.slide(
        edition.signals_title,
        t("Comparé au {day}", day=since),
        [*map(_sentence, told), edition.sources],
    )
    moved = moves(material)
    wide = SENTENCES if moved else BODY.width
    sentences = [_sentence(one) for one in told] or [
        t("Aucun signal et aucun statut nouveau : ce qui bouge reste dans le bruit habituel.")
    ]
    listed(page, Box(BODY.left, BODY.top, wide, BODY.height), sentences, t("Nouvelles"), MOST_NEWS)
    if moved:
        left = BODY.left + wide + APART
        box = Box(left, BODY.top, BODY.width - wide - APART, BODY.height)
        _scores(page, box, moved, (since, numbers.day(material.as_of)))


def _sentence(one: News) -> str:
    return f"{one.sentence} {one.comment}".strip()


def moves(material: Material) -> list[Move]:
    """The KPIs whose score is another one than at the earlier moment (KPI, then, now), the most important first."""
    found: dict[str, Move] = {}
    for one in material.changes:
        kpi, now, then = material.catalogue.kpis.get(one.kpi), one.now, one.then
        if kpi and now and then and None not in (now.score, then.score) and now.score != then.score:
            found.setdefault(kpi.id, (kpi, then, now))
    return list(found.values())[:MOST_NEWS]


def _scores(page: Page, box: Box, moved: Sequence[Move], days: tuple[str, str]) -> None:
    top = numbers.out_of()
    heading = t("Scores qui ont bougé, sur {top}", top=top)
    told = " ; ".join(
        t("{code} de {start} à {end}", code=kpi.code, start=_score(then), end=_score(now))
        for kpi, then, now in moved
    )
    page.text(
        Box(box.left, box.top, box.width, 0.3), [[Words(heading, SMALL, True)]], t("Titre du graphique")
    )
    deckcharts.bars(
        page,
        Box(box.left, box.top + 0.3, box.width, box.height - 0.3),
        [shorter(f"{kpi.code} {said(kpi.label)}", LONGEST) for kpi, _, _ in moved],
        [
            (days[0], [on_scale(then.score) for _, then, _ in moved]),
            (days[1], [on_scale(now.score) for _, _, now in moved]),
        ],
        score_format(),
        f"{heading}. {told}.",
        colours=[[LIGHT.unknown] * len(moved), [LIGHT.accent] * len(moved)],
        most=top * 1.15,
    )


def _score(reading: Reading) -> str:
    return numbers.score(reading.score, reading.status == "on_target")


def decisions(deck: Deck, edition: Edition) -> None:
    """Add what somebody has to decide, as in the brief, then the actions still in time."""
    page = deck.slide(awaited.title(edition), t("À décider et à suivre"), [edition.sources])
    lines = [*edition.awaited, *(one for one in edition.actions if one not in edition.awaited)]
    sentences = [_action(one) if isinstance(one, Due) else _sentence(one) for one in lines]
    listed(page, BODY, sentences or [t("Rien n’attend de décision ni de suite.")], t("Décisions et actions"))


def _action(one: Due) -> str:
    words = t(
        "{words} ({owner}, {due}) : {state}",
        words=one.words,
        owner=one.owner,
        due=one.due_text,
        state=one.word.lower(),
    )
    return f"{words}. {one.comment}" if one.comment else words


def method(deck: Deck, edition: Edition, material: Material) -> None:
    """Add how it is known: coverage and its gaps, how old each table is, versions."""
    dated = [(one.event, one) for one in edition.freshness if one.event is not None]
    sentences = [
        *(
            _capital(
                t("{reason} : {codes}.", reason=gap.reason, codes=", ".join(code for code, _ in gap.kpis))
            )
            for gap in edition.coverage.gaps
        ),
        t(
            "Un score vaut {top} à la cible et 0 au plancher ; un ensemble couvert à moins de {least} % n’est pas calculé.",
            least=numbers.decimal(100 * material.catalogue.scorecard.thresholds.min_coverage),
            top=numbers.out_of(),
        ),
        *(
            t("{table} : dernier évènement le {day}.", table=one.title, day=one.event_text)
            for _, one in sorted(dated, key=lambda pair: pair[0])
        ),
        edition.sources,
    ]
    page = deck.slide(edition.coverage.words, t("Méthode et fraîcheur"), [edition.sources])
    listed(page, BODY, sentences, t("Méthode"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
