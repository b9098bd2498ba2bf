"""What the screen of the mayor's brief works on: the lines that may be in it, and everything that would go, kept by version."""

from dataclasses import dataclass, field, replace
from datetime import date

from metrics.briefs import NONE, read_choices
from pages.exports import edition as editions
from pages.exports.awaited import LATE
from pages.exports.model import Due, Edition, Figure, News
from pages.exports.outgoing import Outgoing, outgoing
from pages.parts import alerts_reads
from pages.parts.once import VIEWS, kept
from pages.parts.source import Source
from pages.texts import t

GROUPS = ("claims", "decisions", "signals", "worst")
RANKED = "worst"
SHAPES = {"bad": "off_target", "good": "on_target"}


@dataclass(frozen=True)
class Line:
    """One line that the brief may have: ``key`` is a Change's, or ``kpi:`` and an id; ``mark`` a status's shape."""

    key: str
    group: str
    mark: str
    title: str
    sentence: str
    path: str = ""
    params: dict[str, str] = field(default_factory=dict, hash=False)


def going(source: Source) -> Outgoing:
    """Everything that would go now; ``source.as_of`` must be known."""
    return _going(source, source.counted_on)


@kept(maxsize=64)
def _going(source: Source, _on: date | None) -> Outgoing:
    assert source.as_of is not None
    state = alerts_reads.state(source)
    before = alerts_reads.earlier(source)
    return outgoing(
        state,
        alerts_reads.rules(source.reads),
        since=replace(state, as_of=before) if before else None,
        choices=read_choices(source.engine, source.as_of),
        force=alerts_reads.force(source),
    )


def lines(source: Source) -> tuple[Line, ...]:
    """The lines that may be in the brief, whatever was chosen, group by group in their order of importance."""
    found = _lines(source, source.counted_on)
    if alerts_reads.sees_rows(source):
        return found
    return tuple(line for line in found if line.path not in ("projet", "partenaire"))


@kept(maxsize=VIEWS)
def _lines(source: Source, _on: date | None) -> tuple[Line, ...]:
    state = alerts_reads.state(source)
    before = alerts_reads.earlier(source)
    found = editions.edition(state, since=replace(state, as_of=before) if before else None, choices=NONE)
    return _of(found)


def _of(found: Edition) -> tuple[Line, ...]:
    claims = [_figure(one, "claims") for one in found.claims]
    first = {line.key for line in claims}
    worst = [_figure(one, RANKED) for one in found.worst]
    news = [
        _news(one, group)
        for group, items in (("decisions", found.decisions), ("signals", found.signals))
        for one in items
    ]
    late = [_due(one) for one in found.actions if one.status == LATE]
    return (*claims, *late, *news, *(line for line in worst if line.key not in first))


def _figure(one: Figure, group: str) -> Line:
    said = ", ".join(words for words in (one.text, one.target_words, one.word.lower()) if words)
    return Line(f"kpi:{one.kpi}", group, one.status, one.label, said, "fiche", {"kpi": one.kpi})


def _news(one: News, group: str) -> Line:
    path, params = _way(one)
    return Line(one.key, group, SHAPES.get(one.tone, "unknown"), one.title, one.sentence, path, params)


def _due(one: Due) -> Line:
    """An overdue action, among what asks for a decision."""
    said = t("{state} : {owner}, {day}.", state=one.word, owner=one.owner, day=one.due_text)
    path, params = _way(one)
    return Line(one.key, "decisions", one.status, one.words, said, path or "actions", params)


def _way(one: News | Due) -> tuple[str, dict[str, str]]:
    """The screen a line is about: what is a row goes first, since not every role sees it."""
    if one.project:
        return "projet", {"id": one.project}
    if one.partner:
        return "partenaire", {"id": one.partner}
    return ("fiche", {"kpi": one.kpi}) if one.kpi else ("", {})


def title_of(group: str) -> str:
    """What a group of lines is called."""
    names = {
        "claims": lambda: t("Les affirmations"),
        "decisions": lambda: t("Ce qui demande une décision"),
        RANKED: lambda: t("Les indicateurs à regarder"),
    }
    return names.get(group, lambda: t("Ce qui a bougé"))()
