"""From answers to a list that may be frozen: build, hide, attack, hide what the attack names, until it finds nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from metrics.disclosure.answers import Answers
from metrics.disclosure.attacking import Finding, attack
from metrics.disclosure.drafting import Draft
from metrics.disclosure.heads import Headcounts
from metrics.disclosure.tables import DEFAULT_LIST, USUAL_K, Key, Published, checked, least
from metrics.disclosure.words import NOTHING_AT_ALL, refusal


class RefusedList(ValueError):
    """A list that cannot be published: ``tables`` must go, ``fr`` and ``en`` say why."""

    def __init__(self, tables: Sequence[Key], findings: Sequence[Finding], is_all: bool = False) -> None:
        """Keep the tables that must go and the findings against them; ``is_all``: nothing at all may be told."""
        self.tables = tuple(tables)
        self.findings = tuple(findings)
        against = (one for one in findings if one.table in self.tables)
        self.fr, self.en = NOTHING_AT_ALL if is_all else refusal(against, self.tables)
        super().__init__(self.en)


def publish(
    answers: Answers,
    tables: Iterable[tuple[Iterable[str], str]] = DEFAULT_LIST,
    k: int = USUAL_K,
    earlier: Sequence[Published] = (),
    headcounts: Headcounts | None = None,
    steps: Mapping[str, float] | None = None,
    headcount: int | None = None,
    held_on: date | None = None,
) -> Published:
    """Return the list that stands the attack, to be frozen as it is.

    All measures asked for are counted on one base; one that fewer than k answered is not listed. ``headcount``: how many
    were asked; ``headcounts``: the staff by (directorate group, category, sex), to which means are weighted. What is told
    beside the tables goes quietly where the attack names it. Raise RefusedList where protecting a table's groups from each
    other leaves none of those it could tell alone.
    """
    asked, k = checked(tables), least(k)
    measures = list(dict.fromkeys(measure for _, measure in asked if measure in answers.scores))
    listed = answers.answered(measures, k) or measures
    keys = [key for key in asked if key[1] in listed]
    attributes = dict.fromkeys(name for by, _ in keys for name in by)
    base = answers.on_one_base(listed).placed(attributes, k)
    draft = Draft(base, keys, k, headcounts or {}, headcount, held_on, earlier)
    known = {**answers.steps, **(steps or {})}
    met: list[Finding] = []
    while True:
        published = draft.published()
        findings = attack(published, earlier, headcounts, known, draft.weights, draft.counts)
        if not findings:
            break
        met += findings
        draft.protect(findings)
    lost = draft.lost()
    if lost:
        raise RefusedList(lost, met, is_all=draft.tells_nothing)
    return published
