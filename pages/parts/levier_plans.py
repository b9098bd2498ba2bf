"""Financing plans as stacked bars: the city, other public money up to 100 %, private money beyond.

The 20 % line is tested on public money alone, so private money stands outside the scale it crosses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Plan:
    """One plan to draw: amounts in euros, the words of each part, and the verdict beside the bar."""

    label: str
    own: float
    public: float
    private: float
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


def plans(rows: Sequence[Plan], heads: Heads, min_share: float) -> str:
    """Return the plans as HTML; ``min_share`` (0 to 1) is the legal share the line stands at.

    A plan without public money is scaled on its own money alone. An empty sequence gives "".
    """
    drawn = [row for row in rows if row.own + row.public > 0]
    if not drawn:
        return ""
    longest = max((row.own + row.public + row.private) / (row.own + row.public) for row in drawn)
    unit = 100 / longest  # the share of the track that 100 % of public money takes
    items = "".join(_plan(row, unit, min_share) for row in drawn)
    return f'<div class="lv lv-plans" style="--unit:{unit:.3f}">{_heads(heads)}{items}{_foot(heads, unit, min_share)}</div>'


def _plan(row: Plan, unit: float, min_share: float) -> str:
    """One plan: label, the three parts, the limit, the verdict."""
    public = row.own + row.public
    parts = (
        ("own", row.own, row.own_words),
        ("public", row.public, row.public_words),
        ("private", row.private, row.private_words),
    )
    filled = "".join(
        _part(kind, amount / public * unit, words) for kind, amount, words in parts if amount > 0
    )
    limit = f'<i class="lv-limit" style="--at:{unit * min_share:.3f}"></i>'
    strong = " lv-strong" if row.is_strong else ""
    detail = f' <span class="lv-quiet">{escape(row.detail)}</span>' if row.detail else ""
    return (
        f'<div class="lv-plan{strong}"><span class="lv-plan-label">{escape(row.label)}</span>'
        f'<span class="lv-plan-track">{filled}{limit}<span class="lv-plan-verdict"><b>{escape(row.verdict)}</b>{detail}</span></span></div>'
    )


def _part(kind: str, width: float, words: str) -> str:
    """One part of a bar; a part too thin for its number stays mute, the table has it."""
    text = f"<span>{escape(words)}</span>" if width >= 4.2 else ""
    return f'<i class="lv-part lv-part-{kind}" style="--w:{width:.3f}">{text}</i>'


def _heads(heads: Heads) -> str:
    """The names of the three parts, over the first bar."""
    return (
        '<div class="lv-plan lv-plan-heads"><span class="lv-plan-label"></span><span class="lv-plan-track">'
        f'<b class="lv-head-own">{escape(heads.own)}</b> <b class="lv-head-public">{escape(heads.public)}</b> '
        f'<span class="lv-head-private"><b>{escape(heads.private)}</b>{escape(heads.private_more)}</span></span></div>'
    )


def _foot(heads: Heads, unit: float, min_share: float) -> str:
    return (
        '<div class="lv-plan lv-plan-foot"><span class="lv-plan-label"></span><span class="lv-plan-track">'
        f'<span class="lv-line-name" style="--at:{unit * min_share:.3f}">{escape(heads.limit)}</span></span></div>'
    )
