"""How and to whom a town sends its mail: one YAML file of its own (LEVIER_MAIL), the only place that holds addresses.

Nothing of them reaches the store, a log or a message: what is said of a recipient is its name, never its address.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from metrics import fields, yamlfile
from metrics.alertrules import Rules, check_names
from metrics.refusing import BadEntry
from pages.exports import mailfields as read
from pages.exports.mailfields import BadSettings, wrong
from pages.texts import LANGUAGES, said, t

DEFAULT = Path("var") / "mail.yml"
Security = Literal["starttls", "tls", "none"]
PORTS = {"starttls": 587, "tls": 465, "none": 25}
KEYS = (
    *("host", "port", "security", "ca_file", "user", "password_env", "password_file", "sender", "base_url"),
    *("timeout", "recipients"),
)
OF_A_RECIPIENT = ("name", "address", "lang", "rules", "brief")
LONGEST_NAME = 80
TIMEOUT = 20.0  # seconds for each exchange with the server
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})  # servers that a password may reach unencrypted


@dataclass(frozen=True)
class Recipient:
    """Who gets a mail: ``name`` is what screens say (a role rather than a person), ``rules`` ids or audiences, none meaning all."""

    name: str
    address: str = field(repr=False)
    lang: str = "fr"
    rules: tuple[str, ...] = ()
    brief: bool = True


@dataclass(frozen=True)
class Settings:
    """The mail server, who sends, where the screens are, and who receives. The password itself is nowhere in it."""

    host: str
    port: int
    security: Security
    sender: str = field(repr=False)
    sender_name: str
    base_url: str
    recipients: tuple[Recipient, ...]
    user: str = field(default="", repr=False)
    password_env: str = ""
    password_file: str = ""
    ca_file: str = ""
    timeout: float = TIMEOUT
    file: Path = DEFAULT

    def password(self) -> str:
        """Return the password from where the settings say it is, "" for none. Raises BadSettings."""
        found = ""
        if self.password_env:
            found = os.environ.get(self.password_env, "")
        elif self.password_file:
            try:
                found = Path(self.password_file).read_text("utf-8").strip("\r\n")
            except (OSError, UnicodeDecodeError):
                found = ""
        where = self.password_env or Path(self.password_file).name
        if where and not found:
            raise BadSettings(
                t("Pas de mot de passe dans « {where} ».", where=where),
                t("Remplissez-la, ou corrigez les réglages du courriel."),
            )
        return found


def place() -> Path:
    """Return where the settings are: LEVIER_MAIL, else var/mail.yml."""
    return Path(os.environ.get("LEVIER_MAIL") or DEFAULT)


def read_settings(file: Path | None = None) -> Settings | None:
    """Return the settings of a file, None where there is none. Raises BadSettings, which names the key and never an address."""
    path = file or place()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(
            t("Les réglages du courriel sont illisibles."), t("Vérifiez le fichier et ses droits (UTF-8).")
        ) from error
    try:
        return settings_of(yamlfile.document(text), path)
    except BadEntry as error:
        raise BadSettings(said(error.reason), said(error.mend)) from error


def settings_of(raw: Mapping[str, Any], file: Path = DEFAULT) -> Settings:
    """Return the settings from their data. Raises BadSettings, or BadEntry for a word that is none of the known ones."""
    if "password" in raw:
        raise BadSettings(
            t("Le mot de passe ne s’écrit pas dans les réglages."),
            t("Donnez « password_env » (une variable) ou « password_file » (un fichier protégé)."),
        )
    read.known_keys(raw, KEYS)
    security: Security = fields.choice(raw, "security", tuple(PORTS), "starttls")
    name, address = read.sender(raw)
    found = Settings(
        host=read.host(raw),
        port=read.whole(raw, "port", PORTS[security], 65535),
        security=security,
        sender=address,
        sender_name=name,
        base_url=read.base_url(raw),
        recipients=_recipients(raw),
        user=read.line(raw, "user", ""),
        password_env=read.line(raw, "password_env", ""),
        password_file=read.line(raw, "password_file", ""),
        ca_file=read.line(raw, "ca_file", ""),
        timeout=float(read.whole(raw, "timeout", int(TIMEOUT), 120)),
        file=file,
    )
    _check_login(found)
    return found


def _check_login(found: Settings) -> None:
    secrets = [name for name in (found.password_env, found.password_file) if name]
    if len(secrets) > 1 or bool(secrets) != bool(found.user):
        raise BadSettings(
            t("« user » va avec « password_env » ou « password_file », l’un des deux."),
            t("Complétez, ou retirez les trois."),
        )
    if found.user and found.security == "none" and found.host not in NEAR:
        raise BadSettings(
            t("Un mot de passe ne part pas en clair : « security: none » avec « user »."),
            t("Écrivez « security: starttls » ou « security: tls »."),
        )


def _recipients(raw: Mapping[str, Any]) -> tuple[Recipient, ...]:
    items = raw.get("recipients")
    if not isinstance(items, list) or not items:
        raise wrong("recipients", t("une liste de {name, address, lang, rules}"))
    found: list[Recipient] = []
    for at, item in enumerate(items, 1):
        one = _recipient(item, f"recipients[{at}]")
        if any(one.address.casefold() == other.address.casefold() for other in found):
            raise BadSettings(
                t("recipients[{n}] : adresse en double.", n=at), t("Gardez une ligne par personne.")
            )
        found.append(one)
    return tuple(found)


def _recipient(raw: Any, where: str) -> Recipient:
    if not isinstance(raw, Mapping):
        raise wrong(where, t("une liste de {name, address, lang, rules}"))
    read.known_keys(raw, OF_A_RECIPIENT, where)
    name, address = read.line(raw, "name", where=where), read.line(raw, "address", where=where)
    if len(name) > LONGEST_NAME or "@" in name:
        raise wrong(f"{where}.name", t("un nom court, sans adresse"))
    if not read.is_address(address):
        raise wrong(f"{where}.address", t("adresse@domaine, sans accent"))
    words = raw.get("rules") or []
    if not isinstance(words, list) or not all(isinstance(word, str) and "@" not in word for word in words):
        raise wrong(f"{where}.rules", t("des règles ou des groupes de alerts.yml"))
    brief = fields.boolean(raw, "brief") if "brief" in raw else True
    return Recipient(name, address, fields.choice(raw, "lang", LANGUAGES, "fr"), tuple(words), brief)


def check_rules(settings: Settings, rules: Rules) -> None:
    """Raise BadSettings where a recipient names a rule or an audience that there is not."""
    for recipient in settings.recipients:
        try:
            check_names(recipient.rules, rules)
        except BadEntry as error:
            raise BadSettings(f"{recipient.name} : {said(error.reason)}", said(error.mend)) from error
