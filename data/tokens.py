"""One-time codes of a survey: random, easy to type, kept as hashes only."""

import hashlib
import re
import secrets

# 32 letters and digits: 12 of them are 60 bits. Neither 0 and O nor 1 and I, which print alike.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP = 3, 4


def new_token() -> str:
    """Return a code that nobody can guess: ``7KQM-X2HD-94TW``."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def hashed(wave: str, token: str) -> str:
    """Return the sha256 under which an urn knows a code of that wave, however it was typed."""
    return hashlib.sha256(f"{wave}\n{typed(token)}".encode()).hexdigest()


def typed(token: str) -> str:
    """Return a code without what typing adds: spaces, hyphens, small letters, an I or a 1 for an L."""
    bare = re.sub(r"[\W_]", "", token).upper()
    return bare.replace("I", "L").replace("1", "L")
