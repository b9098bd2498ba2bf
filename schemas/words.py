"""Cells of closed lists and yes/no columns, as people write them in either language."""

from collections.abc import Iterator

from schemas.columns import Column
from schemas.headers import find, nearest, plain

YES = frozenset(["oui", "o", "yes", "y", "vrai", "true", "1", "x"])
NO = frozenset(["non", "n", "no", "faux", "false", "0"])


def find_value(column: Column, typed: str) -> str | None:
    """Return the identifier that a cell of a closed list names: identifier, French or English words, alias."""
    return find(typed, _spellings(column))


def suggest_value(column: Column, typed: str) -> str | None:
    """Return the identifier that an unknown cell most resembles, None where nothing comes near."""
    return nearest(typed, _spellings(column))


def is_blank(column: Column, typed: str) -> bool:
    """Say whether a cell's words mean an empty cell in this column (« non renseigné »)."""
    return not typed.strip() or plain(typed) in {plain(blank) for blank in column.blanks}


def find_flag(typed: str) -> bool | None:
    """Read oui/non, yes/no, vrai/faux, true/false, 1/0; None for anything else."""
    answer = plain(typed)
    if answer in YES:
        return True
    return False if answer in NO else None


def _spellings(column: Column) -> Iterator[tuple[str, tuple[str, ...]]]:
    for identifier, label in column.labels.items():
        yield (
            identifier,
            (identifier, *label, *(typed for typed, meant in column.aliases.items() if meant == identifier)),
        )
