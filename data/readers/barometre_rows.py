"""The rows of the barometer's files, typed: indicators of the synthesis, dated values of the detail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.readers.cellfault import CellFault
from data.readers.cells import no_error_word
from data.readers.dates import date_of
from data.readers.foreign import Source
from data.readers.numbers import decimal_of
from data.readers.sheet import is_blank
from data.readers.slug import slug
from schemas.fault import Fault
from schemas.headers import plain
from schemas.text import Text

COMMON: dict[str, tuple[str, ...]] = {
    "measure": ("mesure",),
    "indicator": ("indicateur",),
    "published_id": ("id_indicateur",),
    "level": ("maille_geographique", "maille"),
    "unit": ("unite", "unité"),
}
SYNTHESIS: dict[str, tuple[str, ...]] = COMMON | {
    "current": ("valeur_actuelle",),
    "current_on": ("date_valeur_actuelle",),
    "initial": ("valeur_initiale",),
    "initial_on": ("date_valeur_initiale",),
    "target": ("cible", "valeur_cible"),
    "target_on": ("date_cible",),
}
DETAIL: dict[str, tuple[str, ...]] = COMMON | {"date": ("date",), "value": ("valeur",)}
LONGEST_MEASURE = 60  # letters of the measure in a KPI's id
TERRITORIES = frozenset({"code region", "code departement", "libelle region", "libelle departement"})
NATIONAL = frozenset({"national", "nationale", "france"})


@dataclass(frozen=True)
class Indicator:
    """One row of the synthesis. ``id`` is unique, ``series`` is what its dated values share with it."""

    id: str
    series: str
    measure: str
    name: str
    published_id: str | None
    unit: str
    initial: float | None
    initial_on: date | None
    current: float | None
    current_on: date | None
    target: float | None
    target_on: date | None
    source: Source
    at: int


@dataclass(frozen=True)
class Dated:
    """One row of the detail."""

    series: str
    on: date
    value: float
    source: Source
    at: int


def indicators(found: Source, taken: Sequence[str]) -> tuple[list[Indicator], list[Fault]]:
    """Return the national indicators of a synthesis, none under an id of ``taken``, and the sheet's faults."""
    kept, faults = _national(found)
    numbers = {name: _typed(found, name, decimal_of, faults) for name in ("current", "initial", "target")}
    days = {name: _typed(found, name, date_of, faults) for name in ("current_on", "initial_on", "target_on")}
    texts = {name: found.texts(name) for name in COMMON}
    used, met, rows, repeated = set(taken), set(), [], []
    for at in kept:
        measure, name, published = (
            texts[each][at] or "" for each in ("measure", "indicator", "published_id")
        )
        series = slug(f"{measure} {name}")
        repeated += [at] if series in met else []
        id = _free(f"{_short(slug(measure))}_{slug(published or name)}", used)
        used.add(id)
        met.add(series)
        facts = {key: values[at] for key, values in (numbers | days).items()}
        unit = texts["unit"][at] or ""
        rows.append(
            Indicator(id, series, measure, name, published or None, unit, **facts, source=found, at=at)
        )
    return rows, faults + _warnings(found, rows, repeated)


def dated_values(found: Source) -> tuple[list[Dated], list[Fault]]:
    """Return the national dated values of a detail, and the sheet's faults."""
    kept, faults = _national(found)
    values = _typed(found, "value", decimal_of, faults)
    days = _typed(found, "date", date_of, faults)
    measures, names = found.texts("measure"), found.texts("indicator")
    rows = [
        Dated(slug(f"{measures[at]} {names[at]}"), days[at], values[at], found, at)
        for at in kept
        if days[at] is not None and values[at] is not None
    ]
    return rows, faults


def _national(found: Source) -> tuple[list[int], list[Fault]]:
    """Return the positions of the national rows; an error where there is none, a warning where there are others."""
    levels = found.texts("level")
    local = any(plain(title) in TERRITORIES for title in found.sheet.header)
    every = range(len(found.sheet.rows))
    kept = [at for at in every if (not local if levels[at] is None else plain(levels[at] or "") in NATIONAL)]
    others = [at for at in every if at not in set(kept)] if len(kept) < len(every) else []
    if kept:
        message = Text(
            "{count} ligne(s) d'un autre territoire ignorée(s).",
            "{count} row(s) of another territory left out.",
        )
        return kept, found.warning("territory", "level", others, message, NATIONAL_ONLY)
    message = Text("Aucune ligne nationale dans ce fichier.", "No national row in this file.")
    return [], [found.error("territory", 0, "level", None, message, NATIONAL_ONLY)]


def _typed(found: Source, name: str, read: Callable[[Any], Any], faults: list[Fault]) -> list[Any]:
    values: list[Any] = []
    for at, cell in enumerate(found.column(name)):
        values.append(None)
        if is_blank(cell):
            continue
        try:
            if isinstance(cell, str):
                no_error_word(cell)
            values[-1] = read(cell)
        except (CellFault, TypeError) as why:
            faults.append(_unreadable(found, at, name, why))
    return values


def _unreadable(found: Source, at: int, name: str, why: Exception) -> Fault:
    cell = found.column(name)[at]
    if not isinstance(why, CellFault):
        message = Text("« {value} » est d'un autre type.", "“{value}” is of another type.")
        why = CellFault("type", message, Text("Corrigez la cellule.", "Correct the cell."))
    message = Text(*(words.replace("{value}", str(cell)) for words in why.message))
    return found.error(why.rule, at, name, cell, message, why.mend)


def _short(words: str) -> str:
    """Cut a slug after its last whole word within LONGEST_MEASURE letters."""
    return words if len(words) <= LONGEST_MEASURE else words[: LONGEST_MEASURE + 1].rpartition("_")[0]


def _free(id: str, used: set[str]) -> str:
    count = 1
    while (id if count == 1 else f"{id}_{count}") in used:
        count += 1
    return id if count == 1 else f"{id}_{count}"


def _warnings(found: Source, rows: Sequence[Indicator], repeated: Sequence[int]) -> list[Fault]:
    unknown = [row.at for row in rows if row.current is None or row.current_on is None]
    untargeted = [row.at for row in rows if row.target is None]
    twice = Text(
        "{count} ligne(s) répète(nt) une autre (lignes {rows}).",
        "{count} row(s) repeat another (rows {rows}).",
    )
    kept = Text("Elle est gardée, sous un identifiant numéroté.", "It is kept, under a numbered identifier.")
    none = Text(
        "{count} indicateur(s) sans cible (lignes {rows}) : aucun score.",
        "{count} indicator(s) without a target (rows {rows}): no score.",
    )
    blank = Text(
        "{count} indicateur(s) sans valeur actuelle datée (lignes {rows}).",
        "{count} indicator(s) without a dated current value (rows {rows}).",
    )
    shown = Text("La valeur est montrée sans score.", "The value is shown without a score.")
    said = Text("L'indicateur reste sans valeur.", "The indicator stays without a value.")
    return [
        *found.warning("repeated", "indicator", repeated, twice, kept),
        *found.warning("no_target", "target", untargeted, none, shown),
        *found.warning("no_value", "current", unknown, blank, said),
    ]


NATIONAL_ONLY = Text(
    "Seules les valeurs nationales sont lues : importez un fichier « …-national ».",
    "Only national values are read: import a “…-national” file.",
)
