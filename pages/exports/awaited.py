"""What waits for somebody: exceptions to decide and overdue actions, in lines and in words, for brief, slides and screen alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from metrics.briefs import Choices
from metrics.changing import Change
from metrics.definitions import Catalogue
from pages.exports.model import Due, Edition, News
from pages.texts import t, tn
from pages.texts.headlines import in_words
from pages.texts.sentences_groups import grouped, together

LATE = "off_target"  # the status of an overdue action


def lines(told: Sequence[News], changes: Mapping[str, Change], catalogue: Catalogue) -> tuple[News, ...]:
    """Return news in their order, similar ones in one line as on Synthèse; the pinned and the commented each keep their own."""
    alike = [one for one in told if one.key in changes and not (one.is_pinned or one.comment)]
    first = {group[0].key: group for group in grouped(changes[one.key] for one in alike)}
    own = [one for one in told if one.key in first or one not in alike]
    found = []
    for one in own:
        group = first.get(one.key, ())
        if len(group) > 1:
            words = together(group, catalogue)
            one = replace(one, title=words, sentence=words, project="", partner="", many=len(group))
        found.append(one)
    return tuple(found)


def awaited(asked: Sequence[News], actions: Sequence[Due], choices: Choices) -> tuple[News | Due, ...]:
    """Return the pinned lines in their order, then the overdue actions, then the exceptions; an action in time only if pinned."""
    due = [one for one in actions if one.status == LATE or one.is_pinned]
    return tuple(choices.arranged([*due, *asked], lambda one: one.key))


def title(edition: Edition) -> str:
    """How many decisions are expected and how many actions are overdue: an action in time waits for nobody."""
    asked, late = len(edition.decisions), sum(one.status == LATE for one in edition.actions)
    words = t("aucune décision n’est attendue")
    if asked:
        words = tn(
            "{count} décision est attendue",
            "{count} décisions sont attendues",
            asked,
            count=_feminine(asked),
        )
    if late:
        tail = tn(
            "{count} action est en retard", "{count} actions sont en retard", late, count=_feminine(late)
        )
        words = t("{words}, {tail}", words=words, tail=tail)
    return words[0].upper() + words[1:]


def _feminine(n: int) -> str:
    return t("une") if n == 1 else in_words(n)
