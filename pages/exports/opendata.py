"""Published readings as open data: CSV and JSON with the same keys in every language, definitions, schema, licence; one zip.

Nothing is in it that screens do not publish: surveys speak by their frozen lists alone, and what rests on too few to be
judged, or is suppressed, has no figure at all.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from metrics import cascade, moment, stored, surveys
from metrics.compute import DIMENSION
from metrics.definitions import Catalogue, Kpi
from metrics.reading import Reading
from metrics.states import State
from metrics.words import formula, period
from pages.exports.csvfile import to_csv
from pages.exports.opendata_words import FIELDS, readme, schema

HIDDEN = frozenset({"suppressed", "few"})  # reasons of what is told by no figure outside
NEVER = frozenset({"no_data", "before_base"})  # reasons of what was not known yet: only the last date says so
FIGURES = ("value", "numerator", "denominator", "n", "low", "high", "coverage", "score", "target")
EPOCH = (1980, 1, 1, 0, 0, 0)  # the format's first moment: the same data make the same bytes


def write(state: State) -> bytes:
    """Return the zip: readings.csv, readings.json, definitions.json, schema.json and a page to read, in the run's language."""
    rows = [row(one) for one in published(state)]
    card = state.catalogue.scorecard
    head = {
        "town": card.town,
        "as_of": state.as_of.isoformat(),
        "licence": {"fr": card.licence.fr, "en": card.licence.en},
    }
    files = {
        "readings.csv": to_csv(list(FIELDS), ([one[name] for name in FIELDS] for one in rows), "en"),
        "readings.json": _json(head | {"readings": rows}),
        "definitions.json": _json(head | {"kpis": [definition(kpi) for kpi in _kpis(state.catalogue)]}),
        "schema.json": _json(schema()),
        "README.md": readme(card, state.as_of, len(rows)).encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            told = zipfile.ZipInfo(name, EPOCH)
            told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            book.writestr(told, content)
    return out.getvalue()


def _kpis(catalogue: Catalogue) -> list[Kpi]:
    """The scorecard's KPIs and the directorates' own; what is only shown beside another one is left out."""
    return [kpi for kpi in catalogue.every.values() if not kpi.companion_of]


def published(state: State) -> list[Reading]:
    """Return what is published up to the state's date: town first, then each directorate, by KPI and date.

    A past date of which nothing was known has no row.
    """
    waves = _waves(state)
    found: list[Reading] = []
    for scope in (state.scope,) if state.scope else ("", *stored.scopes(state.engine)):
        here = moment.readings(state.engine, state.catalogue, state.as_of, scope)
        for kpi in _kpis(state.catalogue):
            if scope and DIMENSION not in kpi.by and kpi.directorate != scope:
                continue
            past = moment.series(state.engine, state.catalogue, kpi.id, scope, state.as_of)
            told = {one.period: one for one in past if one.reason not in NEVER}
            now = here.get(kpi.id)
            if now and not (
                kpi.has_own_periods and now.period in told
            ):  # such a value is of its period's own date
                told[now.period] = now
            found += [
                cascade.careful(kpi, one) for wave, one in told.items() if not kpi.is_survey or wave in waves
            ]
    return protected(found)


def protected(readings: Sequence[Reading]) -> list[Reading]:
    """Return readings without the figures of those that rest on too few, in their order.

    The town less all other directorates would be the one that is hidden: where it is alone, the smallest other one is hidden
    too, "suppressed".
    """
    parts: dict[tuple[str, str], list[Reading]] = {}
    for one in readings:
        if one.scope:
            parts.setdefault((one.kpi, one.period), []).append(one)
    extra = {id(one) for one in map(_second, parts.values()) if one is not None}
    return [hidden(replace(one, reason="suppressed") if id(one) in extra else one) for one in readings]


def _second(same: Sequence[Reading]) -> Reading | None:
    """The smallest directorate with a value, where exactly one of the others is hidden."""
    shown = [one for one in same if one.reason not in HIDDEN and one.value is not None]
    if len([one for one in same if one.reason in HIDDEN]) != 1 or not shown:
        return None
    return min(
        shown,
        key=lambda one: (one.denominator if one.denominator is not None else one.n or 0, str(one.scope)),
    )


def _waves(state: State) -> frozenset[str]:
    """The surveys whose lists are frozen."""
    if surveys.VIEW not in state.engine.relations:
        return frozenset()
    told = surveys.told(state.engine, state.catalogue, state.engine.relations)
    return frozenset(one.published.wave for one in told if one.held_on <= state.as_of)


def hidden(reading: Reading) -> Reading:
    """A reading without any figure where it rests on too few or is suppressed; its reason stays."""
    if reading.reason not in HIDDEN:
        return reading
    return replace(reading, status="unknown", variation=None, assurance=None, **dict.fromkeys(FIGURES))  # type: ignore[arg-type]


def row(reading: Reading) -> dict[str, Any]:
    """A reading by the keys of FIELDS; unknown is None, dates are ISO text."""
    known = reading.as_json()
    return {name: reading.scope.get(DIMENSION) if name == "directorate" else known[name] for name in FIELDS}


def definition(kpi: Kpi) -> dict[str, Any]:
    """What a KPI is: names, unit, direction, goal, formula in words and in SQL, in both languages."""
    said, rows = formula(kpi), period(kpi)
    return {
        "kpi": kpi.id,
        "code": kpi.code,
        "label": _both(kpi.label),
        "objective": kpi.objective,
        "directorate": kpi.directorate or None,
        "unit": kpi.unit,
        "direction": kpi.direction,
        "frequency": kpi.frequency,
        "target": kpi.target,
        "floor": kpi.floor,
        "band": list(kpi.band) if kpi.band else None,
        "formula": _both(said),
        "rows": _both(rows),
        "from": kpi.source,
        "sql": kpi.sql,
        "note": _both(kpi.note),
        "owner": kpi.owner or None,
        "version": kpi.version,
    }


def _both(text: Any) -> Mapping[str, str]:
    return {"fr": text.fr, "en": text.en}


def _json(document: Mapping[str, Any]) -> bytes:
    """A document of one list: its head, then one line for each entry of the list."""
    *head, (name, entries) = document.items()
    facts = "".join(f"{_text(key)}: {_text(value)},\n" for key, value in head)
    lines = ",\n".join(map(_text, entries))
    return f"{{{facts}{_text(name)}: [\n{lines}\n]}}\n".encode()


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
