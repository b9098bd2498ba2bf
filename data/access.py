"""Who may do what with the store: checked here, on every call."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "reader", "editor", "survey_officer", "admin"]
Action = Literal[
    "read",
    "import",
    "undo",
    "verify",
    "refresh",
    "read_rows",
    "record",
    "define",
    "answer",
    "survey",
    "administer",
    "seal",
    "send",
]

VIEWING: frozenset[Action] = frozenset({"read", "verify", "answer"})
READING: frozenset[Action] = VIEWING | {
    "read_rows"
}  # what anybody who may read rows becomes in a sealed week
EDITING: frozenset[Action] = READING | {"import", "undo", "refresh", "record", "define", "seal", "send"}
ALLOWED: dict[Role, frozenset[Action]] = {
    "viewer": VIEWING,
    "reader": READING,
    "editor": EDITING,
    "survey_officer": EDITING | {"survey"},
    "admin": EDITING | {"survey", "administer"},
}


class Forbidden(PermissionError):
    """The actor's role does not allow the action."""


@dataclass(frozen=True)
class Actor:
    """Somebody who calls the data layer, by name (an account, never a person's data) and role.

    ``label`` is the function that signs notes where the town signs by role (« Resp. financements »); "" is the role itself.
    """

    name: str
    role: Role
    label: str = ""


def local_actor() -> Actor:
    """Return the single user of one's own machine, who is its administrator."""
    return Actor("local", "admin")


def require(actor: Actor, action: Action) -> None:
    """Raise Forbidden unless the actor's role allows the action."""
    if action not in ALLOWED.get(actor.role, frozenset()):
        raise Forbidden(f"{actor.role}: {action}")
