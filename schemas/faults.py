"""What to say of a bad cell: the message names the column and the value, the mend says what to do."""

from typing import Any

from schemas.columns import Column
from schemas.text import Text
from schemas.wording import say
from schemas.words import suggest_value

Words = tuple[Text, Text]

KIND_WORDS: dict[str, Text] = {
    "text": Text("un texte", "text"),
    "integer": Text("un nombre entier", "a whole number"),
    "number": Text("un nombre", "a number"),
    "ratio": Text("une part (0 à 1, ou un pourcentage)", "a share (0 to 1, or a percentage)"),
    "amount": Text("un montant en euros", "an amount in euros"),
    "boolean": Text("oui ou non", "yes or no"),
    "date": Text("une date (jj/mm/aaaa)", "a date (yyyy-mm-dd)"),
    "period": Text(
        "une période (2015, 2015-Q2, 2015-06 ou une vague)", "a period (2015, 2015-Q2, 2015-06 or a wave)"
    ),
}


def missing_column(column: Column) -> Words:
    """Say that a required column is absent from the file."""
    return _both(
        column,
        "la colonne obligatoire manque.",
        "the required column is missing.",
        "Ajoutez la colonne « {title} ».",
        'Add the column "{title}".',
    )


def required(column: Column, value: object) -> Words:
    """Say that a required cell is empty."""
    return _both(
        column,
        "valeur obligatoire, la cellule est vide.",
        "a value is required, the cell is empty.",
        "Remplissez la cellule ou retirez la ligne.",
        "Fill in the cell or remove the row.",
    )


def wrong_kind(column: Column, value: object) -> Words:
    """Say that a value is not of the column's kind."""
    kind = KIND_WORDS[column.kind]
    french, english = f"« {say(value)} » n'est pas {kind.fr}.", f'"{say(value, "en")}" is not {kind.en}.'
    return _both(column, french, english, f"Écrivez {kind.fr}.", f"Write {kind.en}.")


def not_allowed(column: Column, value: object) -> Words:
    """Say that a value is not in the column's closed list, list what is, and the nearest."""
    allowed = tuple(column.labels.values()) or tuple(Text(say(c), say(c, "en")) for c in column.choices)
    near = suggest_value(column, str(value))
    hint = column.labels[near] if near else None
    return _both(
        column,
        f"« {say(value)} » n'est pas dans la liste des valeurs admises.",
        f'"{say(value, "en")}" is not in the list of allowed values.',
        (f"Vouliez-vous dire « {hint.fr} » ? " if hint else "")
        + f"Valeurs admises : {', '.join(label.fr for label in allowed)}.",
        (f'Did you mean "{hint.en}"? ' if hint else "")
        + f"Allowed values: {', '.join(label.en for label in allowed)}.",
    )


def out_of_range(column: Column, value: Any) -> Words:
    """Say that a value is under the column's minimum or above its maximum."""
    mend = Text("Corrigez la valeur ou retirez la ligne.", "Correct the value or remove the row.")
    too_small = column.minimum is not None and value < column.minimum
    limit = column.minimum if too_small else column.maximum
    if column.kind == "date":
        french, english = ("trop ancienne", "too early") if too_small else ("trop lointaine", "too late")
    elif too_small and limit == 0:
        french, english = "négatif", "negative"
    else:
        french, english = ("trop petit", "too small") if too_small else ("trop grand", "too large")
    bound = Text("minimum", "minimum") if too_small else Text("maximum", "maximum")
    return _both(
        column,
        f"{say(value)} est {french} ({bound.fr} {say(limit)}).",
        f"{say(value, 'en')} is {english} ({bound.en} {say(limit, 'en')}).",
        *mend,
    )


def bad_text(column: Column, value: object) -> Words:
    """Say why a text cannot be stored: too long, or blank or padded with spaces."""
    if isinstance(value, str) and column.longest and len(value.strip()) > column.longest:
        size, most = len(value.strip()), column.longest
        french, english = f"texte trop long ({size} caractères).", f"text too long ({size} characters)."
        return _both(column, french, english, f"{most} caractères au plus.", f"{most} characters at most.")
    if isinstance(value, str):
        french, english = "texte vide ou entouré d'espaces.", "text empty or surrounded by spaces."
        return _both(column, french, english, "Retirez les espaces.", "Remove the spaces.")
    return wrong_kind(column, value)


def duplicate(column: Column, value: object) -> Words:
    """Say that a key was met before in the same file."""
    return _both(
        column,
        f"« {value} » est en double : il figure déjà plus haut dans le fichier.",
        f'"{value}" is a duplicate: it already stands higher up in the file.',
        "Gardez une seule de ces lignes, ou corrigez l'identifiant.",
        "Keep one of these rows, or correct the identifier.",
    )


def personal(column: Column, what: Text) -> Words:
    """Say that a cell holds personal data; the cell itself is not repeated."""
    return _both(
        column,
        f"la cellule contient {what.fr} : aucune donnée personnelle n'entre dans Levier.",
        f"the cell holds {what.en}: no personal data enters Levier.",
        "Retirez-la de la cellule.",
        "Remove it from the cell.",
    )


def _both(column: Column, french: str, english: str, mend_fr: str, mend_en: str) -> Words:
    title = column.title
    message = Text(f"« {title.fr} » : {french}", f'"{title.en}": {english}')
    return message, Text(mend_fr.replace("{title}", title.fr), mend_en.replace("{title}", title.en))
