"""``python -m metrics choose``: a choice's file read, the best set of projects. For programs there is --json."""

import argparse
from datetime import date
from typing import Any

from metrics import fields, whatif, whatif_answer
from metrics.answering import Answer, ask_date, ask_scenario
from metrics.choosing.document import document
from metrics.choosing.reading import read
from metrics.choosing.solving import choose
from metrics.choosing.telling import lines
from metrics.definitions import Catalogue
from metrics.results import Engine

IMPOSSIBLE = 1  # the exit code where no set keeps every rule


def parser(commands: Any) -> argparse.ArgumentParser:
    """Add the command and return its parser."""
    found: argparse.ArgumentParser = commands.add_parser(
        "choose", help="Choisir les projets sous contraintes de fonds propres et d'ETP."
    )
    found.add_argument("choice", metavar="CHOIX.yml", help="candidats, budgets et règles")
    ask_scenario(found, "candidats lus sous ce scénario")
    ask_date(found, "celle du choix, sinon des données")
    return found


def answer(engine: Engine, catalogue: Catalogue, known: date, asked: argparse.Namespace) -> Answer:
    """Make the choice of a file, at the date asked for, its own or the data's (``known``). Raises BadEntry."""
    raw = whatif_answer.document(asked.choice)
    as_of = asked.as_of or fields.day(raw, "as_of", {}) or known
    if asked.scenario:
        scenario, _ = whatif_answer.read(whatif_answer.document(asked.scenario), as_of, known, catalogue)
        engine = whatif.under(engine, scenario)
    found = choose(read(raw, engine, catalogue, as_of))
    code = IMPOSSIBLE if found.status == "impossible" else 0
    return Answer(document(found, as_of), tuple(lines(found, asked.lang)), code)
