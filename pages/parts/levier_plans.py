"""Financing plans as stacked bars: the city, other public money up to 100 %, private money beyond.

The legal minimum is tested on public money alone, so private money stands outside the scale that its line crosses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.parts.markup import Html, div, span, tag


@dataclass(frozen=True)
class Plan:
    """One plan to draw: amounts in euros, legal minimum 0 to 1, the words of each part, the verdict beside the bar."""

    label: str
    own: float
    public: float
    private: float
    minimum: float
    own_words: str
    public_words: str
    private_words: str
    verdict: str
    detail: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Heads:
    """The names over the three parts and under the line, in the reader's language."""

    own: str
    public: str
    private: str
    private_more: str
    limit: str


def plans(rows: Sequence[Plan], heads: Heads) -> Html:
    """Return the plans, each with a line at its own legal minimum.

    A plan with neither own nor public money has no such scale and is not drawn. An empty sequence gives nothing.
    """
    drawn = [row for row in rows if row.own + row.public > 0]
    if not drawn:
        return Html("")
    longest = max((row.own + row.public + row.private) / (row.own + row.public) for row in drawn)
    unit = 100 / longest  # the share of the track that 100 % of public money takes
    items = [_plan(row, unit) for row in drawn]
    return div(
        "lv-plans", _heads(heads), *items, _foot(heads, _at(drawn[-1], unit)), style=f"--unit:{unit:.3f}"
    )


def _at(row: Plan, unit: float) -> str:
    """Where a plan's legal minimum stands."""
    return f"--at:{unit * row.minimum:.3f}"


def _plan(row: Plan, unit: float) -> Html:
    """One plan: label, the three parts, the limit, the verdict."""
    each = unit / (row.own + row.public)
    parts = [
        _part("own", row.own * each, row.own_words),
        _part("public", row.public * each, row.public_words),
        _part("private", row.private * each, row.private_words),
    ]
    verdict = span("lv-plan-verdict", tag("b", row.verdict), " ", span("lv-quiet", row.detail))
    track = span("lv-plan-track", *parts, tag("i", class_="lv-limit", style=_at(row, unit)), verdict)
    return div(f"lv-plan{' lv-strong' if row.is_strong else ''}", span("lv-plan-label", row.label), track)


def _part(kind: str, width: float, words: str) -> Html:
    """One part of a bar; a part too thin for its number stays mute: the table has it."""
    if width <= 0:
        return Html("")
    said = span("", words) if width >= 4.2 else ""
    return tag("i", said, class_=f"lv-part lv-part-{kind}", style=f"--w:{width:.3f}")


def _heads(heads: Heads) -> Html:
    """The names of the three parts, over the first bar."""
    private = span("lv-head-private", tag("b", heads.private), heads.private_more)
    names = (
        tag("b", heads.own, class_="lv-head-own"),
        " ",
        tag("b", heads.public, class_="lv-head-public"),
        " ",
        private,
    )
    return div("lv-plan lv-plan-heads", span("lv-plan-label"), span("lv-plan-track", *names))


def _foot(heads: Heads, limit: str) -> Html:
    """The line's name under the last bar."""
    name = span("lv-line-name", heads.limit, style=limit)
    return div("lv-plan lv-plan-foot", span("lv-plan-label"), span("lv-plan-track", name))
