"""Personal data that must not enter: e-mail addresses, telephone numbers, social security numbers (rule 20)."""

import re

from schemas.headers import plain
from schemas.text import Text

# An address needs a name before the sign and a dotted host after it: "@ctes" and "Ilot@ge" are not addresses.
EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")

# A French number, alone among digits: 01 23 45 67 89, 01.23.45.67.89, +33 1 23 45 67 89, 0033123456789.
TELEPHONE = re.compile(
    r"(?<![\w.,])(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9](?:[\s.\-/]?\d{2}){4}(?![\w]|[.,]\d)"
)

NIR = re.compile(
    r"(?<!\d)([12])\s?(\d{2})\s?(0[1-9]|1[0-2]|[2-9]\d)\s?(\d{2}|2[AB])\s?(\d{3})\s?(\d{3})\s?(\d{2})(?!\d)"
)

PERSONAL_HEADERS = frozenset(
    """e mail|email|mail|courriel|adresse electronique|adresse mail|telephone|tel|portable|mobile|phone
    |nir|numero de securite sociale|matricule|date de naissance|birth date|nom de famille|prenom|first name
    |last name|numero d agent|staff id""".replace("\n    ", "").split("|")
)

KINDS: tuple[tuple[str, Text], ...] = (
    ("email", Text("une adresse électronique", "an e-mail address")),
    ("telephone", Text("un numéro de téléphone", "a telephone number")),
    ("nir", Text("un numéro de sécurité sociale", "a social security number")),
)


def personal_data(text: str) -> Text | None:
    """Return what personal data the text seems to hold, in words, or None."""
    found = {"email": _has_email(text), "telephone": bool(TELEPHONE.search(text)), "nir": _has_nir(text)}
    return next((words for kind, words in KINDS if found[kind]), None)


def is_personal_header(header: str) -> bool:
    """Say whether a spreadsheet's header announces personal data (E-mail, Téléphone, Matricule…)."""
    return plain(header) in PERSONAL_HEADERS


def masked(text: str) -> str:
    """Return the beginning of a text: enough to find the cell, too little to spread what it holds."""
    return text[:3] + "…"


def _has_email(text: str) -> bool:
    return "@" in text and EMAIL.search(text) is not None


def _has_nir(text: str) -> bool:
    return any(_key_holds("".join(match.groups())) for match in NIR.finditer(text))


def _key_holds(nir: str) -> bool:
    """Check the two last digits against the thirteen first (Corsica's letters count as 19 and 18)."""
    number = int(nir[:13].replace("2A", "19").replace("2B", "18"))
    return 97 - number % 97 == int(nir[13:])
