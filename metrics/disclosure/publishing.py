"""From answers to a list that may be frozen: build, hide, attack, hide what the attack names, until it finds nothing."""

from collections.abc import Iterable, Mapping, Sequence

from metrics.disclosure.answers import Answers
from metrics.disclosure.attacking import Finding, attack, told
from metrics.disclosure.building import build, complementary, domain_of, groups_of, primary
from metrics.disclosure.heads import Headcounts
from metrics.disclosure.tables import DEFAULT_LIST, USUAL_K, Key, Published, checked, least
from metrics.disclosure.words import refusal


class RefusedList(ValueError):
    """A list that cannot be published: ``tables`` must go, ``fr`` and ``en`` say why."""

    def __init__(self, tables: Sequence[Key], findings: Sequence[Finding]) -> None:
        """Keep the tables that must go and the findings against them."""
        self.tables = tuple(tables)
        self.findings = tuple(findings)
        self.fr, self.en = refusal((one for one in findings if one.table in self.tables), self.tables)
        super().__init__(self.en)


def publish(
    answers: Answers,
    tables: Iterable[tuple[Iterable[str], str]] = DEFAULT_LIST,
    k: int = USUAL_K,
    earlier: Sequence[Published] = (),
    headcounts: Headcounts | None = None,
    steps: Mapping[str, float] | None = None,
) -> Published:
    """Return the list that stands the attack, to be frozen as it is.

    Raise RefusedList where protecting a table's groups from each other leaves none of those it could tell alone.
    """
    keys, heads, k = checked(tables), headcounts or {}, least(k)
    domain = domain_of(answers, heads, earlier)
    alone = primary(answers, keys, domain, k, heads)
    hidden = complementary(answers, keys, domain, k, alone)
    met: list[Finding] = []
    while True:
        published = build(answers, keys, domain, k, hidden)
        findings = attack(published, earlier, heads, steps)
        if not findings:
            break
        met += findings
        hidden |= {(one.table, one.cell) for one in findings[:1]}
        hidden = complementary(answers, keys, domain, k, hidden)
    left = {key for key, _ in told(published)}
    could = {key for key in keys for group in groups_of(key[0], domain) if (key, group) not in alone}
    lost = [key for key in keys if key in could - left]
    if lost:
        raise RefusedList(lost, met)
    return published
