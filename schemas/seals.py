"""The sealed weeks: what was known at that moment, chained so that a later change is noticed."""

from schemas.fields import Day, Words, day, key, text
from schemas.model import TableModel


class Seals(TableModel):
    """One sealed week; only sealing writes it."""

    week: Words = key("Semaine", "Week")
    held_on: Day = day("Revue tenue le", "Review held on", required=True)
    as_of: Day = day("Données au", "Data as of")
    sealed_at: Words = text("Scellée à", "Sealed at", required=True)
    sealed_by: Words = text("Scellée par", "Sealed by", required=True)
    version: Words = text("Version des données", "Version of the data", required=True)
    content_sha256: Words = key("Empreinte de la copie", "Fingerprint of the copy")
    previous: Words = key("Maillon précédent", "Previous link", required=False)
    chain: Words = key("Maillon", "Link")

    class Config:
        """Titles (French, English) and key."""

        name = "seals"
        title = "Semaines scellées"
        description = "Sealed weeks"
        unique = ("week",)
