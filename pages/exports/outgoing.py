"""What would go to whom at a date: the brief's edition and the alerts, in both languages, under one sha256.

A review is bound to that sha256: what was read is what is sent. Anything that changes a word of it asks for another review.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from metrics.alertrules import Rules
from metrics.alerts import Alert, evaluate
from metrics.briefs import Choices, Review
from metrics.change import Change
from metrics.changing import changes
from metrics.definitions import Catalogue
from metrics.dues import counted_on, known_on
from metrics.goals import read_goals
from metrics.meetings import read_actions
from metrics.states import State
from pages.exports import digest, digesthtml
from pages.exports.digest import Digest
from pages.exports.edition import Edition, edition, speak
from pages.exports.mail import Letter
from pages.exports.mailsettings import Recipient
from pages.texts import LANGUAGES, speaking, t

Pdf = Callable[[Edition], bytes]
Force = Callable[[date, str], Catalogue]  # (date, scope) -> the definitions with the targets in force


@dataclass(frozen=True)
class Outgoing:
    """Everything that may go at one moment. ``editions`` are by language; ``alerts`` those of all rules."""

    state: State
    since: State | None
    rules: Rules
    alerts: tuple[Alert, ...]
    choices: Choices
    editions: Mapping[str, Edition]
    sha256: str

    @property
    def review(self) -> Review | None:
        """The review of exactly this content, None when it was not reviewed."""
        return self.choices.review_of(self.sha256)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The definitions with the targets in force at the moment."""
        return in_force(self.state)(self.state.as_of, self.state.scope)

    @property
    def on(self) -> date:
        """The day that deadlines are counted from."""
        return day_of(self.state)

    def digest(self, names: tuple[str, ...] = (), base_url: str = "") -> Digest:
        """Return what is told to whoever asked for these rules or audiences (none: all), in the run's language."""
        wanted = {rule.id for rule in self.rules.of(names)}
        return digest.digest(
            [alert for alert in self.alerts if alert.rule.id in wanted],
            self.catalogue,
            as_of=self.state.as_of,
            since=self.since.as_of if self.since else None,
            on=self.on,
            base_url=base_url,
            choices=self.choices,
        )

    def letter(self, recipient: Recipient, base_url: str, pdf: Pdf) -> Letter | None:
        """Return one person's mail in their language; None when there is nothing to tell them."""
        with speaking(recipient.lang):
            speak(self.state.catalogue)
            found = self.digest(recipient.rules, base_url)
            if not found.count and not recipient.brief:
                return None
            made = self.editions[recipient.lang]
            name = t("note-au-maire-{day}.pdf", day=self.state.as_of.isoformat())
            files = ((name, pdf(made)),) if recipient.brief else ()
            return Letter(
                recipient, found.subject, digest.text(found), digesthtml.html(found), self.sha256, files
            )


def day_of(state: State) -> date:
    """Return the day that deadlines are counted from at a moment."""
    return counted_on(state)


def in_force(state: State) -> Force:
    """Return what gives the definitions with the targets in force at a date and in a scope, from the store's decisions."""
    goals, defined = read_goals(state.engine), state.catalogue
    return lambda day, scope: goals.in_force(defined, day, scope)


def seen(state: State, since: State | None, rules: Rules, force: Force | None = None) -> tuple[Alert, ...]:
    """Return what the rules see between two moments; only overdue actions where there is no earlier one.

    The changes are those that Synthèse tells of the same moments: with the targets in force then, counted from the data.
    """
    by, found = force or in_force(state), dict[str, tuple[Change, ...]]()

    def moment(of: State, scope: str) -> State:
        return replace(of, scope=scope, today=None, catalogue=by(of.as_of, scope))

    for scope in rules.scopes if since else ():
        assert since is not None
        found[scope] = changes(moment(since, scope), moment(state, scope))
    actions = read_actions(state.engine, known_on(state))
    return evaluate(rules, found, state.catalogue, actions=actions, on=day_of(state))


def outgoing(
    state: State, rules: Rules, *, since: State | None, choices: Choices, force: Force | None = None
) -> Outgoing:
    """Return what may go at a moment of the whole town; the states' catalogue is as defined."""
    alerts = seen(state, since, rules, force)
    editions: dict[str, Edition] = {}
    bare = Outgoing(state, since, rules, alerts, choices, editions, "")
    said: list[str] = []
    for lang in LANGUAGES:
        with speaking(lang):
            editions[lang] = edition(state, since=since, choices=choices)
            said += [editions[lang].sha256, digest.text(bare.digest())]
    return replace(bare, sha256=sha256(json.dumps(said).encode()).hexdigest())
