"""The innovation practices and the lever that each one pulls."""

from schemas.fields import LONGEST_NOTE, Day, Whole, Words, choice, day, key, text, whole
from schemas.model import TableModel
from schemas.text import Text

# Identifiers are the French words, in the order of the ecosystem's sheet.
LEVERS: dict[str, Text] = {
    french: Text(french, english)
    for french, english in (
        ("le bien-être", "well-being"),
        ("la détermination", "determination"),
        ("la contrainte", "constraint"),
        ("les échanges", "exchanges"),
        ("la curiosité", "curiosity"),
        ("l'expérimentation", "experimentation"),
        ("l'audace", "boldness"),
        ("le rêve", "dreams"),
        ("la diversité", "diversity"),
        ("le temps", "time"),
        ("la bienveillance", "kindness"),
        ("la remise en question", "questioning oneself"),
    )
}

# The first revolution's practices and their levers, spelt and ordered as in the sheet: nothing here is "corrected".
FIRST_PRACTICES: tuple[tuple[str, str], ...] = (
    ("cadran total", "la contrainte"),
    ("colle ton avis", "la remise en question"),
    ("la balade", "les échanges"),
    ("regard en visite", "la curiosité"),
    ("point silence", "le bien-être"),
    ("audace up !", "l'audace"),
    ("échecs and mates", "la détermination"),
    ("essais libres", "l'expérimentation"),
    ("en immersion", "la bienveillance"),
    ("dans la peau de Walt", "le rêve"),
    ("apprenons-nous", "la diversité"),
    ("time out", "le temps"),
)


class Practices(TableModel):
    """The innovation practices and the lever that each one pulls."""

    practice: Words = key("Code outil", "Practice code")
    name: Words = text("Nom", "Name", required=True)
    lever: Words = choice("Levier", "Lever", LEVERS, required=True)
    revolution: Whole = whole("Révolution", "Revolution", required=True, minimum=1)
    trialled_on: Day = day("Expérimenté le", "Trialled on", event=True)
    validated_on: Day = day("Validé le", "Validated on", event=True)
    deployed_on: Day = day("Mis en œuvre le", "Deployed on", event=True)
    description: Words = text("Description", "Description", longest=LONGEST_NOTE)

    class Config:
        """Titles (French, English) and key."""

        name = "practices"
        title = "Outils"
        description = "Practices"
        unique = ("practice",)
