"""Who may do what with the store: checked here, on every call."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "editor", "survey_officer", "admin"]
Action = Literal["read", "import", "undo", "verify", "refresh", "read_rows", "administer"]

ALLOWED: dict[Role, frozenset[Action]] = {
    "viewer": frozenset({"read", "verify"}),
    "editor": frozenset({"read", "read_rows", "verify", "import", "undo", "refresh"}),
    "survey_officer": frozenset({"read", "read_rows", "verify", "import", "undo", "refresh"}),
    "admin": frozenset({"read", "read_rows", "verify", "import", "undo", "refresh", "administer"}),
}


class Forbidden(PermissionError):
    """The actor's role does not allow the action."""


@dataclass(frozen=True)
class Actor:
    """Somebody who calls the data layer, by name (an account, never a person's data) and role."""

    name: str
    role: Role


def local_actor() -> Actor:
    """Return the single user of one's own machine, who is its administrator."""
    return Actor("local", "admin")


def require(actor: Actor, action: Action) -> None:
    """Raise Forbidden unless the actor's role allows the action."""
    if action not in ALLOWED.get(actor.role, frozenset()):
        raise Forbidden(f"{actor.role}: {action}")
