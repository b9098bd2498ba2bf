"""How much a file may hold: counted on what is really filled, not on what the file declares."""

from data.readers.refused import Refused, refusal
from schemas.text import Text

MAX_BYTES = 60_000_000
MAX_ROWS = 500_000
MAX_COLUMNS = 500
MAX_CELLS = 20_000_000  # rows x columns that the parser would lay out

SPLIT = Text("Partagez le fichier en plusieurs fichiers plus petits.", "Split the file into smaller files.")
TRIM = Text(
    "Supprimez les colonnes inutiles, et vérifiez qu'aucune cellule n'est remplie loin du tableau.",
    "Delete needless columns, and check that no cell is filled far from the table.",
)


def too_many_bytes(file: str) -> Refused:
    """Return the refusal of a file that is too heavy."""
    message = Text(
        f"Fichier trop volumineux (plus de {MAX_BYTES // 1_000_000} Mo).",
        f"File too big (over {MAX_BYTES // 1_000_000} MB).",
    )
    return refusal(file, "too_big", message, SPLIT)


def too_many_rows(file: str, sheet: str | None) -> Refused:
    """Return the refusal of a file with too many rows."""
    message = Text(f"Trop de lignes (plus de {MAX_ROWS}).", f"Too many rows (over {MAX_ROWS}).")
    return refusal(file, "too_many_rows", message, SPLIT, sheet=sheet)


def too_many_columns(file: str, sheet: str | None, width: int) -> Refused:
    """Return the refusal of a file with too many columns."""
    message = Text(
        f"Trop de colonnes : {width} (maximum {MAX_COLUMNS}).",
        f"Too many columns: {width} (at most {MAX_COLUMNS}).",
    )
    return refusal(file, "too_many_columns", message, TRIM, sheet=sheet)


def too_far(file: str, sheet: str | None, rows: int, columns: int) -> Refused:
    """Return the refusal of a sheet whose filled cells lie too far apart."""
    message = Text(
        f"Feuille de trop grande taille : ses cellules remplies s'étendent sur {rows} lignes et {columns} colonnes.",
        f"Sheet too large: its filled cells spread over {rows} rows and {columns} columns.",
    )
    return refusal(file, "too_far", message, TRIM, sheet=sheet)
