"""The digest of alerts: what the rules saw, in the run's language, as plain text and as a page that any mail client draws.

The sentences are those of the screens; each item links to its screen under the town's address, where one is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from metrics.alerts import Alert, once
from metrics.briefs import NONE, Choices
from metrics.definitions import Catalogue
from metrics.meetings import Action
from pages.texts import language, numbers, said, sentences, t, tn, typography

REVIEW = "revue"  # the screen where actions are closed
SCREEN = "alertes"


@dataclass(frozen=True)
class Item:
    """One alert in words: a headline, a sentence, the comment of whoever reviewed it, and where to look."""

    key: str
    tone: str
    title: str
    sentence: str
    comment: str
    href: str


@dataclass(frozen=True)
class Chapter:
    """What one rule saw."""

    rule: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Digest:
    """All that one group of readers is told: ``lead`` are the words of whoever reviewed it, ``href`` the screen of the alerts."""

    town: str
    lang: str
    as_of: date
    since: date | None
    lead: str
    chapters: tuple[Chapter, ...]
    href: str

    @property
    def count(self) -> int:
        """How many things are told."""
        return sum(len(chapter.items) for chapter in self.chapters)

    @property
    def subject(self) -> str:
        """The line that a list of mails shows."""
        words = tn("{n} alerte", "{n} alertes", self.count) if self.count else t("Aucune alerte")
        return t("{town} : {words} au {day}", town=self.town, words=words, day=numbers.day(self.as_of))

    @property
    def period(self) -> str:
        """What it looks at, in words."""
        if self.since is None:
            return t("Données au {day}.", day=numbers.day(self.as_of))
        return t(
            "Données au {day}, comparées au {before}.",
            day=numbers.day(self.as_of),
            before=numbers.day(self.since),
        )


def digest(
    alerts: Sequence[Alert],
    catalogue: Catalogue,
    *,
    as_of: date,
    since: date | None,
    on: date,
    base_url: str = "",
    choices: Choices = NONE,
) -> Digest:
    """Return the alerts in words, in the run's language: each thing once, what is bad first."""
    found: dict[str, list[Item]] = {}
    for alert, _ in once(alerts):
        comment = choices.words(alert.key)
        found.setdefault(alert.rule.id, []).append(item(alert, catalogue, as_of, on, base_url, comment))
    labels = {alert.rule.id: alert.rule.label for alert in alerts}
    return Digest(
        town=typography(catalogue.scorecard.town),
        lang=language(),
        as_of=as_of,
        since=since,
        lead=choices.lead,
        chapters=tuple(Chapter(id, said(labels[id]), tuple(items)) for id, items in found.items()),
        href=address(base_url, SCREEN, {}, as_of) if base_url else "",
    )


def item(
    alert: Alert, catalogue: Catalogue, as_of: date, on: date, base_url: str = "", comment: str = ""
) -> Item:
    """Return one alert in words."""
    title, sentence = words(alert, catalogue, on)
    path, params = target(alert)
    href = address(base_url, path, params, as_of, alert.scope) if base_url else ""
    return Item(alert.key, alert.tone, title, sentence, comment, href)


def words(alert: Alert, catalogue: Catalogue, on: date) -> tuple[str, str]:
    """Return the headline and the sentence of an alert."""
    if alert.change is None:
        return _of_action(alert.action, on) if alert.action else ("", "")
    title = sentences.title(alert.change, catalogue)
    if alert.scope:
        title = t("{scope} : {title}", scope=alert.scope, title=title)
    return title, sentences.sentence(alert.change, catalogue)


def target(alert: Alert) -> tuple[str, dict[str, str]]:
    """Return the screen that an alert is about, and its parameters."""
    return sentences.target(alert.change) if alert.change else (REVIEW, {})


def _of_action(action: Action, on: date) -> tuple[str, str]:
    late = action.days_late(on)
    facts = {"owner": action.owner, "day": numbers.day(action.due_on)}
    if late:
        sentence = tn(
            "Confiée à {owner} pour le {day} : en retard de {n} jour au {on}.",
            "Confiée à {owner} pour le {day} : en retard de {n} jours au {on}.",
            late,
            on=numbers.weekday(on),
            **facts,
        )
    else:
        sentence = t("Confiée à {owner} pour le {day}.", **facts)
    return t("Action : {words}", words=action.words), sentence


def address(base_url: str, path: str, params: dict[str, str], as_of: date, scope: str = "") -> str:
    """Return where a screen is served, at the digest's date and in its language."""
    state = {**params, "lang": language(), "as_of": as_of.isoformat(), "scope": scope or "town"}
    return f"{base_url}/{path}?{urlencode(state)}"


def tone_word(tone: str) -> str:
    """What a tone means, in a word."""
    told = {"bad": lambda: t("à traiter"), "good": lambda: t("bonne nouvelle")}
    return told.get(tone, lambda: t("à noter"))()


def text(found: Digest) -> str:
    """Return a digest as plain text, its lines at their natural length."""
    parts = [found.subject, found.period]
    parts += [found.lead] if found.lead else []
    parts += [t("Aucune règle n’a rien à signaler.")] if not found.chapters else []
    for chapter in found.chapters:
        parts.append(f"{chapter.label.upper()}")
        parts += [_lines(one) for one in chapter.items]
    parts += [t("Toutes les alertes : {address}", address=found.href)] if found.href else []
    return "\n\n".join([*parts, foot(found)]) + "\n"


def _lines(one: Item) -> str:
    lines = [f"- {one.title} ({tone_word(one.tone)})", f"  {one.sentence}"]
    lines += [f"  {t('Note : {words}', words=one.comment)}"] if one.comment else []
    return "\n".join([*lines, *([f"  {one.href}"] if one.href else [])])


def foot(found: Digest) -> str:
    """Who says so."""
    return t("Levier, tableau de bord de {town}.", town=found.town)
