"""What moved, for an edition: since the month end before or since a given moment, arranged as whoever prepared it chose."""

from collections.abc import Mapping
from dataclasses import replace

from metrics import moment
from metrics.briefs import Choices
from metrics.changing import Change, changes
from metrics.claims import headline
from metrics.dates import is_month_end
from metrics.definitions import Catalogue
from metrics.states import State
from pages.exports.awaited import lines
from pages.exports.model import Figure, News
from pages.texts import numbers, sentences, t

DECIDE = frozenset({"plan", "lapse", "late", "ageing", "silent", "data"})  # kinds that do not mend themselves
PINNED = "kpi"  # the kind of a KPI that was pinned by itself


def news(
    state: State, since: State | None, force: Catalogue, choices: Choices, figures: Mapping[str, Figure]
) -> tuple[tuple[News, ...], tuple[News, ...], str]:
    """What changed and what stands, the pinned first, then the most important; the same in lines; a title, "" where nothing is earlier."""
    earlier = since or before(state)
    # Counted from the data, as on Synthèse and in the alerts: the same things in the same words.
    found = changes(replace(earlier, today=None), replace(state, today=None)) if earlier else ()
    told = [_told(one, force, choices) for one in found if _counts(one, choices)]
    first = {kpi.id for kpi in headline(force)}  # those have their place among the claims
    told += [_pinned(figures[id], choices) for id in figures if _asked(id, choices) and id not in first]
    arranged = tuple(choices.arranged(told, lambda one: one.key))
    grouped = lines(arranged, {one.key: one for one in found}, force)
    title = _title(earlier, any(not worth(one) for one in arranged)) if earlier else ""
    return arranged, grouped, title


def _asked(kpi: str, choices: Choices) -> bool:
    return f"{PINNED}:{kpi}" in choices.pinned


def worth(one: News) -> bool:
    """Whether it calls for a decision: an exception that does not mend itself, not only a move."""
    return one.tone == "bad" and one.kind in DECIDE


def before(state: State) -> State | None:
    """The month end before the state's date."""
    day = moment.before(state.engine, state.as_of)
    return replace(state, as_of=day) if day else None


def _counts(one: Change, choices: Choices) -> bool:
    """Whether it is told: what is new and no noise, what stands and asks for a decision, and what was pinned."""
    stands = one.tone == "bad" and one.kind in DECIDE
    return (one.is_news and not one.is_noise) or stands or one.key in choices.pinned


def _told(one: Change, catalogue: Catalogue, choices: Choices) -> News:
    return News(
        key=one.key,
        kind=one.kind,
        tone=one.tone,
        title=sentences.title(one, catalogue),
        sentence=sentences.sentence(one, catalogue),
        comment=choices.words(one.key),
        is_new=one.is_news,
        is_pinned=one.key in choices.pinned,
        kpi=one.kpi,
        project=one.project,
        partner=one.partner,
    )


def _pinned(one: Figure, choices: Choices) -> News:
    """A KPI that was pinned though nothing moved: its value and what it is judged by."""
    words = t("{label} : {value}", label=one.label, value=one.text)
    judged = f"{one.word[:1].lower()}{one.word[1:]}"
    key = f"{PINNED}:{one.kpi}"
    told = ", ".join(part for part in (words, one.target_words, judged) if part)
    return News(key, PINNED, "neutral", words, f"{told}.", choices.words(key), False, True, one.kpi, "", "")


def _title(before: State, is_news: bool) -> str:
    if is_month_end(before.as_of):
        month = numbers.month_name(before.as_of)
        if is_news:
            return t("Ce qui a changé depuis {month}", month=month)
        return t("Rien de neuf depuis {month}", month=month)
    day = numbers.day(before.as_of)
    return (
        t("Ce qui a changé depuis le {day}", day=day)
        if is_news
        else t("Rien de neuf depuis le {day}", day=day)
    )
