"""Who has had a mail today: one small file beside the mail settings, addresses kept as salted hashes only.

A mail is claimed before it is handed to the server and marked once the server took it. A claim that was never settled
(a process killed in between) counts as sent for its day: at most one mail a day a person, whatever happens.
"""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout

from pages.exports.mailsettings import Settings

State = Literal["sent", "claimed"]
PATIENCE = 60.0  # seconds that a second run waits for the first


class Busy(RuntimeError):
    """Another run is sending and does not end."""


@dataclass(frozen=True)
class Day:
    """The last mail of one person: its day, what became of it, and the sha256 of what was reviewed."""

    on: str
    state: State
    content: str


class MailDays:
    """The file's content while its lock is held; each change is on the disk before the next step."""

    def __init__(self, path: Path) -> None:
        self._path = path
        raw = _read(path)
        self._salt = raw.get("salt") or secrets.token_hex(16)
        self._days = {key: Day(**value) for key, value in raw.get("last", {}).items()}

    def last(self, address: str) -> Day | None:
        """Return the last mail of an address, None before the first."""
        return self._days.get(self._hashed(address))

    def claim(self, address: str, on: date, content: str) -> None:
        """Note that a mail is about to be handed over."""
        self._put(address, Day(on.isoformat(), "claimed", content))

    def settle(self, address: str, on: date, content: str) -> None:
        """Note that the server took it."""
        self._put(address, Day(on.isoformat(), "sent", content))

    def release(self, address: str, before: Day | None) -> None:
        """Take a claim back: the server certainly did not take the mail."""
        if before is None:
            self._days.pop(self._hashed(address), None)
            self._write()
        else:
            self._put(address, before)

    def _put(self, address: str, day: Day) -> None:
        self._days[self._hashed(address)] = day
        self._write()

    def _hashed(self, address: str) -> str:
        return sha256(f"{self._salt}\n{address.casefold()}".encode()).hexdigest()

    def _write(self) -> None:
        document = {"salt": self._salt, "last": {key: vars(day) for key, day in self._days.items()}}
        fresh = self._path.with_name(self._path.name + ".new")
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(document, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


def beside(settings: Path) -> Path:
    """Return where the days are kept for the settings of a file: ``mail.yml`` -> ``mail.sent.json``."""
    return settings.with_name(f"{settings.stem}.sent.json")


@contextmanager
def held(settings: Path, patience: float = PATIENCE) -> Iterator[MailDays]:
    """Hold the days' lock for a whole sending. Raises Busy, and OSError where the folder cannot be written."""
    path = beside(settings)
    lock = FileLock(f"{path}.lock", timeout=patience)
    try:
        lock.acquire()
    except Timeout as error:
        raise Busy from error
    try:
        yield MailDays(path)
    finally:
        lock.release()


def _read(path: Path) -> Mapping[str, Any]:
    """Return the file's document; one that cannot be read is never taken for an empty one."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    found = json.loads(text)  # a ValueError stops the sending: who knows who has had a mail
    if not isinstance(found, dict):
        raise ValueError(path.name)
    return found


def last_days(settings: Settings) -> dict[str, date]:
    """Return the day of the last mail of each recipient, by name; who never had one is left out. Nothing is locked."""
    try:
        days = MailDays(beside(settings.file))
    except (OSError, ValueError):
        return {}
    known = ((one.name, days.last(one.address)) for one in settings.recipients)
    return {name: date.fromisoformat(day.on) for name, day in known if day}
