"""What spreads and net scores tell: classes of too few, items that some left out, means at a class's end, waves apart."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from metrics.disclosure.findings import Case, Finding, apart, isolates
from metrics.disclosure.grouping import ALIKE
from metrics.disclosure.questions import OWN
from metrics.disclosure.shares import HALF_SHARE, LOOSE, Range, cumulated, range_of, totals_of
from metrics.disclosure.tables import HALF_MEAN, HALF_N, Part, Published, Spread


def in_spreads(case: Case, published: Published, earlier: Sequence[Published]) -> Iterator[Finding]:
    """Yield what the spreads and net scores of a case's measures tell."""
    for spread in published.spreads:
        if spread.measure in case.measures and () in case.unknowns.told:
            found = list(_in_spread(case, published, spread, earlier))
            yield from found[:1]  # the spread must go: once is enough
    for measure in case.measures:
        yield from list(_in_net(case, published, measure))[:1]


def _in_spread(
    case: Case, published: Published, spread: Spread, earlier: Sequence[Published]
) -> Iterator[Finding]:
    part, counts = ("spread", spread.item), case.counts(())
    totals = totals_of(spread, counts, case.k)
    if not totals or not _tells_top2(spread):
        yield case.found_part("contradiction", part, spread.measure, (0, 0))
        return
    left_out = [n - total for n in counts for total in totals if total <= n]
    if left_out and isolates((min(left_out), max(left_out)), case.k):
        n = (min(left_out), max(left_out))
        yield case.found_part("items", part, spread.measure, n, spread.measure)
    marks = cumulated(spread, totals)
    yield from _parts(case, part, spread.measure, marks)
    yield from _mean_of_item(case, spread)
    for before in earlier:
        if before.wave != published.wave:
            yield from _in_waves(case, spread, marks, before)


def _tells_top2(spread: Spread) -> bool:
    """Say whether the share of the two best answers is that of classes at one end: else it parts a class, or lies."""
    if spread.top2 is None:
        return True
    shares = [one.share for one in spread.classes]
    ends = [shares[place:] for place in range(1, len(shares))] + [
        shares[:place] for place in range(1, len(shares))
    ]
    return any(abs(sum(end) - spread.top2) <= HALF_SHARE * (len(end) + 1) + LOOSE for end in ends)


def _parts(case: Case, part: Part, measure: str, marks: dict[float, Range]) -> Iterator[Finding]:
    """Yield the answers between two neighbouring boundaries that must be fewer than k, or none."""
    for (_, under), (_, over) in pairwise(marks.items()):
        n = (max(0, over[0] - under[1]), over[1] - under[0])
        if n[1] < 0:
            yield case.found_part("contradiction", part, measure, (0, 0))
        elif n[1] < case.k:
            yield case.found_part("few", part, measure, n)


def _mean_of_item(case: Case, spread: Spread) -> Iterator[Finding]:
    """An item's mean that its spread cannot give, or only with everybody at one end of each class."""
    cell = case.unknowns.told.get((), {}).get(spread.item)
    first, last = spread.classes[0].low, spread.classes[-1].high
    if cell is None or cell.mean is None or last <= first or spread.measure not in OWN:
        return  # of another scale's items nothing here says which are reversed
    wide = sum(one.share * (one.high - one.low) for one in spread.classes) * 100 / (last - first)
    low = sum(one.share * (one.low - first) for one in spread.classes) * 100 / (last - first)
    slack = HALF_MEAN + 0.5 * len(spread.classes)  # points: each share is told to a whole per cent
    if not low - slack <= cell.mean <= low + wide + slack:
        yield case.found_part("contradiction", ("spread", spread.item), spread.measure, (0, 0))
    elif wide > 2 * slack and not low - slack + ALIKE < cell.mean < low + wide + slack - ALIKE:
        counts = case.counts(())
        yield case.found_part("alike", ("spread", spread.item), spread.measure, (counts[0], counts[-1]))


def _in_waves(case: Case, spread: Spread, marks: dict[float, Range], before: Published) -> Iterator[Finding]:
    """Yield the boundary up to which two waves' answers to an item differ by fewer than k, were all others the same."""
    for old in before.spreads:
        summary = before.summary(old.measure)
        if old.item != spread.item or summary is None:
            continue
        near = list(range(summary.n - HALF_N, summary.n + HALF_N + 1))
        if apart(case.counts(()), near)[0] >= case.k:
            continue  # dozens came or left: a class's difference is nobody in particular
        past = cumulated(old, totals_of(old, near, before.k) or near)
        for cut in list(marks)[1:-1]:
            if cut in past:
                n = apart(list(range(*_open(marks[cut]))), list(range(*_open(past[cut]))))
                if isolates(n, case.k):
                    yield case.found_part("waves", ("spread", spread.item), spread.measure, n, before.wave)


def _open(given: Range) -> tuple[int, int]:
    return given[0], max(given) + 1


def _in_net(case: Case, published: Published, measure: str) -> Iterator[Finding]:
    """A net score whose parts are too few, alone or set against the boundaries of the same question's spread."""
    summary = published.summary(measure)
    if summary is None or summary.net is None or () not in case.unknowns.told:
        return
    net, counts = summary.net, case.counts(())
    against, favour = range_of(net.detractors, counts), range_of(net.promoters, counts)
    marks = {0.0: (0, 0), 1.0: against, 2.0: (counts[0] - favour[1], counts[-1] - favour[0])}
    marks[3.0] = (counts[0], counts[-1])
    yield from _parts(case, ("net", measure), measure, marks)
    for spread in published.spreads:
        if spread.item == measure:
            own = cumulated(spread, totals_of(spread, counts, case.k) or counts)
            for mark in (marks[1.0], marks[2.0]):
                near = [abs_range(mark, cut) for cut in own.values()]
                if not any(n[0] == 0 for n in near) and any(isolates(n, case.k) for n in near):
                    n = next(n for n in near if isolates(n, case.k))
                    yield case.found_part("few", ("net", measure), measure, n)


def abs_range(one: Range, other: Range) -> Range:
    """Return the least and greatest difference of two counts, each known to lie in a range."""
    low, high = one[0] - other[1], one[1] - other[0]
    return (0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
