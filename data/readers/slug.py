"""Identifiers made of words."""

import re
from hashlib import sha256

from schemas.headers import plain

LONGEST = 120


def slug(words: str) -> str:
    """Return ``words`` as lower-case ASCII letters, digits and underscores; long ones end with a fingerprint."""
    made = re.sub(r"[^a-z0-9]+", "_", plain(words)).strip("_")
    if len(made) <= LONGEST:
        return made
    return f"{made[: LONGEST - 9].rstrip('_')}_{sha256(made.encode()).hexdigest()[:8]}"
