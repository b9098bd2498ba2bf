"""What a row of the national list of grants says in a code or in words: year, grant, place, title."""

import re
from collections.abc import Sequence

from data.readers.foreign import Source

YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}")
CORSICA = {"20A": "2A", "20B": "2B"}


def year_of(found: Source, identifier: str | None) -> int | None:
    """Return the year a row belongs to; it begins the identifier, or stands in the sheet's or the file's name."""
    own = re.match(r"(?:19|20)\d{2}", identifier or "")
    named = own or YEAR.search(found.sheet.sheet or "") or YEAR.search(found.sheet.file)
    return int(named.group()) if named else None


def programme_of(words: str | None) -> str | None:
    """Return a grant's name in capitals, whatever a row types."""
    return " ".join(words.upper().split()) if words else None


def departement_of(words: str | None) -> str | None:
    """Return a département's code with its leading zero, Corsica's as INSEE writes them."""
    return CORSICA.get(words.upper(), words.upper().zfill(2)) if words else None


def territories(found: Source) -> list[str | None]:
    """Return the INSEE code of each owner: the commune's or the grouping's; 0 means that there is none."""
    columns = [found.texts(name) for name in ("territory", "commune", "epci", "level")]
    return [
        _territory([territory, commune, epci], level)
        for territory, commune, epci, level in zip(*columns, strict=True)
    ]


def _territory(codes: Sequence[str | None], level: str | None) -> str | None:
    code = next((code for code in codes if code and code.strip("0")), None)
    return code.zfill(5) if code and (level or "").casefold().startswith("commune") else code


def titles_of(found: Source) -> list[str | None]:
    """Return each project's description, else a name after its beneficiary."""
    described, owners = found.texts("title"), found.texts("beneficiary")
    return [
        words or (f"{owner} (projet non décrit)" if owner else "Projet non décrit")
        for words, owner in zip(described, owners, strict=True)
    ]
