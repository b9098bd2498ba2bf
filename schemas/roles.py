"""The roles of those who use the product, in words: what a note is signed with where the town signs by role."""

from schemas.text import Text

ROLES: dict[str, Text] = {
    "viewer": Text("Lecture", "Reader"),
    "reader": Text("Lecture", "Reader"),
    "editor": Text("Saisie", "Editor"),
    "survey_officer": Text("Enquêtes", "Survey officer"),
    "admin": Text("Administration", "Administrator"),
}


def in_words(signed_by: str) -> Text:
    """Return who signed in words: a role's name in both languages, anything else as it is."""
    return ROLES.get(signed_by, Text(signed_by, signed_by))
