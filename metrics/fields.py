"""Reading one field of a YAML mapping: the right kind of thing, or a refusal that says what was expected."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any

from metrics.refusing import BadEntry, shortened, unknown
from schemas.text import Text

Raw = Mapping[str, Any]
_MISSING = object()


def wrong(name: str, value: object, expected: Text) -> BadEntry:
    """Return the refusal of a field whose value is not of the expected kind."""
    shown = shortened(value)
    reason = Text(f"« {name} » : valeur inattendue « {shown} ».", f"“{name}”: unexpected value “{shown}”.")
    return BadEntry(reason, Text(f"Attendu : {expected.fr}.", f"Expected: {expected.en}."))


def known_keys(raw: Raw, allowed: Collection[str], where: str = "") -> None:
    """Raise BadEntry for the first key that is not allowed."""
    for key in raw:
        if key not in allowed:
            raise unknown(Text("Clé", "key"), f"{where}{key}", [f"{where}{name}" for name in allowed])


def mapping(raw: Raw, name: str) -> Raw:
    """Return the mapping at ``name``, {} when absent."""
    value = raw.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise wrong(name, value, Text("des clés et leurs valeurs", "keys and their values"))
    return value


def sequence(raw: Raw, name: str) -> list[Any]:
    """Return the list at ``name``, [] when absent."""
    value = raw.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise wrong(name, value, Text("une liste", "a list"))
    return value


def string(raw: Raw, name: str, default: Any = _MISSING) -> Any:
    """Return the text at ``name``; without a default it must be there."""
    value = raw.get(name)
    if value is None and default is not _MISSING:
        return default
    if value is None or isinstance(value, (Mapping, list)):
        raise missing(name) if value is None else wrong(name, value, Text("un texte", "a text"))
    return str(value)


def missing(name: str) -> BadEntry:
    """Return the refusal of an entry without a field it must have."""
    return BadEntry(
        Text(f"Il manque « {name} ».", f"“{name}” is missing."),
        Text(f"Ajoutez « {name}: … » à l'entrée.", f"Add “{name}: …” to the entry."),
    )


def number(raw: Raw, name: str, default: float | None = None) -> float | None:
    """Return the finite number at ``name``."""
    value = raw.get(name)
    if value is None:
        return default
    if not _is_number(value):
        raise wrong(name, value, Text("un nombre, avec un point décimal", "a number"))
    return float(value)


def _is_number(value: object) -> bool:
    """Say whether a value is a number that can be compared and drawn: .nan, .inf and 10 ** 400 cannot."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    try:
        return isfinite(value)
    except OverflowError:
        return False


def pair(raw: Raw, name: str) -> tuple[float, float] | None:
    """Return the two rising numbers at ``name``, None when absent."""
    value = raw.get(name)
    if value is None:
        return None
    good = isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))
    if not good or value[0] > value[1]:
        raise wrong(name, value, Text("deux nombres croissants, [a, b]", "two rising numbers, [a, b]"))
    return float(value[0]), float(value[1])


def boolean(raw: Raw, name: str) -> bool:
    """Return the true or false at ``name``, false when absent."""
    value = raw.get(name)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise wrong(name, value, Text("true ou false", "true or false"))
    return value


def choice(raw: Raw, name: str, allowed: Collection[str], default: Any = _MISSING) -> Any:
    """Return the word at ``name``, one of ``allowed``."""
    value = string(raw, name, default)
    if value is not None and value not in allowed:
        raise unknown(Text(f"Valeur de « {name} »", f"value of “{name}”"), value, allowed)
    return value


def words(raw: Raw, name: str, default: Text | None = None) -> Text:
    """Return the French and English words at ``name``; a single text serves both only where a default exists."""
    value = raw.get(name)
    if value is None and default is not None:
        return default
    return text_of(value, name) if value is not None else _raise(missing(name))


def text_of(value: Any, name: str) -> Text:
    """Return {fr, en} as a Text; both must be there."""
    if not isinstance(value, Mapping):
        raise wrong(name, value, Text("{fr: …, en: …}", "{fr: …, en: …}"))
    for lang in ("fr", "en"):
        if not value.get(lang):
            raise missing(f"{name}.{lang}")
    known_keys(value, ("fr", "en"), f"{name}.")
    return Text(str(value["fr"]).strip(), str(value["en"]).strip())


def _raise(error: BadEntry) -> Any:
    raise error


def day(raw: Raw, name: str, parameters: Mapping[str, Any]) -> date | None:
    """Return the date at ``name``, written as one or as the name of a parameter that is one; None when absent."""
    value = raw.get(name)
    if isinstance(value, str) and value in parameters:
        value = parameters[value]
    if isinstance(value, datetime):
        value = value.date()
    if value is not None and not isinstance(value, date):
        dates = sorted(key for key, held in parameters.items() if isinstance(held, date))
        raise wrong(
            name,
            value,
            Text(f"une date AAAA-MM-JJ, ou {', '.join(dates)}", f"a date YYYY-MM-DD, or {', '.join(dates)}"),
        )
    return value
