"""Unexpected errors: the user gets a reference, the log beside the store gets the rest."""

import logging
import secrets
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from data.places import Places
from schemas.text import Text

ROOT = "levier"  # the logger of all our rooms


def incident(places: Places, error: BaseException) -> str:
    """Write the error and its trace to the log and return the reference to tell the user."""
    reference = secrets.token_hex(4)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    trace = "".join(traceback.format_exception(error))
    try:
        places.log.parent.mkdir(parents=True, exist_ok=True)
        with places.log.open("a", encoding="utf-8") as log:
            log.write(f"{at} {reference}\n{trace}\n")
    except OSError:
        pass  # a disk that takes no log must not hide the reference
    return reference


def log_beside(places: Places, say: str | None = None) -> None:
    """Send what our rooms log to the log beside the store, and nowhere else; a call for another store takes its place.

    With ``say`` (fr or en) an error is also one line on standard error, without its trace, for who typed the command.
    """
    logger = logging.getLogger(ROOT)
    for handler in [each for each in logger.handlers if isinstance(each, _Log | _Line)]:
        logger.removeHandler(handler)
    logger.addHandler(_Log(places.log))
    if say is not None:
        logger.addHandler(_Line(say))


class _Log(logging.Handler):
    """Writes records with their traces; a disk that takes no log stops nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Open, write and close: nothing is held between two errors."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as log:
                log.write(self.format(record) + "\n")
        except OSError:
            pass


class _Line(logging.Handler):
    """Says on standard error what failed: its name and reference, without trace, value or path."""

    def __init__(self, lang: str) -> None:
        super().__init__(logging.ERROR)
        self._lang = lang

    def emit(self, record: logging.LogRecord) -> None:
        """Print one line."""
        print(FAILED.get(self._lang).format(what=record.getMessage()), file=sys.stderr)


FAILED = Text(
    "Calcul impossible ({what}) : les détails sont dans levier.log, à côté de la base.",
    "Cannot be computed ({what}): details are in levier.log, beside the database.",
)
