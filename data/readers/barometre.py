"""The national « baromètre des résultats de l'action publique »: a published scorecard, with its own catalogue.

The synthesis (one row an indicator: initial value, current value, target) gives the values of the KPIs and the YAML of
a catalogue. The detail (dated values) completes the series of the indicators of a synthesis read in the same import.
What was decided:

- a KPI's id is made of its measure and its published id, for published ids repeat; where both repeat it is numbered (``_2``);
- a value's period is the month of its date; an initial value without a date is only the floor of the KPI;
- ``floor`` is the initial value, ``target`` the target, ``direction`` the sign of their difference on the national row;
  without a target there is neither, hence no score; an initial value equal to the target gives no floor;
- the detail never speaks against the synthesis: of the indicators whose dated values contradict it (monthly flows beside
  a yearly value) nothing is kept, and values after the synthesis' current one are left out;
- only national rows are read: another territory's values would bear the same ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.readers.barometre_catalogue import catalogue_files
from data.readers.barometre_rows import DETAIL, SYNTHESIS, Dated, Indicator, dated_values, indicators
from data.readers.barometre_series import batches
from data.readers.batch import BoundCatalogue, Parsed
from data.readers.files import Refused, read_sheets
from data.readers.foreign import Source, source, titles
from data.readers.refused import fault, shown_name
from schemas.fault import Fault
from schemas.text import Text

NAME = "barometre"
TITLE = Text("Baromètre des résultats de l'action publique", "Barometer of public action results")
FILLS: tuple[str, ...] = ("kpi_values",)


@dataclass
class _Read:
    """What the files of one import said so far."""

    indicators: list[Indicator] = field(default_factory=list)
    details: list[Dated] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(files: Sequence[tuple[str, bytes]]) -> Parsed:
    """Read a synthesis, with or without its detail, into kpi_values and a catalogue of YAML texts."""
    seen = _Read()
    for name, content in files:
        _read_file(seen, shown_name(name), name, content)
    if seen.details and not seen.indicators:
        seen.faults.append(_detail_alone(seen.details[0].source))
    if not seen.indicators:
        return Parsed(faults=seen.faults)
    found, faults = batches(seen.indicators, seen.details)
    return Parsed(found, seen.faults + faults, BoundCatalogue(files=catalogue_files(seen.indicators)))


def _read_file(seen: _Read, file: str, name: str, content: bytes) -> None:
    try:
        sheets = read_sheets(name, content, [titles(SYNTHESIS), titles(DETAIL)])
    except Refused as refused:
        seen.faults += refused.faults
        return
    known = 0
    for sheet in sheets:
        summary, detail = source(sheet, SYNTHESIS), source(sheet, DETAIL)
        if sheet.hidden or not sheet.rows:
            continue
        if _has(summary, "measure", "indicator", "current", "current_on"):
            found, faults = indicators(summary, [each.id for each in seen.indicators])
            seen.indicators += found
        elif _has(detail, "measure", "indicator", "value", "date"):
            dated, faults = dated_values(detail)
            seen.details += dated
        else:
            continue
        seen.faults += faults
        known += 1
    if not known:
        seen.faults.append(_not_the_barometer(file))


def _has(found: Source, *names: str) -> bool:
    return all(name in found.places for name in names)


def _detail_alone(found: Source) -> Fault:
    message = Text(
        "Ce fichier de détail est seul : ses valeurs mensuelles ne peuvent pas être rapprochées de la synthèse.",
        "This detail file is alone: its monthly values cannot be checked against the synthesis.",
    )
    mend = Text(
        "Importez ensemble la synthèse et le détail ; si la synthèse est déjà importée, annulez d'abord cet import.",
        "Import the synthesis and the detail together; if the synthesis is already stored, undo that import first.",
    )
    return fault("detail_alone", message, mend, file=found.sheet.file, sheet=found.sheet.sheet)


def _not_the_barometer(file: str) -> Fault:
    message = Text(
        "Ce n'est ni la synthèse ni le détail du baromètre : les colonnes mesure, indicateur, valeur_actuelle et date_valeur_actuelle manquent.",
        "This is neither the barometer's synthesis nor its detail: the columns mesure, indicateur, valeur_actuelle and date_valeur_actuelle are missing.",
    )
    mend = Text(
        "Importez « barometre-resultats-synthese-national.csv ».",
        "Import “barometre-resultats-synthese-national.csv”.",
    )
    return fault("required", message, mend, file=file)
