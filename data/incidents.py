"""Unexpected errors: the user gets a reference, the log beside the store gets the rest."""

import secrets
import traceback
from datetime import UTC, datetime

from data.places import Places


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
