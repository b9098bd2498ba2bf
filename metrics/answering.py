"""What a command that only computes answers: its JSON document, its lines for a terminal, its exit code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A command's answer; ``lines`` are in the language asked for."""

    document: Mapping[str, Any]
    lines: tuple[str, ...]
    code: int = 0
