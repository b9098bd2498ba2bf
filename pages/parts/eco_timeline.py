"""The milestones on one scale of time: a diamond for a day, a bar for a month, half-year or year, dashes for what is to come."""

from collections.abc import Sequence
from datetime import date

from metrics.spread import Milestone
from pages.parts import eco_words
from pages.parts.levier_bars import mark
from pages.parts.markup import Html, div, join, span, tag
from pages.parts.outward import outward
from pages.texts import numbers, t, tn

GROUPED = 4  # milestones of a kind beyond which they share one line: the table names them
KINDS = ("open_data", "press", "replication")  # kinds that may share one


def timeline(found: Sequence[Milestone], as_of: date) -> Html:
    """The drawing; it follows the width of the page, labels over their track on a phone."""
    first = date(min(m.start for m in found).year, 1, 1)
    last = date(max(max(m.end for m in found), as_of).year, 12, 31)
    rows = [_row(group, first, last, as_of) for group in lines(found)]
    return div("lv-time", *rows, _years(first, last, as_of))


def lines(found: Sequence[Milestone]) -> list[list[Milestone]]:
    """One line a milestone, in order; many of one repetitive kind share the line of the first."""
    rows: list[list[Milestone]] = []
    shared: dict[str, list[Milestone]] = {}
    for kind in KINDS:
        same = [m for m in found if m.kind == kind and m.timing == "done"]
        if len(same) > GROUPED:
            shared[kind] = same
    for milestone in found:
        same = shared.get(milestone.kind, []) if milestone.timing == "done" else []
        if not same:
            rows.append([milestone])
        elif same[0] is milestone:
            rows.append(same)
    return rows


def _row(group: Sequence[Milestone], first: date, last: date, as_of: date) -> Html:
    one = group[0]
    words = outward(one.url, one.label) if len(group) == 1 else _shared(one.kind, len(group))
    dates = eco_words.when(one) if len(group) == 1 else f"{eco_words.when(one)} – {eco_words.when(group[-1])}"
    said = [span("lv-time-when", dates)]
    if one.timing != "done":
        said.append(span("lv-time-state", eco_words.timing(one)))
    marks = [_mark(m, first, last) for m in group]
    today = mark("lv-time-today", place(as_of, first, last))
    return div(
        "lv-time-row",
        span("lv-time-label", words),
        span("lv-time-said", *said),
        span("lv-track", today, *marks),
    )


def _shared(kind: str, n: int) -> str:
    if kind == "press":
        return tn("{n} article de presse", "{n} articles de presse", n)
    if kind == "replication":
        return tn("{n} réplication", "{n} réplications", n)
    return tn("{n} ressource en open data", "{n} ressources en open data", n)


def _mark(milestone: Milestone, first: date, last: date) -> Html:
    left = place(milestone.start, first, last)
    kind = "" if milestone.timing == "done" else " lv-time-ahead"
    if milestone.precision == "day":
        return mark(f"lv-time-day{kind}", left)
    return mark(
        f"lv-time-span{kind}",
        left,
        place(date.fromordinal(milestone.end.toordinal() + 1), first, last) - left,
    )


def place(day: date, first: date, last: date) -> float:
    """Where a day stands between two others, 0 to 100."""
    whole = last.toordinal() - first.toordinal() + 1
    return round(100 * (day.toordinal() - first.toordinal()) / whole, 2)


def _years(first: date, last: date, as_of: date) -> Html:
    named = [
        span("lv-time-year", str(year), style=f"left:{place(date(year, 1, 1), first, last)}%")
        for year in range(first.year, last.year + 1)
    ]
    return div(
        "lv-time-row lv-time-foot", span("lv-time-label"), span("lv-time-said"), span("lv-track", *named)
    )


def legend(as_of: date) -> Html:
    """What the shapes mean."""
    means = (
        ("lv-time-day", t("connu au jour")),
        ("lv-time-span", t("connu au mois, au semestre ou à l’année : la barre couvre la période")),
        ("lv-time-span lv-time-ahead", t("annoncé")),
    )
    keys = [span("lv-time-key", tag("i", class_=class_), span("", words)) for class_, words in means]
    day = span(
        "lv-time-key",
        tag("i", class_="lv-time-today"),
        span("", t("données au {day}", day=numbers.day(as_of))),
    )
    return join((div("lv-time-legend", *keys, day),))
