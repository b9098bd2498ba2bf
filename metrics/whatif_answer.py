"""``python -m metrics whatif``: a scenario's file read, its answer for a terminal. For programs there is --json."""

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from metrics import fields, figures, yamlfile
from metrics.answering import Answer, ask_date
from metrics.chance import telling
from metrics.chance.futures import futures
from metrics.clipped import clipped
from metrics.console import STATUS
from metrics.definitions import Catalogue
from metrics.reading import Reading
from metrics.refusing import BadEntry
from metrics.results import Engine
from metrics.scenario import Scenario, from_data
from metrics.wellbeing_effect import effect
from metrics.whatif import Comparison, Line, as_json, compare
from schemas.text import Text

UNREADABLE = Text("Ce fichier ne se lit pas : {name}.", "This file cannot be read: {name}.")
A_FILE = Text("Donnez un fichier YAML de scénario.", "Give a YAML file of a scenario.")
MOVED = Text(
    "Scénario au {day} : {moved} indicateurs sur {all} bougent.",
    "Scenario on {day}: {moved} of {all} KPIs move.",
)


def parser(commands: Any) -> argparse.ArgumentParser:
    """Add the command and return its parser."""
    found: argparse.ArgumentParser = commands.add_parser(
        "whatif", help="Calculer un scénario, sans rien enregistrer."
    )
    found.add_argument("scenario", metavar="SCENARIO.yml", help="les hypothèses et leurs valeurs")
    ask_date(found, "celle du scénario, sinon des données")
    found.add_argument(
        "--horizon",
        type=date.fromisoformat,
        metavar="AAAA-MM-JJ",
        help="échéance des avenirs (31 décembre de l'année par défaut)",
    )
    return found


def document(path: str) -> Mapping[str, Any]:
    """Return the data of a scenario's file. Raises BadEntry for one that is no YAML mapping."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadEntry(UNREADABLE.format(name=Path(path).name), A_FILE) from error
    return yamlfile.document(text)


def read(
    raw: Mapping[str, Any], asked: date | None, known: date, catalogue: Catalogue
) -> tuple[Scenario, date]:
    """Return the scenario of a file's data, and its date: the one asked for, its own, or the data's. Raises BadEntry."""
    as_of = asked or fields.day(raw, "as_of", {}) or known
    return from_data(raw, as_of, catalogue.parameters), as_of


def answer(engine: Engine, catalogue: Catalogue, known: date, asked: argparse.Namespace) -> Answer:
    """Compute a scenario's file beside the base, at the date asked for, its own or the data's (``known``). Raises BadEntry."""
    scenario, as_of = read(document(asked.scenario), asked.as_of, known, catalogue)
    told = compare(engine, catalogue, scenario, as_of)
    base, other = (futures(engine, catalogue, one, as_of, asked.horizon) for one in (Scenario(), scenario))
    said = (*lines(catalogue, told, asked.lang), *telling.lines(catalogue, base, other, asked.lang))
    return Answer(as_json(told) | _assumed(engine, catalogue, told) | telling.as_json(base, other), said)


def _assumed(engine: Engine, catalogue: Catalogue, told: Comparison) -> dict[str, Any]:
    """Return what is assumed of well-being, and what the law's clip did to the plans."""
    felt = effect(told, catalogue.parameters)
    plans = clipped(engine, catalogue, told.scenario, told.as_of)
    return {"wellbeing": felt.as_json() if felt else None, "clipped": [one.as_json() for one in plans]}


def lines(catalogue: Catalogue, found: Comparison, lang: str) -> list[str]:
    """Return what moved, from what it is to what it would be, for a terminal."""
    head = MOVED.format(day=found.as_of.isoformat(), moved=len(found.moved), all=len(found.lines)).get(lang)
    return [head, *(_line(catalogue, line, lang) for line in found.moved)]


def _line(catalogue: Catalogue, line: Line, lang: str) -> str:
    label = catalogue.every[line.kpi].label.get(lang)
    sides = " -> ".join(_value(side, lang) for side in (line.base, line.scenario))
    return f"{line.base.code:5} {label}: {sides} ({STATUS[line.scenario.status].get(lang)})"


def _value(reading: Reading, lang: str) -> str:
    return (
        f"- ({reading.reason})"
        if reading.value is None
        else figures.value(reading.value, reading.unit).get(lang)
    )
