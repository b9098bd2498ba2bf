"""Numbers as people type them in France: decimal comma, blanks between thousands, euros, per cent. Never a guess."""

import re
from decimal import Decimal
from math import isfinite

from data.readers.cellfault import CellFault
from schemas.text import Text

BLANKS = re.compile("[ \u00a0\u202f\u2009\u2007]")
PLAIN = re.compile(r"([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
GROUPED = re.compile(r"([0-9]{1,3}(?:([.,])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]+))?")
UNIT = re.compile(r"^(.*?) ?(k|m|M|K|Md|md|milliers?|millions?|milliards?) ?(?:€|euros?|eur|EUR)?$")
EURO = re.compile(r"^€ ?|^EUR | ?(?:€|euros?|EUR)$")
POWERS = {"k": 3, "millier": 3, "m": 6, "million": 6, "md": 9, "milliard": 9}

LARGEST = Decimal("999999999999.99")
CENT = Decimal("0.01")
DUST = Decimal("0.000001")  # what binary arithmetic leaves behind a typed number

NOT_A_NUMBER = Text("« {value} » n'est pas un nombre.", "“{value}” is not a number.")
WRITE_NUMBER = Text(
    "Écrivez un nombre, par exemple 1 250 000,50, sans lettre ni parenthèse ; laissez la cellule vide si la valeur est inconnue.",
    "Write a number such as 1250000.50, without letters or brackets; leave the cell empty where the value is unknown.",
)


def number_of(words: str) -> Decimal:
    """Return the number that ``words`` mean; raises CellFault where there is none, or two."""
    text = BLANKS.sub(" ", words).strip().replace("−", "-")
    sign, digits = (-1, text[1:].strip()) if text.startswith("-") else (1, text.removeprefix("+").strip())
    plain = PLAIN.fullmatch(digits)
    grouped = GROUPED.fullmatch(digits)
    if plain:
        return sign * Decimal(f"{plain[1].replace(' ', '')}.{plain[2] or 0}")
    if grouped:
        return sign * Decimal(f"{re.sub('[.,]', '', grouped[1])}.{grouped[3] or 0}")
    raise CellFault("not_a_number", NOT_A_NUMBER, WRITE_NUMBER)


def is_ambiguous(words: str) -> bool:
    """Tell whether ``1,234`` or ``1.234`` could be thousands as well as three decimals."""
    digits = BLANKS.sub("", words).lstrip("+-−")
    return re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits) is not None


def amount_of(cell: str | float | int) -> float:
    """Return euros exact to the cent; raises CellFault for a third decimal, another unit, or too much."""
    value = _typed_amount(cell) if isinstance(cell, str) else _rounded(Decimal(repr(cell)))
    if not value.is_finite() or abs(value) > LARGEST:
        raise too_large()
    if value != value.quantize(CENT):
        raise CellFault(
            "decimals",
            Text("« {value} » a plus de deux décimales.", "“{value}” has more than two decimals."),
            Text("Arrondissez le montant au centime.", "Round the amount to the cent."),
        )
    return float(value)


def integer_of(cell: str | float | int) -> int:
    """Return a whole number."""
    if isinstance(cell, str) and is_ambiguous(cell):
        raise ambiguous()
    value = number_of(cell) if isinstance(cell, str) else Decimal(repr(cell))
    if not value.is_finite() or value != value.to_integral_value() or abs(value) >= 2**53:
        raise CellFault(
            "not_whole",
            Text("« {value} » n'est pas un nombre entier.", "“{value}” is not a whole number."),
            Text("Écrivez un nombre sans décimale.", "Write a number without decimals."),
        )
    return int(value)


def decimal_of(cell: str | float | int) -> float:
    """Return any finite number."""
    return _finite(float(number_of(cell)) if isinstance(cell, str) else float(cell))


def ratio_of(cell: str | float | int) -> float:
    """Return a share between 0 and 1: ``20 %`` is 0.2; a bare number is taken as it is."""
    if isinstance(cell, str) and cell.strip().endswith("%"):
        return float(number_of(cell.strip()[:-1]) / 100)
    return decimal_of(cell)


def _finite(value: float) -> float:
    if not isfinite(value):
        raise CellFault(
            "too_large", Text("« {value} » est trop grand.", "“{value}” is too large."), WRITE_NUMBER
        )
    return value


def _typed_amount(words: str) -> Decimal:
    text = BLANKS.sub(" ", words).strip()
    scaled = UNIT.match(text)
    if scaled:
        raise _other_unit(scaled[1], scaled[2])
    if is_ambiguous(EURO.sub("", text)):
        raise ambiguous()
    return number_of(EURO.sub("", text))


def _rounded(value: Decimal) -> Decimal:
    if not value.is_finite() or abs(value) > LARGEST:
        return value
    near = value.quantize(CENT)
    return near if abs(value - near) < DUST else value


def ambiguous() -> CellFault:
    """Return the fault of a number that can be read in two ways."""
    return CellFault(
        "ambiguous",
        Text(
            "« {value} » est ambigu : trois décimales, ou des milliers ?",
            "“{value}” is ambiguous: three decimals, or thousands?",
        ),
        Text(
            "Écrivez 1234 pour un millier, ou deux décimales au plus.",
            "Write 1234 for thousands, or at most two decimals.",
        ),
    )


def too_large() -> CellFault:
    """Return the fault of an amount that the store cannot hold."""
    return CellFault(
        "too_large",
        Text("« {value} » est trop grand pour un montant.", "“{value}” is too large for an amount."),
        Text("Vérifiez le nombre de chiffres.", "Check the number of digits."),
    )


def _other_unit(words: str, unit: str) -> CellFault:
    """Euros are never made of k€: the reader says the number of euros, a person writes it."""
    power = POWERS[unit.lower().rstrip("s")]
    try:
        euros = f"{(number_of(words) * 10**power).normalize():f}"
    except CellFault:
        return CellFault("not_a_number", NOT_A_NUMBER, WRITE_NUMBER)
    return CellFault(
        "unit",
        Text("« {value} » n'est pas en euros.", "“{value}” is not in euros."),
        Text(f"Écrivez le montant en euros : {euros} ?", f"Write the amount in euros: {euros}?"),
    )
