"""The figure of a headline claim as its scorecard words it: ``60 j, divisé par 4,0``, ``× 2,0 depuis 2013``."""

import re
from collections.abc import Mapping

from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from pages.texts import said
from pages.texts.numbers import Shown
from pages.texts.units import shown

PLACE = re.compile(r"\{(\w+)\}")


def figure(catalogue: Catalogue, kpi: Kpi, readings: Mapping[str, Reading]) -> Shown | None:
    """A headline KPI's figure in three parts, by the scorecard's own words; None where it has none, or a value lacks."""
    words = said(catalogue.scorecard.shows[kpi.id]) if kpi.id in catalogue.scorecard.shows else ""
    found = {name: _part(catalogue, kpi, readings, name) for name in PLACE.findall(words)}
    parts = {name: part for name, part in found.items() if part is not None}
    if not found or len(parts) < len(found):
        return None
    first = PLACE.search(words)
    assert first is not None
    large = parts[first[1]]
    rest = PLACE.sub(lambda place: _bare(parts[place[1]]), words[first.end() :])
    return Shown(words[: first.start()] + large.before, _sign_off(large.figure), large.after + rest)


def _part(catalogue: Catalogue, kpi: Kpi, readings: Mapping[str, Reading], name: str) -> Shown | None:
    asked = kpi if name == "value" else catalogue.every.get(name)
    reading = readings.get(asked.id) if asked else None
    return shown(reading.value, asked.unit) if asked and reading and reading.value is not None else None


def _bare(part: Shown) -> str:
    """A figure inside a sentence that says itself what it multiplies: ``× 4,0`` -> ``4,0``."""
    return str(Shown(part.before, _sign_off(part.figure), part.after))


def _sign_off(text: str) -> str:
    return text.removeprefix("× ")
