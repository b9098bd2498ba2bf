"""Reading one field of the mail settings: one line, an address, a server; refused in words that never repeat the value."""

import re
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from metrics.refusing import did_you_mean
from pages.texts import said, t

ADDRESS = re.compile(r"[A-Za-z0-9.!#$&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?")
HOST = re.compile(r"[A-Za-z0-9:](?:[A-Za-z0-9.:-]{0,250}[A-Za-z0-9])?")
LONGEST = 254
Raw = Mapping[str, Any]


class BadSettings(ValueError):
    """The mail settings cannot be taken: ``what`` and ``mend``, in the run's language, without any address."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what} {mend}")
        self.what, self.mend = what, mend


def wrong(name: str, expected: str) -> BadSettings:
    """Return the refusal of a field that is not of the expected kind."""
    return BadSettings(
        t("« {name} » : valeur inattendue.", name=name), t("Attendu : {expected}.", expected=expected)
    )


def known_keys(raw: Raw, allowed: Collection[str], where: str = "") -> None:
    """Raise BadSettings for the first key that is not allowed."""
    for key in raw:
        if key not in allowed:
            shown = "…" if "@" in str(key) else str(key)[:40]
            at = f"{where} : " if where else ""
            raise BadSettings(
                t("{where}clé inconnue « {key} ».", where=at, key=shown),
                said(did_you_mean(str(key), allowed)),
            )


def line(raw: Raw, name: str, default: str | None = None, *, where: str = "") -> str:
    """Return one line of printable text: nothing of it can begin a header of its own. Without a default it must be there."""
    value = raw.get(name, default)
    if value is None:
        value = default
    good = isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).isprintable()
    if not good or (default is None and not str(value).strip()):
        raise wrong(f"{where}.{name}" if where else name, t("une ligne de texte"))
    return str(value).strip()


def whole(raw: Raw, name: str, default: int, most: int) -> int:
    """Return a whole number from 1 to ``most``."""
    value = raw.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise wrong(name, t("un nombre entier, 1 à {most}", most=most))
    return value


def host(raw: Raw) -> str:
    """Return the mail server's name."""
    value = line(raw, "host")
    if not HOST.fullmatch(value):
        raise wrong("host", t("le nom d’un serveur de courriel"))
    return value


def base_url(raw: Raw) -> str:
    """Return where the screens are served, without its last slash."""
    value = line(raw, "base_url")
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment or "@" in parts.netloc or re.search(r"[\s\"'<>\\]", value):
        raise wrong("base_url", "https://levier.ville.example")
    return value.rstrip("/")


def sender(raw: Raw) -> tuple[str, str]:
    """Return the sender's name ("" for none) and address, from ``address`` or ``Name <address>``."""
    value = line(raw, "sender")
    found = re.fullmatch(r"([^<>@]*)<([^<>]*)>", value)
    name, address = (found[1].strip().strip('"'), found[2].strip()) if found else ("", value)
    if not is_address(address):
        raise wrong("sender", t("Nom <adresse@domaine>"))
    return name, address


def is_address(text: str) -> bool:
    """Say whether a text is one plain ASCII address and nothing else."""
    local = text.partition("@")[0]
    dotted = ".." in text or local.startswith(".") or local.endswith(".")
    return bool(ADDRESS.fullmatch(text)) and not dotted and len(text) <= LONGEST
