"""The national list of State investment grants to communes (DETR, DSIL and their kin), one year a file.

One row of the list gives a project and the line that finances it; the State is the one partner, each grant (DOT) a
programme. What the list does not say stays unknown: own funds, objective, directorate, dates, requested amount. What
was decided:

- the list only knows the year, read from IDENTIFIANT, else from the sheet's or the file's name: ``awarded_on`` is 31
  December of it, so that a year's grants belong to that year and the data date is its last day;
- a missing cost stays unknown, a zero cost stays zero; amounts with more than two decimals are rounded to the cent,
  half to even, and counted in a warning;
- LEVIER (subsidy over cost) is not leverage and is not read, nor are names of places, coordinates and population;
- a grant above its cost or above 80 % of it is told by the cross-table rules (6 and 8), not here;
- Corsica's 20A and 20B are written 2A and 2B, codes are text with their leading zeros;
- a project without a description is named after its beneficiary.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from data.readers.batch import Batch, BoundCatalogue, Parsed, row_numbers
from data.readers.cells import as_series
from data.readers.detr_dsil_money import euros
from data.readers.detr_dsil_words import departement_of, programme_of, territories, titles_of, year_of
from data.readers.files import Refused, read_sheets
from data.readers.foreign import Source, source, titles
from data.readers.refused import fault, shown_name
from data.readers.themes import merged
from schemas.fault import Fault
from schemas.tables import TABLES
from schemas.text import Text

NAME = "detr_dsil"
TITLE = Text("Subventions d'investissement de l'État (DETR, DSIL)", "State investment grants (DETR, DSIL)")
FILLS: tuple[str, ...] = ("programmes", "partners", "projects", "financings")
CATALOGUE = "detr_dsil"

COLUMNS: dict[str, tuple[str, ...]] = {
    "id": ("IDENTIFIANT", "ID", "Identifiant projet"),
    "programme": ("DOT", "DOTATION", "DISPOSITIF", "Type de dotation"),
    "level": ("ECHELON",),
    "departement": ("INSEEDEP", "DEP", "CODDEP", "Code département", "Département"),
    "commune": ("INSEECOM", "Code commune"),
    "epci": ("INSEEEPCI", "INSEEPCI", "Code EPCI"),
    "territory": ("CODGEO", "Code géographique"),
    "beneficiary": ("BENEFICIAIRE", "Nom du bénéficiaire"),
    "number": ("NUMCATEGORIE", "NUM_CATEGORIE", "Numéro de catégorie"),
    "theme": ("CATEGORIE", "CATGEORIE", "THEME", "THEMATIQUE"),
    "title": ("DESCRIPTION", "INTITULE", "LIBELLE", "Intitulé du projet", "Description du projet"),
    "cost": ("COUT", "COUT_TOTAL", "Coût total de l'opération", "Coût total"),
    "award": ("SUBVENTION", "MONTANT_SUBVENTION", "Montant de la subvention"),
}
NEEDED = ("id", "programme", "award")

STATE = {"partner_id": "ETAT", "name": "État", "kind": "state", "sector": "public"}
# First year of each grant (finance acts for 2011, 2015, 2016 and 2019); another one has no known beginning.
SINCE = {"DETR": 2011, "DPV": 2015, "DSIL": 2016, "DSID": 2019}
SOMETIME = 2000  # a grant whose beginning is not known: one date, whatever year first names it
STATE_FAMILY = frozenset({"DETR", "DSIL", "DPV", "DSID"})
LACKING: dict[str, frozenset[str]] = {
    "programmes": frozenset(),
    "partners": frozenset({"joined_on"}),
    "projects": frozenset(
        {"objective", "lead_directorate", "opened_on", "total_cost_amount", "own_funds_amount"}
    ),
    "financings": frozenset({"requested_amount", "requested_on"}),
}


def read(files: Sequence[tuple[str, bytes]]) -> Parsed:
    """Read the lists of one or several years; faults are in euros, rows and titles of the file."""
    parsed = Parsed(catalogue=BoundCatalogue(shipped=CATALOGUE))
    for name, content in files:
        try:
            sheets = read_sheets(name, content, [titles(COLUMNS)])
        except Refused as refused:
            parsed.faults += refused.faults
            continue
        seen = [source(sheet, COLUMNS) for sheet in sheets if not sheet.hidden]
        lists = [each for each in seen if all(column in each.places for column in NEEDED) and each.sheet.rows]
        parsed.faults += [] if lists else [_not_the_list(shown_name(name), seen)]
        for each in lists:
            _read_list(parsed, each)
    return parsed


def _read_list(parsed: Parsed, found: Source) -> None:
    years = [year_of(found, words) for words in found.texts("id")]
    costs, cost_faults = euros(found, "cost")
    awards, award_faults = euros(found, "award")
    programmes = [programme_of(words) for words in found.texts("programme")]
    parsed.faults += cost_faults + award_faults + _faults(found, years, costs)
    projects: dict[str, list] = {
        "project_id": found.texts("id"),
        "title": titles_of(found),
        "theme": merged(found.texts("number"), found.texts("theme")),
        "total_cost_amount": costs,
        "territory_code": territories(found),
        "departement": [departement_of(words) for words in found.texts("departement")],
    }
    lines: dict[str, list] = {
        "financing_id": projects["project_id"],
        "project_id": projects["project_id"],
        "partner_id": [STATE["partner_id"]] * len(years),
        "programme": programmes,
        "nature": ["grant"] * len(years),
        "awarded_amount": awards,
        "awarded_on": [None if year is None else pd.Timestamp(date(year, 12, 31)) for year in years],
    }
    parsed.batches += [
        *_once(parsed, _programmes(found, programmes)),
        *_once(parsed, _batch(found, "partners", {name: [value] for name, value in STATE.items()}, [0])),
        _batch(found, "projects", projects, range(len(years))),
        _batch(found, "financings", lines, range(len(years))),
    ]


def _once(parsed: Parsed, batch: Batch) -> list[Batch]:
    """Return the batch without the rows that an earlier file of the same import gave; nothing if none is left."""
    key = TABLES[batch.table].key[0]
    earlier = {value for each in parsed.batches if each.table == batch.table for value in each.frame[key]}
    fresh = ~batch.frame[key].isin(earlier).to_numpy(dtype=bool)
    if not fresh.any():
        return []
    return [replace(batch, frame=batch.frame[fresh].reset_index(drop=True), rows=batch.rows[fresh])]


def _batch(found: Source, table: str, values: dict[str, list], at: Sequence[int]) -> Batch:
    """Build a batch from lists of typed values, ``at`` giving the position of each row in the sheet."""
    empty = [None] * len(at)
    frame = pd.DataFrame({c.name: as_series(values.get(c.name, empty), c) for c in TABLES[table].columns})
    rows = row_numbers([found.sheet.row_numbers[each] for each in at])
    return Batch(table, frame, found.sheet.file, found.sheet.sheet, rows, LACKING[table])


def _programmes(found: Source, names: Sequence[str | None]) -> Batch:
    """Return one row for each grant, from the first row of the list that bears it."""
    first = {name: at for at, name in reversed(list(enumerate(names))) if name is not None}
    order = sorted(first, key=lambda name: first[name])
    values: dict[str, list] = {
        "programme": order,
        "valid_from": [pd.Timestamp(date(SINCE.get(name, SOMETIME), 1, 1)) for name in order],
        "family": ["detr_dsil_dpv" if name in STATE_FAMILY else "other" for name in order],
        "is_public": [True] * len(order),
    }
    return _batch(found, "programmes", values, [first[name] for name in order])


def _faults(found: Source, years: Sequence[int | None], costs: Sequence[float | None]) -> list[Fault]:
    """Return what the list leaves unknown, each said once with its rows, and rows that belong to no year."""
    faults: list[Fault] = []
    for at in [at for at, year in enumerate(years) if year is None][:1]:
        message = Text("année inconnue.", "unknown year.")
        mend = Text(
            "Nommez la feuille ou le fichier avec l'année : Projets_DI_2018.",
            "Name the sheet or the file with the year: Projets_DI_2018.",
        )
        faults.append(found.error("year", at, "id", found.column("id")[at], message, mend))
    unknown = [at for at, cell in enumerate(found.column("cost")) if cell is None]
    zero = [at for at, cost in enumerate(costs) if cost == 0]
    undescribed = [at for at, words in enumerate(found.texts("title")) if words is None]
    no_rate = Text(
        "Ces lignes n'entrent pas dans le taux de subvention.", "These rows are left out of the subsidy rate."
    )
    named = Text("Le projet porte le nom de son bénéficiaire.", "The project bears its beneficiary's name.")
    faults += found.warning(
        "unknown_cost",
        "cost",
        unknown,
        Text("{count} coût(s) inconnu(s) (lignes {rows}).", "{count} unknown cost(s) (rows {rows})."),
        no_rate,
    )
    faults += found.warning(
        "zero_cost",
        "cost",
        zero,
        Text("{count} coût(s) nul(s) (lignes {rows}).", "{count} zero cost(s) (rows {rows})."),
        no_rate,
    )
    faults += found.warning(
        "untitled",
        "title",
        undescribed,
        Text(
            "{count} description(s) vide(s) (lignes {rows}).", "{count} empty description(s) (rows {rows})."
        ),
        named,
    )
    return faults


def _not_the_list(file: str, seen: Sequence[Source]) -> Fault:
    """Say which columns of the list the file lacks."""
    best = max(seen, key=lambda each: len(each.places), default=None)
    missing = [COLUMNS[name][0] for name in NEEDED if best is None or name not in best.places]
    if not missing:
        message = Text("Aucune ligne sous l'en-tête.", "No row below the header.")
    else:
        message = Text(
            f"Ce n'est pas la liste des subventions de l'État : il manque la colonne {', '.join(missing)}.",
            f"This is not the list of State grants: the column {', '.join(missing)} is missing.",
        )
    mend = Text(
        "Importez le fichier « Projets_DI_<année> » publié par l'État, en .ods, .xlsx ou CSV.",
        "Import the file “Projets_DI_<year>” published by the State, as .ods, .xlsx or CSV.",
    )
    sheet = best.sheet.sheet if best else None
    return fault(
        "required", message, mend, file=file, sheet=sheet, row=best.sheet.header_row if best else None
    )
