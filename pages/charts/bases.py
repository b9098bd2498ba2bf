"""What a control chart shows: points, the lines of each base, new bases, targets; and the part of it after a day."""

from dataclasses import dataclass, replace
from datetime import date

FLAT = 0.3  # of the whole height: under it the last base cannot be read without a panel of its own


@dataclass(frozen=True)
class Dot:
    """A point: its value in words, what it means ("" for noise), the name of its signal, the numbers of its notes; ``why`` it has
    no value."""

    day: date
    value: float | None
    words: str
    meaning: str = ""
    signal: str = ""
    notes: str = ""
    target: float | None = None
    why: str = ""


@dataclass(frozen=True)
class Base:
    """The lines of one base from its first to its last point; None where the points are too few. Words as they are read."""

    start: date
    end: date
    mean: float
    lower: float | None = None
    upper: float | None = None
    mean_words: str = ""
    lower_words: str = ""
    upper_words: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a chart shows. ``cuts``: first day of each new base and its words; ``target_words`` name the target's dots, or the
    ``band`` aimed at."""

    dots: tuple[Dot, ...]
    bases: tuple[Base, ...]
    cuts: tuple[tuple[date, str], ...] = ()
    target_words: str = ""
    band: tuple[float, float] | None = None


def from_day(sheet: Sheet, first: date) -> Sheet:
    """Return what a chart from a day on shows; bases that began before it are cut there."""
    bases = tuple(replace(b, start=max(b.start, first)) for b in sheet.bases if b.end >= first)
    dots = tuple(dot for dot in sheet.dots if dot.day >= first)
    return replace(sheet, dots=dots, bases=bases, cuts=tuple(cut for cut in sheet.cuts if cut[0] > first))


def last_base(sheet: Sheet) -> date | None:
    """Return the first day of the last base where it is flattened by what came before; None where all can be read."""
    if len(sheet.bases) < 2:
        return None
    low, high = reach(sheet, from_zero=False)
    part = from_day(sheet, sheet.bases[-1].start)
    own_low, own_high = reach(part, from_zero=False)
    is_flat = own_high - own_low < FLAT * (high - low)
    return part.bases[0].start if is_flat and len(part.dots) >= 3 else None


def reach(sheet: Sheet, *, from_zero: bool = True) -> tuple[float, float]:
    """The values the y axis must show; from zero, unless the series lives far from it."""
    values = [v for dot in sheet.dots for v in (dot.value, dot.target) if v is not None]
    values += [v for base in sheet.bases for v in (base.mean, base.lower, base.upper) if v is not None]
    values += list(sheet.band or ())
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if not from_zero or (low > 0 and high - low < 0.25 * low) or low < 0:
        return low - 0.08 * (high - low), high + 0.08 * (high - low)
    return 0.0, high
