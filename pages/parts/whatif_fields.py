"""A driver's parameter as a hand moves it: in percent, months or thousands of euros, and what is said of a value that cannot be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, log10

from metrics.drivers import NUMERIC, RATIOS, WHOLE, Asked
from metrics.moving import Value
from pages.texts import language, numbers, said, t


@dataclass(frozen=True)
class Scale:
    """How a kind is shown: what a stored value is multiplied by, the sign after it."""

    factor: float = 1.0
    sign: str = ""


def scale(asked: Asked) -> Scale:
    """The scale of a numeric parameter."""
    made: Mapping[str, Scale] = {
        "share": Scale(100, "%"),
        "change": Scale(100, "%"),
        "eur": Scale(0.001, t("k€")),
        "months": Scale(1, t("mois")),
        "days": Scale(1, t("j")),
    }
    return made.get(asked.kind, Scale())


def is_number(asked: Asked) -> bool:
    """Say whether a parameter is a number that moves."""
    return asked.kind in NUMERIC


def shown(asked: Asked, value: float) -> float | int:
    """A stored value as it is shown: 0.2 of a share is 20."""
    found = round(float(value) * scale(asked).factor, 6)
    return round(found) if asked.kind in WHOLE else found


def stored(asked: Asked, typed: float) -> float:
    """A shown value as it is stored."""
    return round(float(typed) / scale(asked).factor, 12)


def step(asked: Asked) -> float | int:
    """One press of an arrow: a point, a month; of other numbers a hundredth of their range, rounded to 1, 2 or 5."""
    if asked.kind in WHOLE:
        return 1
    if asked.kind in RATIOS or asked.least is None or asked.most is None:
        return 1.0
    aim = (asked.most - asked.least) * scale(asked).factor / 100
    power = 10.0 ** floor(log10(aim))
    return next(power * one for one in (1, 2, 5, 10) if power * one >= aim * 0.999)


def label(asked: Asked) -> str:
    """A field's label, with the unit that is typed."""
    words, sign = said(asked.label), scale(asked).sign if is_number(asked) else ""
    return t("{label} ({unit})", label=words, unit=sign) if sign and not words.endswith(")") else words


def words(asked: Asked, value: float) -> str:
    """A stored number in words: ``20 %``, ``3 mois``."""
    sign = scale(asked).sign
    return f"{numbers.plain(shown(asked, value))}{numbers.NBSP if sign else ''}{sign}"


def written(value: float) -> str:
    """A shown number as it is typed in the run's language, to a thousandth as the slider says it: ``33,3``, ``2015``."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if language() == "en" else text.replace(".", ",")


def read(asked: Asked, typed: str) -> float | None:
    """A typed number, its decimals after a comma or a point, its thousands apart or not; None where it is none."""
    text = re.sub(r"[\s%€]", "", typed).replace("−", "-")
    if language() == "en":
        text = re.sub(r",(?=\d{3}(\D|$))", "", text)
    text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", text):
        return None
    value = float(text)
    return None if asked.kind in WHOLE and not value.is_integer() else value


def unread(asked: Asked, typed: str, kept: Value | None) -> str:
    """What is said beside a field of letters that make no number: an example, and that nothing changed."""
    whole = asked.kind in WHOLE
    told = t(
        "« {typed} » ne se lit pas : écrivez un nombre, {like}.",
        typed=typed.strip(),
        like=written(12 if whole else 12.5),
    )
    if not isinstance(kept, (int, float)):
        return told
    return t("{bounds} La valeur reste {kept}.", bounds=told, kept=words(asked, float(kept)))


def refused(asked: Asked, typed: float, kept: Value | None) -> str:
    """What is said beside a field of a number that cannot be: the bounds, and that nothing changed."""
    told = words(asked, stored(asked, typed))
    if asked.least is None or asked.most is None:
        return t("{typed} n’est pas admis.", typed=told)
    bounds = t(
        "{typed} n’est pas admis : de {least} à {most}.",
        typed=told,
        least=words(asked, asked.least),
        most=words(asked, asked.most),
    )
    if not isinstance(kept, (int, float)):
        return bounds
    return t("{bounds} La valeur reste {kept}.", bounds=bounds, kept=words(asked, float(kept)))
