"""Identifiers of answers that say something: a staff number, a name, a rank, or the same person from wave to wave."""

import re
import string
from collections.abc import Iterator, Sequence

import duckdb
import pandas as pd

from data.gather import Gathered
from data.readers.answers_words import RANDOM
from schemas.fault import Fault, Severity
from schemas.identifying import is_word
from schemas.text import Text

FEWEST = 3  # answers from which identifiers have a pattern
SEQUENCE = 5  # answers from which numbers that follow each other are told
SPREAD = 3  # numbers that follow each other leave at most so many places an answer
DIGITS = 4  # of the shortest staff number that is told from a small draw
NUMBER = re.compile(r"([A-Za-z]{0,3})[-_.]?(\d{1,13})([A-Za-z]?)")


def faults(connection: duckdb.DuckDBPyConnection, gathered: Gathered, rows: pd.DataFrame) -> Iterator[Fault]:
    """Yield what is wrong with the identifiers of each wave that an import brings, once a wave."""
    for wave, own in rows.groupby("wave", sort=True):
        ids = [str(id) for id in own["answer_id"]]
        kind = pattern(ids)
        severity: Severity = "warning" if kind == "sequence" else "error"
        if kind is None and _met_elsewhere(connection, str(wave), ids, rows):
            kind = "repeated"
        if kind is not None:
            place = gathered.places[int(own["_place"].iloc[0])]
            message = WORDS[kind].format(wave=wave)
            yield Fault(
                place.file, place.sheet, None, "answer_id", None, "identifying", severity, message, RANDOM
            )


def pattern(ids: Sequence[str]) -> str | None:
    """Return what the identifiers of a wave look like: "names", "numbers" of a register, a "sequence", or nothing (None)."""
    kept = sorted(set(ids))
    if len(kept) < FEWEST:
        return None
    if 2 * sum(map(is_word, kept)) > len(kept):
        return "names"
    numbers = _numbers(kept)
    if numbers is None:
        return None
    if max(numbers) - min(numbers) < SPREAD * len(kept):
        return "sequence" if len(kept) >= SEQUENCE else None
    return "numbers" if len(str(max(numbers))) >= DIGITS else None


def _numbers(ids: Sequence[str]) -> list[int] | None:
    """Return the numbers that all identifiers are, apart from what they begin with alike and a few letters; None if one is not."""
    start = len(_common(min(ids), max(ids)).rstrip(string.digits))
    found = [NUMBER.fullmatch(id[start:]) for id in ids]
    matches = [match for match in found if match is not None]
    shapes = {(len(match[1]), len(match[3])) for match in matches}
    return [int(match[2]) for match in matches] if len(matches) == len(ids) and len(shapes) == 1 else None


def _common(first: str, last: str) -> str:
    """Return what two texts begin with alike; of the first and the last in order, what all between do."""
    size = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:size]


def _met_elsewhere(
    connection: duckdb.DuckDBPyConnection, wave: str, ids: Sequence[str], rows: pd.DataFrame
) -> bool:
    """Tell whether half of a wave's identifiers are another wave's, in the store or in the same import."""
    sql = """SELECT DISTINCT answer_id FROM kept.survey_answers
             WHERE _until IS NULL AND wave <> ? AND list_contains(?, answer_id)"""
    met = {id for (id,) in connection.execute(sql, [wave, list(ids)]).fetchall()}
    met |= set(ids) & set(rows.loc[rows["wave"] != wave, "answer_id"])
    return len(met) >= SEQUENCE and 2 * len(met) >= len(set(ids))


WORDS: dict[str, Text] = {
    "names": Text(
        "Vague « {wave} » : les identifiants des réponses sont des mots ou des noms ; ils pourraient désigner quelqu'un.",
        "Wave “{wave}”: the identifiers of the answers are words or names; they could single somebody out.",
    ),
    "numbers": Text(
        "Vague « {wave} » : les identifiants des réponses ont la forme d'un matricule ou d'un horodatage "
        "(des nombres qui ne se suivent pas) ; ils pourraient désigner quelqu'un.",
        "Wave “{wave}”: the identifiers of the answers look like staff numbers or timestamps "
        "(numbers that do not follow each other); they could single somebody out.",
    ),
    "sequence": Text(
        "Vague « {wave} » : les réponses sont numérotées à la suite ; un rang dit l'ordre d'arrivée. La base ne garde ni l'ordre "
        "du fichier ni sa ligne, mais elle garde cet identifiant.",
        "Wave “{wave}”: the answers are numbered one after the other; a rank tells the order of arrival. The store keeps neither "
        "the file's order nor its row, but it keeps this identifier.",
    ),
    "repeated": Text(
        "Vague « {wave} » : ses identifiants sont ceux d'une autre vague ; ils suivraient une même personne de vague en vague.",
        "Wave “{wave}”: its identifiers are those of another wave; they would follow one person from wave to wave.",
    ),
}
