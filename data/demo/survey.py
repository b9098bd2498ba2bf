"""Two anonymous waves of the staff survey: the audit of 2013 and 2015, 352 answers out of 640."""

from random import Random
from typing import Any, NamedTuple

from data.demo.staff import CELLS, NOW
from data.demo.town import DIRECTORATE_GROUPS, Row, stream

WHO5 = tuple(f"who5_{item}" for item in range(1, 6))
QWL = tuple(f"qwl_{item}" for item in range(1, 7))
ANSWER_RATE = {"A": 0.8, "B": 0.68, "C": 0.49}


class Wave(NamedTuple):
    """What a wave looked like: answers, promoters, detractors, and the mean of an item of each scale."""

    name: str
    answers: int
    promoters: int
    detractors: int
    who5_mean: float
    qwl_mean: float
    share: float


# The second wave's promoters and detractors round to 32 % and 24 %: a net score of +8.
WAVES = (
    Wave("2013-audit", 287, 63, 92, 2.62, 2.95, 0.8),
    Wave("2015", 352, 113, 85, 3.02, 3.56, 1.0),
)
INCOMPLETE, NOT_STATED = 0.025, 0.02


def _strata() -> dict[tuple[str, str, str], int]:
    """Return the headcount of every group, category and sex (the smaller headcounts of 2013 are within 3)."""
    heads: dict[tuple[str, str, str], int] = {}
    for group, directorates in DIRECTORATE_GROUPS.items():
        for place, (category, sex) in enumerate(CELLS):
            heads[group, category, sex] = sum(NOW[name][place] for name in directorates if name in NOW)
    return heads


def _respondents(rng: Random, wave: Wave) -> list[tuple[str, str, str]]:
    """Draw who answers, within the headcount of each stratum."""
    drawn: list[tuple[str, str, str]] = []
    pool: list[tuple[str, str, str]] = []
    for stratum, heads in _strata().items():
        most = max(0, heads - 3)
        sure = min(most, int(heads * ANSWER_RATE[stratum[1]] * wave.share))
        drawn += [stratum] * sure
        pool += [stratum] * (most - sure)
    rng.shuffle(drawn)
    rng.shuffle(pool)
    return (drawn + pool)[: wave.answers] if len(drawn) < wave.answers else drawn[: wave.answers]


def _item(rng: Random, mean: float, mood: float, low: int, high: int) -> int:
    return max(low, min(high, round(mean + mood + rng.gauss(0, 0.75))))


def _recommend(rng: Random, rank: int, wave: Wave) -> int:
    """Turn a rank by mood into 9-10 for the promoters, 0-6 for the detractors, 7-8 for the others."""
    if rank < wave.promoters:
        return rng.choice((9, 9, 10))
    if rank >= wave.answers - wave.detractors:
        return rng.choice((6, 6, 5, 5, 5, 4, 4, 3, 2, 0))
    return rng.choice((7, 8))


def _answer(rng: Random, wave: Wave, stratum: tuple[str, str, str], mood: float) -> Row:
    """Return the items of one answer; a few leave an item, or say nothing of themselves."""
    group, category, sex = stratum
    known: tuple[Any, ...] = (group, category, sex) if rng.random() > NOT_STATED else (None, None, None)
    items: Row = {name: _item(rng, wave.who5_mean, mood * 1.1, 0, 5) for name in WHO5}
    items |= {name: _item(rng, wave.qwl_mean, mood * 0.7, 1, 5) for name in QWL}
    if rng.random() < INCOMPLETE:
        items[rng.choice((*WHO5, *QWL))] = None
    return dict(zip(("directorate_group", "category", "sex"), known, strict=True)) | items


def _wave(wave: Wave) -> list[Row]:
    """Return a wave's answers sorted by their random identifiers, so that the order says nothing."""
    rng = stream(f"survey {wave.name}")
    people = _respondents(rng, wave)
    moods = [rng.gauss(0, 0.9) for _ in people]
    by_mood = sorted(range(len(people)), key=lambda place: -(moods[place] + rng.gauss(0, 0.5)))
    ranks = {place: rank for rank, place in enumerate(by_mood)}
    ids = rng.sample(range(16**6, 16**7), len(people))
    rows = []
    for place, stratum in enumerate(people):
        head = {"wave": wave.name, "answer_id": f"R{ids[place]:x}"}
        answer = _answer(rng, wave, stratum, moods[place])
        rows.append(head | answer | {"recommend": _recommend(rng, ranks[place], wave)})
    return sorted(rows, key=lambda row: row["answer_id"])


def survey_answers() -> list[Row]:
    """Return the answers of both waves."""
    return [row for wave in WAVES for row in _wave(wave)]
