"""Figures as a reader types them, in the unit that screens show: ``60 %`` is 0.6, ``15 M€`` is 15,000,000."""

import re

from pages.texts import language

MULTIPLES = {"k": 1e3, "M": 1e6, "Md": 1e9, "bn": 1e9, "m": 1e6}  # m: an English million
NUMBER = re.compile(r"^([-−+]?)(\d+(?:[.,]\d+)?)(Md|bn|[kMm])?$")
SIGNS = ("€", "EUR", "euros", "euro", "%")


def entered(text: str, unit: str) -> float | None:
    """Return a typed figure in the base unit; None for nothing typed. Raises ValueError for what is no figure.

    Spaces may part thousands and a comma or a point the decimals; ``k``, ``M`` and ``Md`` multiply euros. A ratio is
    typed in per cent, with its sign or without.
    """
    bare = re.sub(r"\s", "", text)
    if not bare:
        return None
    if ("%" in bare and unit != "ratio") or (re.search("€|EUR|euro", bare) and not unit.startswith("eur")):
        raise ValueError(text)
    for sign in (*SIGNS, "jours", "jour", "ans", "an", "days", "years"):
        bare = bare.removesuffix(sign).removeprefix(sign)
    found = NUMBER.match(bare.removeprefix("×"))
    if not found or (found[3] and unit != "eur"):
        raise ValueError(text)
    size = float(found[2].replace(",", ".")) * MULTIPLES.get(found[3] or "", 1.0)
    size = round(size, 6)  # 2,3 M is 2,300,000 and not 2,299,999.9999999995
    size /= 100 if unit == "ratio" else 1
    return -size if found[1] in ("-", "−") else size


def typed(value: float | None, unit: str) -> str:
    """Return a value as it would be typed, in plain characters: what a field is filled with."""
    if value is None:
        return ""
    if unit == "eur" and value and abs(value) >= 1e6 and round(value / 1e4) * 1e4 == value:
        return f"{_plain(value / 1e6)} M"
    return _plain(100 * value if unit == "ratio" else value)


def _plain(value: float) -> str:
    bare = f"{value:.6f}".rstrip("0").rstrip(".")
    return bare if language() == "en" else bare.replace(".", ",")


def sign(unit: str) -> str:
    """Return the sign that stands beside a field of a unit, "" for none."""
    return {"ratio": "%", "eur": "€", "eur_per_eur": "€/€", "days": "j", "years": "ans"}.get(unit, "")
