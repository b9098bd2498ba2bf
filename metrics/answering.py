"""What a command that only computes answers: its JSON document, its lines for a terminal, its exit code."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A command's answer; ``lines`` are in the language asked for."""

    document: Mapping[str, Any]
    lines: tuple[str, ...]
    code: int = 0


def ask_date(command: argparse.ArgumentParser, otherwise: str = "celle des données par défaut") -> None:
    """Let a command be asked about a date; ``otherwise`` says which one it takes without."""
    command.add_argument("--as-of", type=day, metavar="AAAA-MM-JJ", help=f"date ({otherwise})")


def ask_scenario(command: argparse.ArgumentParser, words: str) -> None:
    """Let a command be asked under a scenario's file."""
    command.add_argument("--with", dest="scenario", metavar="SCENARIO.yml", help=words)


def day(text: str) -> date:
    """Return a date as arguments write it. Raises argparse.ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} : AAAA-MM-JJ") from error
